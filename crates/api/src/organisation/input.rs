//! What changes of the organisation take.

use super::codes::{Language, Role, TeamKind, TermKind, UnitKind};
use async_graphql::{ID, InputObject, MaybeUndefined};
use chrono::NaiveDate;

/// Changes the organiser's name and settings. What is left out stays.
#[derive(Debug, Clone, InputObject)]
pub struct UpdateOrganiserInput {
    /// The organiser's `version` as it was read.
    pub version: i32,
    /// What it is called, at most 120 characters.
    pub name: Option<String>,
    /// Whether a rubric must be reviewed before the whole organiser sees it.
    pub review_demanded: Option<bool>,
    /// Whether sharing with the whole country is switched off.
    pub catalogue_off: Option<bool>,
}

/// Makes a unit.
#[derive(Debug, Clone, InputObject)]
pub struct CreateUnitInput {
    /// A random UUID that the client makes, so that the same ask sent twice makes one unit.
    pub id: Option<ID>,
    /// Rektorsområde, skolenhet or förskoleenhet.
    pub kind: UnitKind,
    /// What it is called, at most 120 characters.
    pub name: String,
    /// The principal area that it belongs to; left out, it lies directly below the organiser.
    pub parent: Option<ID>,
    /// Codes of its school forms (skolformer).
    #[graphql(default)]
    pub school_forms: Vec<String>,
    /// Codes of its years (årskurser).
    #[graphql(default)]
    pub years: Vec<String>,
    /// The first day; today when left out.
    pub opens_on: Option<NaiveDate>,
    /// The last day, when an end is known.
    pub closes_on: Option<NaiveDate>,
}

/// Changes a unit. What is left out stays.
#[derive(Debug, Clone, InputObject)]
pub struct UpdateUnitInput {
    /// Which unit to change.
    pub unit: ID,
    /// The unit's `version` as it was read.
    pub version: i32,
    /// What it is called.
    pub name: Option<String>,
    /// The principal area that it belongs to; `null` puts it directly below the organiser.
    pub parent: MaybeUndefined<ID>,
    /// Codes of all its school forms.
    pub school_forms: Option<Vec<String>>,
    /// Codes of all its years.
    pub years: Option<Vec<String>>,
    /// The last day; `null` when no end is known any more.
    pub closes_on: MaybeUndefined<NaiveDate>,
}

/// Makes a team.
#[derive(Debug, Clone, InputObject)]
pub struct CreateTeamInput {
    /// A random UUID that the client makes, so that the same ask sent twice makes one team.
    pub id: Option<ID>,
    /// Arbetslag, ämneslag or lärgrupp.
    pub kind: TeamKind,
    /// What it is called, at most 120 characters.
    pub name: String,
    /// Its unit; left out, it reaches across units.
    pub unit: Option<ID>,
    /// Its last day, when an end is known.
    pub ends_on: Option<NaiveDate>,
}

/// Changes a team. What is left out stays.
#[derive(Debug, Clone, InputObject)]
pub struct UpdateTeamInput {
    /// Which team to change.
    pub team: ID,
    /// The team's `version` as it was read.
    pub version: i32,
    /// What it is called.
    pub name: Option<String>,
    /// What it is for.
    pub kind: Option<TeamKind>,
    /// Its unit; `null` makes it reach across units.
    pub unit: MaybeUndefined<ID>,
    /// Its last day; `null` when no end is known any more.
    pub ends_on: MaybeUndefined<NaiveDate>,
}

/// Takes a person into a team.
#[derive(Debug, Clone, InputObject)]
pub struct AddTeamMemberInput {
    /// Which team to take them into.
    pub team: ID,
    /// Whom to take in: somebody at the same organiser.
    pub person: ID,
}

/// Takes a person out of a team.
#[derive(Debug, Clone, InputObject)]
pub struct RemoveTeamMemberInput {
    /// Which team they leave.
    pub team: ID,
    /// The person; yourself, to leave it.
    pub person: ID,
}

