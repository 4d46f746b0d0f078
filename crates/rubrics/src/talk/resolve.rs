//! A thread is settled, or taken up again.

use super::{Said, policy::may_resolve, sql as talk};
use crate::{Error, events::RubricCommentResolved, sql};
use kit::RubricCommentId;
use store::Tx;

/// Resolve a thread, or open it again.
#[derive(Debug, Clone, Copy)]
pub struct ResolveThread {
    /// Any comment of the thread.
    pub comment: RubricCommentId,
    /// Whether it is settled.
    pub resolved: bool,
}

/// Resolves a thread or opens it again. Done twice it changes nothing. Answers with the comment that begins it.
///
/// # Errors
///
/// [`Error::NoComment`], [`Error::NotYourComment`] unless the actor began it or is an author of the rubric, and [`Error::NotActive`] for what is archived.
pub async fn resolve_thread(tx: &Tx, ask: &ResolveThread) -> Result<Said, Error> {
    let (comment, mut rubric) = talk::find_locked(tx, ask.comment).await?;
    let mut begins = match comment.thread {
        Some(begins) => talk::any(tx, begins).await?.ok_or(Error::NoComment)?,
        None => comment,
    };
    let by = may_resolve(&tx.actor, &rubric, &begins)?;
    if begins.resolve(ask.resolved, by, tx.now) {
        talk::update(tx, &begins).await?;
        let told = RubricCommentResolved {
            rubric: rubric.id,
            n: rubric.tell(),
            comment: begins.id,
            resolved: ask.resolved,
            of_draft: begins.of_draft,
        };
        sql::update(tx, &rubric).await?;
        tx.emit(&told);
    }
    Ok(talk::said(tx, &rubric, begins))
}
