//! Who somebody is today: their roles, teams and audiences, as every other room judges by them.

use crate::{
    Error,
    calendar::{start_of, today},
    events::{
        GuardChanged, PersonChanged, PersonLeft, PersonRoleChanged, ProtectionChanged,
        TeamMembershipChanged, UnitChanged,
    },
    policy::SCOPE_RUBRICS,
    sql,
};
use chrono::{DateTime, TimeDelta};
use kit::{
    AccountId, Audience, Held, Instant, OrganiserId, PersonActor, PersonId, Role, RoleAt,
    ServiceActor, ServiceId, SignInId, UnitId,
};
use quick_cache::sync::Cache;
use std::{collections::BTreeMap, sync::Arc};
use store::{Cx, Event, Occurrence};

/// How old a kept actor may be: a lost event costs at most this much.
const AGE_MAX: TimeDelta = TimeDelta::seconds(5);

/// The person with the roles, teams and audiences of today; `None` when there is none or their last day has passed.
///
/// `cx` may be anybody's: the door has just found out who asks. Two statements. A membership counts only while its holder has a
/// role, so that a guest's end ends what they see. A colleague at a unit counts as one at the units above it and at the organiser;
/// `since` is the first day of the first of the roles that make it so, for a team the moment of joining.
///
/// # Errors
///
/// Those of the database.
pub async fn load_actor(
    cx: &Cx,
    organiser: OrganiserId,
    person: PersonId,
    sign_in: SignInId,
) -> Result<Option<PersonActor>, Error> {
    let cx = cx.acting_as(kit::Actor::System {
        job: "who",
        organiser,
    });
    let Some(found) = sql::actor::find(&cx, person).await? else {
        return Ok(None);
    };
    let mut audiences: BTreeMap<Audience, Instant> = BTreeMap::new();
    let mut hold = |audience, since| {
        let held = audiences.entry(audience).or_insert(since);
        *held = since.min(*held);
    };
    hold(Audience::Person(person), DateTime::UNIX_EPOCH);
    for held in &found.roles {
        let since = start_of(held.from_day);
        if let Some(unit) = held.unit {
            hold(Audience::RoleAt(held.role, unit), since);
        }
        if held.role.is_colleague() {
            hold(Audience::Organiser(organiser), since);
            for node in &held.nodes {
                hold(Audience::Unit(*node), since);
            }
        }
    }
    let memberships = if found.roles.is_empty() {
        Vec::new()
    } else {
        sql::team::memberships(&cx, person).await?
    };
    for member in &memberships {
        hold(Audience::Team(member.team), member.joined_at);
    }
    let is_admin = found.roles.iter().any(|held| held.role == Role::Admin);
    Ok(Some(PersonActor {
        person,
        organiser,
        sign_in,
        lang: found.lang,
        roles: found
            .roles
            .iter()
            .map(|held| RoleAt {
                role: held.role,
                unit: held.unit,
            })
            .collect(),
        teams: memberships.iter().map(|member| member.team).collect(),
        audiences: audiences
            .into_iter()
            .map(|(audience, since)| Held { audience, since })
            .collect(),
        guards_protected: found.named_guard && is_admin,
    }))
}

/// A person whom an account belongs to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonOf {
    /// The organiser.
    pub organiser: OrganiserId,
    /// What the organiser is called.
    pub organiser_name: String,
    /// The person there.
    pub person: PersonId,
}

/// The persons, at whatever organisers, that an account can act as today.
///
/// The one read across organisers: who signs in has proved whose account it is, and nothing else about them is known yet.
///
/// # Errors
///
/// Those of the database.
pub async fn persons_of(cx: &Cx, account: AccountId) -> Result<Vec<PersonOf>, Error> {
    sql::actor::persons_of(cx, account, today(cx.now)).await
}

/// An integrator's verified service account as an actor: its subtrees, and whom it counts as. At most one statement.
///
/// It counts as a colleague at the organiser, and only when it was granted to read what is shared there and is not narrowed to units:
/// what the whole organiser shares is of no unit, and telling where it was made would tell where somebody protected works.
///
/// # Errors
///
/// Those of the database.
pub async fn service_actor(
    cx: &Cx,
    organiser: OrganiserId,
    service: ServiceId,
    scopes: Vec<String>,
    units: Option<&[UnitId]>,
) -> Result<ServiceActor, Error> {
    let cx = cx.acting_as(kit::Actor::System {
        job: "who",
        organiser,
    });
    let units = match units {
        Some(units) => Some(sql::unit::below(&cx, units).await?),
        None => None,
    };
    let reads_shared = units.is_none() && scopes.iter().any(|scope| scope == SCOPE_RUBRICS);
    let audiences = reads_shared.then_some(Held {
        audience: Audience::Organiser(organiser),
        since: DateTime::UNIX_EPOCH,
    });
    Ok(ServiceActor {
        service,
        organiser,
        scopes,
        units,
        audiences: audiences.into_iter().collect(),
    })
}

/// Actors that were loaded a moment ago, so that a page of requests asks once: bounded, at most five seconds old, dropped by events.
#[derive(Debug)]
pub struct ActorCache {
    kept: Cache<(OrganiserId, PersonId), Arc<Kept>>,
}

#[derive(Debug)]
struct Kept {
    actor: PersonActor,
    at: Instant,
}

impl ActorCache {
    /// A cache of at most `size` people.
    #[must_use]
    pub fn new(size: usize) -> Self {
        Self {
            kept: Cache::new(size),
        }
    }

    /// As [`load_actor`], or what it answered less than five seconds ago.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub async fn actor(
        &self,
        cx: &Cx,
        organiser: OrganiserId,
        person: PersonId,
        sign_in: SignInId,
    ) -> Result<Option<Arc<PersonActor>>, Error> {
        let key = (organiser, person);
        if let Some(kept) = self.kept.get(&key)
            && kept.at <= cx.now
            && cx.now - kept.at < AGE_MAX
        {
            let actor = PersonActor {
                sign_in,
                ..kept.actor.clone()
            };
            return Ok(Some(Arc::new(actor)));
        }
        let Some(actor) = load_actor(cx, organiser, person, sign_in).await? else {
            self.kept.remove(&key);
            return Ok(None);
        };
        let kept = Kept {
            actor: actor.clone(),
            at: cx.now,
        };
        self.kept.insert(key, Arc::new(kept));
        Ok(Some(Arc::new(actor)))
    }

    /// Drops whom an event is about. Feed it everything that the store's feed tells.
    pub fn hear(&self, happened: &Occurrence) {
        let person = match happened.name.as_str() {
            GuardChanged::NAME
            | PersonChanged::NAME
            | PersonLeft::NAME
            | PersonRoleChanged::NAME
            | ProtectionChanged::NAME => PersonId(happened.subject.id),
            TeamMembershipChanged::NAME => match happened.read::<TeamMembershipChanged>() {
                Some(changed) => changed.person,
                None => return self.clear(),
            },
            // A unit that moved in the tree changes what its people count as.
            UnitChanged::NAME => return self.clear(),
            _ => return,
        };
        self.kept.remove(&(happened.organiser, person));
    }

    /// Forgets everybody: when events were missed.
    pub fn clear(&self) {
        self.kept.clear();
    }
}

#[cfg(test)]
mod tests;
