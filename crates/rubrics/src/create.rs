//! A rubric is begun.

use crate::{
    Content, Draft, Error, Patch, Rubric, Scope, Stage, State, Version, check, events::RubricCreated, find, keep, policy, sql,
};
use kit::{RubricId, UnitId};
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
    let version = Version::draft(tx.ids.random().into(), ask.id, ask.content.clone(), 1, tx.now);
    let mut rubric = Rubric {
        id: ask.id,
        organiser: tx.organiser(),
        unit: ask.unit,
        authors: vec![author],
        state: State::Active,
        scope: Scope::Private,
        current: None,
        draft: Some(Draft { version: version.id, reviewer: None }),
        deleted: None,
        n: 0,
        version: 1,
        created_at: tx.now,
        updated_at: tx.now,
        published_at: None,
        archived_at: None,
    };
    let created = RubricCreated { rubric: rubric.id, n: rubric.tell(), version: version.id };
    sql::insert(tx, &rubric).await?;
    sql::insert_version(tx, &version).await?;
    sql::insert_save(tx, &version, rubric.version, &Patch::whole(&version.content)).await?;
    records::set(tx, rubric.id, rubric.at(), &policy::audiences(&rubric)).await?;
    keep::make_findable(tx, &rubric, &version.content).await?;
    tx.emit(&created);
    Ok(rubric)
}

impl Outcome<Error> for Rubric {
    fn outcome(&self) -> String {
        self.id.to_string()
    }

    async fn again(tx: &Tx, outcome: &str) -> Result<Self, Error> {
        find::find(tx, outcome.parse().map_err(|_| Error::NotFound)?).await
    }
}
