//! What every list shares: where it comes from, and the days on which its entries hold.

use chrono::NaiveDate;
use kit::{Bilingual, Title};
use serde::Deserialize;

/// Which list it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ListKind {
    /// Betygskriterier.
    Criteria,
    /// Målområden.
    Goals,
    /// Skolformer.
    SchoolForms,
    /// Stadier.
    Stages,
    /// Ämnen.
    Subjects,
    /// Årskurser.
    Years,
}

impl ListKind {
    /// Every list.
    pub const ALL: [Self; 6] = [
        Self::Criteria,
        Self::Goals,
        Self::SchoolForms,
        Self::Stages,
        Self::Subjects,
        Self::Years,
    ];

    /// The stable code, as stored and as files name it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Criteria => "CRITERIA",
            Self::Goals => "GOALS",
            Self::SchoolForms => "SCHOOL_FORMS",
            Self::Stages => "STAGES",
            Self::Subjects => "SUBJECTS",
            Self::Years => "YEARS",
        }
    }

    /// The file that ships with Kollegium: the list until another is imported.
    #[must_use]
    pub const fn bundled(self) -> &'static str {
        match self {
            Self::Criteria => include_str!("../data/criteria.json"),
            Self::Goals => include_str!("../data/goals.json"),
            Self::SchoolForms => include_str!("../data/school-forms.json"),
            Self::Stages => include_str!("../data/stages.json"),
            Self::Subjects => include_str!("../data/subjects.json"),
            Self::Years => include_str!("../data/years.json"),
        }
    }
}

/// Where an entry comes from (källa).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Source {
    /// What it is called, such as the ordinance and its number.
    pub title: Bilingual<Title>,
    /// The day from which the source has this wording.
    pub date: NaiveDate,
    /// Whether the words were compared with the source. Otherwise they are a sample and nothing to refer to.
    #[serde(default)]
    pub verified: bool,
}

/// A list with its entries, in the order in which a teacher expects them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct List<E> {
    /// Which list it is.
    pub kind: ListKind,
    /// Where its entries come from, unless one says otherwise.
    pub source: Source,
    /// Its entries.
    pub entries: Vec<E>,
}

impl<E: Entry> List<E> {
    /// The entries that hold on `day`, in order.
    pub fn on(&self, day: NaiveDate) -> impl Iterator<Item = &E> {
        self.entries.iter().filter(move |entry| {
            let (from, to) = entry.days();
            from <= day && to.is_none_or(|to| day <= to)
        })
    }

    /// Where an entry of this list comes from.
    pub fn source_of<'a>(&'a self, entry: &'a E) -> &'a Source {
        entry.source().unwrap_or(&self.source)
    }
}

/// One entry of a list.
pub trait Entry: PartialEq {
    /// What tells it apart: its code, or for criteria what they are for. The same key may come back with other days.
    fn key(&self) -> String;

    /// Its first and its last day; no last one while no end is known.
    fn days(&self) -> (NaiveDate, Option<NaiveDate>);

    /// Where it comes from, when that is not the list's source.
    fn source(&self) -> Option<&Source>;
}

/// The parts of [`Entry`] that are the same for every list.
macro_rules! entry {
    ($name:ident, |$entry:ident| $key:expr) => {
        impl crate::list::Entry for $name {
            fn key(&self) -> String {
                let $entry = self;
                $key
            }

            fn days(&self) -> (chrono::NaiveDate, Option<chrono::NaiveDate>) {
                (self.from, self.to)
            }

            fn source(&self) -> Option<&crate::Source> {
                self.source.as_ref()
            }
        }
    };
}
pub(crate) use entry;
