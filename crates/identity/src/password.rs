//! Passwords: what one may be, and what it costs to check.

use crate::{Address, Error};
use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc},
};
use serde::{Deserialize, Serialize};
use std::{collections::HashSet, fmt, sync::Arc, sync::LazyLock};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

/// The fewest characters of a password.
pub(crate) const CHARACTERS_MIN: usize = 12;
/// The most bytes of a password.
pub(crate) const BYTES_MAX: usize = 1_000;

/// Passwords that are tried first, one a line, lower-case.
static KNOWN: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("known_passwords.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// What a password costs to check, for us and for whoever has stolen the database (Argon2id).
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct PasswordConfig {
    /// Memory of one check, in KiB.
    pub memory_kib: u32,
    /// Passes over that memory.
    pub passes: u32,
    /// Lanes of that memory.
    pub lanes: u32,
    /// How many checks run at once; others wait their turn.
    pub parallel_max: u32,
}

impl Default for PasswordConfig {
    /// The least that OWASP advises: 19 MiB, two passes, one lane.
    fn default() -> Self {
        Self {
            memory_kib: 19 * 1024,
            passes: 2,
            lanes: 1,
            parallel_max: 4,
        }
    }
}

impl PasswordConfig {
    /// The least that Argon2 can be asked for. For tests: it protects nothing.
    #[must_use]
    pub const fn cheapest() -> Self {
        Self {
            memory_kib: Params::MIN_M_COST,
            passes: Params::MIN_T_COST,
            lanes: 1,
            parallel_max: 4,
        }
    }
}

/// A password as somebody typed it, made NFC: å is the same on every keyboard. Never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// A password to be checked.
    ///
    /// # Errors
    ///
    /// [`Error::PasswordTooLong`] above 1 000 bytes, before any work is spent on it.
    pub fn typed(input: &str) -> Result<Self, Error> {
        if input.len() > BYTES_MAX {
            return Err(Error::PasswordTooLong);
        }
        let text: String = input.nfc().collect();
        if text.len() > BYTES_MAX {
            return Err(Error::PasswordTooLong);
        }
        Ok(Self(text))
    }
}

impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password")
    }
}

/// A password that an account may have from now on.
#[derive(Clone, Debug)]
pub struct NewPassword(Password);

impl NewPassword {
    /// A password that somebody chose for the account with this address. Length is what matters; no kinds of characters are asked for.
    ///
    /// # Errors
    ///
    /// [`Error::PasswordTooShort`] below 12 characters, [`Error::PasswordTooLong`] above 1 000 bytes, [`Error::PasswordKnown`] if it is among those
    /// that are tried first, [`Error::PasswordOfAddress`] if it contains the name in the address.
    pub fn chosen(input: &str, address: &Address) -> Result<Self, Error> {
        let password = Password::typed(input)?;
        if password.0.chars().count() < CHARACTERS_MIN {
            return Err(Error::PasswordTooShort);
        }
        let lower = password.0.to_lowercase();
        if KNOWN.contains(lower.as_str()) || is_a_run(&lower) {
            return Err(Error::PasswordKnown);
        }
        // A name of one or two letters is found in nearly every sentence.
        let local = address.local_part();
        if local.chars().count() >= 3 && lower.contains(local) {
            return Err(Error::PasswordOfAddress);
        }
        Ok(Self(password))
    }
}

/// One character, or a few, said again and again (`aaaaaaaaaaaa`, `abcabcabcabc`).
fn is_a_run(text: &str) -> bool {
    let characters: Vec<char> = text.chars().collect();
    (1..=4).any(|period| {
        characters
            .iter()
            .zip(characters.iter().skip(period))
            .all(|(first, later)| first == later)
    })
}

/// A password's hash with its salt and cost, as the database keeps it.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(pub(crate) String);

impl fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PasswordHash")
    }
}

/// Hashes passwords and checks them, on threads of their own and never more at once than there is memory for.
#[derive(Clone)]
pub struct Passwords {
    argon: Argon2<'static>,
    turns: Arc<Semaphore>,
    dummy: PasswordHash,
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Passwords")
    }
}

impl Passwords {
    pub(crate) fn new(config: &PasswordConfig) -> Result<Self, Error> {
        let params = Params::new(config.memory_kib, config.passes, config.lanes, None)
            .map_err(|error| Error::Crypto(error.to_string()))?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let mut nobody = [0; 32];
        getrandom::fill(&mut nobody)?;
        let dummy = hash(&argon, &nobody)?;
        let turns = usize::try_from(config.parallel_max.max(1)).unwrap_or(1);
        Ok(Self {
            argon,
            turns: Arc::new(Semaphore::new(turns)),
            dummy,
        })
    }

    /// Hashes a new password. Takes tens of milliseconds: before the transaction, never inside it.
    ///
    /// # Errors
    ///
    /// [`Error::Crypto`] when the machine gives no randomness.
    pub async fn hash(&self, new: &NewPassword) -> Result<PasswordHash, Error> {
        self.hash_typed(&new.0).await
    }

    /// Hashes again a password that was right, at today's cost.
    pub(crate) async fn hash_typed(&self, password: &Password) -> Result<PasswordHash, Error> {
        let password = password.clone();
        self.run(move |argon| hash(argon, password.0.as_bytes()))
            .await?
    }

