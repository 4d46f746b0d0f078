//! The house puts a rubric on an organiser's shelf.

use crate::{
    Content, Counts, Error, Rubric, Scope, Stage, State, Version, check,
    events::{RubricCreated, RubricPublished},
    forks, keep, policy, sql,
};
use kit::{RubricId, UnitId};
use store::Tx;
use uuid::Uuid;

/// Put a rubric on the organiser's shelf.
#[derive(Debug, Clone)]
pub struct Shelve {
    /// The same for every organiser, so that nothing stands there twice.
    pub id: RubricId,
    /// What it says; nothing may be missing.
    pub content: Content,
    /// Whether it is for preschools.
    pub preschool: bool,
}

/// Puts a rubric that came with Kollegium on the organiser's shelf: published for every colleague, by nobody and at no unit, so that nobody's name
/// stands beside words that are not theirs. Whoever wants to change it makes a copy of their own.
///
/// # Errors
///
/// [`Error::NotYours`] unless the house itself asks, [`Error::Invalid`] for a content that is not ready, and `ID_TAKEN` if it is there already.
pub async fn shelve(tx: &Tx, ask: &Shelve) -> Result<Rubric, Error> {
    policy::may_shelve(&tx.actor)?;
    let stage = Stage::Ready {
        preschool: ask.preschool,
    };
    let problems = check::problems(&ask.content, stage, "content");
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let id = tx.ids.random().into();
    let mut version = Version::draft(id, ask.id, ask.content.clone(), 1, tx.now);
    version.publish(None, tx.now)?;
    let mut rubric = Rubric {
        id: ask.id,
        organiser: tx.organiser(),
        unit: UnitId(Uuid::nil()),
        authors: Vec::new(),
        author_teams: Vec::new(),
        state: State::Active,
        scope: Scope::Organiser,
        current: Some(version.id),
        draft: None,
        deleted: None,
        n: 0,
        version: 1,
        created_at: tx.now,
        updated_at: tx.now,
        published_at: Some(tx.now),
        archived_at: None,
        shares: Box::default(),
    };
    let created = RubricCreated {
        rubric: rubric.id,
        n: rubric.tell(),
        version: version.id,
    };
    let published = RubricPublished {
        rubric: rubric.id,
        n: rubric.tell(),
        version: version.id,
    };
    sql::insert(tx, &rubric).await?;
    sql::insert_version(tx, &version).await?;
    records::set(tx, rubric.id, rubric.at(), &policy::audiences(&rubric)).await?;
    keep::make_findable(tx, &rubric, &version.content).await?;
    forks::count(tx, rubric.id, Counts::PUBLISHED).await?;
    tx.emit(&created);
    tx.emit(&published);
    Ok(rubric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        sample,
        world::{self, admin, anna, bo, cilla, code, organiser, seen, stranger, write},
    };
    use kit::Actor;
    use testkit::{id, on_both};

    fn ask(number: u128) -> Shelve {
        Shelve {
            id: id(number),
            content: sample::everything(),
            preschool: false,
        }
    }

    const fn house(organiser: kit::OrganiserId) -> Actor {
        Actor::System {
            job: "test",
            organiser,
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn every_colleague_uses_it_and_nobody_changes_it() {
        on_both(async |db| {
            let rubric = write(db, house(organiser()), async |tx: &Tx| {
                shelve(tx, &ask(11)).await
            })
            .await
            .unwrap();
            assert_eq!(world::stored(db, rubric.id).await, rubric, "{}", db.kind());
            for (who, sees) in [
                (anna(), true),
                (bo(), true),
                (cilla(), true),
                (admin(), false),
                (stranger(), false),
            ] {
                assert_eq!(seen(db, who, rubric.id).await, sees, "{}", db.kind());
            }
            let current = rubric.current.unwrap();
            let version = crate::find_version(&db.cx(bo()), current).await.unwrap();
            assert_eq!(version.number.unwrap().to_string(), "1.0");
            let (cx, page) = (db.cx(bo()), kit::Page::first(10).unwrap());
            let listed = crate::list(&cx, &crate::Filter::default(), &page).await;
            assert_eq!(listed.unwrap().items.len(), 1);
            world::linked(db, bo(), 21, rubric.id).await;

            let revise = crate::Revise {
                rubric: rubric.id,
                version: rubric.version,
            };
            let outcome = write(db, anna(), async |tx: &Tx| crate::revise(tx, &revise).await);
            assert_eq!(code(outcome.await), "RUBRIC_NOT_YOURS", "{}", db.kind());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn only_the_house_puts_it_there_once_in_each_organiser_and_ready() {
        on_both(async |db| {
            let put = async |who: Actor, ask: Shelve| {
                code(write(db, who, async |tx: &Tx| shelve(tx, &ask).await).await)
            };
            assert_eq!(put(anna(), ask(11)).await, "RUBRIC_NOT_YOURS");
            let mut unfinished = ask(11);
            unfinished.content.criteria.clear();
            let here = house(organiser());
            assert_eq!(put(here.clone(), unfinished).await, "RUBRIC_INVALID");
            assert!(!seen(db, bo(), id(11)).await, "nothing may be stored");
            assert_eq!(put(here.clone(), ask(11)).await, "ok", "{}", db.kind());
            assert_eq!(put(here, ask(11)).await, "ID_TAKEN", "{}", db.kind());
            assert_eq!(put(house(id(9)), ask(11)).await, "ok", "{}", db.kind());
        })
        .await;
    }
}
