//! Secrets that open something without a sign-in: invitations, links, service keys. They carry the organiser's id, so that only its rows are asked.

use crate::{Error, KeyRing};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kit::OrganiserId;
use sha2::{Digest, Sha256};
use std::fmt;
use subtle::ConstantTimeEq;
use uuid::Uuid;

/// What a secret opens; a secret of one purpose opens nothing of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// An invitation to join an organiser.
    Invitation,
    /// A link for somebody who is locked out.
    SignInLink,
    /// An integrator's key, used again and again until it is rotated.
    ServiceKey,
    /// A page for pupils, opened by everybody who has the link until the school year ends.
    RubricLink,
}

impl Purpose {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Invitation => "kin_",
            Self::SignInLink => "kli_",
            Self::ServiceKey => "ksk_",
            Self::RubricLink => "krl_",
        }
    }
}

/// What the database keeps of a secret: enough to know it again, useless to whoever reads it.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretHash([u8; 32]);

impl SecretHash {
    /// The 32 bytes to store and to find by.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        self.0.to_vec()
    }

    /// Whether `stored` is this hash, in a time that tells nothing.
    #[must_use]
    pub fn is(&self, stored: &[u8]) -> bool {
        self.0.ct_eq(stored).into()
    }
}

impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretHash")
    }
}

/// A secret of 128 bits with the organiser it belongs to.
#[derive(Clone, PartialEq, Eq)]
pub struct OneTime {
    /// Whose it is.
    pub organiser: OrganiserId,
    purpose: Purpose,
    secret: [u8; 16],
}

impl fmt::Debug for OneTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "OneTime({:?}, {})", self.purpose, self.organiser)
    }
}

impl OneTime {
    /// Makes a new secret.
    ///
    /// # Errors
    ///
    /// [`Error::Crypto`] when the machine gives no randomness.
    pub fn make(purpose: Purpose, organiser: OrganiserId) -> Result<Self, Error> {
        let mut secret = [0; 16];
        getrandom::fill(&mut secret)?;
        Ok(Self {
            organiser,
            purpose,
            secret,
        })
    }

    /// The secret of the thing `id`: always the same one, so that its address can be shown again although only a hash of it is stored.
    /// Who does not have the key folder cannot make it.
    #[must_use]
    pub fn of(purpose: Purpose, organiser: OrganiserId, id: Uuid, keys: &KeyRing) -> Self {
        let whose = organiser.uuid();
        let prefix = purpose.prefix().as_bytes();
        let mac = keys.mac("one-time", &[prefix, whose.as_bytes(), id.as_bytes()]);
        let (secret, _) = mac.split_first_chunk().expect("a MAC has 32 bytes");
        Self {
            organiser,
            purpose,
            secret: *secret,
        }
    }

    /// Reads a secret of this purpose from outside; `None` when it is none.
    #[must_use]
    pub fn parse(purpose: Purpose, text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD
            .decode(text.strip_prefix(purpose.prefix())?)
            .ok()?;
        let (organiser, secret) = bytes.split_first_chunk::<16>()?;
        Some(Self {
            organiser: OrganiserId(Uuid::from_bytes(*organiser)),
            purpose,
            secret: secret.try_into().ok()?,
        })
    }

    /// The secret as it is handed over: shown once, never stored.
    #[must_use]
    pub fn text(&self) -> String {
        let bytes = [self.organiser.uuid().as_bytes().as_slice(), &self.secret].concat();
        format!("{}{}", self.purpose.prefix(), URL_SAFE_NO_PAD.encode(bytes))
    }

    /// What is stored of it.
    #[must_use]
    pub fn hash(&self) -> SecretHash {
        let mut hash = Sha256::new();
        hash.update(self.purpose.prefix());
        hash.update(self.organiser.uuid().as_bytes());
        hash.update(self.secret);
        SecretHash(hash.finalize().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use testkit::id;

    #[test]
    fn a_secret_is_read_back_and_belongs_to_its_purpose_and_organiser() {
        let made = OneTime::make(Purpose::Invitation, id(2)).unwrap();
        let text = made.text();
        assert!(text.starts_with("kin_"), "{text}");
        assert_eq!(text.len(), 4 + 43);
        assert_eq!(
            OneTime::parse(Purpose::Invitation, &text),
            Some(made.clone())
        );
        assert_eq!(OneTime::parse(Purpose::ServiceKey, &text), None);
        let renamed = text.replace("kin_", "ksk_");
        let other = OneTime::parse(Purpose::ServiceKey, &renamed).unwrap();
        assert!(!other.hash().is(&made.hash().bytes()));
        let elsewhere = OneTime {
            organiser: id(3),
            ..made.clone()
        };
        assert!(!elsewhere.hash().is(&made.hash().bytes()));
        assert!(made.hash().is(&made.hash().bytes()));
        assert!(!made.hash().is(&[]));
        let logged = format!("{made:?} {:?}", made.hash());
        assert!(!logged.contains(text.get(30..).unwrap()), "{logged}");
    }

    #[test]
    fn no_two_secrets_are_alike() {
        let make = || OneTime::make(Purpose::SignInLink, id(2)).unwrap().text();
        assert_ne!(make(), make());
    }

    #[test]
    fn a_thing_has_one_secret_and_another_key_folder_another() {
        let keys = || {
            let folder = tempfile::tempdir().unwrap();
            KeyRing::open(&folder.path().join("keys"), true, kit::Clock::system()).unwrap()
        };
        let (here, there) = (keys(), keys());
        let make = |organiser, thing, keys| {
            OneTime::of(Purpose::RubricLink, id(organiser), id(thing), keys).text()
        };
        let text = make(2, 7, &here);
        assert_eq!(make(2, 7, &here), text);
        for other in [make(3, 7, &here), make(2, 8, &here), make(2, 7, &there)] {
            assert_ne!(other, text);
        }
        assert!(OneTime::parse(Purpose::RubricLink, &text).is_some());
        assert!(OneTime::parse(Purpose::Invitation, &text).is_none());
    }

    #[test]
    fn what_is_no_secret_is_refused() {
        let good = OneTime::make(Purpose::Invitation, id(2)).unwrap().text();
        let long = format!("{good}AAAA");
        for text in [
            "",
            "kin_",
            "kin_å",
            "kin_AAAA",
            good.get(..40).unwrap(),
            &long,
            good.get(4..).unwrap(),
        ] {
            assert_eq!(OneTime::parse(Purpose::Invitation, text), None, "{text}");
        }
    }
}
