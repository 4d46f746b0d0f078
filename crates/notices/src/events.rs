//! What happens to inboxes.

use kit::{PersonId, Thing};
use serde::{Deserialize, Serialize};
use store::Event;

/// A notice came to a person's inbox, or some were marked as read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxChanged {
    /// Whose inbox.
    pub person: PersonId,
    /// The inbox's own gapless number.
    pub n: i64,
}

impl Event for InboxChanged {
    const NAME: &'static str = "inbox.changed";

    fn subject(&self) -> Thing {
        self.person.into()
    }

    fn n(&self) -> Option<i64> {
        Some(self.n)
    }
}
