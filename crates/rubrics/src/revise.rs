//! A new draft is begun beside what is published.

use crate::{Error, Rubric, find, keep, policy, sql};
use kit::RubricId;
use store::Tx;

/// Begin a new draft.
#[derive(Debug, Clone, Copy)]
pub struct Revise {
    /// Which rubric's.
    pub rubric: RubricId,
    /// The rubric's `version` as it was read.
    pub version: i64,
}

/// Begins a draft with the words of what is published, which stays in use until the draft is published.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::Stale`], [`Error::NotYours`], [`Error::NotActive`], [`Error::NotPublished`], and [`Error::HasDraft`].
pub async fn revise(tx: &Tx, ask: &Revise) -> Result<Rubric, Error> {
    let mut rubric = sql::find_for_update(tx, ask.rubric, ask.version).await?;
    policy::may_revise(&tx.actor, &rubric)?;
    let before = rubric.clone();
    let current = find::find_version(tx, rubric.revisable()?).await?;
    let draft = current.revise(tx.ids.random().into(), tx.now);
    let revised = rubric.revise(draft.id)?;
    sql::insert_version(tx, &draft).await?;
    keep::keep(tx, &before, &mut rubric).await?;
    tx.emit(&revised);
    Ok(rubric)
}
