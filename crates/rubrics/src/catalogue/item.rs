//! An item of the catalogue, and how it is credited.

use crate::Content;
use kit::{Bilingual, Instant, OpenRubricId, OpenVersionId, OrganiserId, Title};
use std::{fmt, sync::Arc};

/// What others may do with an open rubric. Both ask for the credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Licence {
    /// Creative Commons Attribution 4.0.
    CcBy,
    /// Creative Commons Attribution-ShareAlike 4.0: what builds on it is shared on the same terms.
    CcBySa,
}

impl Licence {
    /// Every licence.
    pub const ALL: [Self; 2] = [Self::CcBy, Self::CcBySa];

    /// The stable code, as stored and as the schema names it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::CcBy => "CC_BY",
            Self::CcBySa => "CC_BY_SA",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|licence| licence.code() == code)
    }

    /// The address of its text.
    #[must_use]
    pub const fn address(self) -> &'static str {
        match self {
            Self::CcBy => "https://creativecommons.org/licenses/by/4.0/",
            Self::CcBySa => "https://creativecommons.org/licenses/by-sa/4.0/",
        }
    }

    /// Whether what builds on the one may be shown under the other.
    #[must_use]
    pub const fn allows(self, next: Self) -> bool {
        matches!((self, next), (Self::CcBy, _) | (_, Self::CcBySa))
    }
}

impl fmt::Display for Licence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CcBy => "CC BY 4.0",
            Self::CcBySa => "CC BY-SA 4.0",
        })
    }
}

/// Whose work an open version is. Always read where it stands and never copied, so that a name taken out of it is out everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCredit {
    /// The version.
    pub version: OpenVersionId,
    /// What it was called.
    pub title: Bilingual<Title>,
    /// The name that its author chose, if any.
    pub name: Option<String>,
    /// What its organiser was called.
    pub organiser: String,
    /// What others may do with it.
    pub licence: Licence,
}

impl fmt::Display for OpenCredit {
    /// The credit line: the same in every language.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(name) = &self.name {
            write!(f, "{name}, ")?;
        }
        write!(f, "{} ({})", self.organiser, self.licence)
    }
}

/// That somebody does not see an item, as those who answer for that know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden {
    /// Whether it is hidden from everybody, and not from one organiser alone.
    pub for_everybody: bool,
    /// Why.
    pub reason: String,
}

/// An item of the open catalogue: a copy of a published version, with its licence and credit.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenRubric {
    /// Made by the server. It stays the same through all its versions.
    pub id: OpenRubricId,
    /// Whose it is.
    pub organiser: OrganiserId,
    /// The version that is shown.
    pub version: OpenVersionId,
    /// Its number: 1 for the first.
    pub number: i64,
    /// What it says, assessors' guidance included.
    pub content: Arc<Content>,
    /// What its words are recognised by; the same as of the version that was copied.
    pub content_hash: String,
    /// Whose work it is.
    pub credit: OpenCredit,
    /// What it builds on, the nearest first.
    pub builds_on: Vec<OpenCredit>,
    /// How often it was copied, by whomever.
    pub copies: i64,
    /// When its first version was put in.
    pub first_at: Instant,
    /// When the version that is shown was put in.
    pub published_at: Instant,
    /// Whether and why somebody does not see it; for administrators who answer for that.
    pub hidden: Option<Hidden>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shared_alike_stays_so_and_what_is_not_may_become_so() {
        use Licence::{CcBy, CcBySa};
        let cases = [
            (CcBy, CcBy, true),
            (CcBy, CcBySa, true),
            (CcBySa, CcBySa, true),
            (CcBySa, CcBy, false),
        ];
        for (origin, next, allowed) in cases {
            assert_eq!(origin.allows(next), allowed, "{origin} {next}");
        }
    }
}
