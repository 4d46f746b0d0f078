//! A rubric: whose it is, for whom, and which of its versions is which.

use crate::{
    Error, Scope, Shares,
    events::{
        RubricArchived, RubricDraftDeleted, RubricPublished, RubricRestored, RubricRetired,
        RubricReviewAsked, RubricReviewed, RubricRevised,
    },
};
use chrono::TimeDelta;
use kit::{Instant, OrganiserId, PersonId, RubricId, RubricVersionId, TeamId, UnitId};

/// How long what was deleted or archived can be brought back.
pub const RESTORE: TimeDelta = TimeDelta::days(30);

/// Where a rubric is in its life.
///
/// ```text
/// Active ──retire──▶ Retired ──archive──▶ Archived
///                       ▲                    │
///                       └──────restore───────┘   (for 30 days)
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// In use.
    Active,
    /// No longer offered for new work; whoever could see it still can.
    Retired,
    /// Put away: its authors alone see it.
    Archived,
}

impl State {
    /// Every state, for tables and tests.
    pub const ALL: [Self; 3] = [Self::Active, Self::Retired, Self::Archived];

    /// Whether a rubric may go from this state to the next.
    #[must_use]
    pub const fn allows(self, next: Self) -> bool {
        use State::*;
        matches!(
            (self, next),
            (Active | Archived, Retired) | (Retired, Archived)
        )
    }

    /// The stable code, as stored and as the schema names it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Retired => "RETIRED",
            Self::Archived => "ARCHIVED",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// The draft of a rubric: the one at work on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Draft {
    /// The version.
    pub version: RubricVersionId,
    /// Who was asked to look at it; it is in review as long as somebody is.
    pub reviewer: Option<PersonId>,
}

/// A draft that was deleted and may be brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deleted {
    /// The version.
    pub version: RubricVersionId,
    /// When it was deleted.
    pub at: Instant,
}

/// A rubric (bedömningsmatris): what its versions have in common. At most one is current, and at most one draft stands beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Rubric {
    /// Made by the client, at random.
    pub id: RubricId,
    /// Whose organiser's it is.
    pub organiser: OrganiserId,
    /// The unit where it was made; nil for what came with Kollegium.
    pub unit: UnitId,
    /// Who may change it; nobody for what came with Kollegium.
    pub authors: Vec<PersonId>,
    /// Teams whose members may change it as its authors do, for as long as they belong to the team.
    pub author_teams: Vec<TeamId>,
    /// Where it is in its life.
    pub state: State,
    /// For whom it is, once published.
    pub scope: Scope,
    /// What others use.
    pub current: Option<RubricVersionId>,
    /// What its authors work on.
    pub draft: Option<Draft>,
    /// The draft that was deleted last.
    pub deleted: Option<Deleted>,
    /// How many events it has had: each has the next number.
    pub n: i64,
    /// Rises with every change; whoever changes it names the one they read.
    pub version: i64,
    /// When it was begun.
    pub created_at: Instant,
    /// When anything about it last changed.
    pub updated_at: Instant,
    /// When its current version was published.
    pub published_at: Option<Instant>,
    /// When it was archived.
    pub archived_at: Option<Instant>,
    /// Its latest share, as long as it can be undone.
    pub shares: Box<Shares>,
}

impl Rubric {
    /// Whether it has nothing left but a deleted draft.
    #[must_use]
    pub const fn is_deleted(&self) -> bool {
        self.current.is_none() && self.draft.is_none()
    }

    /// The version that lists and search speak of: what others use, or else what its authors work on.
    #[must_use]
    pub fn shown(&self) -> Option<RubricVersionId> {
        let draft = self.draft.map(|draft| draft.version);
        self.current
            .or(draft)
            .or(self.deleted.map(|deleted| deleted.version))
    }

    /// What lists order by: its publication, or else its beginning. Saving a draft moves nothing.
    #[must_use]
    pub fn at(&self) -> Instant {
        self.published_at.unwrap_or(self.created_at)
    }

    /// The draft, where it may be worked on.
    pub(crate) fn open_draft(&self) -> Result<Draft, Error> {
        self.active()?;
        self.draft
            .filter(|draft| draft.reviewer.is_none())
            .ok_or(Error::NotDraft)
    }

    /// The draft and its reviewer, where somebody was asked to look at it.
    pub(crate) fn in_review(&self) -> Result<(Draft, PersonId), Error> {
        self.active()?;
        self.draft
            .and_then(|draft| Some((draft, draft.reviewer?)))
            .ok_or(Error::NotInReview)
    }

    pub(crate) fn active(&self) -> Result<(), Error> {
        if self.state == State::Active {
            Ok(())
        } else {
            Err(Error::NotActive)
        }
    }

    /// The next number of an event.
    pub(crate) const fn tell(&mut self) -> i64 {
        self.n += 1;
        self.n
    }

    pub(crate) fn submit(&mut self, reviewer: PersonId) -> Result<RubricReviewAsked, Error> {
        let Draft { version, .. } = self.open_draft()?;
        if self.authors.contains(&reviewer) {
            return Err(Error::OwnReview);
        }
        self.draft = Some(Draft {
            version,
            reviewer: Some(reviewer),
        });
        Ok(RubricReviewAsked {
            rubric: self.id,
            n: self.tell(),
            version,
            reviewer,
        })
    }

