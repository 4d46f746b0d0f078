//! Talk about a rubric: comments on all of it or on one criterion, in threads one level deep, with people who are mentioned.
//!
//! Whoever sees the rubric reads what is said about its published versions, at this moment: what narrows the rubric narrows its talk. What was said about a
//! draft stays with those who work on drafts, also when the draft is published. Programs neither talk nor listen.

mod comment;
mod comment_on;
mod counts;
mod edit;
mod forget;
mod mentions;
mod policy;
mod remove;
mod replies;
mod resolve;
mod sql;
mod table;
#[cfg(test)]
mod tests;
mod threads;

pub use comment::{COMMENT_CHARS_MAX, Comment, CommentText, MENTIONS_MAX, Said};
pub use comment_on::{CommentOn, comment_on};
pub use counts::comment_counts;
pub use edit::{EditComment, edit_comment};
pub use forget::TALK_MONTHS;
pub(crate) use forget::{forget_of, forget_old, old};
pub use mentions::{Concerned, Waiting, concerned, mentions_told, waiting_mentions};
pub(crate) use policy::may_comment;
pub use policy::{CommentAbilities, tells_unreached, would_read};
pub use remove::{RemoveComment, remove_comment};
pub use replies::replies;
pub use resolve::{ResolveThread, resolve_thread};
pub use threads::{ThreadFilter, find_comment, threads};
