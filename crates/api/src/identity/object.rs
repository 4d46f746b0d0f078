//! What a sign-in looks like from outside.

use async_graphql::{ID, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};

/// What a device signs its requests with. It is shown once and kept by the device alone.
#[derive(Debug, SimpleObject)]
pub struct Tokens {
    /// Goes with every request, as `Authorization: Bearer …`.
    access_token: String,
    /// Until when the access token is good: ten minutes from now.
    expires_at: DateTime<Utc>,
    /// Exchanged for new tokens by `refreshSignIn`, once. A device may stay away for 30 days.
    refresh_token: String,
    /// The sign-in, as `mySignIns` lists it.
    sign_in: ID,
}

impl From<identity::Tokens> for Tokens {
    fn from(tokens: identity::Tokens) -> Self {
        Self {
            access_token: tokens.access,
            expires_at: tokens.expires,
            refresh_token: tokens.refresh,
            sign_in: tokens.sign_in.to_string().into(),
        }
    }
}

/// One of several organisers (huvudman) that an account has a person at.
#[derive(Debug, SimpleObject)]
pub struct SignInChoice {
    /// The organiser to name in `organiser` of the next try.
    pub organiser: ID,
    /// What the organiser is called.
    pub name: String,
}

/// A device that is signed in to one's own account. Nobody else ever sees it.
#[derive(Debug, SimpleObject)]
pub struct SignIn {
    /// Its id, for `endSignIn`.
    id: ID,
    /// The organiser (huvudman) that the device acts at.
    organiser: ID,
    /// What the device called itself.
    device: String,
    /// The day on which it began.
    began_on: NaiveDate,
    /// The day on which it was last used.
    used_on: NaiveDate,
    /// Whether it is the one that asks.
    is_current: bool,
}

impl From<identity::SignIn> for SignIn {
    fn from(sign_in: identity::SignIn) -> Self {
        Self {
            id: sign_in.id.to_string().into(),
            organiser: sign_in.organiser.to_string().into(),
            device: sign_in.device,
            began_on: sign_in.began_at.date_naive(),
            used_on: sign_in.used_at.date_naive(),
            is_current: sign_in.is_current,
        }
    }
}
