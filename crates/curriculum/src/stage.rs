//! Stages.

use crate::{SchoolForm, Source, Year, list::entry};
use chrono::NaiveDate;
use kit::{Bilingual, Title};
use serde::Deserialize;

/// A stage (stadium) of the compulsory school.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Stage {
    /// The stable code, such as `MELLANSTADIET`.
    pub code: String,
    /// What it is called.
    pub name: Bilingual<Title>,
    /// Its years, in order.
    pub years: Vec<Year>,
    /// The school forms that are divided so.
    pub school_forms: Vec<SchoolForm>,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day, if one is known.
    #[serde(default)]
    pub to: Option<NaiveDate>,
    /// Where it comes from, when that is not the list's source.
    #[serde(default)]
    pub source: Option<Source>,
}

entry!(Stage, |stage| stage.code.clone());
