//! Shelves on both databases.

use super::*;
use crate::{
    Error, Scope,
    world::{self, anna, bo, cilla, code, organiser, person, school, team, write},
};
use chrono::TimeDelta;
use kit::{Actor, CollectionId, Name, Page, Role, RubricId};
use std::collections::HashSet;
use store::Tx;
use testkit::{TestDb, actor, id, on_both};

fn lena() -> Actor {
    let roles = [(Role::LeadTeacher, Some(school()))];
    actor(organiser(), id(110), &roles, &[])
}

/// A guest in Anna's team.
fn gerd() -> Actor {
    let roles = [(Role::Guest, Some(school()))];
    actor(organiser(), id(111), &roles, &[team()])
}

fn ask(number: u128, owner: CollectionOwner) -> CreateCollection {
    CreateCollection {
        id: id(number),
        owner,
        name: Name::parse("Bra att ha").unwrap(),
    }
}

async fn made(
    db: &TestDb,
    who: Actor,
    number: u128,
    owner: CollectionOwner,
) -> Result<Collection, Error> {
    let ask = ask(number, owner);
    write(db, who, async |tx: &Tx| create_collection(tx, &ask).await).await
}

async fn put(
    db: &TestDb,
    who: Actor,
    collection: CollectionId,
    rubric: RubricId,
    after: Option<RubricId>,
) -> Result<Collection, Error> {
    let ask = AddToCollection {
        collection,
        rubric,
        after,
    };
    write(db, who, async |tx: &Tx| add_to_collection(tx, &ask).await).await
}

async fn taken(
    db: &TestDb,
    who: Actor,
    collection: CollectionId,
    rubric: RubricId,
) -> Result<Collection, Error> {
    let ask = RemoveFromCollection { collection, rubric };
    write(db, who, async |tx: &Tx| {
        remove_from_collection(tx, &ask).await
    })
    .await
}

fn page(size: i64) -> Page {
    Page::first(size).unwrap()
}

