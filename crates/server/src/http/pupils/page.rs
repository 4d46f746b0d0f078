//! The page, as HTML: headings and lists that read well aloud, laid out as a table where there is room and on paper.

use super::{
    qr,
    shown::{Criterion, Kind, Level, Points, Rubric, Words},
};
use chrono::{Datelike, NaiveDate};
use kit::Lang;
use maud::{DOCTYPE, Markup, PreEscaped, html};

/// The style of every page, inside the page: one request, and paper looks like the screen.
pub(super) const STYLE: &str = include_str!("style.css");

/// A rubric in words for pupils.
pub(super) fn rubric(rubric: &Rubric, lang: Lang, address: &str) -> Markup {
    let title = rubric.title.read(lang).1;
    let other = lang.pick(Lang::En, Lang::Sv);
    let code = qr::code(
        address,
        lang.pick(
            "QR-kod med sidans adress",
            "QR code with the page’s address",
        ),
    );
    let main = html! {
        main class={ "rubric " (size(rubric.length(lang))) } {
            header class="head" {
                p class="eyebrow" { (lang.pick("Bedömningsmatris", "Rubric")) }
                h1 { (title) }
                p class="lead" { (lead(rubric.kind, lang)) }
                @if rubric.is_bilingual() {
                    p class="switch" {
                        a href={ "?lang=" (other.code()) } lang=(other.code()) hreflang=(other.code()) {
                            (other.pick("På svenska", "In English"))
                        }
                    }
                }
            }
            div class="criteria" {
                @for (number, it) in rubric.criteria.iter().enumerate() {
                    (criterion(number, it, rubric.kind, lang))
                }
            }
            footer class="foot" {
                @if let Some(code) = code { (code) }
                div {
                    p class="address" { (address) }
                    p {
                        (lang.pick("Sidan gäller till och med ", "The page is good until "))
                        time datetime=(rubric.ends_on) { (day(rubric.ends_on, lang)) }
                        "."
                    }
                    p { (lang.pick("Den sparar ingenting om dig.", "It stores nothing about you.")) }
                }
            }
        }
    };
    html_page(title, lang, &main)
}

/// What stands where a link opens nothing: alike for a wrong one, a closed one and one that is over.
pub(super) fn nothing() -> Markup {
    let main = html! {
        main class="notice" {
            h1 { "Länken går inte att öppna" }
            p { "Den kan vara felskriven, stängd av läraren eller slut för läsåret. Fråga din lärare om en ny." }
            div lang="en" {
                h2 { "This link does not open" }
                p { "It may be misspelt, closed by the teacher, or over with the school year. Ask your teacher for a new one." }
            }
        }
    };
    html_page("Länken går inte att öppna", Lang::Sv, &main)
}

/// What stands while the server cannot answer.
pub(super) fn later() -> Markup {
    let main = html! {
        main class="notice" {
            h1 { "Vänta en stund" }
            p { "Sidan kan inte visas just nu. Ladda om den om en halv minut." }
            div lang="en" {
                h2 { "Wait a moment" }
                p { "The page cannot be shown right now. Reload it in half a minute." }
            }
        }
    };
    html_page("Vänta en stund", Lang::Sv, &main)
}

fn html_page(title: &str, lang: Lang, main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="robots" content="noindex, nofollow, noarchive";
                meta name="referrer" content="no-referrer";
                meta name="color-scheme" content="light dark";
                link rel="icon" href="data:,";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { (main) }
        }
    }
}

fn criterion(number: usize, it: &Criterion, kind: Kind, lang: Lang) -> Markup {
    let id = format!("k{}", number + 1);
    let count = it.levels.len();
    html! {
        section class={ "criterion " (shape(kind)) } aria-labelledby=(id) {
            div class="what" {
                h2 id=(id) lang=[other(&it.title, lang)] { (it.title.read(lang).1) }
                @if let Some(wording) = &it.wording { (paragraphs(wording, lang)) }
            }
            @if kind == Kind::SinglePoint {
                div class="levels single" {
                    (room(lang.pick("Det här övar jag på", "What I am working on")))
                    @for level in &it.levels {
                        div class={ "level tint" (tint(0, 1)) } { (said(level, lang)) }
                    }
                    (room(lang.pick("Det här gör jag utöver målet", "What I do beyond the goal")))
                }
            } @else if count > 0 {
                ol class={ "levels n" (count) } role="list" {
                    @for (place, level) in it.levels.iter().enumerate() {
                        li class={ "level tint" (tint(place, count)) } {
                            span class="pips" aria-hidden="true" {
                                @for pip in 0..count { span class=[(pip <= place).then_some("on")] {} }
                            }
                            (said(level, lang))
                        }
                    }
                }
            }
        }
    }
}

