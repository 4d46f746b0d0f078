//! What the database can answer, sorted by whose move it is.

use kit::{Fault, Kind, Lang};
use sea_orm::{DbErr, RuntimeErr, SqlErr, SqlxError};
use std::{borrow::Cow, time::Duration};

/// A failure below the rooms.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The id or key is in use for something else.
    #[error("the id or key is in use for something else")]
    Taken,
    /// The database does not answer, or is too busy; nothing was stored.
    #[error("the database does not answer")]
    Unavailable(#[source] DbErr),
    /// A failure that is ours.
    #[error("database failure: {0}")]
    Db(#[source] DbErr),
    /// Stored text that cannot be read back.
    #[error("stored data cannot be read: {0}")]
    Unreadable(String),
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        if is_unavailable(&error) {
            Self::Unavailable(error)
        } else if matches!(error.sql_err(), Some(SqlErr::UniqueConstraintViolation(_))) {
            Self::Taken
        } else {
            Self::Db(error)
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

/// Whether the database is gone or busy, as opposed to having refused the statement.
fn is_unavailable(error: &DbErr) -> bool {
    match error {
        DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
        DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => {
            match &**error {
                SqlxError::Io(_)
                | SqlxError::Tls(_)
                | SqlxError::PoolTimedOut
                | SqlxError::PoolClosed
                | SqlxError::WorkerCrashed => true,
                // PostgreSQL: connection exceptions, insufficient resources, operator intervention, deadlocks. SQLite: busy, locked, read-only, I/O error, full.
                SqlxError::Database(error) => error.code().is_some_and(|code| {
                    ["08", "53", "57", "40"]
                        .iter()
                        .any(|class| code.len() == 5 && code.starts_with(class))
                        || code.parse::<u32>().is_ok_and(|code| {
                            code < 10_000 && matches!(code & 0xff, 5 | 6 | 8 | 10 | 13 | 14)
                        })
                }),
                _ => false,
            }
        }
        _ => false,
    }
}

impl Fault for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::Taken => Kind::Taken,
            Self::Unavailable(_) => Kind::Unavailable,
            Self::Db(_) | Self::Unreadable(_) => Kind::Internal,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Taken => "ID_TAKEN",
            Self::Unavailable(_) => "UNAVAILABLE",
            Self::Db(_) | Self::Unreadable(_) => "INTERNAL",
        }
    }

    fn message(&self, lang: Lang) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Taken => {
                lang.pick("Det id:t används redan till något annat. Försök igen med ett nytt id.", "That id is already used for something else. Try again with a new id.")
            }
            Self::Unavailable(_) => lang.pick(
                "Kollegium når inte sin databas just nu. Inget har sparats; försök igen om en stund.",
                "Kollegium cannot reach its database right now. Nothing was saved; try again in a while.",
            ),
            Self::Db(_) | Self::Unreadable(_) => lang.pick("Något gick fel hos oss. Inget har sparats.", "Something went wrong on our side. Nothing was saved."),
        })
    }

    fn retry_after(&self) -> Option<Duration> {
        matches!(self, Self::Unavailable(_)).then_some(Duration::from_secs(2))
    }
}
