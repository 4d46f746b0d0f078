//! Years at school.

use crate::{
    SchoolForm, Source,
    code::{Code, code_as_text},
    list::entry,
};
use chrono::NaiveDate;
use kit::{Bilingual, Title};
use serde::Deserialize;

/// A year at school (årskurs), from the preschool class to year nine. A preschool has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Year {
    /// Förskoleklass.
    F,
    /// Årskurs 1.
    Y1,
    /// Årskurs 2.
    Y2,
    /// Årskurs 3.
    Y3,
    /// Årskurs 4.
    Y4,
    /// Årskurs 5.
    Y5,
    /// Årskurs 6.
    Y6,
    /// Årskurs 7.
    Y7,
    /// Årskurs 8.
    Y8,
    /// Årskurs 9.
    Y9,
}

code_as_text!(Year);

impl Year {
    /// Whether the school form has this year.
    #[must_use]
    pub const fn belongs_to(self, form: SchoolForm) -> bool {
        match form {
            SchoolForm::Preschool => false,
            SchoolForm::PreschoolClass => matches!(self, Self::F),
            SchoolForm::CompulsorySchool | SchoolForm::AdaptedCompulsorySchool => {
                !matches!(self, Self::F)
            }
            SchoolForm::LeisureTimeCentre => true,
        }
    }
}

impl Code for Year {
    const LIST: &'static str = "årskurser";

    const ALL: &'static [Self] = &[
        Self::F,
        Self::Y1,
        Self::Y2,
        Self::Y3,
        Self::Y4,
        Self::Y5,
        Self::Y6,
        Self::Y7,
        Self::Y8,
        Self::Y9,
    ];

    fn code(self) -> &'static str {
        match self {
            Self::F => "F",
            Self::Y1 => "1",
            Self::Y2 => "2",
            Self::Y3 => "3",
            Self::Y4 => "4",
            Self::Y5 => "5",
            Self::Y6 => "6",
            Self::Y7 => "7",
            Self::Y8 => "8",
            Self::Y9 => "9",
        }
    }
}

/// What a year is called, and when.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct YearEntry {
    /// The year.
    pub code: Year,
    /// What it is called.
    pub name: Bilingual<Title>,
    /// Its first day under this name.
    pub from: NaiveDate,
    /// Its last day, if one is known.
    #[serde(default)]
    pub to: Option<NaiveDate>,
    /// Where it comes from, when that is not the list's source.
    #[serde(default)]
    pub source: Option<Source>,
}

entry!(YearEntry, |year| year.code.to_string());

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_belongs_to_the_forms_that_have_it() {
        assert!(
            Year::ALL
                .iter()
                .all(|year| !year.belongs_to(SchoolForm::Preschool))
        );
        assert!(Year::F.belongs_to(SchoolForm::PreschoolClass));
        assert!(!Year::F.belongs_to(SchoolForm::CompulsorySchool));
        assert!(Year::Y9.belongs_to(SchoolForm::AdaptedCompulsorySchool));
        assert!(!Year::Y1.belongs_to(SchoolForm::PreschoolClass));
    }
}
