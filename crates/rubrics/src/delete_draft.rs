//! A draft is deleted; for 30 days it can be brought back.

use crate::{Error, Rubric, keep, policy, sql};
use kit::RubricId;
use store::Tx;

/// Delete a draft.
#[derive(Debug, Clone, Copy)]
pub struct DeleteDraft {
    /// Which rubric's.
    pub rubric: RubricId,
    /// The rubric's `version` as it was read.
    pub version: i64,
}

/// Deletes a draft. What is published stays; a rubric that was never published is then listed as deleted, for its authors.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::Stale`], [`Error::NotYours`], and [`Error::NotDraft`] if there is none or it is in review.
pub async fn delete_draft(tx: &Tx, ask: &DeleteDraft) -> Result<Rubric, Error> {
    let mut rubric = sql::find_for_update(tx, ask.rubric, ask.version).await?;
    policy::may_delete(&tx.actor, &rubric)?;
    let before = rubric.clone();
    let deleted = rubric.delete_draft(tx.now)?;
    keep::keep(tx, &before, &mut rubric).await?;
    if rubric.is_deleted() {
        keep::refresh(tx, &rubric).await?;
    }
    tx.emit(&deleted);
    Ok(rubric)
}
