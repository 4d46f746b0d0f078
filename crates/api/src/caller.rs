//! Who calls: found by the door from what the request carries.

use chrono::{DateTime, Utc};
use identity::{Claims, Identity, OneTime, Purpose};
use kit::{Actor, Fault, Instant, OrganiserId, PersonId, SignInId};
use organisation::ActorCache;
use std::sync::Arc;
use store::Cx;

/// Roots that need no sign-in.
const OPEN_ROOTS: &[&str] = &[
    "__schema",
    "__type",
    "__typename",
    "acceptInvitation",
    "refreshSignIn",
    "rubricByLink",
    "serverInfo",
    "signIn",
];

/// Whether somebody who has not signed in may ask for this root.
pub(crate) fn anonymous_may(root: &str) -> bool {
    OPEN_ROOTS.contains(&root)
}

/// Who calls. A token says only who; roles and audiences are loaded from the database.
#[derive(Debug, Clone)]
pub enum Caller {
    /// Nobody has signed in.
    Anonymous,
    /// A person, by an access token that verified.
    Person {
        /// The person.
        person: PersonId,
        /// Their organiser.
        organiser: OrganiserId,
        /// The sign-in that the token was made for.
        sign_in: SignInId,
        /// Until when the token is good.
        expires: Instant,
    },
    /// A service account, by its key, which is not verified yet.
    Service {
        /// The key.
        key: String,
    },
}

impl Caller {
    /// Reads a bearer, without the database.
    pub(crate) fn read(
        identity: &Identity,
        bearer: Option<&str>,
        now: Instant,
    ) -> Result<Self, identity::Error> {
        match bearer {
            None => Ok(Self::Anonymous),
            Some(key) if OneTime::parse(Purpose::ServiceKey, key).is_some() => Ok(Self::Service {
                key: key.to_owned(),
            }),
            Some(token) => {
                let claims = identity.read_token(token, now)?;
                Ok(Self::Person {
                    person: claims.person,
                    organiser: claims.organiser,
                    sign_in: claims.sign_in,
                    expires: claims.expires,
                })
            }
        }
    }

    /// Until when the caller's token is good: a connection that stays open ends then.
    #[must_use]
    pub const fn expires(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Person { expires, .. } => Some(*expires),
            Self::Anonymous | Self::Service { .. } => None,
        }
    }

    /// The actor of this moment.
    pub(crate) async fn load(&self, cx: &Cx, actors: &ActorCache) -> Result<Actor, Box<dyn Fault>> {
        match self {
            Self::Anonymous => Ok(Actor::Anonymous),
            Self::Person {
                person,
                organiser,
                sign_in,
                expires,
            } => {
                let claims = Claims {
                    person: *person,
                    organiser: *organiser,
                    sign_in: *sign_in,
                    expires: *expires,
                };
                let ended = || Box::new(identity::Error::SignInEnded) as Box<dyn Fault>;
                if !identity::is_alive(cx, &claims).await.map_err(boxed)? {
                    return Err(ended());
                }
                let actor = actors
                    .actor(cx, *organiser, *person, *sign_in)
                    .await
                    .map_err(boxed)?;
                Ok(Actor::Person(actor.ok_or_else(ended)?))
            }
            Self::Service { key } => {
                let account = identity::authenticate(cx, key).await.map_err(boxed)?;
                let scopes = account
                    .scopes
                    .iter()
                    .map(|scope| scope.code().to_owned())
                    .collect();
                let actor = organisation::service_actor(
                    cx,
                    account.organiser,
                    account.id,
                    scopes,
                    account.units.as_deref(),
                );
                Ok(Actor::Service(Arc::new(actor.await.map_err(boxed)?)))
            }
        }
    }
}

fn boxed(fault: impl Fault) -> Box<dyn Fault> {
    Box::new(fault)
}
