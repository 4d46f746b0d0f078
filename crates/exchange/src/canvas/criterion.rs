//! One row, read as a criterion.

use super::{
    SheetCriterion, SheetRating,
    headings::{Columns, RatingColumns},
};
use crate::{
    Points, Problem, RATINGS_MAX,
    messages::{Messages, excerpt},
    rows::Row,
};
use kit::{Body, Text, TextError, Title};

/// Reads a row as a criterion. What is wrong is told; what stands there nevertheless is kept, so that it can be shown.
pub(super) fn read(columns: &Columns, row: &Row, messages: &mut Messages) -> SheetCriterion {
    if let Some(column) = (0..row.cells.len())
        .find(|&column| !columns.is_headed(column) && !row.cell(column).is_empty())
    {
        messages.cell(row.number, column, Problem::CellWithoutHeading);
    }
    let name = title(row, columns.criterion, messages);
    if name.is_empty() {
        messages.cell(row.number, columns.criterion, Problem::CriterionNameMissing);
    }
    let description = body(row, columns.description, messages);
    let range = columns
        .range
        .is_some_and(|column| range(row, column, messages));
    SheetCriterion {
        row: row.number,
        name,
        description,
        range,
        ratings: ratings(columns, row, messages),
    }
}

/// A cell as one line: a line break inside a name comes from fitting it into a narrow cell.
fn one_line(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What tells one rubric's name from another's; empty when there is none.
pub(super) fn name(cell: &str) -> String {
    let line = one_line(cell);
    Title::parse(&line).map_or(line, Title::into_string)
}

/// A name: one line, empty when there is none.
pub(super) fn title(row: &Row, column: usize, messages: &mut Messages) -> String {
    let line = one_line(row.cell(column));
    checked(Title::parse(&line), &line, row, column, messages)
}

fn body(row: &Row, column: Option<usize>, messages: &mut Messages) -> String {
    column.map_or_else(String::new, |column| {
        checked(
            Body::parse(row.cell(column)),
            row.cell(column),
            row,
            column,
            messages,
        )
    })
}

fn checked<const MAX: usize, const LINES: bool>(
    parsed: Result<Text<MAX, LINES>, TextError>,
    cell: &str,
    row: &Row,
    column: usize,
    messages: &mut Messages,
) -> String {
    if cell.contains(char::REPLACEMENT_CHARACTER) {
        messages.cell(row.number, column, Problem::TextDamaged);
    }
    let problem = match parsed {
        Ok(text) => return text.into_string(),
        Err(TextError::Empty) => return String::new(),
        Err(TextError::TooLong { max, found }) => Problem::TextTooLong { max, found },
        Err(TextError::Control) => Problem::TextControl,
    };
    messages.cell(row.number, column, problem);
    cell.chars().take(MAX).collect()
}

/// Canvas writes `true` and `false`; Swedish Excel makes `SANT` and `FALSKT` of them.
fn range(row: &Row, column: usize, messages: &mut Messages) -> bool {
    let cell = row.cell(column);
    match &*cell.to_lowercase() {
        "true" | "1" | "yes" | "sant" | "ja" => true,
        "false" | "0" | "no" | "falskt" | "nej" | "" => false,
        _ => {
            messages.cell(
                row.number,
                column,
                Problem::RangeUnclear {
                    found: excerpt(cell),
                },
            );
            false
        }
    }
}

fn ratings(columns: &Columns, row: &Row, messages: &mut Messages) -> Vec<SheetRating> {
    let is_used = |of: &&RatingColumns| {
        [Some(of.name), of.description, of.points]
            .into_iter()
            .flatten()
            .any(|column| !row.cell(column).is_empty())
    };
    let used: Vec<&RatingColumns> = columns.ratings.iter().filter(is_used).collect();
    if used.is_empty() {
        messages.cell(
            row.number,
            columns.ratings.first().map_or(0, |first| first.name),
            Problem::RatingsMissing,
        );
    }
    if let Some(surplus) = used.get(RATINGS_MAX) {
        messages.cell(row.number, surplus.name, Problem::TooManyRatings);
    }
    let used = &used[..used.len().min(RATINGS_MAX)];
    let (pointed, bare): (Vec<usize>, Vec<usize>) = used
        .iter()
        .filter_map(|of| of.points)
        .partition(|&column| !row.cell(column).is_empty());
    if let (Some(_), Some(&column)) = (pointed.first(), bare.first()) {
        messages.cell(row.number, column, Problem::PointsMissing);
    }
    used.iter().map(|of| rating(of, row, messages)).collect()
}

fn rating(of: &RatingColumns, row: &Row, messages: &mut Messages) -> SheetRating {
    let name = title(row, of.name, messages);
    if name.is_empty() {
        messages.cell(row.number, of.name, Problem::RatingNameMissing);
    }
    let description = body(row, of.description, messages);
    let points = of.points.and_then(|column| points(row, column, messages));
    SheetRating {
        name,
        description,
        points,
    }
}

fn points(row: &Row, column: usize, messages: &mut Messages) -> Option<Points> {
    let cell = row.cell(column);
    if cell.is_empty() {
        return None;
    }
    match Points::parse(cell) {
        Ok(points) => {
            // Told even of zeros: in an English spreadsheet `1,000` is a thousand.
            if cell
                .split_once(['.', ','])
                .is_some_and(|(_, decimals)| decimals.len() > 2)
            {
                messages.cell(row.number, column, Problem::PointsRounded { to: points });
            }
            return Some(points);
        }
        Err(error) => messages.cell(row.number, column, Problem::points(error, cell)),
    }
    None
}
