//! Cursors: a place in a list, sealed so that it shows no time and cannot be forged.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use chrono::DateTime;
use kit::{Key, OrganiserId, Position};
use serde::{Deserialize, Serialize};
use std::fmt;
use uuid::Uuid;

const NONCE: usize = 24;

/// Seals and opens cursors. One key for all replicas; a cursor holds for one list of one organiser.
#[derive(Clone)]
pub struct Cursors(XChaCha20Poly1305);

/// A cursor that this list did not give out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct BadCursor;

#[derive(Serialize, Deserialize)]
enum Sealed {
    At(i64, Uuid),
    Rank(i64, i64, Uuid),
    Name(String, Uuid),
    Place(i64, Uuid),
}

impl Cursors {
    /// Cursors under this key of the key folder.
    #[must_use]
    pub fn new(key: &[u8; 32]) -> Self {
        Self(XChaCha20Poly1305::new(key.into()))
    }

    /// The cursor of a place in `list`.
    pub(crate) fn seal(&self, organiser: OrganiserId, list: &str, place: &Position) -> String {
        let sealed = match &place.key {
            Key::At(at) => Sealed::At(at.timestamp_millis(), place.id),
            Key::Rank(rank, at) => Sealed::Rank(*rank, at.timestamp_millis(), place.id),
            Key::Name(name) => Sealed::Name(name.clone(), place.id),
            Key::Place(at) => Sealed::Place(*at, place.id),
        };
        let text = serde_json::to_vec(&sealed).expect("a place is plain data");
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).expect("the machine has randomness");
        let aad = bound_to(organiser, list);
        let body = self
            .0
            .encrypt(
                &XNonce::from(nonce),
                Payload {
                    msg: &text,
                    aad: &aad,
                },
            )
            .expect("a place is short enough to seal");
        URL_SAFE_NO_PAD.encode([nonce.as_slice(), &body].concat())
    }

    /// The place of a cursor of `list`.
    pub(crate) fn open(
        &self,
        organiser: OrganiserId,
        list: &str,
        cursor: &str,
    ) -> Result<Position, BadCursor> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| BadCursor)?;
        let (nonce, body) = bytes.split_first_chunk::<NONCE>().ok_or(BadCursor)?;
        let aad = bound_to(organiser, list);
        let text = self
            .0
            .decrypt(
                &XNonce::from(*nonce),
                Payload {
                    msg: body,
                    aad: &aad,
                },
            )
            .map_err(|_| BadCursor)?;
        let moment = |millis| DateTime::from_timestamp_millis(millis).ok_or(BadCursor);
        Ok(
            match serde_json::from_slice(&text).map_err(|_| BadCursor)? {
                Sealed::At(at, id) => Position {
                    key: Key::At(moment(at)?),
                    id,
                },
                Sealed::Rank(rank, at, id) => Position {
                    key: Key::Rank(rank, moment(at)?),
                    id,
                },
                Sealed::Name(name, id) => Position {
                    key: Key::Name(name),
                    id,
                },
                Sealed::Place(at, id) => Position {
                    key: Key::Place(at),
                    id,
                },
            },
        )
    }
}

fn bound_to(organiser: OrganiserId, list: &str) -> Vec<u8> {
    [organiser.uuid().as_bytes(), list.as_bytes()].concat()
}

impl fmt::Debug for Cursors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cursors")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_to_its_place_and_nowhere_else() {
        let cursors = Cursors::new(&[7; 32]);
        let (mine, other) = (
            OrganiserId(Uuid::from_u128(1)),
            OrganiserId(Uuid::from_u128(2)),
        );
        let at = DateTime::from_timestamp_millis(1_790_000_000_123).unwrap();
        for key in [
            Key::At(at),
            Key::Rank(3, at),
            Key::Name("Åsa".to_owned()),
            Key::Place(4),
        ] {
            let place = Position {
                key,
                id: Uuid::from_u128(9),
            };
            let cursor = cursors.seal(mine, "rubrics", &place);
            assert_eq!(cursors.open(mine, "rubrics", &cursor), Ok(place));
            assert_eq!(cursors.open(other, "rubrics", &cursor), Err(BadCursor));
            assert_eq!(cursors.open(mine, "people", &cursor), Err(BadCursor));
            assert_eq!(
                Cursors::new(&[8; 32]).open(mine, "rubrics", &cursor),
                Err(BadCursor)
            );
        }
        for bad in ["", "a", "åäö", "AAAA", &"A".repeat(4_000)] {
            assert_eq!(cursors.open(mine, "rubrics", bad), Err(BadCursor), "{bad}");
        }
    }
}
