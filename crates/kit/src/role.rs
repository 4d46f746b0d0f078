//! The roles of the trade.

use serde::{Deserialize, Serialize};

/// What a person is trusted with, always at a unit or at the organiser. Nobody inherits another role's private reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    /// Administratör: people, roles and settings, never content.
    Admin,
    /// BFL-samordnare, processledare: programmes and groups.
    Coordinator,
    /// Dataskyddsombud: settings and logs, never documents.
    DataProtectionOfficer,
    /// Biträdande rektor: what the principal hands over, task by task.
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

impl Role {
    /// Every role, for tables and tests.
    pub const ALL: [Self; 12] = [
        Self::Admin,
        Self::Coordinator,
        Self::DataProtectionOfficer,
        Self::Deputy,
        Self::Guest,
        Self::LeadTeacher,
        Self::OrganiserHead,
        Self::PreschoolTeacher,
        Self::Principal,
        Self::RecordsOfficer,
        Self::Staff,
        Self::Teacher,
    ];

    /// Whether the role makes its holder a colleague at the unit: one for whom "shared with the unit" is meant.
    ///
    /// Administrators, records officers and data protection officers look after the house and read no content; guests see only their team.
    #[must_use]
    pub const fn is_colleague(self) -> bool {
        match self {
            Self::Coordinator
            | Self::Deputy
            | Self::LeadTeacher
            | Self::OrganiserHead
            | Self::PreschoolTeacher
            | Self::Principal
            | Self::Staff
            | Self::Teacher => true,
            Self::Admin | Self::DataProtectionOfficer | Self::Guest | Self::RecordsOfficer => false,
        }
    }

    /// The stable code, as stored and as the schema names it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Admin => "ADMIN",
            Self::Coordinator => "COORDINATOR",
            Self::DataProtectionOfficer => "DATA_PROTECTION_OFFICER",
            Self::Deputy => "DEPUTY",
            Self::Guest => "GUEST",
            Self::LeadTeacher => "LEAD_TEACHER",
            Self::OrganiserHead => "ORGANISER_HEAD",
            Self::PreschoolTeacher => "PRESCHOOL_TEACHER",
            Self::Principal => "PRINCIPAL",
            Self::RecordsOfficer => "RECORDS_OFFICER",
            Self::Staff => "STAFF",
            Self::Teacher => "TEACHER",
        }
    }

    /// The role with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}
