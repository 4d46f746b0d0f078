//! What talking takes, and what it answers.

use super::{
    comment::{RubricComment, RubricThread},
    warning::TextWarning,
};
use crate::{
    answer::{Payload, UserError, payload},
    organisation::person::Person,
    rubrics::object::Rubric,
};
use async_graphql::{ID, InputObject, SimpleObject};

/// Comments on a rubric or on one of its criteria, or answers a comment.
#[derive(Debug, Clone, InputObject)]
pub struct CommentOnRubricInput {
    /// A random UUID (v4) that the client makes, so that the same comment sent twice is made once. Left out, the server makes one.
    pub id: Option<ID>,
    /// Which rubric you talk about.
    pub rubric: ID,
    /// Which of its versions. Left out, the one in use, or the draft where nothing is published yet. An answer is about what its thread is about.
    pub version: Option<ID>,
    /// Which criterion of that version. Left out, the whole rubric. An answer is about what its thread is about.
    pub criterion: Option<ID>,
    /// The comment that you answer. An answer to an answer joins the same thread.
    pub reply_to: Option<ID>,
    /// What you say, as Markdown; 1 to 2,000 characters.
    pub text: String,
    /// Whom you mention, at most 20: they are told, as soon as they may see the rubric.
    #[graphql(default)]
    pub mentions: Vec<ID>,
}

/// Edits a comment of your own.
#[derive(Debug, Clone, InputObject)]
pub struct EditRubricCommentInput {
    /// Which comment of yours.
    pub comment: ID,
    /// Its `version` as it was read.
    pub version: i32,
    /// What it is to say, as Markdown; 1 to 2,000 characters.
    pub text: String,
    /// Whom it is to mention, at most 20, those who stand there already included.
    #[graphql(default)]
    pub mentions: Vec<ID>,
    /// A random UUID. The same edit sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

/// Takes what was said away: your own words, or any about a rubric of yours.
#[derive(Debug, Clone, InputObject)]
pub struct RemoveRubricCommentInput {
    /// Which comment is to go.
    pub comment: ID,
    /// A random UUID. The same step sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

/// Settles a thread, or opens it again.
#[derive(Debug, Clone, InputObject)]
pub struct ResolveRubricCommentInput {
    /// Any comment of the thread.
    pub comment: ID,
    /// Whether it is settled.
    pub resolved: bool,
    /// A random UUID. The same step sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

payload! { /// The rubric, or why nothing was removed.
RemoveRubricCommentPayload { /// The rubric that the comment was about.
    rubric: Rubric } }
payload! { /// The thread as it is now, or why nothing changed.
ResolveRubricCommentPayload { /// The thread, settled or open again.
    thread: RubricThread } }

/// A comment, whom it mentions and does not reach, and what should be looked at again.
pub(super) type Spoken = (Option<RubricComment>, Option<Vec<Person>>, Vec<TextWarning>);

/// What a comment answers.
#[derive(SimpleObject)]
pub struct CommentOnRubricPayload {
    /// The comment as others read it.
    pub comment: Option<RubricComment>,
    /// Those whom you mention and who do not see the rubric: they are not told until somebody shares it with them. Nothing when the rubric is shared by
    /// name and you are not its author: with whom, its authors alone know.
    pub unreached: Option<Vec<Person>>,
    /// What you should look at again. It was saved all the same.
    pub warnings: Vec<TextWarning>,
    /// Why nothing was saved; empty when something was.
    pub user_errors: Vec<UserError>,
}

/// What an edit of a comment answers.
#[derive(SimpleObject)]
pub struct EditRubricCommentPayload {
    /// The comment as it is now.
    pub comment: Option<RubricComment>,
    /// Those whom you mention and who do not see the rubric: they are not told until somebody shares it with them. Nothing when the rubric is shared by
    /// name and you are not its author: with whom, its authors alone know.
    pub unreached: Option<Vec<Person>>,
    /// What you should look at again. It was saved all the same.
    pub warnings: Vec<TextWarning>,
    /// Why nothing was saved; empty when something was.
    pub user_errors: Vec<UserError>,
}

impl Payload for CommentOnRubricPayload {
    type Object = Spoken;

    fn of(spoken: Option<Spoken>, user_errors: Vec<UserError>) -> Self {
        let (comment, unreached, warnings) = spoken.unwrap_or_default();
        Self {
            comment,
            unreached,
            warnings,
            user_errors,
        }
    }
}

impl Payload for EditRubricCommentPayload {
    type Object = Spoken;

    fn of(spoken: Option<Spoken>, user_errors: Vec<UserError>) -> Self {
        let (comment, unreached, warnings) = spoken.unwrap_or_default();
        Self {
            comment,
            unreached,
            warnings,
            user_errors,
        }
    }
}
