//! Its authors decide for whom a rubric is.

use crate::{Error, Rubric, Scope, find, keep, policy, sql};
use kit::RubricId;
use store::Tx;

/// Decide for whom a rubric is.
#[derive(Debug, Clone)]
pub struct Share {
    /// Which.
    pub rubric: RubricId,
    /// The rubric's `version` as it was read.
    pub version: i64,
    /// For whom it is to be. The door has found the people, team or unit.
    pub scope: Scope,
    /// Whether the organiser demands a review of what all its colleagues see.
    pub review_demanded: bool,
}

/// Shares a rubric. Widening and narrowing take effect at once; of a rubric that was never published, when it is.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::Stale`], [`Error::NotYours`], [`Error::NotAmong`] for a team or unit that the actor is not part of,
/// [`Error::NotPublished`] for a whole unit or organiser before publication, [`Error::ReviewDemanded`] for the organiser while what is published was
/// not reviewed, [`Error::People`], and [`Error::NotActive`].
pub async fn share(tx: &Tx, ask: &Share) -> Result<Rubric, Error> {
    let mut rubric = sql::find_for_update(tx, ask.rubric, ask.version).await?;
    policy::may_share_with(&tx.actor, &rubric, &ask.scope)?;
    if ask.review_demanded && ask.scope == Scope::Organiser && rubric.scope != Scope::Organiser {
        reviewed(tx, &rubric).await?;
    }
    let before = rubric.clone();
    let shared = rubric.share(ask.scope.clone())?;
    tx.emit(&shared);
    keep::keep(tx, &before, &mut rubric).await?;
    keep::refresh(tx, &rubric).await?;
    Ok(rubric)
}

async fn reviewed(tx: &Tx, rubric: &Rubric) -> Result<(), Error> {
    let current = find::find_version(tx, rubric.current.ok_or(Error::NotPublished)?).await?;
    current.reviewed_by.map(drop).ok_or(Error::ReviewDemanded)
}
