//! What one copies from a table and pastes.

use super::{
    Table,
    html::tables,
    merge::{Cell, HEIGHT_MAX, Row, WIDTH_MAX},
};
use crate::{How, Problem, Reading, message::Place, messages::Messages, rows::Rows};

/// What is in the clipboard.
#[derive(Debug, Clone, Copy)]
pub enum Paste<'a> {
    /// `text/html`, as word processors, spreadsheets and browsers write it.
    Html(&'a str),
    /// `text/plain`: a tab between cells, quotation marks around cells of several lines.
    Text(&'a str),
}

/// The rubric that a pasted table is: the first row says the levels, the first column the criteria. It is called `title` or, when that is `None`, what
/// the table says: its caption, a text alone above the levels, or the first cell.
///
/// Of several tables the first is taken, and it is told that there are more.
#[must_use]
pub fn paste(paste: Paste<'_>, title: Option<&str>, how: How) -> Reading {
    let tables = match paste {
        Paste::Html(html) => tables(html),
        Paste::Text(text) => vec![table(text)],
    };
    let mut messages = Messages::default();
    // Pages lay things out with tables of one cell; one that could be a rubric is preferred to them.
    let could_be = |table: &&Table| {
        let wide = table.rows.iter().filter(|row| row.cells.len() > 1);
        wide.count() > 1
    };
    let Some(table) = tables.iter().find(could_be) else {
        messages.file(Problem::TableMissing);
        return Reading {
            rubrics: Vec::new(),
            messages: messages.in_order(),
        };
    };
    let count = tables.iter().filter(could_be).count() - 1;
    if count > 0 {
        messages.at(&Place::FILE, Problem::TablesLeftOut { count });
    }
    let found = table.rubric(title, how, &mut messages);
    Reading {
        rubrics: vec![found],
        messages: messages.in_order(),
    }
    .held_to_the_rules()
}

fn table(text: &str) -> Table {
    let quoted: Vec<_> = Rows::split(text, b'\t').take(HEIGHT_MAX).collect();
    // Word does not put quotation marks around cells, so that one at the beginning of a cell may be the cell's own.
    let rows = if quoted.iter().any(|row| row.unclosed) {
        let lines = text.lines().zip(1..).take(HEIGHT_MAX);
        lines
            .map(|(line, number)| row(number, line.split('\t')))
            .collect()
    } else {
        let rows = quoted.iter();
        rows.map(|read| row(read.number, read.cells.iter()))
            .collect()
    };
    Table {
        rows,
        ..Table::default()
    }
}

fn row<'a>(number: u32, cells: impl Iterator<Item = &'a str>) -> Row {
    let cell = |text: &str| Cell {
        text: tidy(text),
        ..Cell::default()
    };
    Row {
        number,
        cells: cells.take(WIDTH_MAX).map(cell).collect(),
    }
}

/// A cell without what nobody sees: marks of byte order and of where words may break; Word's soft line break is a vertical tab.
fn tidy(text: &str) -> String {
    let text = text
        .replace(['\u{b}', '\u{2028}'], "\n")
        .replace('\u{a0}', " ");
    let text = text.replace(['\u{feff}', '\u{200b}', '\u{ad}'], "");
    text.trim().to_owned()
}

impl Reading {
    /// Whether points stand in the table: taken, or told of.
    #[must_use]
    pub fn has_points(&self) -> bool {
        let taken = |found: &crate::Found| {
            let content = found.content.as_ref();
            content.is_some_and(|content| content.head.points)
        };
        let mut messages = self.messages.iter();
        self.rubrics.iter().any(taken)
            || messages.any(|message| message.problem == Problem::PointsSeen)
    }
}
