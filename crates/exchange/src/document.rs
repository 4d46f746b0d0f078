//! Word documents (DOCX): every table with levels and criteria is a rubric, called by the paragraph above it.

use crate::{
    How, Problem, Reading,
    archive::Archive,
    table::{Cell, HEIGHT_MAX, Merged, Row, Table, WIDTH_MAX, numbered},
    workbook::rubrics,
    xml::{self, child, children},
};
use roxmltree::Node;

/// Reads every table of the document.
pub(crate) fn read(bytes: &[u8], how: How) -> Reading {
    let body = Archive::open(bytes, "DOCX").and_then(|mut archive| {
        let part = archive.part("word/document.xml");
        part.ok_or(Problem::Unreadable {
            format: "DOCX",
            why: "word/document.xml is missing".to_owned(),
        })
    });
    match body {
        Ok(body) => xml::read(&body, "DOCX", |root, _| rubrics(&tables(root, how), how)),
        Err(problem) => Reading::failed(problem),
    }
}

/// The tables of the document that are not in another's cell. One of a single row or column lays something out and is no rubric.
fn tables(root: Node<'_, '_>, how: How) -> Vec<Table> {
    let mut tables = Vec::new();
    let mut above: Option<String> = None;
    let mut count = 0;
    let blocks = root.descendants().filter(|node| {
        let is_inside = node.ancestors().skip(1).any(|one| is(one, "tbl"));
        !is_inside && (is(*node, "tbl") || is(*node, "p"))
    });
    for block in blocks {
        if is(block, "p") {
            let text = paragraphs(block);
            above = if text.is_empty() { above } else { Some(text) };
            continue;
        }
        count += 1;
        let rows = rows(block);
        if rows.len() < 2 || rows.iter().all(|row| row.cells.len() < 2) {
            continue;
        }
        let name = numbered(count, how.lang);
        tables.push(Table {
            title: above.take().or_else(|| Some(name.clone())),
            pointer: Some(name),
            left: 0,
            rows,
        });
    }
    tables
}

fn is(node: Node<'_, '_>, name: &str) -> bool {
    node.is_element() && node.tag_name().name() == name
}

/// The rows of a table; some stand in wrappers of content controls.
fn rows(table: Node<'_, '_>) -> Vec<Row> {
    let mine = |node: Node<'_, '_>| {
        let nearest = node.ancestors().skip(1).find(|one| is(*one, "tbl"));
        nearest == Some(table)
    };
    let rows = table
        .descendants()
        .filter(|node| is(*node, "tr") && mine(*node));
    let mut done: Vec<Row> = Vec::new();
    for (row, number) in rows.take(HEIGHT_MAX).zip(1..) {
        let mut cells: Vec<Cell> = Vec::new();
        for cell in row
            .descendants()
            .filter(|node| is(*node, "tc") && mine(*node))
        {
            let properties = child(cell, "tcPr");
            let value = |name: &str| {
                let found = properties.and_then(|properties| child(properties, name))?;
                let mut attributes = found.attributes();
                let value = attributes.find(|attribute| attribute.name() == "val");
                Some(value.map_or(String::new(), |value| value.value().to_owned()))
            };
            let span: usize = value("gridSpan")
                .and_then(|span| span.parse().ok())
                .unwrap_or(1);
            // Without a value, or with `continue`, a cell goes on from above.
            let goes_on = value("vMerge").is_some_and(|merge| merge != "restart");
            let above = done
                .last()
                .and_then(|above: &Row| above.cells.get(cells.len()));
            let first = match above.filter(|_| goes_on) {
                Some(above) => Cell {
                    merged: Merged::Down,
                    ..above.clone()
                },
                None => Cell {
                    text: paragraphs(cell),
                    merged: Merged::No,
                    nested: cell.descendants().any(|node| is(node, "tbl")),
                },
            };
            let room = WIDTH_MAX.saturating_sub(cells.len());
            for step in 0..span.clamp(1, WIDTH_MAX).min(room) {
                let merged = if step == 0 {
                    first.merged
                } else {
                    Merged::Right
                };
                cells.push(Cell {
                    merged,
                    ..first.clone()
                });
            }
        }
        done.push(Row { number, cells });
    }
    done
}

/// The text of a cell or paragraph as Word shows it: a line for each paragraph and line break, nothing that was deleted with changes marked, list items with a hyphen.
fn paragraphs(node: Node<'_, '_>) -> String {
    let mut text = String::new();
    for part in node.descendants().filter(Node::is_element) {
        match part.tag_name().name() {
            "p" => {
                if !text.is_empty() && !text.ends_with('\n') {
                    text.push('\n');
                }
                let properties = child(part, "pPr");
                if properties
                    .is_some_and(|properties| children(properties, "numPr").next().is_some())
                {
                    text.push_str("- ");
                }
            }
            "br" | "cr" => text.push('\n'),
            "tab" if part.parent().is_some_and(|parent| is(parent, "r")) => text.push(' '),
            "noBreakHyphen" => text.push('-'),
            "t" => text.push_str(part.text().unwrap_or_default()),
            _ => {}
        }
    }
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let text = lines
        .join("\n")
        .replace('\u{a0}', " ")
        .replace(['\u{ad}', '\u{200b}'], "");
    text.trim().trim_end_matches("\n-").to_owned()
}
