//! A rubric is taken out of use.

use crate::{Error, Rubric, keep, policy, sql};
use kit::RubricId;
use store::Tx;

/// Take a rubric out of use.
#[derive(Debug, Clone, Copy)]
pub struct Retire {
    /// Which.
    pub rubric: RubricId,
    /// The rubric's `version` as it was read.
    pub version: i64,
}

/// Takes a rubric out of use: whoever could see it still can, but it is no longer offered.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::Stale`], [`Error::NotYours`], [`Error::NotPublished`] if it never was in use, and [`Error::NotActive`].
pub async fn retire(tx: &Tx, ask: &Retire) -> Result<Rubric, Error> {
    let mut rubric = sql::find_for_update(tx, ask.rubric, ask.version).await?;
    policy::may_retire(&tx.actor, &rubric)?;
    let before = rubric.clone();
    let told = rubric.retire()?;
    keep::keep(tx, &before, &mut rubric).await?;
    keep::refresh(tx, &rubric).await?;
    tx.emit(&told);
    Ok(rubric)
}
