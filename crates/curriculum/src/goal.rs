//! Goal areas of the curricula.

use crate::{SchoolForm, Source, list::entry};
use chrono::NaiveDate;
use kit::{Bilingual, Title};
use serde::Deserialize;

/// A goal area (målområde) of a curriculum: a section of its goals and guidelines.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Goal {
    /// The stable code, such as `LGR22_2_1`.
    pub code: String,
    /// The code of the curriculum (läroplan), such as `LGR22` or `LPFO18`.
    pub curriculum: String,
    /// The section, as the curriculum numbers it, such as `2.1`.
    pub section: Title,
    /// Its heading.
    pub name: Bilingual<Title>,
    /// The school forms that it is for.
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

entry!(Goal, |goal| goal.code.clone());
