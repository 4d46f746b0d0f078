//! A second organiser beside Anna's, and people who look after the catalogue.

use crate::{
    Error, ForkOpen, Licence, OpenFilter, OpenRubric, PublishToCatalogue, Rubric, Standing,
    fork_open, list_open, publish_to_catalogue, standings,
    world::{anna, organiser, write},
};
use kit::{Actor, OpenRubricId, OrganiserId, Page, Role, RubricId};
use organisation::{CreateOrganiser, OrganiserKind, create_organiser};
use std::sync::{Arc, Mutex};
use store::{Tx, search::Words};
use testkit::{TestDb, actor, id};

pub(super) const NEIGHBOUR: u128 = 9;

/// An administrator of the whole of Anna's organiser.
pub(super) fn keeper() -> Actor {
    actor(organiser(), id(105), &[(Role::Admin, None)], &[])
}

/// A teacher of another organiser.
pub(super) fn nils() -> Actor {
    actor(
        id(NEIGHBOUR),
        id(201),
        &[(Role::Teacher, Some(id(22)))],
        &[],
    )
}

/// An administrator of that one.
pub(super) fn neighbours_keeper() -> Actor {
    actor(id(NEIGHBOUR), id(202), &[(Role::Admin, None)], &[])
}

/// Somebody who takes part in one team.
pub(super) fn guest() -> Actor {
    actor(organiser(), id(203), &[], &[crate::world::team()])
}

pub(super) fn house(organiser: OrganiserId) -> Actor {
    Actor::System {
        job: "test",
        organiser,
    }
}

/// Both organisers, so that they can switch the catalogue off.
pub(super) async fn organisers(db: &TestDb) {
    for (who, name) in [(organiser(), "Älvsunda"), (id(NEIGHBOUR), "Grannkommunen")] {
        let new = CreateOrganiser {
            name: kit::Name::parse(name).unwrap(),
            kind: OrganiserKind::Municipality,
        };
        store::write(&db.cx(house(who)), async |tx: &Tx| {
            create_organiser(tx, &new).await
        })
        .await
        .unwrap();
    }
}

pub(super) fn ask(rubric: &Rubric) -> PublishToCatalogue {
    PublishToCatalogue {
        rubric: rubric.id,
        version: rubric.version,
        licence: Licence::CcBySa,
        credit_name: Some(kit::Name::parse("Anna Berg").unwrap()),
        organiser_name: "Älvsunda".to_owned(),
        catalogue_off: false,
        review_demanded: false,
        preschool: false,
    }
}

pub(super) async fn put_as(
    db: &TestDb,
    who: Actor,
    ask: &PublishToCatalogue,
) -> Result<Rubric, Error> {
    write(db, who, async |tx: &Tx| publish_to_catalogue(tx, ask).await).await
}

/// Puts a rubric of Anna's in the catalogue.
pub(super) async fn open(db: &TestDb, rubric: &Rubric) -> OpenRubricId {
    put_as(db, anna(), &ask(rubric)).await.unwrap();
    standing(db, anna(), rubric.id).await.unwrap().open
}

pub(super) async fn standing(db: &TestDb, who: Actor, rubric: RubricId) -> Option<Standing> {
    standings(&db.cx(who), &[rubric])
        .await
        .unwrap()
        .remove(&rubric)
}

pub(super) async fn listed(db: &TestDb, who: Actor, words: &str) -> Vec<OpenRubric> {
    let words = Words::parse(words);
    let page = Page::first(50).unwrap();
    let cx = db.cx(who);
    let found = list_open(&cx, words.as_ref(), &OpenFilter::default(), &page).await;
    let items = found.unwrap().items.into_iter();
    items.map(|(_, open)| open).collect()
}

/// Whether it is in the actor's list.
pub(super) async fn sees(db: &TestDb, who: Actor, open: OpenRubricId) -> bool {
    let list = listed(db, who, "").await;
    list.iter().any(|found| found.id == open)
}

pub(super) async fn forked_by(
    db: &TestDb,
    who: Actor,
    number: u128,
    open: OpenRubricId,
) -> Result<Rubric, Error> {
    let unit = match &who {
        Actor::Person(person) => person.roles.iter().find_map(|held| held.unit),
        _ => None,
    };
    let ask = ForkOpen {
        id: id(number),
        open,
        unit: unit.unwrap_or(id(2)),
    };
    write(db, who, async |tx: &Tx| fork_open(tx, &ask).await).await
}

/// The names of the catalogue's own events, with their organisers, as they are told from now on.
pub(super) fn hear(db: &TestDb) -> Arc<Mutex<Vec<(OrganiserId, String)>>> {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let kept = heard.clone();
    db.store.feed().hear_at_once(move |happened| {
        if !happened.name.starts_with("rubric.") {
            let told = (happened.organiser, happened.name.clone());
            kept.lock().unwrap().push(told);
        }
    });
    heard
}
