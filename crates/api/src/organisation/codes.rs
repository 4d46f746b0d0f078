//! The organisation's codes, as enums of the schema.

use async_graphql::Enum;

/// What an organiser (huvudman) is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "organisation::OrganiserKind")]
pub enum OrganiserKind {
    /// Kommun: a municipality and its schools and preschools.
    Municipality,
    /// Enskild huvudman: a company, foundation or association that runs schools or preschools.
    Independent,
}

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "organisation::UnitKind")]
pub enum UnitKind {
    /// Rektorsområde: it holds schools and preschools.
    PrincipalArea,
    /// Skolenhet: one school, or the part of it that one principal leads.
    School,
    /// Förskoleenhet: one preschool, or several under one principal.
    Preschool,
}

/// What a team is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "organisation::TeamKind")]
pub enum TeamKind {
    /// Arbetslag: colleagues who share the same pupils or children.
    WorkTeam,
    /// Ämneslag: colleagues who teach the same subject.
    SubjectTeam,
    /// Lärgrupp: colleagues who meet to develop their teaching together.
    LearningGroup,
}

/// Autumn or spring.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "organisation::TermKind")]
pub enum TermKind {
    /// Hösttermin (HT), from August to December or January.
    Autumn,
    /// Vårtermin (VT), from January to June.
    Spring,
}

/// A language of the house.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "kit::Lang", name = "Language")]
pub enum Language {
    /// Svenska, unless something else is chosen.
    Sv,
    /// Engelska, where both languages are offered.
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
    /// Förskollärare: makes, shares and reviews rubrics in the words of the preschool.
    PreschoolTeacher,
    /// Rektor: leads colleagues at a unit; invites them, gives them roles and makes their teams.
    Principal,
    /// Registrator, arkivarie: finalised documents only.
    RecordsOfficer,
    /// Övrig pedagogisk personal (barnskötare, fritids, speciallärare, elevhälsa).
    Staff,
    /// Lärare: makes rubrics, shares them and reviews colleagues' drafts.
    Teacher,
}
