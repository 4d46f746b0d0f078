//! Teams: who works together.

use chrono::NaiveDate;
use kit::{Instant, MembershipId, PersonId, TeamId, UnitId};

/// What a team is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TeamKind {
    /// Arbetslag.
    WorkTeam,
    /// Ämneslag.
    SubjectTeam,
    /// Lärgrupp.
    LearningGroup,
}

impl TeamKind {
    /// The stable code, as stored and as the schema names it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::WorkTeam => "WORK_TEAM",
            Self::SubjectTeam => "SUBJECT_TEAM",
            Self::LearningGroup => "LEARNING_GROUP",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::WorkTeam, Self::SubjectTeam, Self::LearningGroup]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// A work team, subject team or learning group (arbetslag, ämneslag, lärgrupp).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Its id.
    pub id: TeamId,
    /// What it is for.
    pub kind: TeamKind,
    /// What it is called.
    pub name: String,
    /// Its unit; `None` when it reaches across units.
    pub unit: Option<UnitId>,
    /// Its unit and the units above that, from the top down; empty across units.
    pub nodes: Vec<UnitId>,
    /// Its last day; `None` while no end is known. What was shared with it stays readable for its members.
    pub ends_on: Option<NaiveDate>,
    /// Rises with every save.
    pub version: i64,
}

impl Team {
    /// Whether it has ended before `day`: then it takes nobody in, and nothing more is shared with it.
    #[must_use]
    pub fn has_ended(&self, day: NaiveDate) -> bool {
        self.ends_on.is_some_and(|ends_on| ends_on < day)
    }
}

/// A person's membership of a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Member {
    /// Its id.
    pub id: MembershipId,
    /// The team.
    pub team: TeamId,
    /// The person.
    pub person: PersonId,
    /// Since when; confidential kinds open from then on.
    pub joined_at: Instant,
}