async fn order(db: &TestDb, who: Actor, collection: CollectionId) -> Vec<RubricId> {
    let cx = db.cx(who);
    let mut of = shelved(&cx, &[collection], &page(100)).await.unwrap();
    assert_eq!(cx.db().statements(), 1);
    let list = of.remove(&collection).map_or(Vec::new(), |list| list.items);
    list.into_iter().map(|(_, rubric)| rubric).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_it_is_sees_it_and_nobody_else() {
    on_both(async |db| {
        let cases = [
            (
                anna(),
                21,
                CollectionOwner::Team(team()),
                [true, false, true, false],
            ),
            (
                lena(),
                22,
                CollectionOwner::Organiser(organiser()),
                [true; 4],
            ),
            (
                anna(),
                23,
                CollectionOwner::Person(person(world::ANNA)),
                [true, false, false, false],
            ),
        ];
        for (who, number, owner, sees) in cases {
            let made = made(db, who, number, owner).await.unwrap();
            for (reader, sees) in [anna(), bo(), cilla(), lena()].into_iter().zip(sees) {
                let found = find_collection(&db.cx(reader.clone()), made.id).await;
                assert_eq!(found.is_ok(), sees, "{owner:?} {reader:?} {}", db.kind());
                let filter = CollectionFilter {
                    owner: Some(owner.kind()),
                    team: None,
                };
                let listed = collections(&db.cx(reader), &filter, &page(5))
                    .await
                    .unwrap();
                assert_eq!(listed.items.len(), usize::from(sees), "{owner:?}");
            }
            for other in [world::stranger(), Actor::Anonymous] {
                let found = find_collection(&db.cx(other), made.id).await;
                assert_eq!(code(found), "NOT_FOUND", "{owner:?} {}", db.kind());
            }
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals() {
    on_both(async |db| {
        let rubric = world::at_school(db, 11).await;
        let hidden = world::published(db, 12).await;
        let teams = made(db, anna(), 21, CollectionOwner::Team(team()))
            .await
            .unwrap();
        let favourites = CollectionOwner::Organiser(organiser());
        let favourites = made(db, lena(), 22, favourites).await.unwrap();
        let own = CollectionOwner::Person(person(world::BO));
        let own = made(db, bo(), 23, own).await.unwrap();
        for (case, who, owner) in [
            ("another's team", bo(), CollectionOwner::Team(team())),
            ("a guest", gerd(), CollectionOwner::Team(team())),
            (
                "a teacher, for all",
                anna(),
                CollectionOwner::Organiser(organiser()),
            ),
            (
                "for another organiser",
                lena(),
                CollectionOwner::Organiser(id(9)),
            ),
            (
                "for another person",
                anna(),
                CollectionOwner::Person(person(world::BO)),
            ),
            (
                "nobody",
                Actor::Anonymous,
                CollectionOwner::Person(person(world::BO)),
            ),
        ] {
            let outcome = made(db, who.clone(), 31, owner).await;
            assert_eq!(
                code(outcome),
                "COLLECTION_NOT_YOURS",
                "{case} {}",
                db.kind()
            );
            let stored = find_collection(&db.cx(who), id(31)).await;
            assert_eq!(code(stored), "NOT_FOUND", "{case}: nothing may be stored");
        }
        for (case, who, collection, of, expected) in [
            (
                "a guest",
                gerd(),
                teams.id,
                rubric.id,
                "COLLECTION_NOT_YOURS",
            ),
            (
                "a teacher",
                anna(),
                favourites.id,
                rubric.id,
                "COLLECTION_NOT_YOURS",
            ),
            (
                "who does not see it",
                bo(),
                teams.id,
                rubric.id,
                "NOT_FOUND",
            ),
            ("another's own", anna(), own.id, rubric.id, "NOT_FOUND"),
            ("an unseen rubric", bo(), own.id, hidden.id, "NOT_FOUND"),
            ("an unknown one", bo(), own.id, id(99), "NOT_FOUND"),
        ] {
            let outcome = put(db, who.clone(), collection, of, None).await;
            assert_eq!(code(outcome), expected, "{case} {}", db.kind());
            let outcome = taken(db, who.clone(), collection, of).await;
            assert_eq!(code(outcome), expected, "{case} {}", db.kind());
        }
        let behind = put(db, bo(), own.id, rubric.id, Some(hidden.id)).await;
        assert_eq!(code(behind), "NOT_FOUND");
        assert_eq!(order(db, bo(), own.id).await, []);
        let named = |version, name: &str| UpdateCollection {
            collection: own.id,
            version,
            name: Name::parse(name).unwrap(),
        };
        for (ask, expected) in [
            (named(2, "Ny"), "STALE_VERSION"),
            (named(1, "Om 19121212-1212"), "RUBRIC_PERSONAL_NUMBER"),
            (named(1, "Ny"), "ok"),
        ] {
            let outcome = write(db, bo(), async |tx: &Tx| update_collection(tx, &ask).await).await;
            assert_eq!(code(outcome), expected, "{}", db.kind());
        }
        let renamed = find_collection(&db.cx(bo()), own.id).await.unwrap();
        assert_eq!((renamed.name.as_str(), renamed.version), ("Ny", 2));
        assert_eq!(code(made(db, bo(), 23, own.owner).await), "ID_TAKEN");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_put_in_stands_where_it_was_put_for_whoever_sees_it() {
    on_both(async |db| {
        let mut ids = Vec::new();
        for number in 11..15 {
            let rubric = world::published(db, number).await;
            world::shared(db, &rubric, Scope::Team(team()))
                .await
                .unwrap();
            ids.push(rubric.id);
        }
        let shelf = made(db, anna(), 21, CollectionOwner::Team(team()))
            .await
            .unwrap();
        let empty = made(db, anna(), 22, CollectionOwner::Team(team()))
            .await
            .unwrap();
        let [a, b, c, d] = ids[..] else { panic!() };
        let puts = [
            (a, None, vec![a]),
            (b, None, vec![b, a]),
            (c, Some(b), vec![b, c, a]),
            (d, Some(a), vec![b, c, a, d]),
            (d, Some(a), vec![b, c, a, d]),
            (b, Some(d), vec![c, a, d, b]),
            (a, None, vec![a, c, d, b]),
            (a, Some(a), vec![a, c, d, b]),
        ];
        for (rubric, after, expected) in puts {
            put(db, cilla(), shelf.id, rubric, after).await.unwrap();
            assert_eq!(order(db, anna(), shelf.id).await, expected, "{}", db.kind());
        }
        // Page by page, each once.
        let mut after = None;
        let mut seen = Vec::new();
        loop {
            let page = Page {
                after: after.clone(),
                ..page(3)
            };
            let of = shelved(&db.cx(anna()), &[shelf.id, empty.id], &page)
                .await
                .unwrap();
            let list = &of[&shelf.id];
            seen.extend(list.items.iter().map(|(_, rubric)| *rubric));
            after = list.items.last().map(|(place, _)| place.clone());
            if !list.more {
                break;
            }
        }
        assert_eq!(seen, [a, c, d, b]);

        // Narrowed it is gone for those who lost it, and comes back in its place.
        let narrowed = world::stored(db, c).await;
        let narrowed = world::shared(db, &narrowed, Scope::Private).await.unwrap();
        assert_eq!(
            order(db, cilla(), shelf.id).await,
            [a, d, b],
            "{}",
            db.kind()
        );
        assert_eq!(order(db, anna(), shelf.id).await, [a, c, d, b]);
        assert_eq!(order(db, bo(), shelf.id).await, [], "not Bo's shelf");
        world::shared(db, &narrowed, Scope::Team(team()))
            .await
            .unwrap();
        assert_eq!(order(db, cilla(), shelf.id).await, [a, c, d, b]);

        taken(db, anna(), shelf.id, d).await.unwrap();
        taken(db, anna(), shelf.id, d).await.unwrap();
        assert_eq!(order(db, anna(), shelf.id).await, [a, c, b]);
        let gone = write(db, cilla(), async |tx: &Tx| {
            delete_collection(tx, shelf.id).await
        });
        assert_eq!(gone.await.unwrap(), Removed(shelf.id));
        assert_eq!(
            code(find_collection(&db.cx(anna()), shelf.id).await),
            "NOT_FOUND"
        );
        assert!(
            world::seen(db, cilla(), a).await,
            "nothing happens to rubrics"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_collection_and_its_owner_have_room_for_so_many() {
    on_both(async |db| {
        let own = CollectionOwner::Person(person(world::ANNA));
        for number in 0..u128::from(COLLECTIONS_MAX) {
            made(db, anna(), 1_000 + number, own).await.unwrap();
        }
        assert_eq!(code(made(db, anna(), 21, own).await), "COLLECTION_TOO_MANY");
        let theirs = CollectionOwner::Team(team());
        assert_eq!(
            code(made(db, anna(), 22, theirs).await),
            "ok",
            "another owner"
        );
        for number in 0..u128::from(SHELVED_MAX) {
            let rubric = world::draft(db, 2_000 + number).await;
            put(db, anna(), id(1_000), rubric.id, None).await.unwrap();
        }
        let more = world::draft(db, 11).await;
        let outcome = put(db, anna(), id(1_000), more.id, None).await;
        assert_eq!(code(outcome), "COLLECTION_FULL", "{}", db.kind());
        let again = put(db, anna(), id(1_000), id(2_000), None).await;
        assert_eq!(code(again), "ok", "what is there still moves");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_used_last_is_ones_own_business_and_at_most_thirty() {
    on_both(async |db| {
        let first = world::at_school(db, 11).await;
        for number in 0..u128::from(RECENT_MAX) {
            db.clock.pass(TimeDelta::seconds(1));
            world::draft(db, 2_000 + number).await;
        }
        let used = async |who: Actor| {
            let cx = db.cx(who);
            let found = recent(&cx, &page(100)).await.unwrap();
            assert!(cx.db().statements() <= 2);
            let ids = found.items.into_iter().map(|(_, rubric)| rubric.id);
            ids.collect::<Vec<_>>()
        };
        let annas = used(anna()).await;
        let unlike: HashSet<_> = annas.iter().collect();
        assert_eq!((annas.len(), unlike.len()), (30, 30), "{}", db.kind());
        assert_eq!(annas[0], id(2_029), "the latest first");
        assert!(!annas.contains(&first.id), "the oldest went");
        assert_eq!(used(bo()).await, [], "of another nothing is told");

        db.clock.pass(TimeDelta::seconds(1));
        world::linked(db, bo(), 21, first.id).await;
        assert_eq!(used(bo()).await, [first.id]);
        assert_eq!(used(anna()).await, annas, "Bo's is no trace of Anna's");
        world::shared(db, &first, Scope::Private).await.unwrap();
        assert_eq!(used(bo()).await, [], "only what one still sees");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_forgotten_stands_on_no_shelf() {
    on_both(async |db| {
        let draft = world::draft(db, 11).await;
        let own = CollectionOwner::Person(person(world::ANNA));
        made(db, anna(), 21, own).await.unwrap();
        put(db, anna(), id(21), draft.id, None).await.unwrap();
        world::deleted(db, &world::stored(db, draft.id).await).await;
        db.clock.pass(TimeDelta::days(31));
        let house = Actor::System {
            job: "upkeep",
            organiser: organiser(),
        };
        let gone = write(db, house, async |tx: &Tx| crate::forget(tx, draft.id).await);
        assert!(gone.await.unwrap() > 0, "{}", db.kind());
        assert_eq!(order(db, anna(), id(21)).await, []);
        assert_eq!(recent(&db.cx(anna()), &page(5)).await.unwrap().items, []);
    })
    .await;
}
