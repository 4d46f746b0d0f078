//! The organisation's codes, as enums of the schema.

use async_graphql::Enum;

/// What an organiser (huvudman) is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "organisation::OrganiserKind")]
pub enum OrganiserKind {
    /// Kommun.
    Municipality,
    /// Enskild huvudman.
    Independent,
}

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "organisation::UnitKind")]
pub enum UnitKind {
    /// Rektorsområde: it holds schools and preschools.
    PrincipalArea,
    /// Skolenhet.
    School,
    /// Förskoleenhet.
    Preschool,
}

/// What a team is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "organisation::TeamKind")]
pub enum TeamKind {
    /// Arbetslag.
    WorkTeam,
    /// Ämneslag.
    SubjectTeam,
    /// Lärgrupp.
    LearningGroup,
}

/// Autumn or spring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "organisation::TermKind")]
pub enum TermKind {
    /// Hösttermin.
    Autumn,
    /// Vårtermin.
    Spring,
}

/// A language of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kit::Lang", name = "Language")]
pub enum Language {
    /// Svenska.
    Sv,
    /// Engelska.
    En,
}

/// What a person is trusted with, always at a unit or at the organiser. No role opens another's private things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kit::Role")]
pub enum Role {
    /// Administratör: people, roles and settings, never content.
    Admin,
    /// BFL-samordnare, processledare: programmes and groups.
    Coordinator,
    /// Dataskyddsombud: settings and logs, never documents.
    DataProtectionOfficer,
    /// Biträdande rektor: what the principal hands over.
    Deputy,
    /// Gäst (VFU-student, vikarie, extern): one team, with an end date.
    Guest,
    /// Förstelärare: curates the team's library.
    LeadTeacher,
    /// Verksamhetschef: follows up for the organiser.
    OrganiserHead,
    /// Förskollärare.
    PreschoolTeacher,
    /// Rektor.
    Principal,
    /// Registrator, arkivarie: finalised documents only.
    RecordsOfficer,
    /// Övrig pedagogisk personal (barnskötare, fritids, speciallärare, elevhälsa).
    Staff,
    /// Lärare.
    Teacher,
}
