//! An author leaves, or is taken off by another.

use crate::{Author, Error, Rubric, find, keep, policy, sql};
use kit::RubricId;
use store::Tx;

/// Take an author off.
#[derive(Debug, Clone, Copy)]
pub struct RemoveAuthor {
    /// Which rubric.
    pub rubric: RubricId,
    /// The rubric's `version` as it was read.
    pub version: i64,
    /// Who. The door has found them.
    pub author: Author,
}

/// Takes an author off, who may be the actor. Their words stay, and so does what they are credited for in forks.
///
/// # Errors
///
/// [`Error::NotFound`], also for somebody who is no author; [`Error::Stale`], [`Error::NotYours`], [`Error::NotColleague`] for a guest,
/// [`Error::NotActive`], and [`Error::LastAuthor`].
pub async fn remove_author(tx: &Tx, ask: &RemoveAuthor) -> Result<Rubric, Error> {
    let mut rubric = sql::find_for_update(tx, ask.rubric, ask.version).await?;
    policy::may_change_authors(&tx.actor, &rubric)?;
    let before = rubric.clone();
    let removed = rubric.remove_author(ask.author)?;
    tx.emit(&removed);
    // Read before it is out of the actor's own sight.
    let shown = match rubric.shown() {
        Some(shown) => Some(find::find_version(tx, shown).await?),
        None => None,
    };
    keep::keep(tx, &before, &mut rubric).await?;
    if let Some(shown) = shown {
        keep::make_findable(tx, &rubric, &shown.content).await?;
    }
    Ok(rubric)
}
