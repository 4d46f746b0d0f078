//! What comes in from other systems and goes out to them.
//!
//! A reader makes a [`Reading`] of bytes, and a writer bytes of contents; both are pure. [`import`](import()) and [`outgoing`] join them to the rubrics that there are.

mod archive;
mod blank;
pub mod canvas;
mod case;
mod checked;
mod decode;
mod document;
mod drafts;
mod export;
mod format;
mod found;
mod identify;
mod import;
mod json;
mod losses;
mod markdown;
mod message;
mod messages;
mod moodle;
mod ora;
mod own;
mod pen;
mod points;
mod problem;
mod read;
#[cfg(test)]
mod round_trip;
mod rows;
mod sheet;
mod table;
mod workbook;
mod xml;

pub use export::{EXPORT_BYTES_MAX, EXPORT_RUBRICS_MAX, File, Outgoing, file, losses, outgoing};
pub use format::{ExportFormat, ImportFormat};
pub use found::{Found, Reading};
pub use identify::identify;
pub use import::{Import, Imported, Outcome, import, preview};
pub use losses::Loss;
pub use message::{Message, Severity};
pub use points::{Points, PointsError};
pub use problem::Problem;
pub use read::{How, read};
pub use table::{Paste, paste};

/// The most rows of a table below its headings; empty ones are not counted.
pub const ROWS_MAX: usize = 5_000;
/// The most columns of a table.
pub const COLUMNS_MAX: usize = 200;
/// The most rubrics of one file.
pub const RUBRICS_MAX: usize = 200;
/// The most criteria of one rubric.
pub const CRITERIA_MAX: usize = rubrics::CRITERIA_MAX;
/// The most ratings (nivåer) of one criterion.
pub const RATINGS_MAX: usize = rubrics::LEVELS_MAX;
/// The most errors, and the most warnings, that are told one by one.
pub const MESSAGES_MAX: usize = 500;
