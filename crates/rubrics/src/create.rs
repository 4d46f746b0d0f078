//! A rubric is begun.

use crate::{
    Content, Draft, Error, Patch, Rubric, Scope, Stage, State, Version, check,
    events::RubricCreated, find, keep, policy, shelves, sql,
};
use kit::{PersonId, RubricId, UnitId};
use store::{Outcome, Tx};

/// Begin a rubric.
#[derive(Debug, Clone)]
pub struct Create {
    /// Made by the client, at random.
    pub id: RubricId,
    /// Where it is made; the actor is a colleague there.
    pub unit: UnitId,
    /// What it says to begin with; it may be unfinished.
    pub content: Content,
}

/// Begins a rubric as a draft that its author alone sees.
///
/// # Errors
///
/// [`Error::NotHere`] where the actor is no colleague, [`Error::Invalid`] for a content that cannot be kept, and `ID_TAKEN` for an id in use.
pub async fn create(tx: &Tx, ask: &Create) -> Result<Rubric, Error> {
    let author = policy::may_create(&tx.actor, ask.unit)?;
    let problems = check::problems(&ask.content, Stage::Draft, "content");
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let content = ask.content.clone();
    let (rubric, version) = begin(tx, ask.id, ask.unit, author, content).await?;
    tx.emit(&RubricCreated {
        rubric: rubric.id,
        n: rubric.n,
        version: version.id,
    });
    Ok(rubric)
}

/// Stores a new rubric of `author`'s and its draft. Whoever calls tells of it: it has the number 1.
pub(crate) async fn begin(
    tx: &Tx,
    id: RubricId,
    unit: UnitId,
    author: PersonId,
    content: Content,
) -> Result<(Rubric, Version), Error> {
    let version = Version::draft(tx.ids.random().into(), id, content, 1, tx.now);
    let rubric = Rubric {
        id,
        organiser: tx.organiser(),
        unit,
        authors: vec![author],
        author_teams: Vec::new(),
        state: State::Active,
        scope: Scope::Private,
        current: None,
        draft: Some(Draft {
            version: version.id,
            reviewer: None,
        }),
        deleted: None,
        n: 1,
        version: 1,
        created_at: tx.now,
        updated_at: tx.now,
        published_at: None,
        archived_at: None,
        shares: Box::default(),
    };
    sql::insert(tx, &rubric).await?;
    sql::insert_version(tx, &version).await?;
    sql::insert_save(
        tx,
        &version,
        rubric.version,
        &Patch::whole(&version.content),
    )
    .await?;
    records::set(tx, rubric.id, rubric.at(), &policy::audiences(&rubric)).await?;
    keep::make_findable(tx, &rubric, &version.content).await?;
    shelves::used(tx, rubric.id).await?;
    Ok((rubric, version))
}

impl Outcome<Error> for Rubric {
    fn outcome(&self) -> String {
        self.id.to_string()
    }

    async fn again(tx: &Tx, outcome: &str) -> Result<Self, Error> {
        find::find(tx, outcome.parse().map_err(|_| Error::NotFound)?).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        sample,
        world::{self, admin, anna, bo, code, school, seen, write},
    };
    use kit::{Fault, Kind};
    use store::Once;
    use testkit::{id, on_both};

    fn ask(number: u128) -> Create {
        Create {
            id: id(number),
            unit: school(),
            content: sample::everything(),
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn it_is_its_authors_alone() {
        on_both(async |db| {
            let made = write(db, anna(), async |tx: &Tx| create(tx, &ask(11)).await)
                .await
                .unwrap();
            assert_eq!(world::stored(db, made.id).await, made, "{}", db.kind());
            assert!(!seen(db, bo(), made.id).await);
            assert!(!seen(db, world::stranger(), made.id).await);
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_same_ask_makes_one_rubric_and_a_clash_is_told() {
        on_both(async |db| {
            let once = |content: &str| Once {
                key: id(11),
                operation: "createRubric",
                ask: content.to_owned(),
            };
            let send = async |ask: &str| {
                store::write_once(&db.cx(anna()), &once(ask), async |tx: &Tx| {
                    create(tx, &self::ask(11)).await
                })
                .await
            };
            let first = send("a").await.unwrap();
            assert_eq!(send("a").await.unwrap(), first, "{}", db.kind());
            assert_eq!(send("b").await.unwrap_err().kind(), Kind::Taken);
            let clash = write(db, bo(), async |tx: &Tx| create(tx, &ask(11)).await)
                .await
                .unwrap_err();
            assert_eq!(
                (clash.kind(), clash.code()),
                (Kind::Taken, "ID_TAKEN"),
                "{}",
                db.kind()
            );
            assert_eq!(world::told(db, first.id).await.len(), 1);
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn refusals() {
        on_both(async |db| {
            let mut heavy = ask(11);
            heavy.content.criteria[0].weight = 0;
            for (case, actor, ask, expected) in [
                (
                    "a unit where one is no colleague",
                    anna(),
                    Create {
                        unit: id(3),
                        ..ask(11)
                    },
                    "RUBRIC_NOT_HERE",
                ),
                ("an administrator", admin(), ask(11), "RUBRIC_NOT_HERE"),
                ("nobody", kit::Actor::Anonymous, ask(11), "RUBRIC_NOT_HERE"),
                ("a weight out of bounds", anna(), heavy, "RUBRIC_INVALID"),
            ] {
                let outcome = write(db, actor, async |tx: &Tx| create(tx, &ask).await).await;
                assert_eq!(code(outcome), expected, "{case} on {}", db.kind());
                assert!(
                    !seen(db, anna(), id(11)).await,
                    "{case}: nothing may be stored"
                );
            }
        })
        .await;
    }
}
