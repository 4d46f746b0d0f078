//! People at an organiser, their dated roles, and how a protected identity looks from outside.

use crate::policy;
use chrono::NaiveDate;
use kit::{Actor, Lang, PersonId, Role, RoleId, UnitId};

/// A person whom the actor may know. Whoever is not in an answer is [`hidden_name`] to this actor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// What they are called.
    pub name: String,
    /// Their home unit today.
    pub unit: Option<UnitId>,
    /// Whether their last day has passed.
    pub left: bool,
    /// The unit and the units above it, from the top down.
    pub(crate) nodes: Vec<UnitId>,
    pub(crate) record: PersonRecord,
}

/// What only the person, who manages them, and who guards protected identities may read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRecord {
    /// The language they chose.
    pub lang: Lang,
    /// Whether their identity is protected (skyddade personuppgifter).
    pub protected: bool,
    /// Whether they accepted their invitation and can sign in.
    pub joined: bool,
    /// Their last day, if they leave or left.
    pub last_day: Option<NaiveDate>,
    /// Rises with every save.
    pub version: i64,
}

impl Person {
    /// What only the person, who manages them, and who guards protected identities may read; `None` for others.
    #[must_use]
    pub fn record(&self, actor: &Actor) -> Option<&PersonRecord> {
        policy::reads_record(actor, self).then_some(&self.record)
    }
}

/// What stands where a person would whom the actor may not know: no id, no unit, no picture, not counted.
#[must_use]
pub const fn hidden_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Sv => "En kollega",
        Lang::En => "A colleague",
    }
}

/// A dated role of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleHeld {
    /// Its id.
    pub id: RoleId,
    /// Whose.
    pub person: PersonId,
    /// The role.
    pub role: Role,
    /// Where; `None` is the organiser.
    pub unit: Option<UnitId>,
    /// The unit and the units above it, from the top down; empty at the organiser.
    pub(crate) nodes: Vec<UnitId>,
    /// The first day.
    pub from_day: NaiveDate,
    /// The last day; `None` while no end is known.
    pub to_day: Option<NaiveDate>,
}

/// A role to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewRole {
    /// The id that the client made.
    pub id: RoleId,
    /// The role.
    pub role: Role,
    /// Where; `None` is the organiser.
    pub unit: Option<UnitId>,
    /// The first day; `None` is today.
    pub from_day: Option<NaiveDate>,
    /// The last day; a guest needs one.
    pub to_day: Option<NaiveDate>,
}
