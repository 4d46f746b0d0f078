//! A link by which pupils see one version of a rubric without signing in.

use chrono::NaiveDate;
use kit::{Instant, PersonId, RubricId, RubricLinkId, RubricVersionId};

/// A link for pupils. It holds its version for ever, whatever becomes of the rubric, and is good until the school year ends or somebody closes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Made by the client, at random.
    pub id: RubricLinkId,
    /// Of which rubric.
    pub rubric: RubricId,
    /// What pupils see; it never moves on by itself.
    pub version: RubricVersionId,
    /// Who made it.
    pub by: PersonId,
    /// The last day on which it is good, at a Swedish school.
    pub ends_on: NaiveDate,
    /// When it was made.
    pub created_at: Instant,
    /// When it was closed before its time.
    pub revoked_at: Option<Instant>,
}

impl Link {
    /// Whether it opens the page on `day`.
    #[must_use]
    pub fn is_open(&self, day: NaiveDate) -> bool {
        self.revoked_at.is_none() && day <= self.ends_on
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use testkit::id;

    #[test]
    fn it_is_good_to_the_last_day_of_the_school_year_unless_it_was_closed() {
        let now = testkit::monday();
        let link = Link {
            id: id(1),
            rubric: id(2),
            version: id(3),
            by: id(4),
            ends_on: now.date_naive(),
            created_at: now,
            revoked_at: None,
        };
        assert!(link.is_open(link.ends_on));
        assert!(!link.is_open(link.ends_on.succ_opt().unwrap()));
        let closed = Link {
            revoked_at: Some(now),
            ..link
        };
        assert!(!closed.is_open(closed.ends_on));
    }
}
