//! Forks on both databases: made, pulled into, proposed back, moved, thanked for.

mod counting;
mod family;
mod forking;
mod proposing;
mod pulling;

use super::*;
use crate::{
    Content, Error, Rubric, Scope, diff, find_version, sample,
    world::{self, ANNA, BO, anna, bo, code, organiser, school, seen, stranger, write},
};
use kit::{Actor, Body, CriterionId, Page, Role, RubricId, Text};
use store::Tx;
use testkit::{TestDb, actor, id, on_both};

fn everybody() -> Scope {
    Scope::Unit(school())
}

/// Anna's published rubric, for her school.
async fn origin_of(db: &TestDb, number: u128) -> Rubric {
    let rubric = world::published_of(db, number, three()).await;
    world::shared(db, &rubric, everybody()).await.unwrap()
}

fn three() -> Content {
    let mut content = sample::titled("Tre kriterier");
    content.criteria = (1..=3).map(sample::criterion).collect();
    content
}

async fn forked(db: &TestDb, who: Actor, number: u128, rubric: RubricId) -> Result<Rubric, Error> {
    let ask = Fork {
        id: id(number),
        rubric,
        version: None,
        unit: school(),
    };
    write(db, who, async |tx: &Tx| fork(tx, &ask).await).await
}

/// Saves a draft as `who`, changed so.
async fn saved(
    db: &TestDb,
    who: Actor,
    rubric: &Rubric,
    change: impl FnOnce(&mut Content),
) -> Rubric {
    let draft = rubric.draft.unwrap().version;
    let draft = find_version(&db.cx(who.clone()), draft).await.unwrap();
    let mut content = (*draft.content).clone();
    change(&mut content);
    let ask = crate::SaveDraft {
        rubric: rubric.id,
        change: crate::Change::Whole {
            version: rubric.version,
            content,
        },
    };
    let saved = write(db, who, async |tx: &Tx| crate::save_draft(tx, &ask).await);
    saved.await.unwrap().rubric
}

async fn published_by(db: &TestDb, who: Actor, rubric: &Rubric) -> Rubric {
    db.clock.pass(chrono::TimeDelta::seconds(1));
    let ask = world::publish_ask(rubric);
    let published = write(db, who, async |tx: &Tx| crate::publish(tx, &ask).await);
    published.await.unwrap()
}

/// Anna's next version, changed so.
async fn next(db: &TestDb, rubric: RubricId, change: impl FnOnce(&mut Content)) -> Rubric {
    let rubric = world::stored(db, rubric).await;
    let revised = world::revised(db, &rubric).await;
    let saved = saved(db, anna(), &revised, change).await;
    published_by(db, anna(), &saved).await
}

fn describe(content: &mut Content, at: usize, text: &str) {
    content.criteria[at].description = Some(sample::words(text));
}

async fn shows(db: &TestDb, who: Actor, rubric: &Rubric) -> Vec<(CriterionId, Option<String>)> {
    let shown = rubric.draft.map(|draft| draft.version).or(rubric.current);
    let version = find_version(&db.cx(who), shown.unwrap()).await.unwrap();
    let criteria = version.content.criteria.iter();
    let said = criteria.map(|criterion| {
        let description = criterion.description.as_ref();
        let description = description.and_then(|text| text.sv());
        (
            criterion.id,
            description.map(|text| text.as_str().to_owned()),
        )
    });
    said.collect()
}

async fn pulled(
    db: &TestDb,
    who: Actor,
    rubric: &Rubric,
    from: &Rubric,
    choices: &[(u128, Choice)],
) -> Result<Pulled, Error> {
    let decisions = choices.iter().map(|(criterion, choice)| Decision {
        criterion: id(*criterion),
        choice: *choice,
    });
    let ask = Pull {
        rubric: rubric.id,
        version: rubric.version,
        from: from.current.unwrap(),
        decisions: decisions.collect(),
    };
    write(db, who, async |tx: &Tx| pull(tx, &ask).await).await
}

fn offered(offers: &[Offer]) -> Vec<CriterionId> {
    offers.iter().map(|offer| offer.criterion).collect()
}

async fn world_told(db: &TestDb, who: Actor, rubric: RubricId) -> Vec<String> {
    let happened = store::replay(&db.cx(who), rubric.into(), 0).await.unwrap();
    let names = happened.unwrap().into_iter().map(|event| event.name);
    names.collect()
}
