//! Signing in on a device, once it is known who it is.

use crate::{Error, Identity, sql::sign_in};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use kit::{AccountId, Instant, Name, OrganiserId, PersonId, SignInId};
use sea_orm::{ActiveValue::Set, EntityTrait};
use sha2::{Digest, Sha256};
use std::fmt;
use store::Tx;
use uuid::Uuid;

const PREFIX: &str = "krf_";

/// Who signs in, and on what.
#[derive(Debug, Clone)]
pub struct Begin {
    /// The account whose password was right, or whose link was redeemed.
    pub account: AccountId,
    /// The person that it is at the organiser.
    pub person: PersonId,
    /// The organiser.
    pub organiser: OrganiserId,
    /// What the owner will recognise the device by.
    pub device: Name,
}

/// What a device signs its requests with. Shown once, kept by the device alone.
#[derive(Clone, PartialEq, Eq)]
pub struct Tokens {
    /// The sign-in.
    pub sign_in: SignInId,
    /// Goes with every request.
    pub access: String,
    /// Until when [`Tokens::access`] is good.
    pub expires: Instant,
    /// Exchanged for new tokens, once.
    pub refresh: String,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tokens({})", self.sign_in)
    }
}

/// Begins a sign-in on one device.
///
/// Whether the person belongs to the account and to the organiser today is the caller's to have asked.
///
/// # Errors
///
/// Those of the database and of the machine's randomness.
pub async fn begin(tx: &Tx, identity: &Identity, ask: &Begin) -> Result<Tokens, Error> {
    let id = SignInId(tx.ids.random());
    let refresh = RefreshToken::first()?;
    sign_in::Entity::insert(sign_in::ActiveModel {
        id: Set(id.uuid()),
        account_id: Set(ask.account.uuid()),
        organiser_id: Set(ask.organiser.uuid()),
        person_id: Set(ask.person.uuid()),
        family: Set(refresh.family),
        current_hash: Set(refresh.hash()),
        previous_hash: Set(Vec::new()),
        rotated_at: Set(tx.now),
        device: Set(ask.device.as_str().to_owned()),
        began_at: Set(tx.now),
        used_at: Set(tx.now),
        expires_at: Set(tx.now + identity.config.offline()),
        ended_at: Set(None),
        end_reason: Set(None),
    })
    .exec_without_returning(tx.db())
    .await?;
    tokens(tx, identity, (ask.person, ask.organiser, id), &refresh)
}

pub(crate) fn tokens(
    tx: &Tx,
    identity: &Identity,
    (person, organiser, sign_in): (PersonId, OrganiserId, SignInId),
    refresh: &RefreshToken,
) -> Result<Tokens, Error> {
    let (access, expires) = identity.make_token(tx, person, organiser, sign_in)?;
    Ok(Tokens {
        sign_in,
        access,
        expires,
        refresh: refresh.text(),
    })
}

/// An opaque token: which family it is of, and 256 secret bits. The family's number stands nowhere else, so that only one who has held a token can end it.
#[derive(Clone)]
pub(crate) struct RefreshToken {
    pub family: Uuid,
    pub secret: [u8; 32],
}

impl RefreshToken {
    fn first() -> Result<Self, Error> {
        let mut family = [0; 16];
        let mut secret = [0; 32];
        getrandom::fill(&mut family)?;
        getrandom::fill(&mut secret)?;
        Ok(Self {
            family: Uuid::from_bytes(family),
            secret,
        })
    }

    /// The one token that follows this one: whoever shows this again gets the same.
    pub(crate) fn successor(&self, identity: &Identity) -> Self {
        let secret = identity
            .keys
            .mac("refresh", &[self.family.as_bytes(), &self.secret]);
        Self {
            family: self.family,
            secret,
        }
    }

    pub(crate) fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.strip_prefix(PREFIX)?).ok()?;
        let (family, secret) = bytes.split_first_chunk::<16>()?;
        Some(Self {
            family: Uuid::from_bytes(*family),
            secret: secret.try_into().ok()?,
        })
    }

    pub(crate) fn text(&self) -> String {
        let bytes = [self.family.as_bytes().as_slice(), &self.secret].concat();
        format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))
    }

    /// What the database keeps of it.
    pub(crate) fn hash(&self) -> Vec<u8> {
        Sha256::digest(self.secret).to_vec()
    }
}