    /// Whether the password is the account's. Without an account the same work is done, and the answer is no.
    pub(crate) async fn verify(
        &self,
        password: &Password,
        kept: Option<&PasswordHash>,
    ) -> Result<bool, Error> {
        let is_real = kept.is_some();
        let kept = kept.unwrap_or(&self.dummy).clone();
        let password = password.clone();
        let fits = self
            .run(move |argon| {
                PasswordVerifier::<str>::verify_password(
                    argon,
                    password.0.as_bytes(),
                    kept.0.as_str(),
                )
                .is_ok()
            })
            .await?;
        Ok(fits && is_real)
    }

    /// Whether the hash was made at another cost than today's.
    pub(crate) fn is_outdated(&self, kept: &PasswordHash) -> bool {
        let Ok(parsed) = phc::PasswordHash::new(&kept.0) else {
            return true;
        };
        let today = self.argon.params();
        Params::try_from(&parsed).map_or(true, |then| {
            (then.m_cost(), then.t_cost(), then.p_cost())
                != (today.m_cost(), today.t_cost(), today.p_cost())
        })
    }

    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Argon2<'static>) -> T + Send + 'static,
    ) -> Result<T, Error> {
        let turn = self
            .turns
            .clone()
            .acquire_owned()
            .await
            .map_err(|error| Error::Crypto(error.to_string()))?;
        let argon = self.argon.clone();
        tokio::task::spawn_blocking(move || {
            // Held until the work is done, even when nobody waits for it any more.
            let _turn = turn;
            work(&argon)
        })
        .await
        .map_err(|error| Error::Crypto(error.to_string()))
    }
}

fn hash(argon: &Argon2<'static>, password: &[u8]) -> Result<PasswordHash, Error> {
    let hash: phc::PasswordHash = argon
        .hash_password(password)
        .map_err(|error| Error::Crypto(error.to_string()))?;
    Ok(PasswordHash(hash.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address() -> Address {
        Address::parse("anna.berg@skola.example").unwrap()
    }

    #[test]
    fn production_pays_what_owasp_advises() {
        let config = PasswordConfig::default();
        assert!(config.memory_kib >= 19 * 1024, "{config:?}");
        assert!(config.passes >= 2, "{config:?}");
        assert_eq!(config.lanes, 1);
        let made = Passwords::new(&config).unwrap().dummy;
        assert!(
            made.0.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{}",
            made.0
        );
    }

    #[test]
    fn bad_passwords_are_refused_and_long_ones_of_any_kind_are_taken() {
        let cases = [
            ("", "PASSWORD_TOO_SHORT"),
            ("elva tecken", "PASSWORD_TOO_SHORT"),
            ("åååååöööööä", "PASSWORD_TOO_SHORT"),
            ("Password1234", "PASSWORD_KNOWN"),
            ("qwertyuiop123", "PASSWORD_KNOWN"),
            ("sommarlov2025", "PASSWORD_KNOWN"),
            ("aaaaaaaaaaaaaaaa", "PASSWORD_KNOWN"),
            ("abcdabcdabcdabc", "PASSWORD_KNOWN"),
            ("hej Anna.Berg hej", "PASSWORD_OF_ADDRESS"),
        ];
        for (input, code) in cases {
            let refusal = NewPassword::chosen(input, &address()).unwrap_err();
            assert_eq!(kit::Fault::code(&refusal), code, "{input}");
        }
        for input in [
            "tolv små ord",
            "lång lugn häst i regn",
            "🐴🐴🐴🐴🐴🐴🐴🐴🐴🐴🐴🌧",
        ] {
            assert!(NewPassword::chosen(input, &address()).is_ok(), "{input}");
        }
        let long = "häst".repeat(300);
        assert!(matches!(
            Password::typed(&long),
            Err(Error::PasswordTooLong)
        ));
    }

    #[test]
    fn a_short_name_in_an_address_forbids_nothing() {
        let address = Address::parse("bo@skola.example").unwrap();
        assert!(NewPassword::chosen("en bok om en häst", &address).is_ok());
    }

    #[test]
    fn every_known_password_is_one_that_length_alone_would_let_through() {
        assert!(KNOWN.len() >= 300, "{}", KNOWN.len());
        for known in KNOWN.iter() {
            assert!(known.chars().count() >= CHARACTERS_MIN, "{known}");
            assert_eq!(*known, known.to_lowercase(), "{known}");
        }
    }

    #[tokio::test]
    async fn a_hash_fits_its_password_alone_and_shows_when_the_cost_has_changed() {
        let cheap = Passwords::new(&PasswordConfig::cheapest()).unwrap();
        let new = NewPassword::chosen("lång lugn häst i regn", &address()).unwrap();
        let kept = cheap.hash(&new).await.unwrap();
        let right = Password::typed("la\u{30a}ng lugn ha\u{308}st i regn").unwrap();
        let wrong = Password::typed("lång lugn häst i sol").unwrap();
        assert!(cheap.verify(&right, Some(&kept)).await.unwrap());
        assert!(!cheap.verify(&wrong, Some(&kept)).await.unwrap());
        assert!(!cheap.verify(&right, None).await.unwrap());
        assert!(!cheap.is_outdated(&kept));

        let dearer = Passwords::new(&PasswordConfig {
            passes: 2,
            ..PasswordConfig::cheapest()
        })
        .unwrap();
        assert!(dearer.is_outdated(&kept));
        assert!(dearer.verify(&right, Some(&kept)).await.unwrap());
    }

    #[test]
    fn a_cost_that_argon2_cannot_have_is_refused() {
        let config = PasswordConfig {
            memory_kib: 1,
            ..PasswordConfig::default()
        };
        assert!(Passwords::new(&config).is_err());
    }
}
