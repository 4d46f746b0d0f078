//! What there is to tell about a file, with its place.

use crate::Problem;
use kit::Lang;

/// One thing to tell about a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The row in a spreadsheet; the first is 1. What concerns the whole file is told at row 1.
    pub row: u32,
    /// The column; the first is 1. `None` when it concerns the row or the file.
    pub column: Option<u32>,
    /// The part of the file, where rows do not say it: a JSON pointer (`/CFRubrics/0/title`), an XML path (`/areas/area[2]`), the sheet of a workbook or
    /// the table of a document (`tabell 2`).
    pub pointer: Option<String>,
    /// What it is.
    pub problem: Problem,
}

/// Where something stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Place {
    /// The row or line; the first is 1.
    pub(crate) row: u32,
    /// The column; the first is 1.
    pub(crate) column: Option<u32>,
    /// The part of the file.
    pub(crate) pointer: Option<String>,
}

impl Place {
    /// The whole file.
    pub(crate) const FILE: Self = Self {
        row: 1,
        column: None,
        pointer: None,
    };

    /// A part of a file that has no rows.
    pub(crate) fn at(pointer: impl Into<String>) -> Self {
        Self {
            row: 1,
            column: None,
            pointer: Some(pointer.into()),
        }
    }

    /// A part within this one.
    pub(crate) fn within(&self, part: impl std::fmt::Display) -> Self {
        let pointer = self.pointer.as_deref().unwrap_or_default();
        Self {
            pointer: Some(format!("{pointer}/{part}")),
            ..self.clone()
        }
    }
}

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The rubric, or the file, cannot be taken.
    Error,
    /// It can be taken; look whether it is what was meant.
    Warning,
}

impl Message {
    /// How bad it is.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.problem.severity()
    }

    /// The stable code that clients branch on.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.problem.code()
    }

    /// What is wrong and what to do, without the place.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        self.problem.text(lang)
    }

    /// The column as a spreadsheet names it: `A`, `Z`, `AA`.
    #[must_use]
    pub fn letters(&self) -> Option<String> {
        let mut left = self.column?;
        let mut letters = Vec::new();
        while left > 0 {
            letters.push(char::from(
                b'A' + u8::try_from((left - 1) % 26).expect("less than 26"),
            ));
            left = (left - 1) / 26;
        }
        Some(letters.iter().rev().collect())
    }

    /// The place: `rad 4, kolumn G`, and the part of the file where there is one.
    #[must_use]
    pub fn place(&self, lang: Lang) -> String {
        let row = lang.pick("rad", "row");
        let cell = match self.letters() {
            None => format!("{row} {}", self.row),
            Some(letters) => format!(
                "{row} {}, {} {letters}",
                self.row,
                lang.pick("kolumn", "column")
            ),
        };
        match &self.pointer {
            None => cell,
            Some(pointer) => format!("{cell} ({pointer})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_spreadsheet() {
        for (column, letters) in [
            (1, "A"),
            (26, "Z"),
            (27, "AA"),
            (52, "AZ"),
            (53, "BA"),
            (702, "ZZ"),
            (703, "AAA"),
            (u32::MAX, "MWLQKWU"),
        ] {
            let message = Message {
                row: 4,
                column: Some(column),
                pointer: None,
                problem: Problem::PointsNegative,
            };
            assert_eq!(message.letters().as_deref(), Some(letters));
            assert_eq!(message.place(Lang::Sv), format!("rad 4, kolumn {letters}"));
        }
    }
}
