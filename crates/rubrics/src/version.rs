//! One version of a rubric. What is published never changes again.

use crate::{Content, Error, diff, document};
use kit::{Body, CriterionId, Instant, PersonId, RubricId, RubricVersionId};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, fmt, sync::Arc};

/// Where one version of a rubric is in its life. What is published never changes again.
///
/// ```text
/// Draft ──submit──▶ InReview ──approve──▶ Published
///   ▲ │                │                     ▲
///   │ └────────────────┼──────publish────────┘   (unless the organiser asks for review)
///   └─────return───────┘
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VersionState {
    /// Its authors work on it.
    Draft,
    /// A colleague was asked to look at it; it does not change meanwhile.
    InReview,
    /// It is what it is, for ever.
    Published,
}

impl VersionState {
    /// Every state, for tables and tests.
    pub const ALL: [Self; 3] = [Self::Draft, Self::InReview, Self::Published];

    /// Whether a version may go from this state to the next.
    #[must_use]
    pub const fn allows(self, next: Self) -> bool {
        use VersionState::*;
        matches!(
            (self, next),
            (Draft, InReview | Published) | (InReview, Draft | Published)
        )
    }

    /// The stable code, as stored and as the schema names it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Draft => "DRAFT",
            Self::InReview => "IN_REVIEW",
            Self::Published => "PUBLISHED",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// The number of a published version: `2.1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number {
    /// Rises when a criterion or level was added, removed or moved, or when points or weights changed.
    pub major: i64,
    /// Rises when only wording changed.
    pub minor: i64,
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// When each part of a draft last changed, counted in the rubric's own `version`: a patch fits if it read the part as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Revisions {
    /// The head, and the order of the criteria.
    pub head: i64,
    /// Each criterion.
    pub criteria: BTreeMap<CriterionId, i64>,
}

/// One version of a rubric: a draft, or what was published.
#[derive(Debug, Clone, PartialEq)]
pub struct Version {
    /// The version's own id.
    pub id: RubricVersionId,
    /// Of which rubric.
    pub rubric: RubricId,
    /// Its number; a draft has none yet.
    pub number: Option<Number>,
    /// Where it is in its life.
    pub state: VersionState,
    /// What it says.
    pub content: Arc<Content>,
    /// What its words are recognised by (SHA-256, hexadecimal).
    pub content_hash: String,
    /// What its structure is recognised by; the same as long as only wording changes.
    pub structure_hash: String,
    /// When each part last changed.
    pub revisions: Revisions,
    /// What the reviewer wrote, when they returned or approved it.
    pub review_note: Option<Body>,
    /// Who approved it; `None` bears *inte granskad*.
    pub reviewed_by: Option<PersonId>,
    /// When it was begun.
    pub created_at: Instant,
    /// When it was published.
    pub published_at: Option<Instant>,
}

impl Version {
    /// A new draft. Every part has the revision `at`.
    pub(crate) fn draft(
        id: RubricVersionId,
        rubric: RubricId,
        content: Content,
        revision: i64,
        now: Instant,
    ) -> Self {
        let criteria = content
            .criteria
            .iter()
            .map(|criterion| (criterion.id, revision))
            .collect();
        let mut version = Self {
            id,
            rubric,
            number: None,
            state: VersionState::Draft,
            content: Arc::new(content),
            content_hash: String::new(),
            structure_hash: String::new(),
            revisions: Revisions {
                head: revision,
                criteria,
            },
            review_note: None,
            reviewed_by: None,
            created_at: now,
            published_at: None,
        };
        version.hash();
        version
    }

    /// A draft that begins as this version stands; its parts keep their revisions, because their words are the same.
    pub(crate) fn revise(&self, id: RubricVersionId, now: Instant) -> Self {
        Self {
            id,
            number: None,
            state: VersionState::Draft,
            review_note: None,
            reviewed_by: None,
            created_at: now,
            published_at: None,
            ..self.clone()
        }
    }

