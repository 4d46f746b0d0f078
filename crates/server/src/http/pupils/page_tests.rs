use super::*;
use crate::http::pupils::shown::Answer;
use serde_json::{Value, json};

const ADDRESS: &str = "https://kollegium.example/r/krl_AAAA";

fn read(rubric: Value) -> Rubric {
    let answer: Answer = serde_json::from_value(json!({ "rubricByLink": rubric })).unwrap();
    answer.rubric_by_link.unwrap()
}

fn analytic() -> Value {
    let level = |sv: &str, en: &str| json!({"label": {"sv": sv, "en": en}, "wording": {"sv": format!("Jag {sv}."), "en": null}, "points": null});
    json!({
        "title": {"sv": "Berätta <så> att andra lyssnar", "en": "Tell it so that others listen"},
        "kind": "ANALYTIC", "endsOn": "2027-06-11",
        "criteria": [{
            "title": {"sv": "Början", "en": "Beginning"}, "wording": null,
            "levels": [level("börjar", "begin"), level("bygger", "build"), level("fångar", "catch")],
        }],
    })
}

fn html(rubric: Value, lang: Lang) -> String {
    super::rubric(&read(rubric), lang, ADDRESS).0
}

#[test]
fn it_has_the_landmarks_headings_and_languages_that_a_reader_aloud_goes_by() {
    let page = html(analytic(), Lang::Sv);
    for part in [
        r#"<html lang="sv">"#,
        r#"<meta name="robots" content="noindex, nofollow, noarchive">"#,
        "<main",
        "<h1>Berätta &lt;så&gt; att andra lyssnar</h1>",
        r#"<section class="criterion analytic" aria-labelledby="k1">"#,
        r#"<h2 id="k1">Början</h2>"#,
        r#"<ol class="levels n3" role="list">"#,
        "<h3>bygger</h3>",
        r#"<a href="?lang=en" lang="en" hreflang="en">In English</a>"#,
        r#"<time datetime="2027-06-11">11 juni 2027</time>"#,
        ADDRESS,
        "<svg",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    assert_eq!(page.matches("<h1").count(), 1);
    for never in ["<script", "http://", " src=", " style="] {
        assert!(!page.contains(never), "{never} in {page}");
    }
}

#[test]
fn in_english_what_is_said_only_in_swedish_is_marked_as_swedish() {
    let page = html(analytic(), Lang::En);
    assert!(page.contains(r#"<html lang="en">"#));
    assert!(page.contains("<h3>begin</h3>"), "{page}");
    assert!(page.contains(r#"<p lang="sv">Jag börjar.</p>"#), "{page}");
    assert!(page.contains("11 June 2027"), "{page}");
}

#[test]
fn a_rubric_in_one_language_is_shown_in_it_and_offers_no_other() {
    let mut rubric = analytic();
    rubric["title"] = json!({"sv": null, "en": "Tell it"});
    let rubric = read(rubric);
    assert_eq!(rubric.lang(None), Lang::En);
    assert!(
        !super::rubric(&rubric, Lang::En, ADDRESS)
            .0
            .contains("?lang=")
    );
}

#[test]
fn each_form_has_the_shape_that_it_needs() {
    let of = |kind: &str, levels: usize| {
        let mut rubric = analytic();
        rubric["kind"] = json!(kind);
        let all = rubric["criteria"][0]["levels"].as_array_mut().unwrap();
        all.truncate(levels);
        html(rubric, Lang::Sv)
    };
    let single = of("SINGLE_POINT", 1);
    assert_eq!(single.matches(r#"class="room""#).count(), 2, "{single}");
    let checklist = of("CHECKLIST", 0);
    assert!(checklist.contains("criterion checklist") && !checklist.contains("<ol"));
    assert!(of("HOLISTIC", 3).contains("Läs alla steg"));
}

#[test]
fn points_are_written_as_the_language_writes_them() {
    let worth = |min, max| Points { min, max };
    assert_eq!(points(&worth(2.5, 2.5), Lang::Sv), "2,5 poäng");
    assert_eq!(points(&worth(0.0, 3.0), Lang::En), "0–3 points");
}

#[test]
fn tints_go_from_the_first_to_the_last_however_many_levels() {
    let tints = |count| {
        (0..count)
            .map(|place| tint(place, count))
            .collect::<Vec<_>>()
    };
    assert_eq!(tints(1), [2]);
    assert_eq!(tints(2), [0, 3]);
    assert_eq!(tints(3), [0, 2, 3]);
    assert_eq!(tints(4), [0, 1, 2, 3]);
    assert_eq!(tints(10).last(), Some(&3));
}
