//! Access tokens: who came by which sign-in, signed, for ten minutes.

use crate::{Error, Identity};
use jsonwebtoken::{Algorithm, Header, Validation};
use kit::{Instant, OrganiserId, PersonId, SignInId};
use serde::{Deserialize, Serialize};
use store::Cx;

const KIND: &str = "at+jwt";
/// What a person's token opens; what they may do there is decided by their roles.
const SCOPE: &str = "graphql";
/// How far two machines' clocks may be apart, in seconds.
const LEEWAY: i64 = 5;

/// What a good access token says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claims {
    /// The person, `sub`.
    pub person: PersonId,
    /// Their organiser, `org`.
    pub organiser: OrganiserId,
    /// The sign-in that it was made for, `sid`.
    pub sign_in: SignInId,
    /// Until when it is good, `exp`.
    pub expires: Instant,
}

/// The claims as they are written. Every one is required.
#[derive(Serialize, Deserialize)]
struct Written {
    iss: String,
    aud: String,
    sub: String,
    org: String,
    sid: String,
    exp: i64,
    nbf: i64,
    iat: i64,
    jti: String,
    scope: String,
}

impl Identity {
    /// Reads an access token. It says who came and by which sign-in; whether that sign-in still lives is [`crate::is_alive`]'s answer.
    ///
    /// # Errors
    ///
    /// [`Error::SignInEnded`] for everything that is not a token of ours, for us, good at `now`.
    pub fn read_token(&self, token: &str, now: Instant) -> Result<Claims, Error> {
        self.read(token, now).ok_or(Error::SignInEnded)
    }

    fn read(&self, token: &str, now: Instant) -> Option<Claims> {
        let header = jsonwebtoken::decode_header(token).ok()?;
        let is_ours = header.typ.as_deref() == Some(KIND) && header.alg == Algorithm::EdDSA;
        let key = self
            .keys
            .verifying(header.kid.as_deref().filter(|_| is_ours)?)?;
        let mut strict = Validation::new(Algorithm::EdDSA);
        strict.set_issuer(&[&self.config.issuer]);
        strict.set_audience(&[&self.config.audience]);
        strict.set_required_spec_claims(&["iss", "aud", "sub", "exp", "nbf"]);
        // The library reads the machine's clock; ours is asked below.
        strict.validate_exp = false;
        let written = jsonwebtoken::decode::<Written>(token, &key.verifies, &strict)
            .ok()?
            .claims;
        let now = now.timestamp();
        let is_now = written.nbf <= now + LEEWAY && now < written.exp.saturating_add(LEEWAY);
        if !is_now || written.scope != SCOPE {
            return None;
        }
        Some(Claims {
            person: written.sub.parse().ok()?,
            organiser: written.org.parse().ok()?,
            sign_in: written.sid.parse().ok()?,
            expires: Instant::from_timestamp(written.exp, 0)?,
        })
    }

    /// Makes an access token that is good from now on.
    pub(crate) fn make_token(
        &self,
        cx: &Cx,
        person: PersonId,
        organiser: OrganiserId,
        sign_in: SignInId,
    ) -> Result<(String, Instant), Error> {
        let key = self.keys.signing();
        let header = Header {
            typ: Some(KIND.to_owned()),
            kid: Some(key.kid),
            ..Header::new(Algorithm::EdDSA)
        };
        let began = cx.now.timestamp();
        let expires = (cx.now + self.config.access()).timestamp();
        let written = Written {
            iss: self.config.issuer.clone(),
            aud: self.config.audience.clone(),
            sub: person.to_string(),
            org: organiser.to_string(),
            sid: sign_in.to_string(),
            exp: expires,
            nbf: began,
            iat: began,
            jti: cx.ids.random().to_string(),
            scope: SCOPE.to_owned(),
        };
        let token = jsonwebtoken::encode(&header, &written, &key.signs)
            .map_err(|error| Error::Crypto(error.to_string()))?;
        let expires = Instant::from_timestamp(expires, 0).unwrap_or(cx.now);
        Ok((token, expires))
    }
}

#[cfg(test)]
mod tests;
