//! Whom an actor may know, on both databases.

use super::*;
use crate::world::*;
use crate::{create_team, service_actor, team, teams, units};
use kit::{Actor, ServiceId};
use std::sync::Arc;
use store::Tx;
use testkit::{id, on_both};

const ALL: &[&str] = &[
    "Ada Admin",
    "Bo Admin",
    "Cia Rektor",
    "Dan Lärare",
    "Eva Lärare",
    "Gun Gäst",
    "Åke Lärare",
];
const TEAM: &[&str] = &["Dan Lärare", "Eva Lärare", "Gun Gäst", "Hemlig Hansson"];

fn everybody() -> Vec<&'static str> {
    let mut all = ALL.to_vec();
    all.insert(6, "Hemlig Hansson");
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn a_protected_person_exists_for_the_own_teams_the_named_and_themself_alone() {
    on_both(async |db| {
        let world = World::new(db).await;
        world
            .by(ADMIN, async |tx| {
                crate::name_guard(tx, id(AREA_ADMIN)).await
            })
            .await
            .unwrap();
        let protected = id::<PersonId>(PROTECTED);
        let ids = [protected, id(TEACHER), id(999)];
        for (who, knows) in [
            (TEACHER, true),
            (MATE, true),
            (GUEST, true),
            (PROTECTED, true),
            (AREA_ADMIN, true),
            (ADMIN, false),
            (PRINCIPAL, false),
            (OTHER, false),
        ] {
            let cx = world.cx(who).await;
            let case = format!("{} {who}", db.kind());
            assert_eq!(
                person(&cx, protected).await.unwrap().is_some(),
                knows,
                "{case}"
            );
            let found = people_by_ids(&cx, &ids).await.unwrap();
            assert_eq!(found.contains_key(&protected), knows, "{case}");
            assert!(
                found.contains_key(&id(TEACHER)) && !found.contains_key(&id(999)),
                "{case}"
            );
            let home = home_unit_on(&cx, protected, world.today()).await.unwrap();
            assert_eq!(home.is_some(), knows, "{case}: the unit");
            let roles = roles_of(&cx, &ids).await.unwrap();
            assert_eq!(roles.contains_key(&protected), knows, "{case}: the roles");
            for filter in [
                PeopleFilter::default(),
                PeopleFilter {
                    unit: Some(id(11)),
                    ..Default::default()
                },
                PeopleFilter {
                    team: Some(id(30)),
                    ..Default::default()
                },
                PeopleFilter {
                    role: Some(Role::Teacher),
                    ..Default::default()
                },
                PeopleFilter {
                    name: Some("hemlig".to_owned()),
                    ..Default::default()
                },
            ] {
                let names = world.names(&cx, &filter).await;
                assert_eq!(
                    names.contains(&"Hemlig Hansson".to_owned()),
                    knows,
                    "{case}: {filter:?}"
                );
            }
            let of = crate::TeamFilter {
                member: Some(protected),
                ..Default::default()
            };
            let page = Page::first(10).unwrap();
            assert_eq!(
                teams(&cx, &of, &page).await.unwrap().items.len(),
                usize::from(knows),
                "{case}"
            );
        }
        // The marking itself is for the person and the named, not for the team.
        let marked = async |who| {
            let cx = world.cx(who).await;
            let found = person(&cx, protected).await.unwrap().unwrap();
            found.record(&cx.actor).map(|record| record.protected)
        };
        assert_eq!(marked(PROTECTED).await, Some(true));
        assert_eq!(marked(AREA_ADMIN).await, Some(true));
        assert_eq!(marked(MATE).await, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_read_of_a_protected_person_by_a_guard_is_noted_once_a_day() {
    on_both(async |db| {
        use crate::sql::rows::protected_read;
        use sea_orm::EntityTrait;
        let world = World::new(db).await;
        let notes = async || {
            let rows = protected_read::Entity::find()
                .all(world.house().db())
                .await
                .unwrap();
            rows.iter()
                .map(|row| (row.reader_id, row.person_id))
                .collect::<Vec<_>>()
        };
        person(&world.cx(MATE).await, id(PROTECTED)).await.unwrap();
        world
            .by(ADMIN, async |tx| crate::name_guard(tx, id(ADMIN)).await)
            .await
            .unwrap();
        let cx = world.cx(ADMIN).await;
        person(&cx, id(TEACHER)).await.unwrap();
        assert_eq!(
            notes().await,
            [],
            "{}: a colleague and an open person",
            db.kind()
        );

        assert_eq!(
            world.names(&cx, &PeopleFilter::default()).await,
            everybody()
        );
        let noted = [(id(ADMIN), id(PROTECTED))];
        assert_eq!(notes().await, noted, "{}", db.kind());
        // Within a transaction the note goes along with it.
        world
            .by(ADMIN, async |tx| {
                crate::add_member(tx, id(31), id(PROTECTED)).await
            })
            .await
            .unwrap();
        assert_eq!(notes().await, noted, "{}: the same day", db.kind());
        db.clock.pass(chrono::TimeDelta::days(1));
        person(&world.cx(ADMIN).await, id(PROTECTED)).await.unwrap();
        assert_eq!(notes().await.len(), 2, "{}: the day after", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_sees_their_own_team_and_nobody_else() {
    on_both(async |db| {
        let world = World::new(db).await;
        let cx = world.cx(GUEST).await;
        assert_eq!(
            world.names(&cx, &PeopleFilter::default()).await,
            TEAM,
            "{}",
            db.kind()
        );
        assert_eq!(person(&cx, id(PRINCIPAL)).await.unwrap(), None);
        let page = Page::first(10).unwrap();
        let listed = teams(&cx, &crate::TeamFilter::default(), &page)
            .await
            .unwrap();
        assert_eq!(listed.items.len(), 1);
        assert!(team(&cx, id(31)).await.unwrap().is_none());
        let listed = units(&cx, &crate::UnitFilter::default(), &page)
            .await
            .unwrap();
        let names: Vec<_> = listed
            .items
            .iter()
            .map(|(_, unit)| unit.name.as_str())
            .collect();
        assert_eq!(names, ["Ekskolan"], "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_integrator_reads_what_it_was_granted_below_its_unit_and_nobody_protected() {
    on_both(async |db| {
        let world = World::new(db).await;
        let cx_of = async |scopes: &[&str], units: Option<&[u128]>| {
            let scopes = scopes.iter().map(|scope| (*scope).to_owned()).collect();
            let cx = db.cx(Actor::Anonymous);
            let service = id::<ServiceId>(1);
            let units: Option<Vec<UnitId>> =
                units.map(|units| units.iter().map(|unit| id(*unit)).collect());
            let actor =
                service_actor(&cx, world.organiser, service, scopes, units.as_deref()).await;
            db.cx(Actor::Service(Arc::new(actor.unwrap())))
        };
        let all = PeopleFilter::default();
        let cx = cx_of(&["people:read"], None).await;
        assert_eq!(world.names(&cx, &all).await, ALL, "{}", db.kind());
        assert!(cx.actor.audiences().is_empty());
        let page = Page::first(10).unwrap();
        let count = async |cx: &Cx| {
            units(cx, &crate::UnitFilter::default(), &page)
                .await
                .unwrap()
                .items
                .len()
        };
        assert_eq!(count(&cx).await, 0, "not granted");

        let cx = cx_of(
            &["people:read", "organisation:read", "rubrics:read"],
            Some(&[10]),
        )
        .await;
        let below: &[&str] = &[
            "Bo Admin",
            "Cia Rektor",
            "Dan Lärare",
            "Eva Lärare",
            "Gun Gäst",
        ];
        assert_eq!(world.names(&cx, &all).await, below, "{}", db.kind());
        assert_eq!(
            count(&cx).await,
            3,
            "{}: the area and what is below",
            db.kind()
        );
        assert_eq!(cx.actor.audiences(), [], "{}: of no unit", db.kind());
        assert!(team(&cx, id(30)).await.unwrap().is_some());
        assert!(team(&cx, id(31)).await.unwrap().is_none(), "across units");

        let granted_no_unit = cx_of(&["people:read", "organisation:read"], Some(&[])).await;
        assert_eq!(
            world.names(&granted_no_unit, &all).await,
            [""; 0],
            "{}",
            db.kind()
        );
        assert_eq!(count(&granted_no_unit).await, 0, "{}", db.kind());

        let nothing = cx_of(&[], None).await;
        assert_eq!(world.names(&nothing, &all).await, [""; 0]);
        assert_eq!(world.names(&db.cx(Actor::Anonymous), &all).await, [""; 0]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn lists_go_on_where_they_stopped_and_are_found_by_what_is_typed() {
    on_both(async |db| {
        let world = World::new(db).await;
        let cx = world.cx(OTHER).await;
        let mut page = Page::first(2).unwrap();
        let mut names = Vec::new();
        loop {
            let listed = people(&cx, &PeopleFilter::default(), &page).await.unwrap();
            page.after = listed.items.last().map(|(place, _)| place.clone());
            names.extend(listed.items.into_iter().map(|(_, person)| person.name));
            if !listed.more {
                break;
            }
        }
        assert_eq!(names, ALL, "{}", db.kind());
        for (typed, expected) in [
            ("ÅK", &["Åke Lärare"][..]),
            ("lär", &["Dan Lärare", "Eva Lärare", "Åke Lärare"]),
            ("ärare", &[]),
            ("%", &[]),
            ("_an", &[]),
            ("\\", &[]),
        ] {
            let filter = PeopleFilter {
                name: Some(typed.to_owned()),
                ..Default::default()
            };
            assert_eq!(
                world.names(&cx, &filter).await,
                expected,
                "{} {typed}",
                db.kind()
            );
        }
        let filter = PeopleFilter {
            unit: Some(id(10)),
            role: Some(Role::Principal),
            ..Default::default()
        };
        assert_eq!(
            world.names(&cx, &filter).await,
            ["Cia Rektor"],
            "{}",
            db.kind()
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_organiser_is_not_seen_even_by_the_same_ids() {
    on_both(async |db| {
        let one = World::new(db).await;
        let two = World::numbered(db, 2).await;
        let only = two
            .by(ADMIN, async |tx| create_team(tx, &team_of(40, None)).await)
            .await
            .unwrap();
        let cx = one.cx(TEACHER).await;
        assert!(team(&cx, only.id).await.unwrap().is_none(), "{}", db.kind());
        assert_eq!(
            one.names(&one.cx(OTHER).await, &PeopleFilter::default())
                .await,
            ALL
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_read_costs_the_same_statements_with_three_rows_and_with_a_hundred() {
    on_both(async |db| {
        let world = World::new(db).await;
        let people_ids = |count: u128| (0..count).map(|n| id(7_000 + n)).collect::<Vec<PersonId>>();
        store::write(&world.house(), async |tx: &Tx| {
            for number in 0..100 {
                crate::invite(
                    tx,
                    &invite_of(7_000 + number, "Kim Kollega", Role::Teacher, Some(11)),
                )
                .await?;
                create_team(tx, &team_of(8_000 + number, Some(11))).await?;
                crate::create_unit(
                    tx,
                    &unit_of(9_000 + number, crate::UnitKind::School, "Skola", Some(10)),
                )
                .await?;
            }
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
        let count = async |size: u8| {
            let cx = world.cx(OTHER).await;
            let page = Page::first(i64::from(size)).unwrap();
            let ids = people_ids(size.into());
            let mut counts = Vec::new();
            assert_eq!(
                people(&cx, &PeopleFilter::default(), &page)
                    .await
                    .unwrap()
                    .items
                    .len(),
                usize::from(size)
            );
            counts.push(cx.db().statements());
            assert_eq!(
                people_by_ids(&cx, &ids).await.unwrap().len(),
                usize::from(size)
            );
            counts.push(cx.db().statements());
            assert_eq!(roles_of(&cx, &ids).await.unwrap().len(), usize::from(size));
            counts.push(cx.db().statements());
            assert_eq!(
                home_units_on(&cx, &ids, world.today()).await.unwrap().len(),
                usize::from(size)
            );
            counts.push(cx.db().statements());
            teams(&cx, &crate::TeamFilter::default(), &page)
                .await
                .unwrap();
            counts.push(cx.db().statements());
            units(&cx, &crate::UnitFilter::default(), &page)
                .await
                .unwrap();
            counts.push(cx.db().statements());
            counts
        };
        let expected = [1, 2, 4, 5, 6, 7];
        assert_eq!(count(3).await, expected, "{}", db.kind());
        assert_eq!(count(100).await, expected, "{}", db.kind());
    })
    .await;
}
