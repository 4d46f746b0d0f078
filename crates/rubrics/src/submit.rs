//! A colleague is asked to review a draft.

use crate::{Error, Rubric, Version, check, find, keep, policy, sql};
use kit::{PersonId, RubricId};
use store::Tx;

/// Ask a colleague to review a draft.
#[derive(Debug, Clone, Copy)]
pub struct Submit {
    /// Which rubric's.
    pub rubric: RubricId,
    /// The rubric's `version` as it was read.
    pub version: i64,
    /// Who is asked: somebody at the organiser who is none of its authors. The door has found them.
    pub reviewer: PersonId,
    /// Whether the reviewer belongs to one of the teams that write it: the door has asked.
    pub reviewer_writes: bool,
    /// Whether its unit is a preschool.
    pub preschool: bool,
}

/// Asks a colleague to review a draft. They see it as long as they are asked, and it does not change meanwhile.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::Stale`], [`Error::NotYours`], [`Error::NotDraft`], [`Error::OwnReview`] if the reviewer is one of its authors, and
/// [`Error::NoCriteria`] or [`Error::Invalid`] if it is not finished.
pub async fn submit(tx: &Tx, ask: &Submit) -> Result<Rubric, Error> {
    let mut rubric = sql::find_for_update(tx, ask.rubric, ask.version).await?;
    policy::may_submit(&tx.actor, &rubric)?;
    let before = rubric.clone();
    let mut draft = find::find_version(tx, rubric.open_draft()?.version).await?;
    ready(&draft, ask.preschool)?;
    if ask.reviewer_writes {
        return Err(Error::OwnReview);
    }
    let asked = rubric.submit(ask.reviewer)?;
    draft.submit()?;
    sql::update_version(tx, &draft).await?;
    keep::keep(tx, &before, &mut rubric).await?;
    tx.emit(&asked);
    Ok(rubric)
}

/// Whether a draft can be shown to others as it is.
pub(crate) fn ready(draft: &Version, preschool: bool) -> Result<(), Error> {
    if draft.content.criteria.is_empty() {
        return Err(Error::NoCriteria);
    }
    let problems = check::problems(&draft.content, check::Stage::Ready { preschool }, "");
    if problems.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(problems))
    }
}
