//! What can go wrong, in one shape for every room.

use crate::Lang;
use std::{borrow::Cow, time::Duration};

/// Whose move it is after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// It does not exist for this actor.
    NotFound,
    /// It exists and may be seen, but this actor may not do this.
    Denied,
    /// The input or the state does not allow it; the actor can change that.
    Invalid,
    /// Somebody saved meanwhile; read again.
    Stale,
    /// The id or key is in use for something else.
    Taken,
    /// Sign in first.
    Unauthenticated,
    /// Too much or too often.
    Limited,
    /// Try again in a while.
    Unavailable,
    /// Our fault; the details are in the log.
    Internal,
}

/// One thing that is wrong with an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where in the input, as field names and indexes joined by dots (`content.criteria.2.title`).
    pub path: String,
    /// The stable code.
    pub code: &'static str,
    /// What was wrong and what to do, in Swedish.
    pub sv: String,
    /// The same in English.
    pub en: String,
}

/// A failure that a room tells a door.
///
/// `Display` is the plain English sentence for logs; [`Fault::message`] is what a person reads.
pub trait Fault: std::error::Error + Send + Sync + 'static {
    /// Whose move it is.
    fn kind(&self) -> Kind;

    /// The stable code that clients branch on, in `SCREAMING_SNAKE_CASE`.
    fn code(&self) -> &'static str;

    /// What was wrong and what to do, for the person who reads `lang`.
    fn message(&self, lang: Lang) -> Cow<'static, str>;

    /// Where in the input it lies, when it lies in one place.
    fn path(&self) -> Option<&str> {
        None
    }

    /// Everything that is wrong, when it is more than one thing.
    fn problems(&self) -> &[Problem] {
        &[]
    }

    /// When it is worth trying again.
    fn retry_after(&self) -> Option<Duration> {
        None
    }
}
