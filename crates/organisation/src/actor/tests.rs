//! Who somebody is, on both databases.

use super::*;
use crate::world::*;
use crate::{Move, add_member, assign_role, end_role, link_account, remove_member, update_person};
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
