//! Stable codes of the trade: subjects, years, school forms, key strategies.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A code of a code list, such as `SV` (subject), `7` (year) or `GR` (school form).
///
/// 1 to 24 upper-case ASCII letters, digits or underscores. Whether the list knows it is asked where the list is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Code(String);

/// Text that is no code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a code has 1 to 24 upper-case letters, digits or underscores")]
pub struct BadCode;

impl Code {
    /// The most characters it may have.
    pub const MAX: usize = 24;

    /// Reads a code from outside.
    ///
    /// # Errors
    ///
    /// [`BadCode`] when it is empty, too long or has other characters.
    pub fn parse(input: &str) -> Result<Self, BadCode> {
        let fits = (1..=Self::MAX).contains(&input.len())
            && input
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        if fits {
            Ok(Self(input.to_owned()))
        } else {
            Err(BadCode)
        }
    }

    /// The code.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Code {
    type Error = BadCode;

    fn try_from(text: String) -> Result<Self, BadCode> {
        Self::parse(&text)
    }
}

impl From<Code> for String {
    fn from(code: Code) -> Self {
        code.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_short_and_plain() {
        for good in ["SV", "7", "KEY_STRATEGY_1"] {
            assert_eq!(
                Code::parse(good).map(|code| code.to_string()),
                Ok(good.to_owned())
            );
        }
        for bad in ["", "sv", "Å", "A B", "A:B", &"A".repeat(25)] {
            assert_eq!(Code::parse(bad), Err(BadCode), "{bad}");
        }
    }
}
