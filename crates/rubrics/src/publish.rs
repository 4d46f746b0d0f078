//! A draft becomes what others use.

use crate::{Error, Rubric, Scope, Version, find, keep, policy, sql, submit::ready};
use kit::RubricId;
use store::Tx;

/// Publish a draft.
#[derive(Debug, Clone, Copy)]
pub struct Publish {
    /// Which rubric's.
    pub rubric: RubricId,
    /// The rubric's `version` as it was read.
    pub version: i64,
    /// Whether the organiser demands a review of what all its colleagues see.
    pub review_demanded: bool,
    /// Whether its unit is a preschool.
    pub preschool: bool,
}

/// Publishes a draft, so that those for whom the rubric is can find and use it. It bears *inte granskad*.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::Stale`], [`Error::NotYours`], [`Error::NotDraft`], [`Error::NotActive`], [`Error::NoCriteria`] or [`Error::Invalid`] if it
/// is not finished, and [`Error::ReviewDemanded`] if the whole organiser would see it unreviewed. Nothing is stored on any error.
pub async fn publish(tx: &Tx, ask: &Publish) -> Result<Rubric, Error> {
    let mut rubric = sql::find_for_update(tx, ask.rubric, ask.version).await?;
    policy::may_publish(&tx.actor, &rubric)?;
    let before = rubric.clone();
    let mut draft = find::find_version(tx, rubric.open_draft()?.version).await?;
    ready(&draft, ask.preschool)?;
    if ask.review_demanded && rubric.scope == Scope::Organiser {
        return Err(Error::ReviewDemanded);
    }
    go_public(tx, &before, &mut rubric, &mut draft).await?;
    Ok(rubric)
}

/// Makes the draft current: by its authors' word, or by its reviewer's.
pub(crate) async fn go_public(tx: &Tx, before: &Rubric, rubric: &mut Rubric, draft: &mut Version) -> Result<(), Error> {
    let current = match before.current {
        Some(current) => find::versions_by_ids(tx, &[current]).await?.pop(),
        None => None,
    };
    draft.publish(current.as_ref(), tx.now)?;
    let published = rubric.publish(tx.now)?;
    sql::update_version(tx, draft).await?;
    keep::keep(tx, before, rubric).await?;
    keep::make_findable(tx, rubric, &draft.content).await?;
    tx.emit(&published);
    Ok(())
}
