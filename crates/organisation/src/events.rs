//! What happened in the organisation: ids and codes only.

use chrono::NaiveDate;
use kit::{OrganiserId, PersonId, RoleId, SchoolYearId, TeamId, Thing, UnitId};
use serde::{Deserialize, Serialize};
use store::Event;

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $code:literal of $subject:ident { $($(#[$field_doc:meta])* $field:ident: $ty:ty,)+ })+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
            pub struct $name {
                $($(#[$field_doc])* pub $field: $ty,)+
            }

            impl Event for $name {
                const NAME: &'static str = $code;

                fn subject(&self) -> Thing {
                    self.$subject.into()
                }
            }
        )+

        /// Every event of this room by its name, for the snapshot that reviews them.
        pub const NAMES: &[&str] = &[$($code),+];
    };
}

events! {
    /// The organiser was made, or its settings changed.
    OrganiserChanged = "organisation.organiser_changed" of organiser {
        /// The organiser.
        organiser: OrganiserId,
    }
    /// A unit was made, renamed, moved in the tree or closed.
    UnitChanged = "organisation.unit_changed" of unit {
        /// The unit.
        unit: UnitId,
    }
    /// A school year was made or changed, with its terms and days off.
    SchoolYearChanged = "organisation.school_year_changed" of school_year {
        /// The school year.
        school_year: SchoolYearId,
    }
    /// A team was made, renamed, moved or given an end.
    TeamChanged = "organisation.team_changed" of team {
        /// The team.
        team: TeamId,
    }
    /// Somebody joined or left a team.
    TeamMembershipChanged = "organisation.team_membership_changed" of team {
        /// The team.
        team: TeamId,
        /// The person.
        person: PersonId,
        /// Whether they belong to it now.
        member: bool,
    }
    /// Somebody was invited.
    PersonInvited = "organisation.person_invited" of person {
        /// The person.
        person: PersonId,
    }
    /// A person accepted the invitation: from now on they can sign in.
    PersonJoined = "organisation.person_joined" of person {
        /// The person.
        person: PersonId,
    }
    /// A person's name, language or home unit changed.
    PersonChanged = "organisation.person_changed" of person {
        /// The person.
        person: PersonId,
    }
    /// A person was given a role, or a role of theirs got an end.
    PersonRoleChanged = "organisation.person_role_changed" of person {
        /// The person.
        person: PersonId,
        /// The dated role.
        role: RoleId,
    }
    /// A person leaves: their last day was set, moved or taken back.
    PersonLeft = "organisation.person_left" of person {
        /// The person.
        person: PersonId,
        /// The last day, which may lie ahead; `None` when they stay after all.
        last_day: Option<NaiveDate>,
    }
    /// A person's identity is protected from now on, or no longer. Rooms redact what is already shown.
    ProtectionChanged = "organisation.protection_changed" of person {
        /// The person.
        person: PersonId,
        /// Whether it is protected now.
        protected: bool,
    }
    /// An administrator was named to see and set protected identities, or no longer is.
    GuardChanged = "organisation.guard_changed" of person {
        /// The administrator.
        person: PersonId,
        /// Whether they are named now.
        named: bool,
    }
}
