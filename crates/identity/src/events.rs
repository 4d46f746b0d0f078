//! What this room tells the rest of the house.

use kit::{PersonId, SignInId, Thing};
use serde::{Deserialize, Serialize};
use store::Event;

/// A sign-in has ended: whatever is open under it closes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInEnded {
    /// The sign-in.
    pub sign_in: SignInId,
    /// Whose it was.
    pub person: PersonId,
}

impl Event for SignInEnded {
    const NAME: &'static str = "identity.sign_in_ended";

    fn subject(&self) -> Thing {
        self.sign_in.into()
    }
}
