//! Rubrics out of a workbook.

use crate::{
    How, Problem, RUBRICS_MAX, Reading,
    archive::Archive,
    message::Place,
    messages::{Messages, excerpt},
    table::{Cell, HEIGHT_MAX, Merged, Row, Table, WIDTH_MAX, is_default_name},
};
use calamine::{DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use std::{collections::BTreeMap, io::Cursor};

/// Reads every visible sheet with something on it.
pub(crate) fn read(bytes: &[u8], how: How) -> Reading {
    match tables(bytes) {
        Ok(tables) => rubrics(&tables, how),
        Err(problem) => Reading::failed(problem),
    }
}

/// What the tables of a file are as rubrics.
pub(crate) fn rubrics(tables: &[Table], how: How) -> Reading {
    let mut messages = Messages::default();
    if tables.is_empty() {
        messages.file(Problem::TableMissing);
    }
    if let Some(surplus) = tables.get(RUBRICS_MAX) {
        let place = Place::at(surplus.pointer.clone().unwrap_or_default());
        messages.at(&place, Problem::TooManyRubrics);
    }
    let tables = tables.iter().take(RUBRICS_MAX);
    Reading {
        rubrics: tables
            .map(|table| table.rubric(None, how, &mut messages))
            .collect(),
        messages: messages.in_order(),
    }
}

fn tables(bytes: &[u8]) -> Result<Vec<Table>, Problem> {
    Archive::open(bytes, "XLSX")?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(unreadable)?;
    let sheets = workbook.sheets_metadata().to_vec();
    let mut tables = Vec::new();
    for sheet in sheets {
        if sheet.typ != SheetType::WorkSheet || sheet.visible != SheetVisible::Visible {
            continue;
        }
        let merges = workbook
            .merge_cells_by_sheet_name(&sheet.name)
            .map_err(unreadable)?;
        let mut cells = cells(&mut workbook, &sheet.name).map_err(unreadable)?;
        merge(&mut cells, &merges);
        if let Some(table) = table(cells, &sheet.name) {
            tables.push(table);
        }
    }
    Ok(tables)
}

fn unreadable(error: XlsxError) -> Problem {
    Problem::Unreadable {
        format: "XLSX",
        why: excerpt(&error.to_string()),
    }
}

type Cells = BTreeMap<(u32, u32), Cell>;

/// The cells with something in them, row by row. Nothing is made of a sheet's declared size, which may be a million empty rows.
fn cells(workbook: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Cells, XlsxError> {
    let mut reader = workbook.worksheet_cells_reader(sheet)?;
    let mut cells = Cells::new();
    let most = HEIGHT_MAX * WIDTH_MAX;
    while let Some(cell) = reader.next_cell()? {
        let text = match cell.get_value() {
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
                text.trim().to_owned()
            }
            DataRef::SharedString(text) => text.trim().to_owned(),
            DataRef::Int(number) => number.to_string(),
            DataRef::Float(number) => number.to_string(),
            DataRef::Bool(flag) => flag.to_string(),
            DataRef::DateTime(moment) => moment.as_f64().to_string(),
            DataRef::Error(error) => error.to_string(),
            DataRef::Empty => continue,
        };
        if !text.is_empty() && cells.len() < most {
            let text = text.replace("\r\n", "\n");
            cells.insert(
                cell.get_position(),
                Cell {
                    text,
                    ..Cell::default()
                },
            );
        }
    }
    Ok(cells)
}

/// Spreads the text of merged cells over what they cover, as far as a table is looked at.
fn merge(cells: &mut Cells, merges: &[Dimensions]) {
    let [height, width] =
        [HEIGHT_MAX, WIDTH_MAX].map(|most| u32::try_from(most).unwrap_or(u32::MAX));
    for merged in merges.iter().take(HEIGHT_MAX * WIDTH_MAX / 2) {
        let Some(first) = cells.get(&merged.start).cloned() else {
            continue;
        };
        let (top, left) = merged.start;
        for row in top..=merged.end.0.min(top.saturating_add(height)) {
            for column in left..=merged.end.1.min(left.saturating_add(width)) {
                if cells.len() > 2 * HEIGHT_MAX * WIDTH_MAX {
                    return;
                }
                let merged = match (row == top, column == left) {
                    (true, true) => continue,
                    (_, false) => Merged::Right,
                    (false, true) => Merged::Down,
                };
                let cell = Cell {
                    merged,
                    ..first.clone()
                };
                cells.insert((row, column), cell);
            }
        }
    }
}

/// The table that a sheet is, from its first column with something in it; `None` when there is nothing.
fn table(cells: Cells, sheet: &str) -> Option<Table> {
    let left = cells.keys().map(|(_, column)| *column).min()?;
    let mut rows: Vec<Row> = Vec::new();
    for ((row, column), cell) in cells {
        let number = row.saturating_add(1);
        if rows.last().is_none_or(|last| last.number != number) {
            if rows.len() == HEIGHT_MAX {
                break;
            }
            rows.push(Row {
                number,
                cells: Vec::new(),
            });
        }
        let at = usize::try_from(column - left).unwrap_or(usize::MAX);
        if let Some(row) = rows.last_mut()
            && at < WIDTH_MAX
        {
            row.cells
                .resize(row.cells.len().max(at + 1), Cell::default());
            row.cells[at] = cell;
        }
    }
    Some(Table {
        title: Some(sheet.to_owned()).filter(|name| !is_default_name(name)),
        pointer: Some(sheet.to_owned()),
        left,
        rows,
    })
}
