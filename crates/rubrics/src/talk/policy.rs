//! Who may say, read, change and settle what: pure.

use super::Comment;
use crate::{
    Error, Rubric, Scope, State,
    policy::{audiences, authored, sees_drafts},
};
use kit::{Actor, PersonId};

/// Whoever sees a rubric talks about it, a guest of the team too. What is put away is not talked about any more.
pub(crate) fn may_comment(actor: &Actor, rubric: &Rubric) -> Result<PersonId, Error> {
    let person = actor.person().ok_or(Error::PeopleOnly)?;
    if rubric.state == State::Archived || rubric.is_deleted() {
        return Err(Error::NotActive);
    }
    Ok(person)
}

/// Of a rubric that one sees, one reads what is said about what was published. What is said about a draft is read by those who work on drafts.
pub(crate) fn may_read(actor: &Actor, rubric: &Rubric, of_draft: bool) -> bool {
    actor.person().is_some() && (!of_draft || sees_drafts(actor, rubric))
}

/// Whether a person, with the roles and teams of this moment, would read what is said: whether they can be told of it.
#[must_use]
pub fn would_read(actor: &Actor, rubric: &Rubric, of_draft: bool) -> bool {
    records::meets(actor, &audiences(rubric)) && may_read(actor, rubric, of_draft)
}

/// Whether the actor is told which of the people that they mentioned do not see the rubric. With whom it is shared by name is its authors' business;
/// of a team, a unit or the organiser every colleague knows who belongs to it.
#[must_use]
pub fn tells_unreached(actor: &Actor, rubric: &Rubric) -> bool {
    let is_open = matches!(
        rubric.scope,
        Scope::Team(_) | Scope::Unit(_) | Scope::Organiser
    );
    (is_open && rubric.current.is_some()) || authored(actor, rubric).is_ok()
}

/// One changes one's own words.
pub(crate) fn may_edit(actor: &Actor, rubric: &Rubric, comment: &Comment) -> Result<(), Error> {
    may_comment(actor, rubric)?;
    if comment.removed_at.is_some() {
        return Err(Error::NoComment);
    }
    if actor.is(comment.by) {
        Ok(())
    } else {
        Err(Error::NotYourComment)
    }
}

/// One takes one's own words back; the rubric's authors keep its talk in order.
pub(crate) fn may_remove(actor: &Actor, rubric: &Rubric, comment: &Comment) -> Result<(), Error> {
    if comment.removed_at.is_some() {
        return Err(Error::NoComment);
    }
    if actor.is(comment.by) || authored(actor, rubric).is_ok() {
        Ok(())
    } else {
        Err(Error::NotYourComment)
    }
}

/// What was asked is settled by whoever asked, or by whoever writes the next version.
pub(crate) fn may_resolve(
    actor: &Actor,
    rubric: &Rubric,
    begins: &Comment,
) -> Result<PersonId, Error> {
    let person = may_comment(actor, rubric)?;
    if actor.is(begins.by) || authored(actor, rubric).is_ok() {
        Ok(person)
    } else {
        Err(Error::NotYourComment)
    }
}

/// What an actor can do with a comment that they read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CommentAbilities {
    /// Change its words.
    pub edit: bool,
    /// Remove it.
    pub remove: bool,
    /// Resolve the thread that it begins, or open it again.
    pub resolve: bool,
    /// Answer in its thread.
    pub reply: bool,
}

/// What an actor can do with a comment that they read: exactly what the mutations allow.
pub(crate) fn abilities(actor: &Actor, rubric: &Rubric, comment: &Comment) -> CommentAbilities {
    CommentAbilities {
        edit: may_edit(actor, rubric, comment).is_ok(),
        remove: may_remove(actor, rubric, comment).is_ok(),
        resolve: comment.thread.is_none() && may_resolve(actor, rubric, comment).is_ok(),
        reply: may_comment(actor, rubric).is_ok(),
    }
}
