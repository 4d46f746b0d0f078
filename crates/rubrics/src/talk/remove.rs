//! A comment is removed.

use super::{mentions, policy::may_remove, sql as talk};
use crate::{Error, Rubric, events::RubricCommentRemoved, sql};
use kit::RubricCommentId;
use store::Tx;

/// Remove a comment.
#[derive(Debug, Clone, Copy)]
pub struct RemoveComment {
    /// Which comment.
    pub comment: RubricCommentId,
}

/// Removes a comment with its words. One that others answered leaves a placeholder, so that their answers stand under something; it goes with the last of
/// them.
///
/// # Errors
///
/// [`Error::NoComment`], also for one that was removed, and [`Error::NotYourComment`] unless the actor wrote it or is an author of the rubric.
pub async fn remove_comment(tx: &Tx, ask: &RemoveComment) -> Result<Rubric, Error> {
    let (mut comment, mut rubric) = talk::find_locked(tx, ask.comment).await?;
    may_remove(&tx.actor, &rubric, &comment)?;
    let told = RubricCommentRemoved {
        rubric: rubric.id,
        n: rubric.tell(),
        comment: comment.id,
        of_draft: comment.of_draft,
    };
    let is_placeholder = comment.thread.is_none() && talk::is_answered(tx, comment.id).await?;
    if is_placeholder {
        comment.leave_a_placeholder(tx.now);
        talk::update(tx, &comment).await?;
        mentions::keep_only(tx, &comment).await?;
    } else {
        mentions::forget(tx, comment.id).await?;
        talk::delete(tx, comment.id).await?;
    }
    if let Some(begins) = comment.thread {
        drop_bare(tx, begins).await?;
    }
    sql::update(tx, &rubric).await?;
    tx.emit(&told);
    Ok(rubric)
}

/// A placeholder under which nothing stands any longer goes too.
async fn drop_bare(tx: &Tx, begins: RubricCommentId) -> Result<(), Error> {
    let begins = talk::any(tx, begins).await?;
    let Some(bare) = begins.filter(|one| one.removed_at.is_some()) else {
        return Ok(());
    };
    if !talk::is_answered(tx, bare.id).await? {
        talk::delete(tx, bare.id).await?;
    }
    Ok(())
}
