//! Whoever wrote a comment says it better.

use super::{CommentText, Said, mentions, policy::may_edit, sql as talk};
use crate::{Error, events::RubricCommentEdited, personal_number, sql};
use kit::{PersonId, RubricCommentId};
use store::Tx;

/// Edit a comment of one's own.
#[derive(Debug, Clone)]
pub struct EditComment {
    /// Which comment.
    pub comment: RubricCommentId,
    /// Its `revision` as it was read.
    pub revision: i64,
    /// What it is to say.
    pub text: CommentText,
    /// Whom it is to mention. The door has asked whether the actor may know them.
    pub mentions: Vec<PersonId>,
}

/// Edits a comment, which is marked as edited from then on. Who is mentioned anew is told, as far as they may read it.
///
/// # Errors
///
/// [`Error::NoComment`], [`Error::NotYourComment`], [`Error::NotActive`] for what is archived, [`Error::PersonalNumber`],
/// [`Error::TooManyMentions`], and [`Error::Stale`] when it was edited on another device meanwhile.
pub async fn edit_comment(tx: &Tx, ask: &EditComment) -> Result<Said, Error> {
    let (mut comment, mut rubric) = talk::find_locked(tx, ask.comment).await?;
    may_edit(&tx.actor, &rubric, &comment)?;
    if comment.revision != ask.revision {
        return Err(Error::Stale);
    }
    if personal_number::is_in(&ask.text) {
        return Err(Error::PersonalNumber);
    }
    let before = comment.mentions.clone();
    if comment.edit(&ask.text, &ask.mentions, tx.now)? {
        let new: Vec<PersonId> = comment
            .mentions
            .iter()
            .copied()
            .filter(|person| !before.contains(person))
            .collect();
        talk::update(tx, &comment).await?;
        mentions::keep_only(tx, &comment).await?;
        mentions::wait(tx, &comment, &new).await?;
        let told = RubricCommentEdited {
            rubric: rubric.id,
            n: rubric.tell(),
            comment: comment.id,
            of_draft: comment.of_draft,
        };
        sql::update(tx, &rubric).await?;
        tx.emit(&told);
    }
    Ok(talk::said(tx, &rubric, comment))
}
