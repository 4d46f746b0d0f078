//! Rubrics as a page to print, each on a sheet of A4 of its own. Nothing in it is fetched from anywhere, and no text becomes markup.

use crate::table::written;
use kit::Lang;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use rubrics::{Content, Criterion, Level};

/// Black on white, no wider than the paper; a criterion is not torn in two where it fits on a sheet. Large rubrics are set smaller, so that they still fit one.
const STYLE: &str = "\
@page { size: A4 landscape; margin: 12mm }
body { font: 11pt/1.35 system-ui, sans-serif; color: #000; background: #fff; margin: 0 }
section { break-after: page }
section:last-child { break-after: auto }
section.large { font-size: 8.5pt; line-height: 1.25 }
h1 { font-size: 1.5em; margin: 0 0 .3em }
p { margin: 0 0 .5em; white-space: pre-line }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
th, td { border: 1px solid #555; padding: .35em .5em; text-align: start; vertical-align: top; overflow-wrap: anywhere; white-space: pre-line }
thead { display: table-header-group }
thead th { background: #eee }
tr { break-inside: avoid }
small { display: block; font-weight: normal }
";

/// The page of these rubrics.
pub(crate) fn write(contents: &[&Content], lang: Lang) -> String {
    let title = match contents {
        [only] => only.head.title.read(lang).to_string(),
        _ => lang.pick("Bedömningsmatriser", "Rubrics").to_owned(),
    };
    let page = html! {
        (DOCTYPE)
        html lang=(lang.code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body { @for content in contents { (rubric(content, lang)) } }
        }
    };
    page.into_string()
}

fn rubric(content: &Content, lang: Lang) -> Markup {
    let criteria = &content.criteria;
    let widest = criteria
        .iter()
        .map(|criterion| criterion.levels.len())
        .max()
        .unwrap_or(0);
    let labels = |criterion: &Criterion| -> Vec<String> {
        let labels = criterion.levels.iter();
        labels
            .map(|level| level.label.read(lang).to_string())
            .collect()
    };
    let first = criteria.first().map(labels).unwrap_or_default();
    let same = criteria.iter().all(|criterion| labels(criterion) == first);
    let cells = criteria.len() * widest.max(1);
    html! {
        section class=[(cells > 24).then_some("large")] {
            h1 dir="auto" { (content.head.title.read(lang).as_str()) }
            @if let Some(description) = &content.head.description { p dir="auto" { (description.read(lang).as_str()) } }
            table {
                @if same {
                    thead { tr {
                        th scope="col" { (lang.pick("Kriterium", "Criterion")) }
                        @for label in &first { th scope="col" dir="auto" { (label) } }
                    } }
                }
                tbody { @for criterion in criteria {
                    tr {
                        th scope="row" dir="auto" {
                            (criterion.title.read(lang).as_str())
                            @if criterion.weight != 1 { " (× " (criterion.weight) ")" }
                            @if let Some(description) = &criterion.description { small { (description.read(lang).as_str()) } }
                        }
                        @for at in 0..widest { td dir="auto" {
                            @if let Some(level) = criterion.levels.get(at) { (self::level(level, same, content.head.points, lang)) }
                        } }
                    }
                } }
            }
        }
    }
}

fn level(level: &Level, same: bool, points: bool, lang: Lang) -> Markup {
    html! {
        @if !same { b { (level.label.read(lang).as_str()) } " " }
        @if let Some(descriptor) = &level.descriptor { (descriptor.read(lang).as_str()) }
        @if let Some(points) = level.points.filter(|_| points) { small { (written(points, lang)) } }
    }
}
