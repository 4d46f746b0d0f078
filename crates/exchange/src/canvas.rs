//! The CSV files of rubrics that Canvas imports and exports.
//!
//! Pure: bytes in, rubrics and messages out, and the same way back. A file is a table with one row per criterion:
//!
//! ```text
//! Rubric Name | Criteria Name | Criteria Description | Criteria Enable Range | Rating Name | Rating Description | Rating Points | Rating Name | …
//! ```
//!
//! The headings are English in every language of Canvas. Capitals and spaces do not matter, the columns may stand in any order, the three rating columns are repeated (some
//! files number them) and the n-th name belongs to the n-th description and the n-th points, as in Canvas itself. What Canvas drops without a word is told here: a rating
//! without a name, points that are no number, a cell without a heading.

mod criterion;
mod gather;
mod headings;
mod write;

pub use headings::Heading;
pub(crate) use write::{carries_points, names, write};

use crate::{
    Message, Points, Problem, ROWS_MAX, Reading, decode, drafts, found::Found, messages::Messages,
    rows::Rows,
};
use gather::Gathered;
use headings::Columns;
use kit::Lang;

/// What a file says: the rubrics found, and what there is to tell about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// The rubrics in the order of their first rows, at most [`RUBRICS_MAX`](crate::RUBRICS_MAX). Only the [`sound`](SheetRubric::sound) ones may be taken.
    pub rubrics: Vec<SheetRubric>,
    /// Errors and warnings by row and column.
    pub messages: Vec<Message>,
}

/// A rubric (bedömningsmatris) as the file has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRubric {
    /// Its name: one line of at most 200 characters.
    pub name: String,
    /// The row where it begins, counted as a spreadsheet counts: the first is 1, and a cell of several lines is still one row.
    pub first_row: u32,
    /// Its criteria in the order of the rows, at most [`CRITERIA_MAX`](crate::CRITERIA_MAX).
    pub criteria: Vec<SheetCriterion>,
    /// Whether it can be taken: none of its rows has an error, and it is whole.
    pub sound: bool,
}

/// A criterion (bedömningsaspekt): one row of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetCriterion {
    /// Its row.
    pub row: u32,
    /// Its name: one line of at most 200 characters.
    pub name: String,
    /// What it is about, of at most 4 000 characters; empty when the file says nothing. HTML stays as it is written.
    pub description: String,
    /// Whether a rating stands for all points down to the next lower one, not for its own points alone.
    pub range: bool,
    /// Its ratings in the order of the columns, at most [`RATINGS_MAX`](crate::RATINGS_MAX).
    pub ratings: Vec<SheetRating>,
}

/// A rating (nivå) of a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SheetRating {
    /// Its name: one line of at most 200 characters.
    pub name: String,
    /// What work of this quality looks like, of at most 4 000 characters; empty when the file says nothing.
    pub description: String,
    /// Its points; `None` when the file gives none.
    pub points: Option<Points>,
}

/// Reads a Canvas rubric CSV: comma, semicolon or tab between the cells, UTF-8, UTF-16 (with its mark) or Windows-1252.
///
/// Never fails: what is wrong is in [`Sheet::messages`], and an error in a row makes its own rubric unsound, no other. Only a file of more than [`ROWS_MAX`](crate::ROWS_MAX) rows has no sound
/// rubrics at all, because the rows that were not read could belong to any of them.
#[must_use]
pub fn read(bytes: &[u8]) -> Sheet {
    let mut messages = Messages::default();
    let rubrics = read_rubrics(bytes, &mut messages);
    Sheet {
        rubrics,
        messages: messages.by_place(),
    }
}

/// What a Canvas file says, as contents of drafts.
pub(crate) fn reading(bytes: &[u8], lang: Lang) -> Reading {
    let Sheet { rubrics, messages } = read(bytes);
    let rubrics = rubrics.into_iter().map(|rubric| Found {
        content: drafts::content(&rubric, lang).filter(|_| rubric.sound),
        name: rubric.name,
        row: rubric.first_row,
        pointer: None,
        criteria: rubric.criteria.len(),
        id: None,
    });
    Reading {
        rubrics: rubrics.collect(),
        messages,
    }
}

fn read_rubrics(bytes: &[u8], messages: &mut Messages) -> Vec<SheetRubric> {
    let text = decode::decode(bytes);
    if text.is_binary() {
        messages.file(Problem::NotText);
        return Vec::new();
    }
    if text.guessed {
        messages.file(Problem::NotUtf8);
    }
    let mut rows = Rows::of(&text.text);
    let Some(headings) = rows.next() else {
        messages.file(Problem::Empty);
        return Vec::new();
    };
    let Some(columns) = Columns::find(&headings, messages) else {
        return Vec::new();
    };
    let mut gathered = Gathered::new(columns);
    let mut count = 0;
    for row in rows {
        count += 1;
        if count > ROWS_MAX {
            messages.row(row.number, Problem::TooManyRows);
            gathered.spoil();
            break;
        }
        gathered.take(&row, messages);
    }
    if count == 0 {
        messages.file(Problem::NoRows);
    }
    gathered.rubrics
}
