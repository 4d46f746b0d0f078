//! Rubrics as Markdown: a heading and a table for each.

use kit::Lang;
use rubrics::{Content, Criterion};
use std::fmt::Write;

/// The text of these rubrics.
pub(crate) fn write(contents: &[&Content], lang: Lang) -> String {
    let mut text = String::new();
    for content in contents {
        if !text.is_empty() {
            text.push('\n');
        }
        rubric(content, lang, &mut text);
    }
    text
}

fn rubric(content: &Content, lang: Lang, text: &mut String) {
    let mut line = |line: String| writeln!(text, "{line}").expect("a string takes every text");
    line(format!("# {}", inline(content.head.title.read(lang))));
    line(String::new());
    if let Some(description) = &content.head.description {
        line(description.read(lang).to_string());
        line(String::new());
    }
    let widest = content
        .criteria
        .iter()
        .map(|criterion| criterion.levels.len());
    let widest = widest.max().unwrap_or(0);
    // Where every criterion has levels of the same names, those stand above; otherwise each in its cell.
    let labels = |criterion: &Criterion| -> Vec<String> {
        let labels = criterion.levels.iter();
        labels
            .map(|level| level.label.read(lang).to_string())
            .collect()
    };
    let first = content.criteria.first().map(labels).unwrap_or_default();
    let same = content
        .criteria
        .iter()
        .all(|criterion| labels(criterion) == first);
    let corner = lang.pick("Kriterium", "Criterion");
    let heads = (0..widest).map(|at| {
        if same {
            inline(&first[at])
        } else {
            String::new()
        }
    });
    line(row(std::iter::once(corner.to_owned()).chain(heads)));
    line(row((0..=widest).map(|_| "---".to_owned())));
    for criterion in &content.criteria {
        let mut name = format!("**{}**", inline(criterion.title.read(lang)));
        if criterion.weight != 1 {
            write!(name, " (× {})", criterion.weight).expect("a string takes every text");
        }
        if let Some(description) = &criterion.description {
            name = format!("{name}<br>{}", cell(description.read(lang)));
        }
        let levels = criterion.levels.iter().map(|level| {
            let label = (!same).then(|| format!("**{}**", inline(level.label.read(lang))));
            let points = level.points.filter(|_| content.head.points);
            let points = points.map(|points| crate::table::written(points, lang));
            let descriptor = level.descriptor.as_ref().map(|text| cell(text.read(lang)));
            let parts: Vec<String> = [label, descriptor, points].into_iter().flatten().collect();
            parts.join("<br>")
        });
        let empty = (criterion.levels.len()..widest).map(|_| String::new());
        line(row(std::iter::once(name).chain(levels).chain(empty)));
    }
}

fn row(cells: impl Iterator<Item = String>) -> String {
    let cells: Vec<String> = cells.collect();
    format!("| {} |", cells.join(" | "))
}

/// A name within a line: what Markdown would read as markup is escaped.
fn inline(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_[]<>|#&".contains(c) {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}

/// A text within a cell. It is Markdown itself; only what would end the cell, or begin HTML, is escaped.
fn cell(text: &str) -> String {
    let text = text.replace('|', "\\|").replace('<', "\\<");
    text.replace('\n', "<br>")
}
