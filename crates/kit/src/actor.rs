//! Who asks: found by a door, judged by the rooms.

use crate::{Instant, Lang, OrganiserId, PersonId, Role, ServiceId, SignInId, TeamId, UnitId};
use std::{fmt, sync::Arc};
use uuid::Uuid;

/// Who asks. A door finds out *who*; a room decides *may*.
#[derive(Debug, Clone)]
pub enum Actor {
    /// Nobody has signed in.
    Anonymous,
    /// A person at one organiser, with the roles and audiences of this moment.
    Person(Arc<PersonActor>),
    /// An integrator's service account.
    Service(Arc<ServiceActor>),
    /// The house itself, doing a named job for one organiser.
    System {
        /// The job's name, as it stands in the log.
        job: &'static str,
        /// For whom.
        organiser: OrganiserId,
    },
}

/// A person who asks.
#[derive(Debug, Clone)]
pub struct PersonActor {
    /// The person.
    pub person: PersonId,
    /// Their organiser.
    pub organiser: OrganiserId,
    /// The sign-in (device) they came by.
    pub sign_in: SignInId,
    /// The language they chose.
    pub lang: Lang,
    /// Roles that hold today.
    pub roles: Vec<RoleAt>,
    /// Teams they belong to today.
    pub teams: Vec<TeamId>,
    /// Whom they count as, when a thing says who may see it.
    pub audiences: Vec<Held>,
    /// Whether they are one of the few who are named to see and set protected identities.
    pub guards_protected: bool,
}

/// A role at a unit, or at the whole organiser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RoleAt {
    /// The role.
    pub role: Role,
    /// The unit; `None` is the organiser.
    pub unit: Option<UnitId>,
}

/// An integrator's service account that asks.
#[derive(Debug, Clone)]
pub struct ServiceActor {
    /// The account.
    pub service: ServiceId,
    /// Its organiser.
    pub organiser: OrganiserId,
    /// What it was granted, by stable code.
    pub scopes: Vec<String>,
    /// The units it may read of, with those below them; `None` is the whole organiser.
    pub units: Option<Vec<UnitId>>,
    /// Whom it counts as.
    pub audiences: Vec<Held>,
}

/// An audience that an actor belongs to, and since when. Confidential kinds open only what came after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    /// The audience.
    pub audience: Audience,
    /// From when on.
    pub since: Instant,
}

/// Somebody a thing can be shown to: reach is a list of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// Everybody who is a colleague at the organiser.
    Organiser(OrganiserId),
    /// One person.
    Person(PersonId),
    /// Whoever holds the role at the unit.
    RoleAt(Role, UnitId),
    /// Whoever belongs to the team.
    Team(TeamId),
    /// Whoever is a colleague at the unit or at one below it.
    Unit(UnitId),
}

impl fmt::Display for Audience {
    /// The form that the database keeps.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Organiser(id) => id.fmt(f),
            Self::Person(id) => id.fmt(f),
            Self::RoleAt(role, unit) => write!(f, "{}@{unit}", role.code()),
            Self::Team(id) => id.fmt(f),
            Self::Unit(id) => id.fmt(f),
        }
    }
}

impl Actor {
    /// The organiser whose data is asked about. The anonymous have the nil one, which owns nothing.
    #[must_use]
    pub fn organiser(&self) -> OrganiserId {
        match self {
            Self::Anonymous => OrganiserId(Uuid::nil()),
            Self::Person(person) => person.organiser,
            Self::Service(service) => service.organiser,
            Self::System { organiser, .. } => *organiser,
        }
    }

    /// The person, if it is one.
    #[must_use]
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Person(person) => Some(person.person),
            Self::Anonymous | Self::Service(_) | Self::System { .. } => None,
        }
    }

    /// Whether it is this person.
    #[must_use]
    pub fn is(&self, person: PersonId) -> bool {
        self.person() == Some(person)
    }

    /// What identifies the actor within the organiser: the person or the service account. Nil for the anonymous and the house.
    #[must_use]
    pub fn id(&self) -> Uuid {
        match self {
            Self::Person(person) => person.person.uuid(),
            Self::Service(service) => service.service.uuid(),
            Self::Anonymous | Self::System { .. } => Uuid::nil(),
        }
    }

    /// Whom the actor counts as.
    #[must_use]
    pub fn audiences(&self) -> &[Held] {
        match self {
            Self::Person(person) => &person.audiences,
            Self::Service(service) => &service.audiences,
            Self::Anonymous | Self::System { .. } => &[],
        }
    }

    /// Whether the actor holds one of `roles` at one of `nodes` or at the organiser.
    ///
    /// `nodes` is a unit and the units above it, so that a role at a principal area counts for its schools.
    #[must_use]
    pub fn holds(&self, roles: &[Role], nodes: &[UnitId]) -> bool {
        let Self::Person(person) = self else {
            return false;
        };
        person.roles.iter().any(|held| {
            roles.contains(&held.role) && held.unit.is_none_or(|unit| nodes.contains(&unit))
        })
    }

    /// Whether the actor belongs to the team today.
    #[must_use]
    pub fn belongs_to(&self, team: TeamId) -> bool {
        matches!(self, Self::Person(person) if person.teams.contains(&team))
    }
}