    /// The draft comes back from review; whether it is approved is said, publishing it comes after.
    pub(crate) fn review(&mut self, approved: bool) -> Result<RubricReviewed, Error> {
        let (Draft { version, .. }, reviewer) = self.in_review()?;
        self.draft = Some(Draft {
            version,
            reviewer: None,
        });
        Ok(RubricReviewed {
            rubric: self.id,
            n: self.tell(),
            version,
            reviewer,
            approved,
            authors: self.authors.clone(),
            author_teams: self.author_teams.clone(),
        })
    }

    pub(crate) fn publish(&mut self, now: Instant) -> Result<RubricPublished, Error> {
        let Draft { version, .. } = self.open_draft()?;
        self.current = Some(version);
        self.draft = None;
        self.published_at = Some(now);
        Ok(RubricPublished {
            rubric: self.id,
            n: self.tell(),
            version,
        })
    }

    /// A draft is begun; what is published stays so.
    pub(crate) fn revise(&mut self, version: RubricVersionId) -> Result<RubricRevised, Error> {
        self.revisable()?;
        self.draft = Some(Draft {
            version,
            reviewer: None,
        });
        Ok(RubricRevised {
            rubric: self.id,
            n: self.tell(),
            version,
        })
    }

    /// The current version, where a draft may be begun beside it.
    pub(crate) fn revisable(&self) -> Result<RubricVersionId, Error> {
        self.active()?;
        if self.draft.is_some() {
            return Err(Error::HasDraft);
        }
        self.current.ok_or(Error::NotPublished)
    }

    pub(crate) fn sharable(&self, scope: &Scope) -> Result<(), Error> {
        if self.state == State::Archived || self.is_deleted() {
            return Err(Error::NotActive);
        }
        match scope {
            Scope::Unit(_) | Scope::Organiser if self.current.is_none() => Err(Error::NotPublished),
            Scope::People(people) if !(1..=Scope::PEOPLE_MAX).contains(&people.len()) => {
                Err(Error::People)
            }
            _ => Ok(()),
        }
    }

    /// Whether new work, such as a link for pupils, may be made with it.
    pub(crate) fn linkable(&self) -> Result<(), Error> {
        self.active()?;
        self.current.map(drop).ok_or(Error::NotPublished)
    }

    pub(crate) fn retire(&mut self) -> Result<RubricRetired, Error> {
        self.retirable()?;
        self.state = State::Retired;
        Ok(RubricRetired {
            rubric: self.id,
            n: self.tell(),
        })
    }

    pub(crate) fn retirable(&self) -> Result<(), Error> {
        match (self.state.allows(State::Retired), self.state, self.current) {
            (true, State::Active, Some(_)) => Ok(()),
            (true, State::Active, None) => Err(Error::NotPublished),
            _ => Err(Error::NotActive),
        }
    }

    pub(crate) fn archive(&mut self, now: Instant) -> Result<RubricArchived, Error> {
        self.archivable()?;
        self.state = State::Archived;
        self.archived_at = Some(now);
        Ok(RubricArchived {
            rubric: self.id,
            n: self.tell(),
        })
    }

    pub(crate) fn archivable(&self) -> Result<(), Error> {
        if self.state.allows(State::Archived) {
            Ok(())
        } else {
            Err(Error::NotRetired)
        }
    }

    pub(crate) fn delete_draft(&mut self, now: Instant) -> Result<RubricDraftDeleted, Error> {
        let Draft { version, .. } = self.deletable()?;
        self.draft = None;
        self.deleted = Some(Deleted { version, at: now });
        Ok(RubricDraftDeleted {
            rubric: self.id,
            n: self.tell(),
            version,
        })
    }

    /// The draft, where it may be deleted: also of a retired rubric, never while somebody reviews it.
    pub(crate) fn deletable(&self) -> Result<Draft, Error> {
        if self.state == State::Archived {
            return Err(Error::NotActive);
        }
        self.draft
            .filter(|draft| draft.reviewer.is_none())
            .ok_or(Error::NotDraft)
    }

    pub(crate) fn restore(&mut self, now: Instant) -> Result<RubricRestored, Error> {
        match self.restorable()? {
            Restorable::Archived(at) => {
                in_time(at, now)?;
                self.state = State::Retired;
                self.archived_at = None;
            }
            Restorable::Draft(Deleted { version, at }) => {
                in_time(at, now)?;
                self.draft = Some(Draft {
                    version,
                    reviewer: None,
                });
                self.deleted = None;
            }
        }
        Ok(RubricRestored {
            rubric: self.id,
            n: self.tell(),
        })
    }

    /// What can be brought back: the archived rubric first, then its deleted draft.
    pub(crate) fn restorable(&self) -> Result<Restorable, Error> {
        match (self.state, self.archived_at, self.deleted) {
            (State::Archived, Some(at), _) => Ok(Restorable::Archived(at)),
            (_, _, Some(_)) if self.draft.is_some() => Err(Error::HasDraft),
            (_, _, Some(deleted)) => Ok(Restorable::Draft(deleted)),
            _ => Err(Error::NothingToRestore),
        }
    }
}

/// What can be brought back.
pub(crate) enum Restorable {
    /// The rubric, archived then.
    Archived(Instant),
    /// Its draft.
    Draft(Deleted),
}

fn in_time(at: Instant, now: Instant) -> Result<(), Error> {
    if now - at <= RESTORE {
        Ok(())
    } else {
        Err(Error::TooLate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_arrow_of_a_rubrics_life_is_drawn_and_no_other() {
        use State::*;
        let drawn = [(Active, Retired), (Retired, Archived), (Archived, Retired)];
        for from in State::ALL {
            for to in State::ALL {
                assert_eq!(
                    from.allows(to),
                    drawn.contains(&(from, to)),
                    "{from:?} to {to:?}"
                );
            }
        }
    }
}
