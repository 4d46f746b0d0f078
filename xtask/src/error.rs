//! Why a task did not do its work.

use std::{io, path::PathBuf};

/// Each is one clear text for the person at the keyboard.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The rules are broken: a line each, and what to do at the end.
    #[error("{0}")]
    Findings(String),
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    /// A program is missing, or said no.
    #[error("`{program}` failed: {why}")]
    Program { program: String, why: String },
    /// The schema is no GraphQL.
    #[error("{whose} cannot be parsed: {source}")]
    Schema {
        whose: String,
        source: async_graphql::parser::Error,
    },
    /// What was asked answered otherwise than this tool expects.
    #[error("{0}")]
    Unexpected(String),
}

impl Error {
    /// For `map_err` after a file operation.
    pub(crate) fn file(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }
}
