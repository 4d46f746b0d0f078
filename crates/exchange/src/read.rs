//! One way in for every format.

use crate::{ImportFormat, Problem, Reading, canvas, case, document, moodle, ora, own, workbook};
use kit::Lang;

/// The most bytes of a file: more than a request can carry, and little enough to be read at once.
const BYTES_MAX: usize = 8 * 1024 * 1024;

/// How a file is read where it does not say so itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct How {
    /// The language that its texts are written in.
    pub lang: Lang,
    /// Whether points written in a table, such as `E (5 p)`, become points. Otherwise they stay as text.
    pub points: bool,
}

/// Reads a file. Never fails: what is wrong is in [`Reading::messages`], and an error in one rubric leaves the others sound where the format allows it.
#[must_use]
pub fn read(format: ImportFormat, bytes: &[u8], how: How) -> Reading {
    if bytes.len() > BYTES_MAX {
        return Reading::failed(Problem::TooBig);
    }
    let reading = match format {
        ImportFormat::CanvasCsv => canvas::reading(bytes, how.lang),
        ImportFormat::CaseJson => case::read(bytes, how),
        ImportFormat::Docx => document::read(bytes, how),
        ImportFormat::KollegiumJson => own::read(bytes, how),
        ImportFormat::MoodleXml => moodle::read(bytes, how),
        ImportFormat::OraXml => ora::read(bytes, how),
        ImportFormat::Xlsx => workbook::read(bytes, how),
    };
    reading.held_to_the_rules()
}