    /// Says something else from now on.
    pub(crate) fn rewrite(&mut self, content: Content, revisions: Revisions) -> Result<(), Error> {
        if self.state != VersionState::Draft {
            return Err(Error::NotDraft);
        }
        self.content = Arc::new(content);
        self.revisions = revisions;
        self.hash();
        Ok(())
    }

    fn hash(&mut self) {
        self.content_hash = document::hash(&document::write(&self.content));
        self.structure_hash = document::structure_hash(&self.content);
    }

    pub(crate) fn submit(&mut self) -> Result<(), Error> {
        self.go(VersionState::InReview)
    }

    pub(crate) fn send_back(&mut self, note: Option<Body>) -> Result<(), Error> {
        self.go(VersionState::Draft)?;
        self.review_note = note;
        Ok(())
    }

    pub(crate) fn approve(&mut self, reviewer: PersonId, note: Option<Body>) {
        self.reviewed_by = Some(reviewer);
        self.review_note = note;
    }

    /// Becomes what others use, numbered after what they used before.
    pub(crate) fn publish(&mut self, before: Option<&Version>, now: Instant) -> Result<(), Error> {
        self.go(VersionState::Published)?;
        self.number = Some(self.number_after(before));
        self.published_at = Some(now);
        Ok(())
    }

    fn number_after(&self, before: Option<&Version>) -> Number {
        let Some((before, number)) = before.and_then(|before| Some((before, before.number?)))
        else {
            return Number { major: 1, minor: 0 };
        };
        if diff(&before.content, &self.content).impact.is_major() {
            Number {
                major: number.major + 1,
                minor: 0,
            }
        } else {
            Number {
                minor: number.minor + 1,
                ..number
            }
        }
    }

    fn go(&mut self, next: VersionState) -> Result<(), Error> {
        if !self.state.allows(next) {
            return Err(Error::NotDraft);
        }
        self.state = next;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use testkit::{id, monday};

    #[test]
    fn every_arrow_of_a_versions_life_is_drawn_and_no_other() {
        use VersionState::*;
        let drawn = [
            (Draft, InReview),
            (Draft, Published),
            (InReview, Draft),
            (InReview, Published),
        ];
        for from in VersionState::ALL {
            for to in VersionState::ALL {
                assert_eq!(
                    from.allows(to),
                    drawn.contains(&(from, to)),
                    "{from:?} to {to:?}"
                );
            }
        }
    }

    #[test]
    fn a_number_rises_by_what_changed() {
        let mut first = Version::draft(id(1), id(2), sample::everything(), 1, monday());
        first.publish(None, monday()).unwrap();
        assert_eq!(first.number.unwrap().to_string(), "1.0");

        let publish = |before: &Version, change: fn(&mut Content)| {
            let mut draft = before.revise(id(3), monday());
            let mut content = (*draft.content).clone();
            change(&mut content);
            draft.rewrite(content, Revisions::default()).unwrap();
            draft.publish(Some(before), monday()).unwrap();
            draft
        };
        let wording = publish(&first, |c| c.criteria[0].title = sample::both("Andra ord"));
        assert_eq!(wording.number.unwrap().to_string(), "1.1");
        let structure = publish(&wording, |c| c.criteria.reverse());
        assert_eq!(structure.number.unwrap().to_string(), "2.0");
        let unchanged = publish(&structure, |_| ());
        assert_eq!(unchanged.number.unwrap().to_string(), "2.1");
        let points = publish(&unchanged, |c| c.criteria[0].levels[0].points = None);
        assert_eq!(points.number.unwrap().to_string(), "3.0");
    }

    #[test]
    fn what_is_published_never_changes_again() {
        let mut version = Version::draft(id(1), id(2), sample::everything(), 1, monday());
        version.publish(None, monday()).unwrap();
        let before = version.clone();
        assert!(
            version
                .rewrite(sample::everything(), Revisions::default())
                .is_err()
        );
        assert!(version.submit().is_err());
        assert!(version.send_back(None).is_err());
        assert!(version.publish(None, monday()).is_err());
        assert_eq!(version, before);
    }
}