/// A role to give.
#[derive(Debug, Clone, InputObject)]
pub struct RoleInput {
    /// What they are trusted with.
    pub role: Role,
    /// Where; left out, at the whole organiser.
    pub unit: Option<ID>,
    /// The first day; today when left out.
    pub from_day: Option<NaiveDate>,
    /// The last day. A guest needs one.
    pub to_day: Option<NaiveDate>,
}

/// Invites a person to the organiser.
#[derive(Debug, Clone, InputObject)]
pub struct InvitePersonInput {
    /// A random UUID that the client makes for the person, so that the same ask sent twice invites once. The link is shown the first time only.
    pub id: Option<ID>,
    /// What they are called, at most 120 characters.
    pub name: String,
    /// Their e-mail address: the invitation is bound to it.
    pub address: String,
    /// The language that they are spoken to in.
    #[graphql(default_with = "Language::Sv")]
    pub language: Language,
    /// The unit that they work at.
    pub unit: Option<ID>,
    /// Their roles, one to ten.
    pub roles: Vec<RoleInput>,
    /// Teams that they belong to from the start.
    #[graphql(default)]
    pub teams: Vec<ID>,
    /// Whether their identity is protected; only administrators who are named for it set this.
    #[graphql(default)]
    pub is_protected: bool,
}

/// Gives a person a role.
#[derive(Debug, Clone, InputObject)]
pub struct AssignRoleInput {
    /// A random UUID that the client makes, so that the same ask sent twice gives one role.
    pub id: Option<ID>,
    /// Who gets the role.
    pub person: ID,
    /// What is given, where, and for how long.
    pub role: RoleInput,
}

/// Ends a person's role, now or on a day to come.
#[derive(Debug, Clone, InputObject)]
pub struct EndRoleInput {
    /// The role, from `roles` of the person.
    pub role: ID,
    /// The last day on which it holds; left out, it ends now.
    pub last_day: Option<NaiveDate>,
}

/// Changes a person. What is left out stays.
#[derive(Debug, Clone, InputObject)]
pub struct UpdatePersonInput {
    /// Whom it is about.
    pub person: ID,
    /// The person's `record.version` as it was read.
    pub version: i32,
    /// What they are called.
    pub name: Option<String>,
    /// The unit that they work at from `movesOn`. The unit of each day is kept.
    pub unit: Option<ID>,
    /// The first day at the new unit; today when left out.
    pub moves_on: Option<NaiveDate>,
    /// Their last day; `null` when they stay after all.
    pub last_day: MaybeUndefined<NaiveDate>,
    /// Whether their identity is protected; only administrators who are named for it set this.
    pub is_protected: Option<bool>,
}

/// Changes what is yours.
#[derive(Debug, Clone, InputObject)]
pub struct UpdateMeInput {
    /// The language that you are spoken to in.
    pub language: Language,
}

/// Names an administrator who sees and sets protected identities, or takes it back.
#[derive(Debug, Clone, InputObject)]
pub struct SetProtectionGuardInput {
    /// Which administrator of the organiser.
    pub person: ID,
    /// Whether they are named. At most three are.
    pub named: bool,
}

/// Makes or changes a school year, whole.
#[derive(Debug, Clone, InputObject)]
pub struct SaveSchoolYearInput {
    /// Its id; a random UUID of the client's for a new one.
    pub id: Option<ID>,
    /// Its `version` as it was read; left out for a new one.
    pub version: Option<i32>,
    /// What it is called: 2026/27.
    pub name: String,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// Its terms (terminer), at most four.
    pub terms: Vec<TermInput>,
    /// Days and stretches without school (lov, studiedagar, röda dagar), at most 60.
    #[graphql(default)]
    pub days_off: Vec<DayOffInput>,
}

/// A term (termin) of a school year.
#[derive(Debug, Clone, InputObject)]
pub struct TermInput {
    /// Its id, to keep it; left out for a new one.
    pub id: Option<ID>,
    /// Autumn or spring.
    pub kind: TermKind,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
}

/// A day or stretch without school.
#[derive(Debug, Clone, InputObject)]
pub struct DayOffInput {
    /// Its id, to keep it; left out for a new one.
    pub id: Option<ID>,
    /// What it is called, such as Sportlov.
    pub name: String,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
}
