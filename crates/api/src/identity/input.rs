//! What signing in takes.

use async_graphql::{ID, InputObject};

/// Signs in with an address and a password, or with a one-time link.
#[derive(Debug, InputObject)]
pub struct SignInInput {
    /// The e-mail address of the account. Left out when a link is redeemed.
    pub address: Option<String>,
    /// The password. Left out when a link is redeemed.
    pub password: Option<String>,
    /// The token of a one-time link that an administrator handed over (`createSignInLink`).
    pub link: Option<String>,
    /// The new password that a link asks for: at least 12 characters.
    pub new_password: Option<String>,
    /// At which organiser, for an account that has persons at several.
    pub organiser: Option<ID>,
    /// What you will recognise this device by in `mySignIns`. Left out, it is what the browser or program calls itself.
    pub device: Option<String>,
}

/// Exchanges a refresh token for new tokens.
#[derive(Debug, InputObject)]
pub struct RefreshSignInInput {
    /// The refresh token that came last. Sent again because the answer was lost, it gets the same answer for ten minutes.
    pub refresh_token: String,
}

/// Ends one of your sign-ins.
#[derive(Debug, InputObject)]
pub struct EndSignInInput {
    /// The sign-in, from `mySignIns`.
    pub sign_in: ID,
}

/// Changes the password of your account.
#[derive(Debug, InputObject)]
pub struct ChangePasswordInput {
    /// The password of today.
    pub old_password: String,
    /// The password from now on: at least 12 characters. What makes it strong is its length.
    pub new_password: String,
}

/// Accepts an invitation and chooses a password.
#[derive(Debug, InputObject)]
pub struct AcceptInvitationInput {
    /// The token of the invitation, from its link.
    pub token: String,
    /// The password of the new account, at least 12 characters. Somebody who already has an account at another organiser gives its password.
    pub password: String,
    /// What you will recognise this device by in `mySignIns`.
    pub device: Option<String>,
}

/// Makes a one-time link for somebody who is locked out.
#[derive(Debug, InputObject)]
pub struct CreateSignInLinkInput {
    /// The person, at the administrator's own organiser.
    pub person: ID,
}
