//! What can go wrong with a list.

use kit::{Fault, Kind, Lang, Problem};
use std::{borrow::Cow, time::Duration};

/// Why a list was not taken. Nothing is stored on any of them.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file is no list, or something in it is wrong.
    #[error("the list has {} problems", .0.len())]
    Invalid(Vec<Problem>),
    /// A failure below.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl Fault for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::Invalid(_) => Kind::Invalid,
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Invalid(_) => "CURRICULUM_INVALID",
            Self::Store(error) => error.code(),
        }
    }

    fn message(&self, lang: Lang) -> Cow<'static, str> {
        match self {
            Self::Invalid(_) => Cow::Borrowed(lang.pick(
                "Listan kan inte tas emot. Rätta det som står nedan och försök igen.",
                "The list cannot be taken. Put right what is said below and try again.",
            )),
            Self::Store(error) => error.message(lang),
        }
    }

    fn problems(&self) -> &[Problem] {
        match self {
            Self::Invalid(problems) => problems,
            Self::Store(_) => &[],
        }
    }

    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Invalid(_) => None,
            Self::Store(error) => error.retry_after(),
        }
    }
}
