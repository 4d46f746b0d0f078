//! Text that was checked at the door: NFC, trimmed, of a known length, without control characters.

use crate::Lang;
use serde::{Deserialize, Serialize};
use std::{fmt, ops::Deref};
use unicode_normalization::UnicodeNormalization;

/// Text of 1 to `MAX` characters; of several lines when `LINES`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Text<const MAX: usize, const LINES: bool>(String);

/// One line of at most 200 characters: what a thing is called.
pub type Title = Text<200, false>;
/// One line of at most 120 characters: what a person, unit or team is called.
pub type Name = Text<120, false>;
/// One line of at most 500 characters.
pub type Line = Text<500, false>;
/// Up to 4 000 characters in several lines, read as Markdown.
pub type Body = Text<4_000, true>;

/// Why a text was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// Nothing but white space.
    #[error("a text is empty")]
    Empty,
    /// More characters than there is room for.
    #[error("a text has {found} characters, at most {max} fit")]
    TooLong {
        /// How many fit.
        max: usize,
        /// How many there are.
        found: usize,
    },
    /// A control character, or a line break where only one line is meant.
    #[error("a text has a character that does not belong there")]
    Control,
}

impl TextError {
    /// What was wrong and what to do.
    #[must_use]
    pub fn message(self, lang: Lang) -> String {
        match self {
            Self::Empty => lang.pick("Skriv något här.", "Write something here.").to_owned(),
            Self::TooLong { max, found } => lang.pick(format!("Texten har {found} tecken; högst {max} får plats."), format!("The text has {found} characters; at most {max} fit.")),
            Self::Control => lang
                .pick(
                    "Texten har ett tecken som inte kan sparas, till exempel en radbrytning i en rubrik.",
                    "The text has a character that cannot be kept, such as a line break in a title.",
                )
                .to_owned(),
        }
    }
}

impl<const MAX: usize, const LINES: bool> Text<MAX, LINES> {
    /// The most characters it may have.
    pub const MAX: usize = MAX;

    /// Reads text from outside: made NFC, trimmed, line breaks made `\n`.
    ///
    /// # Errors
    ///
    /// [`TextError`] when it is empty, longer than `MAX` characters, or has control characters.
    pub fn parse(input: &str) -> Result<Self, TextError> {
        // Normalising cannot shrink text by more than a small factor, so absurd input is refused before work is spent on it.
        if input.len() > MAX * 16 {
            return Err(TextError::TooLong {
                max: MAX,
                found: input.chars().count(),
            });
        }
        let text: String = input
            .nfc()
            .collect::<String>()
            .replace("\r\n", "\n")
            .replace('\r', "\n")
            .trim()
            .to_owned();
        let found = text.chars().count();
        if text.is_empty() {
            Err(TextError::Empty)
        } else if found > MAX {
            Err(TextError::TooLong { max: MAX, found })
        } else if text
            .chars()
            .any(|c| c.is_control() && !(LINES && matches!(c, '\n' | '\t')))
        {
            Err(TextError::Control)
        } else {
            Ok(Self(text))
        }
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The text, given away.
    #[must_use]
    pub fn into_string(self) -> String {
        self.0
    }
}

impl<const MAX: usize, const LINES: bool> Deref for Text<MAX, LINES> {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl<const MAX: usize, const LINES: bool> fmt::Display for Text<MAX, LINES> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<const MAX: usize, const LINES: bool> fmt::Debug for Text<MAX, LINES> {
    /// Only the length: texts are people's words and do not belong in logs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Text({} characters)", self.0.chars().count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_normalised_and_trimmed() {
        let title = Title::parse("  Bedo\u{308}mning \n").unwrap();
        assert_eq!(title.as_str(), "Bedömning");
        assert_eq!(Body::parse("a\r\nb\rc").unwrap().as_str(), "a\nb\nc");
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(Title::parse(" \u{a0} "), Err(TextError::Empty));
        assert_eq!(
            Title::parse(&"å".repeat(201)),
            Err(TextError::TooLong {
                max: 200,
                found: 201
            })
        );
        assert!(Title::parse(&"å".repeat(200)).is_ok());
        assert_eq!(Title::parse("a\nb"), Err(TextError::Control));
        assert_eq!(Body::parse("a\0b"), Err(TextError::Control));
        assert!(matches!(
            Title::parse(&"a".repeat(10_000_000)),
            Err(TextError::TooLong { .. })
        ));
    }

    #[test]
    fn a_text_shows_no_words_when_it_is_logged() {
        assert_eq!(
            format!("{:?}", Title::parse("Hemligt").unwrap()),
            "Text(7 characters)"
        );
    }
}
