//! What the whole room works with: settings, keys, and the cost of a password.

use crate::{Error, KeyError, KeyRing, PasswordConfig, Passwords};
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

/// How sign-ins live, and in whose name tokens are made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct IdentityConfig {
    /// Who makes the tokens: the address of this deployment, as `iss`.
    pub issuer: String,
    /// For whom they are made, as `aud`.
    pub audience: String,
    /// How long an access token lasts, in seconds.
    pub access_seconds: u32,
    /// How long a device may stay away before it has to sign in again, in days.
    pub offline_days: u32,
    /// How long the refresh token before the current one still gets the same successor, in seconds: an answer may be lost on the way.
    pub grace_seconds: u32,
    /// How long a one-time sign-in link lasts, in hours.
    pub link_hours: u32,
    /// How long a key signs tokens before the next one is made, in days; 0: only when an operator asks for it.
    pub signing_key_days: u32,
    /// What a password costs to check.
    pub password: PasswordConfig,
}

impl Default for IdentityConfig {
    fn default() -> Self {
        Self {
            issuer: "http://localhost:4000".to_owned(),
            audience: "kollegium".to_owned(),
            access_seconds: 600,
            offline_days: 30,
            grace_seconds: 600,
            link_hours: 24,
            signing_key_days: 30,
            password: PasswordConfig::default(),
        }
    }
}

impl IdentityConfig {
    pub(crate) fn access(&self) -> TimeDelta {
        TimeDelta::seconds(self.access_seconds.into())
    }

    fn signing_key(&self) -> Option<TimeDelta> {
        (self.signing_key_days > 0).then(|| TimeDelta::days(self.signing_key_days.into()))
    }

    pub(crate) fn offline(&self) -> TimeDelta {
        TimeDelta::days(self.offline_days.into())
    }

    pub(crate) fn grace(&self) -> TimeDelta {
        TimeDelta::seconds(self.grace_seconds.into())
    }

    pub(crate) fn link(&self) -> TimeDelta {
        TimeDelta::hours(self.link_hours.into())
    }
}

/// The room's settings, keys and password hasher; made once at start and shared by every request.
#[derive(Debug)]
pub struct Identity {
    /// The settings.
    pub config: IdentityConfig,
    /// The keys of this deployment.
    pub keys: KeyRing,
    /// Hashes passwords and checks them.
    pub passwords: Passwords,
}

impl Identity {
    /// The room, ready. Hashes one password to be prepared for unknown addresses.
    ///
    /// # Errors
    ///
    /// [`Error::Crypto`] when the password's cost is one that Argon2 cannot have.
    pub fn new(config: IdentityConfig, keys: KeyRing) -> Result<Self, Error> {
        let passwords = Passwords::new(&config.password)?;
        Ok(Self {
            config,
            keys,
            passwords,
        })
    }

    /// Makes the next signing key when the newest is as old as the settings let it become. Answers the new kid, if one was made.
    ///
    /// # Errors
    ///
    /// [`KeyError`] when the key folder cannot be read or written; the keys known so far stay in use.
    pub fn rotate_when_due(&self) -> Result<Option<String>, KeyError> {
        match self.config.signing_key() {
            Some(age) => self.keys.rotate_if_older(age, self.config.access()),
            None => Ok(None),
        }
    }
}
