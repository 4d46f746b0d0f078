//! One-time links. Until there are pages, they open GraphiQL with the mutation filled in; the secret stands in the fragment, which no server sees.

use crate::door::PublicUrl;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::fmt;

const KEPT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

const ACCEPT: &str = "mutation AcceptInvitation($input: AcceptInvitationInput!) {
  acceptInvitation(input: $input) {
    tokens { accessToken refreshToken expiresAt }
    userErrors { code message path }
  }
}
";

const REDEEM: &str = "mutation SignInByLink($input: SignInInput!) {
  signIn(input: $input) {
    tokens { accessToken refreshToken expiresAt }
    choices { organiser name }
    userErrors { code message path }
  }
}
";

/// Where an invitation is accepted, for people who reach the server at `public_url`.
#[must_use]
pub fn invitation_link(public_url: &str, token: &str) -> String {
    Link::accept(&PublicUrl(public_url.to_owned()), token).to_string()
}

/// Where somebody who was locked out chooses a new password.
#[must_use]
pub fn sign_in_link(public_url: &str, token: &str) -> String {
    Link::redeem(&PublicUrl(public_url.to_owned()), token).to_string()
}

/// An address that somebody opens once.
#[derive(Debug)]
pub(crate) struct Link<'a> {
    url: &'a PublicUrl,
    query: &'static str,
    input: serde_json::Value,
}

impl<'a> Link<'a> {
    /// Where an invitation is accepted.
    pub(crate) fn accept(url: &'a PublicUrl, token: &str) -> Self {
        let input = serde_json::json!({ "token": token, "password": "" });
        Self {
            url,
            query: ACCEPT,
            input,
        }
    }

    /// Where somebody who was locked out chooses a new password.
    pub(crate) fn redeem(url: &'a PublicUrl, token: &str) -> Self {
        let input = serde_json::json!({ "link": token, "newPassword": "" });
        Self {
            url,
            query: REDEEM,
            input,
        }
    }
}

impl fmt::Display for Link<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let variables = serde_json::json!({ "input": self.input }).to_string();
        let [query, variables] =
            [self.query, &variables].map(|text| utf8_percent_encode(text, KEPT));
        write!(
            f,
            "{}/graphiql#query={query}&variables={variables}",
            self.url.0
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_stands_behind_the_number_sign_only() {
        let url = PublicUrl("https://kollegium.example".to_owned());
        let link = Link::accept(&url, "kin_secret").to_string();
        let (address, fragment) = link.split_once('#').unwrap();
        assert_eq!(address, "https://kollegium.example/graphiql");
        assert!(fragment.contains("kin_secret") && fragment.contains("acceptInvitation"));
        assert!(!fragment.contains(' ') && !fragment.contains('+'));
    }
}
