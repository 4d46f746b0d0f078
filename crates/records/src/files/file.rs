//! A file as it is kept.

use chrono::TimeDelta;
use kit::{FileId, Instant, Name, PersonId, TextError, Thing, personal_number};

/// How long a file may hang on nothing before it goes.
pub const UNUSED: TimeDelta = TimeDelta::hours(24);

/// A file that was stripped and kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Made by the client, at random.
    pub id: FileId,
    /// Who sent it in.
    pub owner: PersonId,
    /// What it was called where it came from. Names of files often name a pupil, so only its owner is told.
    pub name: Option<Name>,
    /// What it is.
    pub media: Media,
    /// How many bytes are kept.
    pub size: u64,
    /// The SHA-256 of what is kept, hexadecimal.
    pub hash: String,
    /// When it came.
    pub created_at: Instant,
    /// On what it hangs; whoever sees that sees the file.
    pub on: Option<Thing>,
}

/// What a kept file is. More is taken in: a WebP is kept as one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// A photograph.
    Jpeg,
    /// A picture.
    Png,
    /// A document.
    Pdf,
    /// Plain text in UTF-8.
    Text,
}

impl Media {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Jpeg, Self::Png, Self::Pdf, Self::Text];

    /// Its name as a media type.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
            Self::Text => "text/plain",
        }
    }

    /// How names of such files end.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Pdf => "pdf",
            Self::Text => "txt",
        }
    }

    /// Whether it is a picture and nothing else.
    #[must_use]
    pub const fn is_image(self) -> bool {
        matches!(self, Self::Jpeg | Self::Png)
    }

    pub(super) fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|media| media.name() == name)
    }
}

/// The name of a file without the folders that some clients send with it.
///
/// # Errors
///
/// [`super::Error::Name`] when it is too long or has characters that no name has, [`super::Error::PersonalNumber`] when it names somebody by number.
pub fn file_name(input: &str) -> Result<Option<Name>, super::Error> {
    let last = input.rsplit(['/', '\\']).next().unwrap_or_default();
    match Name::parse(last) {
        Ok(name) if personal_number::is_in(&name) => Err(super::Error::PersonalNumber),
        Ok(name) => Ok(Some(name)),
        Err(TextError::Empty) => Ok(None),
        Err(TextError::TooLong { .. } | TextError::Control) => Err(super::Error::Name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::Error;

    #[test]
    fn a_name_loses_its_folders_and_holds_no_personal_number() {
        let named = |input| file_name(input).unwrap().map(Name::into_string);
        assert_eq!(named("C:\\fakepath\\Text A.pdf").unwrap(), "Text A.pdf");
        assert_eq!(named("../../etc/passwd").unwrap(), "passwd");
        assert_eq!(named("  "), None);
        assert!(matches!(file_name("a\nb.pdf"), Err(Error::Name)));
        assert!(matches!(file_name(&"a".repeat(121)), Err(Error::Name)));
        let personal = file_name("uppsats 20121212-1212.pdf");
        assert!(matches!(personal, Err(Error::PersonalNumber)));
    }
}
