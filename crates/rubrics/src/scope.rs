//! For whom a published rubric is.

use kit::{PersonId, TeamId, UnitId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// For whom a rubric is, once it is published. A draft is its authors' and its reviewer's, whatever the scope.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "scope", content = "of", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Scope {
    /// Its authors only.
    #[default]
    Private,
    /// Its authors and these people: 1 to 100.
    People(BTreeSet<PersonId>),
    /// Everybody in the team.
    Team(TeamId),
    /// Every colleague at the unit and below it.
    Unit(UnitId),
    /// Every colleague at the organiser.
    Organiser,
}

/// The kinds of [`Scope`], from narrow to wide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScopeKind {
    /// Its authors only.
    Private,
    /// Named people.
    People,
    /// A team.
    Team,
    /// A unit.
    Unit,
    /// The organiser.
    Organiser,
}

impl Scope {
    /// The most people that can be named.
    pub const PEOPLE_MAX: usize = 100;

    /// The kind, without whom it names.
    #[must_use]
    pub const fn kind(&self) -> ScopeKind {
        match self {
            Self::Private => ScopeKind::Private,
            Self::People(_) => ScopeKind::People,
            Self::Team(_) => ScopeKind::Team,
            Self::Unit(_) => ScopeKind::Unit,
            Self::Organiser => ScopeKind::Organiser,
        }
    }
}

impl ScopeKind {
    /// The stable code, as stored and as the schema names it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Private => "PRIVATE",
            Self::People => "PEOPLE",
            Self::Team => "TEAM",
            Self::Unit => "UNIT",
            Self::Organiser => "ORGANISER",
        }
    }
}
