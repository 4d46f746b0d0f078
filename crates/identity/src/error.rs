//! What can go wrong when somebody proves who they are.

use kit::{Fault, Kind, Lang};
use std::{borrow::Cow, time::Duration};

/// A failure of this room. What is said of a wrong password and of an unknown address is the same.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such account, sign-in or service account, or not this actor's.
    #[error("no such thing")]
    NotFound,
    /// Unknown address or wrong password; which one is not told.
    #[error("the address and the password do not belong together")]
    SignInFailed,
    /// The sign-in was ended, has run out, or the token is none of ours.
    #[error("the sign-in has ended")]
    SignInEnded,
    /// Too many wrong passwords lately.
    #[error("too many wrong passwords; wait {} s", wait.as_secs())]
    Throttled {
        /// For how long the answer stays the same.
        wait: Duration,
    },
    /// Not an e-mail address.
    #[error("not an e-mail address")]
    AddressInvalid,
    /// There is an account with this address.
    #[error("there is an account with this address")]
    AddressTaken,
    /// Fewer characters than a password needs.
    #[error("the password is too short")]
    PasswordTooShort,
    /// More bytes than a password may have.
    #[error("the password is too long")]
    PasswordTooLong,
    /// On the list of passwords that are tried first.
    #[error("the password is well known")]
    PasswordKnown,
    /// The password contains the name in the address.
    #[error("the password contains the address")]
    PasswordOfAddress,
    /// The one-time link was used, replaced or has run out, or never was.
    #[error("the link is used up")]
    LinkUsedUp,
    /// A scope that does not exist or that no integrator gets.
    #[error("the scope cannot be granted")]
    ScopeNotGrantable,
    /// A service account lives from today to two years.
    #[error("the last day is out of bounds")]
    ExpiryOutOfBounds,
    /// As many service accounts as an organiser may have.
    #[error("too many service accounts")]
    TooManyServiceAccounts,
    /// Only the organiser's administrators manage service accounts.
    #[error("only an administrator of the organiser can do this")]
    NotAdmin,
    /// A failure of the machine's randomness or of a cryptographic library.
    #[error("cryptography failed: {0}")]
    Crypto(String),
    /// A failure below.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

impl From<getrandom::Error> for Error {
    fn from(error: getrandom::Error) -> Self {
        Self::Crypto(error.to_string())
    }
}

impl Fault for Error {
    fn kind(&self) -> Kind {
        match self {
            Self::NotFound => Kind::NotFound,
            Self::SignInEnded => Kind::Unauthenticated,
            Self::Throttled { .. } => Kind::Limited,
            Self::SignInFailed
            | Self::AddressInvalid
            | Self::AddressTaken
            | Self::PasswordTooShort
            | Self::PasswordTooLong
            | Self::PasswordKnown
            | Self::PasswordOfAddress
            | Self::LinkUsedUp
            | Self::ScopeNotGrantable
            | Self::ExpiryOutOfBounds
            | Self::TooManyServiceAccounts => Kind::Invalid,
            Self::NotAdmin => Kind::Denied,
            Self::Crypto(_) => Kind::Internal,
            Self::Store(error) => error.kind(),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "NOT_FOUND",
            Self::SignInFailed => "SIGN_IN_FAILED",
            Self::SignInEnded => "SIGN_IN_ENDED",
            Self::Throttled { .. } => "THROTTLED",
            Self::AddressInvalid => "ADDRESS_INVALID",
            Self::AddressTaken => "ADDRESS_TAKEN",
            Self::PasswordTooShort => "PASSWORD_TOO_SHORT",
            Self::PasswordTooLong => "PASSWORD_TOO_LONG",
            Self::PasswordKnown => "PASSWORD_KNOWN",
            Self::PasswordOfAddress => "PASSWORD_OF_ADDRESS",
            Self::LinkUsedUp => "LINK_USED_UP",
            Self::ScopeNotGrantable => "SCOPE_NOT_GRANTABLE",
            Self::ExpiryOutOfBounds => "SERVICE_ACCOUNT_EXPIRY",
            Self::TooManyServiceAccounts => "SERVICE_ACCOUNT_LIMIT",
            Self::NotAdmin => "SERVICE_ACCOUNT_ADMIN_ONLY",
            Self::Crypto(_) => "INTERNAL",
            Self::Store(error) => error.code(),
        }
    }

    fn path(&self) -> Option<&str> {
        match self {
            Self::AddressInvalid => Some("address"),
            _ => None,
        }
    }

