//! Subjects.

use crate::{SchoolForm, Source, list::entry};
use chrono::NaiveDate;
use kit::{Bilingual, Title};
use serde::Deserialize;

/// The most characters of a subject's short name: it fits in a timetable or on a chip.
pub const SHORT_NAME_MAX: usize = 13;

/// A subject (ämne), or a subject area (ämnesområde) of the adapted compulsory school.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Subject {
    /// The stable code, such as `SV`.
    pub code: String,
    /// Its official name.
    pub name: Bilingual<Title>,
    /// What it is called in the staff room, such as `SvA`: at most [`SHORT_NAME_MAX`] characters.
    pub short_name: Bilingual<Title>,
    /// The school forms that teach it.
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

entry!(Subject, |subject| subject.code.clone());
