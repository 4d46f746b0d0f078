//! Excel workbooks (XLSX): every sheet is a table.

mod read;
mod write;

pub(crate) use read::{read, rubrics};
pub(crate) use write::{carries_points, write};

#[cfg(test)]
pub(crate) use write::table;