    fn message(&self, lang: Lang) -> Cow<'static, str> {
        let (sv, en) = match self {
            Self::NotFound => ("Det finns inte.", "There is no such thing."),
            Self::SignInFailed => (
                "Adressen och lösenordet hör inte ihop. Kontrollera båda, eller be din administratör om en inloggningslänk.",
                "The address and the password do not belong together. Check both, or ask your administrator for a sign-in link.",
            ),
            Self::SignInEnded => (
                "Du är inte längre inloggad. Logga in igen.",
                "You are no longer signed in. Sign in again.",
            ),
            Self::Throttled { wait } => {
                let seconds = wait.as_secs().max(1);
                let (sv, en) = if seconds == 1 {
                    ("sekund", "second")
                } else {
                    ("sekunder", "seconds")
                };
                return Cow::Owned(lang.pick(
                    format!(
                        "Det blev för många felaktiga lösenord. Försök igen om {seconds} {sv}."
                    ),
                    format!("There were too many wrong passwords. Try again in {seconds} {en}."),
                ));
            }
            Self::AddressInvalid => (
                "Det ser inte ut som en e-postadress.",
                "That does not look like an e-mail address.",
            ),
            Self::AddressTaken => (
                "Det finns redan ett konto med den adressen. Logga in med det.",
                "There already is an account with that address. Sign in with it.",
            ),
            Self::PasswordTooShort => (
                "Lösenordet behöver minst 12 tecken. Några ord i rad går bra.",
                "The password needs at least 12 characters. A few words in a row are fine.",
            ),
            Self::PasswordTooLong => (
                "Lösenordet får ha högst 1 000 byte.",
                "The password may have at most 1,000 bytes.",
            ),
            Self::PasswordKnown => (
                "Det lösenordet står på listor över vanliga lösenord. Välj något eget.",
                "That password is on lists of common passwords. Choose something of your own.",
            ),
            Self::PasswordOfAddress => (
                "Lösenordet innehåller din adress. Välj något som ingen kan gissa av den.",
                "The password contains your address. Choose something that nobody can guess from it.",
            ),
            Self::LinkUsedUp => (
                "Länken är använd, ersatt eller för gammal. Be din administratör om en ny.",
                "The link has been used or replaced, or is too old. Ask your administrator for a new one.",
            ),
            Self::ScopeNotGrantable => (
                "Den behörigheten kan ingen integration få.",
                "No integration can be granted that scope.",
            ),
            Self::ExpiryOutOfBounds => (
                "Välj ett slutdatum som ligger framåt i tiden, högst två år bort.",
                "Choose an expiry in the future, at most two years away.",
            ),
            Self::TooManyServiceAccounts => (
                "Huvudmannen har redan 100 servicekonton. Avsluta ett som inte används.",
                "The organiser already has 100 service accounts. End one that is not in use.",
            ),
            Self::NotAdmin => (
                "Bara huvudmannens administratörer kan hantera servicekonton.",
                "Only the organiser's administrators can manage service accounts.",
            ),
            Self::Crypto(_) => (
                "Något gick fel hos oss. Inget har sparats.",
                "Something went wrong on our side. Nothing was saved.",
            ),
            Self::Store(error) => return error.message(lang),
        };
        Cow::Borrowed(lang.pick(sv, en))
    }

    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Throttled { wait } => Some(*wait),
            Self::Store(error) => error.retry_after(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_refusal_has_its_own_code_and_says_what_to_do_in_both_languages() {
        let wait = Duration::from_secs(4);
        let all = [
            Error::NotFound,
            Error::SignInFailed,
            Error::SignInEnded,
            Error::Throttled { wait },
            Error::AddressInvalid,
            Error::AddressTaken,
            Error::PasswordTooShort,
            Error::PasswordTooLong,
            Error::PasswordKnown,
            Error::PasswordOfAddress,
            Error::LinkUsedUp,
            Error::ScopeNotGrantable,
            Error::ExpiryOutOfBounds,
            Error::TooManyServiceAccounts,
            Error::NotAdmin,
        ];
        let codes: BTreeSet<_> = all.iter().map(Fault::code).collect();
        assert_eq!(codes.len(), all.len());
        for error in &all {
            assert_ne!(error.message(Lang::Sv), error.message(Lang::En), "{error}");
            let is_limited = error.kind() == Kind::Limited;
            assert_eq!(error.retry_after(), is_limited.then_some(wait), "{error}");
        }
        let secret = Error::Crypto("the details".to_owned());
        assert!(!secret.message(Lang::En).contains("details"));
    }

    #[test]
    fn one_second_is_not_said_as_several() {
        let said = |millis, lang| {
            let wait = Duration::from_millis(millis);
            Error::Throttled { wait }.message(lang).into_owned()
        };
        for millis in [0, 1_000] {
            assert!(said(millis, Lang::Sv).ends_with(" om 1 sekund."));
            assert!(said(millis, Lang::En).ends_with(" in 1 second."));
        }
        assert!(said(2_000, Lang::Sv).ends_with(" om 2 sekunder."));
        assert!(said(2_000, Lang::En).ends_with(" in 2 seconds."));
    }

    #[test]
    fn an_address_is_pointed_at_in_the_input() {
        assert_eq!(Error::AddressInvalid.path(), Some("address"));
        assert_eq!(
            Error::SignInFailed.path(),
            None,
            "which of the two is not told"
        );
    }
}
