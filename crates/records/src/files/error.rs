//! What can go wrong with a file.

use kit::{Fault, Kind, Lang};
use std::{borrow::Cow, time::Duration};

/// Why a file was not kept or is not shown. Nothing is kept on any of them.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not exist for this actor.
    #[error("no such file")]
    NotFound,
    /// Only colleagues have something to hang a file on.
    #[error("only a colleague can send in files")]
    NotColleague,
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is of a kind that is not taken.
    #[error("the file is of a kind that is not taken")]
    Type,
    /// It is damaged, or not what it says it is.
    #[error("the file cannot be read")]
    Unreadable,
    /// It is locked by a password.
    #[error("the file is encrypted")]
    Encrypted,
    /// It does something when it is opened.
    #[error("the file holds active content")]
    Active,
    /// It has more pixels than are taken.
    #[error("the picture has too many pixels")]
    TooManyPixels,
    /// Its name is too long, or none.
    #[error("the name of the file cannot be kept")]
    Name,
    /// It names somebody by their personal number.
    #[error("the file has a personal number")]
    PersonalNumber,
    /// As much as is taken in a day has come already.
    #[error("too much was sent in today")]
    TooMuch,
    /// The place where files lie cannot be read or written.
    #[error("the files cannot be reached: {0}")]
    Shelf(#[source] object_store::Error),
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
            Self::NotFound => Kind::NotFound,
            Self::NotColleague => Kind::Denied,
            Self::Empty
            | Self::Type
            | Self::Unreadable
            | Self::Encrypted
            | Self::Active
            | Self::TooManyPixels
            | Self::Name
            | Self::PersonalNumber => Kind::Invalid,
            Self::TooMuch => Kind::Limited,
            Self::Shelf(_) => Kind::Unavailable,
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
            Self::NotColleague => "FILE_NOT_COLLEAGUE",
            Self::Empty => "FILE_EMPTY",
            Self::Type => "FILE_TYPE",
            Self::Unreadable => "FILE_UNREADABLE",
            Self::Encrypted => "FILE_ENCRYPTED",
            Self::Active => "FILE_ACTIVE",
            Self::TooManyPixels => "FILE_TOO_MANY_PIXELS",
            Self::Name => "FILE_NAME",
            Self::PersonalNumber => "FILE_PERSONAL_NUMBER",
            Self::TooMuch => "LIMITED",
            Self::Shelf(_) => "UNAVAILABLE",
            Self::Store(error) => error.code(),
        }
    }

    fn message(&self, lang: Lang) -> Cow<'static, str> {
        let (sv, en) = match self {
            Self::NotFound => (
                "Filen finns inte, eller så får du inte se den.",
                "There is no such file, or you may not see it.",
            ),
            Self::NotColleague => (
                "Bara den som arbetar hos huvudmannen kan lämna in filer. Be en kollega.",
                "Only those who work at the organiser can send in files. Ask a colleague.",
            ),
            Self::Empty => (
                "Filen är tom. Välj en annan.",
                "The file is empty. Choose another.",
            ),
            Self::Type => (
                "Den sortens fil tas inte emot. Skicka en bild (PNG, JPEG eller WebP), en PDF eller ren text i UTF-8.",
                "Files of this kind are not taken. Send a picture (PNG, JPEG or WebP), a PDF or plain text in UTF-8.",
            ),
            Self::Unreadable => (
                "Filen är skadad och går inte att läsa. Spara om den och försök igen.",
                "The file is damaged and cannot be read. Save it anew and try again.",
            ),
            Self::Encrypted => (
                "PDF:en är låst med lösenord eller kryptering. Skriv ut den till en ny PDF och skicka den.",
                "The PDF is locked by a password or encryption. Print it to a new PDF and send that one.",
            ),
            Self::Active => (
                "PDF:en innehåller skript, formulär som skickar, ljud eller film. Skriv ut den till en ny PDF och skicka den.",
                "The PDF holds scripts, forms that send, sound or film. Print it to a new PDF and send that one.",
            ),
            Self::TooManyPixels => (
                "Bilden har fler bildpunkter än vad som tas emot. Gör den mindre och försök igen.",
                "The picture has more pixels than are taken. Make it smaller and try again.",
            ),
            Self::Name => (
                "Filens namn är för långt eller har tecken som inte kan sparas. Byt namn på den.",
                "The file's name is too long or has characters that cannot be kept. Rename it.",
            ),
            Self::PersonalNumber => (
                "Filen, eller dess namn, innehåller ett personnummer. Ta bort det och skicka filen igen.",
                "The file, or its name, contains a personal number. Take it out and send the file again.",
            ),
            Self::TooMuch => (
                "Mer än vad som tas emot på ett dygn har redan skickats. Försök igen i morgon.",
                "More than is taken in a day was sent already. Try again tomorrow.",
            ),
            Self::Shelf(_) => (
                "Kollegium når inte sina filer just nu. Försök igen om en stund.",
                "Kollegium cannot reach its files right now. Try again in a while.",
            ),
            Self::Store(error) => return error.message(lang),
        };
        Cow::Borrowed(lang.pick(sv, en))
    }

    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::TooMuch => Some(Duration::from_hours(1)),
            Self::Shelf(_) => Some(Duration::from_secs(30)),
            Self::Store(error) => error.retry_after(),
            _ => None,
        }
    }
}
