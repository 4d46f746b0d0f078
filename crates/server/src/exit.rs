//! How the program ends: a number that scripts branch on, and one line that people read.

use crate::config::masked;
use std::{fmt, process::ExitCode};

/// What an exit code means. The numbers never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Something failed that has no number of its own.
    Failed = 1,
    /// The command line or the configuration is wrong.
    Usage = 2,
    /// The database cannot be reached.
    Database = 3,
    /// The database's schema is newer than this program.
    Newer = 4,
    /// The address to listen on is taken, or is not this machine's.
    Address = 5,
    /// A folder cannot be made, read or written in, or its keys cannot be used.
    Folder = 6,
    /// The database's schema is older than this program.
    Pending = 7,
}

/// The exit codes as `--help` shows them.
pub(crate) const CODES: &str = "\
Exit codes:
  0  done, or stopped as asked
  1  failed for a reason that has no number of its own
  2  the command line or the configuration is wrong
  3  the database cannot be reached
  4  the database was migrated by a newer release than this one
  5  the address to listen on is taken, or is not this machine's
  6  a folder cannot be made, read or written in, or its keys cannot be used
  7  the database has to be migrated first";

/// Why the program ends without having done what was asked: one line.
#[derive(Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    message: String,
}

impl Failure {
    /// A failure told in one line; line breaks in what others said become spaces.
    pub fn new(exit: Exit, message: impl fmt::Display) -> Self {
        let message = message.to_string();
        let words: Vec<&str> = message.split_whitespace().collect();
        Self {
            exit,
            message: words.join(" "),
        }
    }

    /// The database at `url` did not answer.
    pub(crate) fn database(url: &str, error: impl fmt::Display) -> Self {
        Self::new(
            Exit::Database,
            format!("the database {} cannot be reached: {error}", masked(url)),
        )
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Failure {}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_one_line() {
        let failure = Failure::new(Exit::Failed, "first\n  second");
        assert_eq!(failure.to_string(), "first second");
    }
}