fn said(level: &Level, lang: Lang) -> Markup {
    html! {
        h3 lang=[other(&level.label, lang)] { (level.label.read(lang).1) }
        @if let Some(wording) = &level.wording { (paragraphs(wording, lang)) }
        @if let Some(worth) = &level.points { p class="points" { (points(worth, lang)) } }
    }
}

/// An empty column to write in, on paper or on the board.
fn room(title: &str) -> Markup {
    html! { div class="room" { h3 { (title) } } }
}

fn paragraphs(words: &Words, lang: Lang) -> Markup {
    let text = words.read(lang).1;
    html! {
        @for part in text.split("\n\n").map(str::trim).filter(|part| !part.is_empty()) {
            p lang=[other(words, lang)] { (part) }
        }
    }
}

/// The language of a text that is not in the page's own.
fn other(words: &Words, lang: Lang) -> Option<&'static str> {
    let (said, _) = words.read(lang);
    (said != lang).then(|| said.code())
}

const fn shape(kind: Kind) -> &'static str {
    match kind {
        Kind::Analytic => "analytic",
        Kind::Checklist => "checklist",
        Kind::Holistic => "holistic",
        Kind::SinglePoint => "single-point",
    }
}

fn lead(kind: Kind, lang: Lang) -> &'static str {
    match kind {
        Kind::Analytic => lang.pick(
            "Läs en rad i taget. Var är du nu, och vad är ditt nästa steg?",
            "Read one row at a time. Where are you now, and what is your next step?",
        ),
        Kind::Holistic => lang.pick(
            "Läs alla steg. Vilket liknar ditt arbete mest, och vad är ditt nästa steg?",
            "Read all the steps. Which is most like your work, and what is your next step?",
        ),
        Kind::SinglePoint => lang.pick(
            "Så här ser målet ut. Vad visar du redan, och vad är ditt nästa steg?",
            "This is what the goal looks like. What do you show already, and what is your next step?",
        ),
        Kind::Checklist => lang.pick(
            "Gå igenom listan. Vad är klart, och vad är ditt nästa steg?",
            "Go through the list. What is done, and what is your next step?",
        ),
    }
}

/// Four tints from the first level to the last, however many there are: sand, sage and sky, never red, yellow and green.
const fn tint(place: usize, count: usize) -> usize {
    if count < 2 {
        2
    } else {
        (place * 6 / (count - 1)).div_ceil(2)
    }
}

/// The size of print with which so many characters fit on an A4.
const fn size(length: usize) -> &'static str {
    match length {
        0..1_500 => "roomy",
        1_500..2_800 => "even",
        2_800..4_200 => "tight",
        _ => "tightest",
    }
}

fn points(worth: &Points, lang: Lang) -> String {
    let number = |value: f64| lang.pick(value.to_string().replace('.', ","), value.to_string());
    let unit = lang.pick("poäng", "points");
    if (worth.max - worth.min).abs() < f64::EPSILON {
        format!("{} {unit}", number(worth.min))
    } else {
        format!("{}–{} {unit}", number(worth.min), number(worth.max))
    }
}

const MONTHS: [(&str, &str); 12] = [
    ("januari", "January"),
    ("februari", "February"),
    ("mars", "March"),
    ("april", "April"),
    ("maj", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("augusti", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
];

fn day(day: NaiveDate, lang: Lang) -> String {
    let (sv, en) = MONTHS[day.month0() as usize % 12];
    format!("{} {} {}", day.day(), lang.pick(sv, en), day.year())
}

#[cfg(test)]
#[path = "page_tests.rs"]
mod tests;
