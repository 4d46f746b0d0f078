//! What every room's tests need: a migrated database of each kind, a clock that is set, ids that repeat, actors.
//!
//! It knows no room; a room's samples are its own.

pub mod cluster;
mod database;
mod operator;
mod time;

pub use database::{TestDb, on_both, on_both_with};
pub use operator::Operator;
pub use time::TestClock;

use chrono::{DateTime, Utc};
use kit::{
    Actor, Audience, Held, Lang, OrganiserId, PersonActor, PersonId, Role, RoleAt, SignInId,
    TeamId, UnitId,
};
use std::sync::Arc;
use uuid::Uuid;

/// The moment at which test time begins: a Monday morning in a Swedish school.
#[must_use]
pub fn monday() -> DateTime<Utc> {
    DateTime::from_timestamp(1_788_768_000, 0).expect("the moment is a constant")
}

/// The id made of a small number, so that failures are readable.
#[must_use]
pub fn id<I: From<Uuid>>(number: u128) -> I {
    I::from(Uuid::from_u128(number))
}

/// A person at `organiser` with these roles and teams, and the audiences that follow from them.
#[must_use]
pub fn actor(
    organiser: OrganiserId,
    person: PersonId,
    roles: &[(Role, Option<UnitId>)],
    teams: &[TeamId],
) -> Actor {
    let since = DateTime::UNIX_EPOCH;
    let mut audiences = vec![Audience::Person(person)];
    audiences.extend(teams.iter().copied().map(Audience::Team));
    for (role, unit) in roles {
        audiences.extend(unit.map(|unit| Audience::RoleAt(*role, unit)));
        if role.is_colleague() {
            audiences.extend(unit.map(Audience::Unit));
            audiences.push(Audience::Organiser(organiser));
        }
    }
    audiences.sort_unstable();
    audiences.dedup();
    Actor::Person(Arc::new(PersonActor {
        person,
        organiser,
        sign_in: SignInId(Uuid::nil()),
        lang: Lang::Sv,
        roles: roles
            .iter()
            .map(|(role, unit)| RoleAt {
                role: *role,
                unit: *unit,
            })
            .collect(),
        teams: teams.to_vec(),
        audiences: audiences
            .into_iter()
            .map(|audience| Held { audience, since })
            .collect(),
        guards_protected: false,
    }))
}
