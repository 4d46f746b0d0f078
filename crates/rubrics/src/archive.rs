//! A rubric is put away.

use crate::{Error, Rubric, keep, policy, sql};
use kit::RubricId;
use store::Tx;

/// Put a rubric away.
#[derive(Debug, Clone, Copy)]
pub struct Archive {
    /// Which.
    pub rubric: RubricId,
    /// The rubric's `version` as it was read.
    pub version: i64,
}

/// Puts a rubric away: everybody but its authors loses sight of it. For 30 days it can be brought back.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::Stale`], [`Error::NotYours`], and [`Error::NotRetired`].
pub async fn archive(tx: &Tx, ask: &Archive) -> Result<Rubric, Error> {
    let mut rubric = sql::find_for_update(tx, ask.rubric, ask.version).await?;
    policy::may_archive(&tx.actor, &rubric)?;
    let before = rubric.clone();
    let told = rubric.archive(tx.now)?;
    keep::keep(tx, &before, &mut rubric).await?;
    keep::refresh(tx, &rubric).await?;
    tx.emit(&told);
    Ok(rubric)
}
