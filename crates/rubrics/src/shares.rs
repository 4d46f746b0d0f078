//! For whom a rubric is, and how a share is taken back while nobody was told of it.

use crate::{
    Error, Rubric, Scope, State,
    events::{RubricShareUndone, RubricShared},
};
use chrono::TimeDelta;
use kit::Instant;
use serde::{Deserialize, Serialize};

/// How many undone shares are remembered, so that what was owed for them is not told: more are not undone before the first is settled.
const UNDONE_MAX: usize = 50;

/// What is known of a rubric's latest shares.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Shares {
    /// The latest, unless it was undone.
    pub last: Option<LastShare>,
    /// The numbers of those that were undone, the latest last.
    pub undone: Vec<i64>,
}

/// A share that can be undone for a while.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastShare {
    /// The rubric's number of the event.
    pub n: i64,
    /// For whom it was before.
    pub before: Scope,
    /// Until when it can be undone. It was promised then: another configuration does not change it.
    pub until: Instant,
}

impl Rubric {
    pub(crate) fn share(
        &mut self,
        scope: Scope,
        now: Instant,
        undo: TimeDelta,
    ) -> Result<RubricShared, Error> {
        self.sharable(&scope)?;
        let people = match (&scope, &self.scope) {
            (Scope::People(now), Scope::People(before)) => {
                now.difference(before).copied().collect()
            }
            (Scope::People(now), _) => now.iter().copied().collect(),
            _ => Vec::new(),
        };
        let until = now + undo;
        let shared = RubricShared {
            rubric: self.id,
            n: self.tell(),
            people,
            stands_from: Some(until),
        };
        if scope != self.scope {
            self.shares.last = Some(LastShare {
                n: shared.n,
                before: std::mem::replace(&mut self.scope, scope),
                until,
            });
        }
        Ok(shared)
    }

    /// The latest share, where it can still be undone.
    pub(crate) fn undoable(&self, now: Instant) -> Result<&LastShare, Error> {
        if self.state == State::Archived || self.is_deleted() {
            return Err(Error::NotActive);
        }
        let last = self.shares.last.as_ref().ok_or(Error::NothingToUndo)?;
        if now < last.until {
            Ok(last)
        } else {
            Err(Error::UndoOver)
        }
    }

    pub(crate) fn undo_share(&mut self, now: Instant) -> Result<RubricShareUndone, Error> {
        let LastShare { n, before, .. } = self.undoable(now)?.clone();
        self.shares.last = None;
        self.shares.undone.push(n);
        let many = self.shares.undone.len().saturating_sub(UNDONE_MAX);
        self.shares.undone.drain(..many);
        self.scope = before;
        Ok(RubricShareUndone {
            rubric: self.id,
            n: self.tell(),
            share: n,
        })
    }
}
