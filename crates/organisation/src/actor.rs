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
/// It counts as a colleague at the organiser, and only when it was granted to read what is shared there.
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
    let reads_shared = scopes.iter().any(|scope| scope == SCOPE_RUBRICS);
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
mod tests {
    use super::*;
    use crate::world::*;
    use crate::{
        Move, add_member, assign_role, end_role, link_account, remove_member, update_person,
    };
    use chrono::Days;
    use kit::{Actor, TeamId};
    use std::collections::BTreeSet;
    use testkit::{id, on_both};

    fn audiences(actor: &Actor) -> BTreeSet<Audience> {
        actor.audiences().iter().map(|held| held.audience).collect()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_colleague_counts_at_the_unit_above_it_and_at_the_organiser_and_an_administrator_does_not()
     {
        on_both(async |db| {
            let world = World::new(db).await;
            let (area, school) = (id::<UnitId>(10), id::<UnitId>(11));
            let teacher = world.actor(TEACHER).await;
            let expected = BTreeSet::from([
                Audience::Person(id(TEACHER)),
                Audience::RoleAt(Role::Teacher, school),
                Audience::Unit(school),
                Audience::Unit(area),
                Audience::Organiser(world.organiser),
                Audience::Team(id(30)),
            ]);
            assert_eq!(audiences(&teacher), expected, "{}", db.kind());

            let admin = world.actor(AREA_ADMIN).await;
            let expected = BTreeSet::from([
                Audience::Person(id(AREA_ADMIN)),
                Audience::RoleAt(Role::Admin, area),
            ]);
            assert_eq!(audiences(&admin), expected, "{}", db.kind());

            let guest = world.actor(GUEST).await;
            let expected = BTreeSet::from([
                Audience::Person(id(GUEST)),
                Audience::RoleAt(Role::Guest, school),
                Audience::Team(id(30)),
            ]);
            assert_eq!(audiences(&guest), expected, "{}", db.kind());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_role_holds_from_its_first_day_to_its_last_and_not_beyond() {
        on_both(async |db| {
            let world = World::new(db).await;
            let mut lead = role_of(2, Role::LeadTeacher, Some(11));
            lead.from_day = Some(world.today() + Days::new(1));
            lead.to_day = Some(world.today() + Days::new(2));
            world
                .by(PRINCIPAL, async |tx| {
                    assign_role(tx, id(TEACHER), &lead).await
                })
                .await
                .unwrap();
            for holds in [false, true, true, false] {
                let teacher = world.actor(TEACHER).await;
                let nodes = [id(10), id(11)];
                assert_eq!(
                    teacher.holds(&[Role::LeadTeacher], &nodes),
                    holds,
                    "{} {}",
                    db.kind(),
                    world.today()
                );
                assert!(teacher.holds(&[Role::Teacher], &nodes));
                db.clock.pass(TimeDelta::days(1));
            }

            let ended = world
                .by(PRINCIPAL, async |tx| {
                    end_role(tx, id(1_000 + TEACHER), None).await
                })
                .await
                .unwrap();
            assert_eq!(ended.to_day, world.today().pred_opt());
            let teacher = world.actor(TEACHER).await;
            assert_eq!(
                audiences(&teacher),
                BTreeSet::from([Audience::Person(id(TEACHER))])
            );
            assert!(
                !teacher.belongs_to(id(30)),
                "{}: without a role no team",
                db.kind()
            );
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_guest_is_gone_after_their_last_day_and_a_leaver_after_theirs() {
        on_both(async |db| {
            let world = World::new(db).await;
            let who = async |person| {
                let cx = db.cx(Actor::Anonymous);
                load_actor(&cx, world.organiser, id(person), id(1))
                    .await
                    .unwrap()
            };
            let mut leave = change_of(TEACHER, 1);
            leave.last_day = Some(Some(world.today()));
            world
                .by(AREA_ADMIN, async |tx| update_person(tx, &leave).await)
                .await
                .unwrap();
            assert!(
                who(TEACHER).await.is_some(),
                "{}: on the last day",
                db.kind()
            );
            db.clock.pass(TimeDelta::days(1));
            assert!(who(TEACHER).await.is_none(), "{}: the day after", db.kind());
            assert!(who(GUEST).await.is_some());
            db.clock.pass(TimeDelta::days(30));
            assert!(who(GUEST).await.is_none(), "{}", db.kind());
            assert!(who(999).await.is_none(), "nobody");
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_team_opens_confidential_kinds_from_the_moment_of_joining() {
        on_both(async |db| {
            let world = World::new(db).await;
            db.clock.pass(TimeDelta::days(3));
            let joined = db.clock.now();
            let join = async |tx: &store::Tx| add_member(tx, id(30), id(PRINCIPAL)).await;
            let first = world.by(PRINCIPAL, join).await.unwrap();
            db.clock.pass(TimeDelta::days(1));
            let join = async |tx: &store::Tx| add_member(tx, id(30), id(PRINCIPAL)).await;
            assert_eq!(
                world.by(PRINCIPAL, join).await.unwrap(),
                first,
                "twice is once"
            );

            let principal = world.actor(PRINCIPAL).await;
            let team = id::<TeamId>(30);
            let held = principal
                .audiences()
                .iter()
                .find(|held| held.audience == Audience::Team(team));
            assert_eq!(held.map(|held| held.since), Some(joined), "{}", db.kind());

            let leave = async |tx: &store::Tx| remove_member(tx, team, id(PRINCIPAL)).await;
            assert!(world.by(PRINCIPAL, leave).await.unwrap());
            assert!(
                !world.actor(PRINCIPAL).await.belongs_to(team),
                "{}",
                db.kind()
            );
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_actor_is_loaded_in_two_statements_however_many_roles_and_teams() {
        on_both(async |db| {
            let world = World::new(db).await;
            let count = async || {
                let cx = db.cx(Actor::Anonymous);
                load_actor(&cx, world.organiser, id(TEACHER), id(1))
                    .await
                    .unwrap()
                    .unwrap();
                cx.db().statements()
            };
            assert_eq!(count().await, 2, "{}", db.kind());
            store::write(&world.house(), async |tx: &store::Tx| {
                for number in 0..100 {
                    crate::create_team(tx, &team_of(5_000 + number, None)).await?;
                    add_member(tx, id(5_000 + number), id(TEACHER)).await?;
                    assign_role(
                        tx,
                        id(TEACHER),
                        &role_of(6_000 + number, Role::Staff, Some(12)),
                    )
                    .await?;
                }
                Ok::<_, Error>(())
            })
            .await
            .unwrap();
            assert_eq!(count().await, 2, "{}", db.kind());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_account_finds_its_persons_at_every_organiser_and_none_who_has_left() {
        on_both(async |db| {
            let (one, two) = (World::new(db).await, World::numbered(db, 2).await);
            let account = id(77);
            let nobody = db.cx(Actor::Anonymous);
            for (world, person) in [(&one, TEACHER), (&two, OTHER)] {
                store::write(&nobody, async |tx: &store::Tx| {
                    link_account(tx, world.organiser, id(person), account).await
                })
                .await
                .unwrap();
            }
            let found = persons_of(&nobody, account).await.unwrap();
            let pairs: Vec<_> = found.iter().map(|of| (of.organiser, of.person)).collect();
            assert_eq!(
                pairs,
                [(one.organiser, id(TEACHER)), (two.organiser, id(OTHER))]
            );
            assert_eq!(persons_of(&nobody, id(78)).await.unwrap(), []);

            let mut leave = change_of(OTHER, 1);
            leave.last_day = Some(two.today().pred_opt());
            two.by(ADMIN, async |tx| update_person(tx, &leave).await)
                .await
                .unwrap();
            assert_eq!(
                persons_of(&nobody, account).await.unwrap().len(),
                1,
                "{}",
                db.kind()
            );
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_kept_actor_is_dropped_by_an_event_and_after_five_seconds() {
        on_both(async |db| {
            let world = World::new(db).await;
            let cache = ActorCache::new(10);
            let _tasks = db.store.start_feed().await.unwrap();
            let mut heard = db.store.feed().listen();
            let teams = async |cache: &ActorCache| {
                let cx = db.cx(Actor::Anonymous);
                let actor = cache.actor(&cx, world.organiser, id(MATE), id(5)).await;
                let actor = actor.unwrap().unwrap();
                assert_eq!(actor.sign_in, id(5));
                (actor.teams.len(), cx.db().statements())
            };
            assert_eq!(teams(&cache).await, (1, 2), "{}", db.kind());
            assert_eq!(teams(&cache).await, (1, 0), "{}: kept", db.kind());

            let leave = async |tx: &store::Tx| remove_member(tx, id(30), id(MATE)).await;
            world.by(MATE, leave).await.unwrap();
            assert_eq!(teams(&cache).await, (1, 0), "{}: not heard yet", db.kind());
            // PostgreSQL may tell some of what happened before listening began.
            loop {
                let happened = heard.recv().await.unwrap();
                cache.hear(&happened);
                let left = happened.read::<TeamMembershipChanged>();
                if left.is_some_and(|left| left.person == id(MATE) && !left.member) {
                    break;
                }
            }
            assert_eq!(teams(&cache).await, (0, 2), "{}: heard", db.kind());

            let join = async |tx: &store::Tx| add_member(tx, id(30), id(MATE)).await;
            world.by(PRINCIPAL, join).await.unwrap();
            db.clock.pass(TimeDelta::milliseconds(4_999));
            assert_eq!(teams(&cache).await, (0, 0), "{}", db.kind());
            db.clock.pass(TimeDelta::milliseconds(1));
            assert_eq!(teams(&cache).await, (1, 2), "{}: too old", db.kind());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_move_keeps_the_unit_of_each_day() {
        on_both(async |db| {
            let world = World::new(db).await;
            let start = world.today();
            db.clock.pass(TimeDelta::days(10));
            let mut change = change_of(TEACHER, 1);
            change.home = Some(Move {
                unit: id(12),
                from_day: None,
            });
            world
                .by(ADMIN, async |tx| update_person(tx, &change).await)
                .await
                .unwrap();
            let cx = world.cx(MATE).await;
            for (day, unit) in [
                (0, Some(11)),
                (9, Some(11)),
                (10, Some(12)),
                (400, Some(12)),
            ] {
                let home = crate::home_unit_on(&cx, id(TEACHER), start + Days::new(day)).await;
                assert_eq!(home.unwrap(), unit.map(id), "{} day {day}", db.kind());
            }
            let before = crate::home_unit_on(&cx, id(TEACHER), start - Days::new(1)).await;
            assert_eq!(before.unwrap(), None, "{}", db.kind());
        })
        .await;
    }
}
