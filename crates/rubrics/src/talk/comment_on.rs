//! Somebody says something about a rubric.

use super::{
    Comment, CommentText, Said, comment::once_each, find_comment, mentions, policy::may_comment,
    sql as talk,
};
use crate::{
    Error, Rubric, VersionState, events::RubricCommented, find, personal_number, policy, sql,
};
use kit::{CriterionId, PersonId, RubricCommentId, RubricId, RubricVersionId};
use store::{Outcome, Tx};

/// Comment on a rubric, or answer a comment.
#[derive(Debug, Clone)]
pub struct CommentOn {
    /// Made by the client, at random.
    pub id: RubricCommentId,
    /// Which rubric.
    pub rubric: RubricId,
    /// Which of its versions; what is in use when `None`, or the draft where nothing is. An answer is about what its thread is about.
    pub version: Option<RubricVersionId>,
    /// Which criterion of that version; the whole rubric when `None`. An answer is about what its thread is about.
    pub criterion: Option<CriterionId>,
    /// The comment that it answers. An answer to an answer joins the same thread.
    pub reply_to: Option<RubricCommentId>,
    /// What to say.
    pub text: CommentText,
    /// Whom to mention. The door has asked whether the actor may know them.
    pub mentions: Vec<PersonId>,
}

/// Comments on a rubric. Whom it concerns is told, as far as they may read it; who is mentioned and may not is told once they may.
///
/// # Errors
///
/// [`Error::NotFound`], also for a version that is another rubric's; [`Error::NoComment`] for an answer to what is not there;
/// [`Error::PeopleOnly`], [`Error::NotActive`] for what is archived, [`Error::NoSuchPart`], [`Error::PersonalNumber`],
/// [`Error::TooManyMentions`] and `ID_TAKEN`.
pub async fn comment_on(tx: &Tx, ask: &CommentOn) -> Result<Said, Error> {
    let mut rubric = sql::find_locked(tx, ask.rubric).await?;
    let by = may_comment(&tx.actor, &rubric)?;
    let mentions = once_each(&ask.mentions)?;
    if personal_number::is_in(&ask.text) {
        return Err(Error::PersonalNumber);
    }
    let place = match ask.reply_to {
        Some(answered) => beside(tx, &rubric, answered).await?,
        None => begun(tx, &rubric, ask).await?,
    };
    let comment = Comment {
        id: ask.id,
        rubric: rubric.id,
        version: place.version,
        of_draft: place.of_draft,
        criterion: place.criterion,
        thread: place.thread,
        by,
        text: Some(ask.text.clone()),
        mentions,
        at: tx.now,
        edited_at: None,
        removed_at: None,
        resolved: None,
        revision: 1,
    };
    talk::insert(tx, &comment).await?;
    mentions::wait(tx, &comment, &comment.mentions).await?;
    let told = RubricCommented {
        rubric: rubric.id,
        n: rubric.tell(),
        comment: comment.id,
        of_draft: comment.of_draft,
    };
    // What others say makes nothing stale that its authors read.
    sql::update(tx, &rubric).await?;
    tx.emit(&told);
    Ok(talk::said(tx, &rubric, comment))
}

/// Where a comment stands.
struct Place {
    version: RubricVersionId,
    of_draft: bool,
    criterion: Option<CriterionId>,
    thread: Option<RubricCommentId>,
}

/// In a thread of its own.
async fn begun(tx: &Tx, rubric: &Rubric, ask: &CommentOn) -> Result<Place, Error> {
    let draft = rubric.draft.map(|draft| draft.version);
    let wanted = ask.version.or(rubric.current).or(draft);
    let version = find::find_version(tx, wanted.ok_or(Error::NotPublished)?).await?;
    if version.rubric != rubric.id {
        return Err(Error::NotFound);
    }
    let mut criteria = version.content.criteria.iter();
    if let Some(wanted) = ask.criterion
        && !criteria.any(|criterion| criterion.id == wanted)
    {
        return Err(Error::NoSuchPart);
    }
    Ok(Place {
        version: version.id,
        of_draft: version.state != VersionState::Published,
        criterion: ask.criterion,
        thread: None,
    })
}

/// In the thread of the comment that it answers.
async fn beside(tx: &Tx, rubric: &Rubric, answered: RubricCommentId) -> Result<Place, Error> {
    let answered = talk::any(tx, answered).await?;
    let answered = answered
        .filter(|one| one.rubric == rubric.id)
        .filter(|one| !one.of_draft || policy::sees_drafts(&tx.actor, rubric))
        .ok_or(Error::NoComment)?;
    // Talk about a draft stays with that draft, and goes when it is thrown away.
    let newest = rubric.current.filter(|_| !answered.of_draft);
    Ok(Place {
        version: newest.unwrap_or(answered.version),
        of_draft: answered.of_draft,
        criterion: answered.criterion,
        thread: Some(answered.begins()),
    })
}

impl Outcome<Error> for Said {
    fn outcome(&self) -> String {
        self.comment.id.to_string()
    }

    async fn again(tx: &Tx, outcome: &str) -> Result<Self, Error> {
        find_comment(tx, outcome.parse().map_err(|_| Error::NoComment)?).await
    }
}
