//! School forms.

use crate::{
    Source,
    code::{Code, code_as_text},
    list::entry,
};
use chrono::NaiveDate;
use kit::{Bilingual, Title};
use serde::Deserialize;

/// A school form (skolform; the leisure-time centre counts as one here).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SchoolForm {
    /// Förskola.
    Preschool,
    /// Förskoleklass.
    PreschoolClass,
    /// Grundskola.
    CompulsorySchool,
    /// Anpassad grundskola.
    AdaptedCompulsorySchool,
    /// Fritidshem.
    LeisureTimeCentre,
}

code_as_text!(SchoolForm);

impl Code for SchoolForm {
    const LIST: &'static str = "skolformer";

    const ALL: &'static [Self] = &[
        Self::Preschool,
        Self::PreschoolClass,
        Self::CompulsorySchool,
        Self::AdaptedCompulsorySchool,
        Self::LeisureTimeCentre,
    ];

    fn code(self) -> &'static str {
        match self {
            Self::Preschool => "FORSKOLA",
            Self::PreschoolClass => "FORSKOLEKLASS",
            Self::CompulsorySchool => "GRUNDSKOLA",
            Self::AdaptedCompulsorySchool => "ANPASSAD_GRUNDSKOLA",
            Self::LeisureTimeCentre => "FRITIDSHEM",
        }
    }
}

/// What a school form is called, and when.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct SchoolFormEntry {
    /// The school form.
    pub code: SchoolForm,
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

entry!(SchoolFormEntry, |form| form.code.to_string());
