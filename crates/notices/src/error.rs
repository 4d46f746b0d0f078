//! What can go wrong with an inbox.

use kit::{Fault, Kind, Lang};
use std::{borrow::Cow, time::Duration};

/// A failure of this room.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no such notice in the caller's inbox.
    #[error("no such notice")]
    NotFound,
    /// A failure of the organisation's read.
    #[error(transparent)]
    Organisation(#[from] organisation::Error),
    /// A failure of the rubrics' read.
    #[error(transparent)]
    Rubrics(#[from] rubrics::Error),
    /// Below this room.
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
            Self::NotFound => Kind::NotFound,
            Self::Organisation(error) => error.kind(),
            Self::Rubrics(error) => error.kind(),
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
            Self::Organisation(error) => error.code(),
            Self::Rubrics(error) => error.code(),
            Self::Store(error) => error.code(),
        }
    }

    fn message(&self, lang: Lang) -> Cow<'static, str> {
        match self {
            Self::NotFound => {
                Cow::Borrowed(lang.pick("Aviseringen finns inte.", "There is no such notice."))
            }
            Self::Organisation(error) => error.message(lang),
            Self::Rubrics(error) => error.message(lang),
            Self::Store(error) => error.message(lang),
        }
    }

    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::NotFound => None,
            Self::Organisation(error) => error.retry_after(),
            Self::Rubrics(error) => error.retry_after(),
            Self::Store(error) => error.retry_after(),
        }
    }
}
