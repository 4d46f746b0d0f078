//! A comment: what somebody said, about what, and in which thread. Pure.

use super::policy::CommentAbilities;
use crate::Error;
use kit::{CriterionId, Instant, PersonId, RubricCommentId, RubricId, RubricVersionId, Text};

/// The most characters of a comment.
pub const COMMENT_CHARS_MAX: usize = 2_000;
/// The most people that one comment can mention.
pub const MENTIONS_MAX: usize = 20;

/// What a comment says: several lines, read as Markdown.
pub type CommentText = Text<COMMENT_CHARS_MAX, true>;

/// A comment on a rubric. It stays with the version that it was written at, whatever becomes of its criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// Made by the client, at random.
    pub id: RubricCommentId,
    /// On which rubric.
    pub rubric: RubricId,
    /// What was in use when it was written, or the draft that it is about.
    pub version: RubricVersionId,
    /// Whether it is about a draft: those who work on drafts read it, and nobody else.
    pub of_draft: bool,
    /// Which criterion it is about; the whole rubric when `None`.
    pub criterion: Option<CriterionId>,
    /// The comment that it answers, which begins the thread; `None` for that one itself.
    pub thread: Option<RubricCommentId>,
    /// Who wrote it.
    pub by: PersonId,
    /// What it says; `None` when it was removed and others had answered it.
    pub text: Option<CommentText>,
    /// Whom it mentions, each once.
    pub mentions: Vec<PersonId>,
    /// When it was written.
    pub at: Instant,
    /// When it was last edited.
    pub edited_at: Option<Instant>,
    /// When it was removed, if it stands on as a placeholder.
    pub removed_at: Option<Instant>,
    /// When the thread was resolved, and by whom; only of a comment that begins one.
    pub resolved: Option<(Instant, PersonId)>,
    /// Rises with every edit; an edit names the one that was read.
    pub revision: i64,
}

/// A comment, and what its reader may do with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The comment.
    pub comment: Comment,
    /// What the reader may do with it.
    pub can: CommentAbilities,
}

impl Comment {
    /// The comment that begins the thread in which this one stands.
    #[must_use]
    pub fn begins(&self) -> RubricCommentId {
        self.thread.unwrap_or(self.id)
    }

    /// Says something else from now on. The same words again are no edit.
    pub(crate) fn edit(
        &mut self,
        text: &CommentText,
        mentions: &[PersonId],
        now: Instant,
    ) -> Result<bool, Error> {
        let mentions = once_each(mentions)?;
        if self.text.as_ref() == Some(text) && self.mentions == mentions {
            return Ok(false);
        }
        self.text = Some(text.clone());
        self.mentions = mentions;
        self.edited_at = Some(now);
        self.revision += 1;
        Ok(true)
    }

    /// Stands on without its words, because others answered it.
    pub(crate) fn leave_a_placeholder(&mut self, now: Instant) {
        self.text = None;
        self.mentions = Vec::new();
        self.removed_at = Some(now);
        self.revision += 1;
    }

    /// Resolves the thread that it begins, or opens it again. Whether that changed anything.
    pub(crate) fn resolve(&mut self, resolved: bool, by: PersonId, now: Instant) -> bool {
        if self.resolved.is_some() == resolved {
            return false;
        }
        self.resolved = resolved.then_some((now, by));
        true
    }
}

/// These people, each once and in their order.
pub(crate) fn once_each(people: &[PersonId]) -> Result<Vec<PersonId>, Error> {
    let mut each: Vec<PersonId> = Vec::new();
    for person in people {
        if !each.contains(person) {
            each.push(*person);
        }
    }
    if each.len() > MENTIONS_MAX {
        return Err(Error::TooManyMentions);
    }
    Ok(each)
}
