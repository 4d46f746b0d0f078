//! Rubrics as a page to print, each on a sheet of A4 of its own. Nothing in it is fetched from anywhere, and no text becomes markup.

use crate::table::written;
use kit::Lang;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use rubrics::{Content, Criterion, Level};

/// Black on white, no wider than the paper; a criterion is not torn in two where it fits on a sheet.
const STYLE: &str = "\
@page { size: A4 landscape; margin: 12mm }
body { font: 11pt/1.35 system-ui, sans-serif; color: #000; background: #fff; margin: 0 }
section { break-after: page }
section:last-child { break-after: auto }
section.small { font-size: 9pt; line-height: 1.25 }
section.tiny { font-size: 7pt; line-height: 1.2 }
h1 { font-size: 1.5em; margin: 0 0 .3em }
p { margin: 0 0 .5em; white-space: pre-line }
table { border-collapse: collapse; width: 100%; table-layout: fixed }
th, td { border: 1px solid #555; padding: .35em .5em; text-align: start; vertical-align: top; overflow-wrap: anywhere; white-space: pre-line }
thead { display: table-header-group }
thead th { background: #eee }
tr { break-inside: avoid }
small, td b { display: block }
small { font-weight: normal }
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
    html! {
        section class=[size(content, widest, same, lang)] {
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

/// The largest of three sizes of letters at which the rubric fits one sheet, reckoned by its lines; the smallest where it fits at none.
fn size(content: &Content, widest: usize, same: bool, lang: Lang) -> Option<&'static str> {
    // Characters on a whole line and lines on a sheet of A4, on the safe side.
    let sizes = [
        (None, 130, 33),
        (Some("small"), 160, 42),
        (Some("tiny"), 210, 58),
    ];
    let fits = |&(_, width, height): &(Option<&'static str>, usize, usize)| {
        let lines = |text: &str, width: usize| -> usize {
            text.lines()
                .map(|line| line.chars().count() / width + 1)
                .sum()
        };
        let column = (width / (widest + 1)).saturating_sub(3).max(1);
        let rows = content.criteria.iter().map(|criterion| {
            let description = criterion
                .description
                .as_ref()
                .map_or("", |text| text.read(lang));
            let first = lines(criterion.title.read(lang), column) + lines(description, column);
            let levels = criterion.levels.iter().map(|level| {
                let label = if same {
                    0
                } else {
                    lines(level.label.read(lang), column)
                };
                let text = level.descriptor.as_ref().map_or("", |text| text.read(lang));
                label + lines(text, column) + usize::from(level.points.is_some())
            });
            levels.max().unwrap_or(0).max(first) + 1
        });
        let purpose = content.head.description.as_ref();
        let purpose = purpose.map_or(0, |text| lines(text.read(lang), width));
        4 + purpose + rows.sum::<usize>() <= height
    };
    let found = sizes.iter().find(|size| fits(size));
    found.map_or(Some("tiny"), |(class, ..)| *class)
}

fn level(level: &Level, same: bool, points: bool, lang: Lang) -> Markup {
    html! {
        @if !same { b { (level.label.read(lang).as_str()) } }
        @if let Some(descriptor) = &level.descriptor { (descriptor.read(lang).as_str()) }
        @if let Some(points) = level.points.filter(|_| points) { small { (written(points, lang)) } }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{How, Paste, paste};

    fn page(text: &str) -> String {
        let mut reading = paste(
            Paste::Text(text),
            Some("<script>T</script>"),
            How::default(),
        );
        let content = reading.rubrics.remove(0).content.expect("it is sound");
        write(&[&content], Lang::Sv)
    }

    #[test]
    fn no_text_becomes_markup() {
        let page = page("\tE\tC\n<img src=x>\ta & b\t\"</td>\"\n");
        for text in [
            "&lt;script&gt;T",
            "&lt;img src=x&gt;",
            "a &amp; b",
            "&lt;/td&gt;",
        ] {
            assert!(page.contains(text), "{text}: {page}");
        }
        assert!(
            !page.contains("<script") && !page.contains("<img"),
            "{page}"
        );
    }

    #[test]
    fn what_is_long_is_set_smaller() {
        let with = |cell: &str| {
            page(&format!(
                "\tE\tC\tA\n{}",
                format!("Tes\t{cell}\t{cell}\t{cell}\n").repeat(5)
            ))
        };
        assert!(!with("kort").contains("<section class"));
        assert!(with(&"ord ".repeat(35)).contains("<section class=\"small\""));
        assert!(with(&"ord ".repeat(60)).contains("<section class=\"tiny\""));
    }
}
