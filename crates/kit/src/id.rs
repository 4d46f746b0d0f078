//! Typed ids: a function that takes a [`TeamId`] cannot be handed a [`UnitId`].
//!
//! Outside, an id is a TypeID: its prefix and the UUID in base32 (`team_01h455vb4pex5vsknk084sn02q`); a plain UUID is also read.

use crate::thing::{BadId, Thing, read, write};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal,)+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(pub Uuid);

            impl $name {
                /// What stands before the underscore in the public form.
                pub const PREFIX: &'static str = $prefix;

                /// The bare UUID, as the database keeps it.
                #[must_use]
                pub const fn uuid(self) -> Uuid {
                    self.0
                }
            }

            impl From<Uuid> for $name {
                fn from(id: Uuid) -> Self {
                    Self(id)
                }
            }

            impl From<$name> for Uuid {
                fn from(id: $name) -> Self {
                    id.0
                }
            }

            impl From<$name> for Thing {
                fn from(id: $name) -> Self {
                    Thing { prefix: $name::PREFIX, id: id.0 }
                }
            }

            impl fmt::Display for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    write(f, Self::PREFIX, self.0)
                }
            }

            impl fmt::Debug for $name {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    write(f, Self::PREFIX, self.0)
                }
            }

            impl FromStr for $name {
                type Err = BadId;

                fn from_str(text: &str) -> Result<Self, BadId> {
                    read(Self::PREFIX, text).map(Self)
                }
            }

            impl serde::Serialize for $name {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.collect_str(self)
                }
            }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                    text.parse().map_err(serde::de::Error::custom)
                }
            }
        )+

        /// Every prefix there is, so that `node` can route and a [`Thing`] can be read back.
        pub const PREFIXES: &[&str] = &[$($prefix),+];
    };
}

ids! {
    /// An account: one human's way in, whatever organisers they work for.
    AccountId = "account",
    /// A collection of rubrics (hylla): a team's, the organiser's or one's own.
    CollectionId = "collection",
    /// A criterion (kriterium, aspekt) of a rubric; the same in every version.
    CriterionId = "criterion",
    /// A day or stretch without school (lov, studiedag).
    DayOffId = "dayoff",
    /// Something that happened, as the outbox keeps it.
    EventId = "event",
    /// A file (fil) that somebody sent in.
    FileId = "file",
    /// An invitation to join an organiser.
    InvitationId = "invitation",
    /// A level (nivå) of a criterion; the same in every version.
    LevelId = "level",
    /// A membership of a team.
    MembershipId = "membership",
    /// A line in somebody's inbox.
    NoticeId = "notice",
    /// An item of the open catalogue (öppna katalogen): a copy of a rubric, whatever its organiser.
    OpenRubricId = "open",
    /// One version of an item of the open catalogue.
    OpenVersionId = "openversion",
    /// A municipality or independent organiser (huvudman).
    OrganiserId = "organiser",
    /// A person at one organiser.
    PersonId = "person",
    /// A report of something that should not be shown.
    ReportId = "report",
    /// One dated role of one person at one node.
    RoleId = "role",
    /// A rubric (bedömningsmatris).
    RubricId = "rubric",
    /// A comment on a rubric (kommentar).
    RubricCommentId = "rubriccomment",
    /// An exemplar (exempel): an anonymous sample of work, tied to a level of a rubric.
    RubricExemplarId = "rubricexemplar",
    /// A link by which pupils see a rubric without signing in.
    RubricLinkId = "rubriclink",
    /// A proposal of a fork's changes to its origin.
    RubricProposalId = "rubricproposal",
    /// Suggested feedback in a team's comment bank (kommentarsbank).
    RubricSuggestionId = "rubricsuggestion",
    /// A use of a rubric's version: something that was made with it and holds it.
    RubricUseId = "rubricuse",
    /// One version of a rubric.
    RubricVersionId = "rubricversion",
    /// A school year (läsår).
    SchoolYearId = "schoolyear",
    /// A service account of an integrator.
    ServiceId = "service",
    /// A sign-in on one device: a family of refresh tokens.
    SignInId = "signin",
    /// A one-time link for somebody who is locked out.
    SignInLinkId = "link",
    /// A work team, subject team or learning group (arbetslag, ämneslag, lärgrupp).
    TeamId = "team",
    /// A term (termin).
    TermId = "term",
    /// A unit: principal area, school or preschool (rektorsområde, skolenhet, förskoleenhet).
    UnitId = "unit",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_back_from_its_public_form_and_from_a_plain_uuid() {
        let id = TeamId(Uuid::from_u128(0x0188_bac7_4afa_78aa_bc3b_bd1e_ef28_d881));
        assert_eq!(id.to_string(), "team_01h2xcejqtf2nbrexx3vqjhp41");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.uuid().to_string().parse(), Ok(id));
    }

    #[test]
    fn what_is_not_an_id_of_this_kind_is_refused() {
        let of_a_unit = UnitId(Uuid::nil()).to_string();
        for text in [
            "",
            "team",
            "team_",
            "team_x",
            "team_81h2xcejqtf2nbrexx3vqjhp41",
            &of_a_unit,
            "TEAM_01h2xcejqtf2nbrexx3vqjhp41",
            "team_åäö",
        ] {
            assert!(text.parse::<TeamId>().is_err(), "{text}");
        }
    }

    #[test]
    fn the_list_is_alphabetical_and_no_prefix_is_used_twice() {
        let mut unique = PREFIXES.to_vec();
        unique.sort_unstable();
        unique.dedup();
        assert_eq!(unique.len(), PREFIXES.len());
    }
}
