//! The keys of this deployment: what signs tokens, and the secrets that hashes are keyed with. Rotated while the house is open.

use crate::key_folder::{KeyError, KeyFolder};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use ed25519_dalek::{SigningKey, pkcs8::EncodePrivateKey};
use hmac::{Hmac, KeyInit, Mac};
use jsonwebtoken::{DecodingKey, EncodingKey};
use kit::{Clock, Instant};
use sha2::Sha256;
use std::{
    fmt,
    path::Path,
    sync::{Arc, Mutex, PoisonError, RwLock},
};

/// How old a key is before it signs, in seconds: by then every replica has read it.
const SETTLE: TimeDelta = TimeDelta::seconds(60);
/// How often an unknown kid may send us back to the folder.
const READ_AGAIN: TimeDelta = TimeDelta::seconds(5);
/// How old what we know of the folder may be when we sign: younger than [`SETTLE`], so that no key is used that others have dropped.
const KNOWN_FOR: TimeDelta = TimeDelta::seconds(30);

/// The keys of this deployment, read from the key folder and read again when it changes.
pub struct KeyRing {
    folder: KeyFolder,
    clock: Clock,
    secret: [u8; 32],
    cursor: [u8; 32],
    keys: RwLock<Arc<[Key]>>,
    read_at: Mutex<Instant>,
}

/// One signing key, ready for use.
#[derive(Clone)]
pub(crate) struct Key {
    pub kid: String,
    made: i64,
    pub signs: EncodingKey,
    pub verifies: DecodingKey,
    x: String,
}

impl fmt::Debug for KeyRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyRing")
    }
}

impl KeyRing {
    /// Opens the folder with `secret.key`, `cursor.key` and at least one `signing-<kid>.pem`. With `create`, what is missing is made.
    ///
    /// # Errors
    ///
    /// [`KeyError`] when something is missing, damaged, or readable by others than its owner.
    pub fn open(folder: &Path, create: bool, clock: Clock) -> Result<Self, KeyError> {
        let now = clock.now();
        let home = KeyFolder::open(folder, create)?;
        let secret = home.secret("secret.key", create)?;
        let cursor = home.secret("cursor.key", create)?;
        let mut files = home.signing()?;
        if files.is_empty() && create {
            home.add(now)?;
            files = home.signing()?;
        }
        if files.is_empty() {
            return Err(KeyError::Missing(folder.join("signing-*.pem")));
        }
        let ring = Self {
            folder: home,
            clock,
            secret,
            cursor,
            keys: RwLock::new(Arc::from([])),
            read_at: Mutex::new(now),
        };
        ring.reload()?;
        Ok(ring)
    }

    /// A secret of 32 bytes for one purpose, derived from the deployment's: each purpose has its own.
    #[must_use]
    pub fn secret_for(&self, purpose: &str) -> [u8; 32] {
        self.mac("purpose", &[purpose.as_bytes()])
    }

    /// The key that list positions are sealed with.
    #[must_use]
    pub const fn cursor_key(&self) -> [u8; 32] {
        self.cursor
    }

    /// The public keys, as `/.well-known/jwks.json` shows them.
    #[must_use]
    pub fn jwks(&self) -> serde_json::Value {
        self.read_if_older(KNOWN_FOR);
        let keys: Vec<_> = self
            .all()
            .iter()
            .map(|key| {
                serde_json::json!({
                    "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": key.kid, "x": key.x,
                })
            })
            .collect();
        serde_json::json!({ "keys": keys })
    }

    /// Adds a signing key, and drops those that no living token was signed with: whose successor has signed for twice `lifetime`,
    /// the time that an access token lasts. Answers the new kid.
    ///
    /// # Errors
    ///
    /// [`KeyError`] when the folder cannot be written.
    pub fn rotate(&self, lifetime: TimeDelta) -> Result<String, KeyError> {
        let now = self.clock.now();
        let files = self.folder.signing()?;
        for (old, successor) in files.iter().zip(files.iter().skip(1)) {
            let signed_for = now.timestamp() - successor.made - SETTLE.num_seconds();
            if signed_for > lifetime.num_seconds() * 2 {
                self.folder.remove(&old.kid)?;
            }
        }
        let kid = self.folder.add(now)?;
        self.reload()?;
        Ok(kid)
    }

    /// As [`KeyRing::rotate`], if the newest key was made `age` ago or earlier. Two replicas that meet here make a key each, which does no harm.
    pub(crate) fn rotate_if_older(
        &self,
        age: TimeDelta,
        lifetime: TimeDelta,
    ) -> Result<Option<String>, KeyError> {
        let newest = self.folder.signing()?.last().map(|file| file.made);
        let due = (self.clock.now() - age).timestamp();
        if newest.is_some_and(|made| made > due) {
            return Ok(None);
        }
        self.rotate(lifetime).map(Some)
    }

    /// Reads the folder again; on an error the keys known so far stay in use.
    fn reload(&self) -> Result<(), KeyError> {
        *self.read_at.lock().unwrap_or_else(PoisonError::into_inner) = self.clock.now();
        let files = self.folder.signing()?;
        let keys = files
            .into_iter()
            .map(|file| Key::of(file.kid, file.made, &file.key))
            .collect::<Option<Arc<[Key]>>>();
        // A folder without keys is being restored: better yesterday's keys than none.
        if let Some(keys) = keys.filter(|keys| !keys.is_empty()) {
            *self.keys.write().unwrap_or_else(PoisonError::into_inner) = keys;
        }
        Ok(())
    }

    /// The key that signs now: the newest that every replica has had time to read, or the oldest while there is none.
    pub(crate) fn signing(&self) -> Key {
        self.read_if_older(KNOWN_FOR);
        let keys = self.all();
        let settled = (self.clock.now() - SETTLE).timestamp();
        keys.iter()
            .rev()
            .find(|key| key.made <= settled)
            .or(keys.first())
            .cloned()
            .expect("a ring is opened with a key, and never left without one")
    }

    /// The key with this kid. One that we do not know may have been made a moment ago by another replica.
    pub(crate) fn verifying(&self, kid: &str) -> Option<Key> {
        self.known(kid).or_else(|| {
            self.read_if_older(READ_AGAIN);
            self.known(kid)
        })
    }

    fn read_if_older(&self, age: TimeDelta) {
        let last = *self.read_at.lock().unwrap_or_else(PoisonError::into_inner);
        if self.clock.now() - last < age {
            return;
        }
        if let Err(error) = self.reload() {
            tracing::warn!(%error, "the key folder cannot be read; the keys known so far stay in use");
        }
    }

    /// A keyed hash of `parts`, of its own kind for each purpose.
    pub(crate) fn mac(&self, purpose: &str, parts: &[&[u8]]) -> [u8; 32] {
        let mut mac =
            Hmac::<Sha256>::new_from_slice(&self.secret).expect("HMAC takes a key of any length");
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    fn all(&self) -> Arc<[Key]> {
        self.keys
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    fn known(&self, kid: &str) -> Option<Key> {
        self.all().iter().find(|key| key.kid == kid).cloned()
    }
}

impl Key {
    fn of(kid: String, made: i64, key: &SigningKey) -> Option<Self> {
        let public = key.verifying_key().to_bytes();
        Some(Self {
            kid,
            made,
            signs: EncodingKey::from_ed_der(key.to_pkcs8_der().ok()?.as_bytes()),
            verifies: DecodingKey::from_ed_der(&public),
            x: URL_SAFE_NO_PAD.encode(public),
        })
    }
}

#[cfg(test)]
mod tests;
