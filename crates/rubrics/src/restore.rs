//! What was deleted or archived is brought back.

use crate::{Error, Rubric, keep, policy, sql};
use kit::RubricId;
use store::Tx;

/// Bring back an archived rubric, or a deleted draft.
#[derive(Debug, Clone, Copy)]
pub struct Restore {
    /// Which rubric's.
    pub rubric: RubricId,
    /// The rubric's `version` as it was read.
    pub version: i64,
}

/// Brings back what was archived, as retired, or else the draft that was deleted last. For 30 days, to the millisecond.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::Stale`], [`Error::NotYours`], [`Error::NothingToRestore`], [`Error::HasDraft`] if another draft was begun meanwhile, and
/// [`Error::TooLate`].
pub async fn restore(tx: &Tx, ask: &Restore) -> Result<Rubric, Error> {
    let mut rubric = sql::find_for_update(tx, ask.rubric, ask.version).await?;
    policy::may_restore(&tx.actor, &rubric)?;
    let before = rubric.clone();
    let restored = rubric.restore(tx.now)?;
    keep::keep(tx, &before, &mut rubric).await?;
    keep::refresh(tx, &rubric).await?;
    tx.emit(&restored);
    Ok(rubric)
}
