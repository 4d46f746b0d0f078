//! Saving by parts: what fits is taken, what somebody saved meanwhile comes back with both texts.

use crate::{Content, Criterion, Head, Revisions};
use kit::{CriterionId, Problem};
use serde::{Deserialize, Serialize};

/// A change of the head, or of the order of the criteria, that was read at `revision`.
#[derive(Debug, Clone, PartialEq)]
pub struct HeadPatch {
    /// The head's revision as it was read.
    pub revision: i64,
    /// The whole new head; unchanged when `None`.
    pub head: Option<Head>,
    /// The new order; criteria that it does not name follow behind, unknown ones are passed over.
    pub order: Option<Vec<CriterionId>>,
}

/// A change of one criterion that was read at `revision`.
#[derive(Debug, Clone, PartialEq)]
pub struct CriterionPatch {
    /// Which; a new one gets a random id of the client's making.
    pub id: CriterionId,
    /// Its revision as it was read; `None` for a new one.
    pub revision: Option<i64>,
    /// The whole criterion as it is to be (its id is this patch's); `None` removes it.
    pub content: Option<Criterion>,
}

/// A part that somebody saved meanwhile: what was sent, and what stands there now.
#[derive(Debug, Clone, PartialEq)]
pub enum Conflict {
    /// The head, or the order.
    Head {
        /// The present revision.
        revision: i64,
        /// What was sent.
        yours: Box<HeadPatch>,
        /// The present head.
        theirs: Box<Head>,
        /// The present order.
        order: Vec<CriterionId>,
    },
    /// A criterion.
    Criterion {
        /// The criterion.
        id: CriterionId,
        /// Which of the sent patches it was.
        index: usize,
        /// The present revision; `None` when it was removed.
        revision: Option<i64>,
        /// What was sent; `None` when it was to be removed.
        yours: Option<Box<Criterion>>,
        /// What stands there now; `None` when it was removed.
        theirs: Option<Box<Criterion>>,
    },
}

impl Conflict {
    /// The same as a problem with its place in the input.
    #[must_use]
    pub fn problem(&self) -> Problem {
        let path = match self {
            Self::Head { .. } => "head".to_owned(),
            Self::Criterion { index, .. } => format!("criteria.{index}"),
        };
        Problem {
            path,
            code: "STALE_VERSION",
            sv: "Någon annan hann spara den här delen före dig. Läs det som står nu och försök igen.".to_owned(),
            en: "Somebody else saved this part before you. Read what it says now and try again.".to_owned(),
        }
    }
}

/// What one save changed, as history keeps it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Patch {
    /// The new head, if it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<Head>,
    /// The new order, if it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<Vec<CriterionId>>,
    /// Each criterion that changed; `None` when it was removed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<(CriterionId, Option<Criterion>)>,
}

impl Patch {
    /// Whether nothing changed.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.head.is_none() && self.order.is_none() && self.criteria.is_empty()
    }

    /// What a beginning writes: all of it.
    pub(crate) fn whole(content: &Content) -> Self {
        let criteria = content
            .criteria
            .iter()
            .map(|criterion| (criterion.id, Some(criterion.clone())));
        Self {
            head: Some(content.head.clone()),
            order: Some(order(content)),
            criteria: criteria.collect(),
        }
    }

    /// What leads from one content to another.
    pub(crate) fn between(before: &Content, after: &Content) -> Self {
        let find = |content: &Content, id| {
            content
                .criteria
                .iter()
                .find(|criterion| criterion.id == id)
                .cloned()
        };
        let removed = before
            .criteria
            .iter()
            .filter(|criterion| find(after, criterion.id).is_none())
            .map(|criterion| (criterion.id, None));
        let changed = after
            .criteria
            .iter()
            .filter(|criterion| find(before, criterion.id).as_ref() != Some(criterion))
            .map(|criterion| (criterion.id, Some(criterion.clone())));
        Self {
            head: (before.head != after.head).then(|| after.head.clone()),
            order: (order(before) != order(after)).then(|| order(after)),
            criteria: removed.chain(changed).collect(),
        }
    }

    /// Notes that these parts changed now.
    pub(crate) fn mark(&self, revisions: &mut Revisions, now: i64) {
        if self.head.is_some() || self.order.is_some() {
            revisions.head = now;
        }
        for (id, content) in &self.criteria {
            match content {
                Some(_) => drop(revisions.criteria.insert(*id, now)),
                None => drop(revisions.criteria.remove(id)),
            }
        }
    }
}

pub(crate) fn order(content: &Content) -> Vec<CriterionId> {
    content
        .criteria
        .iter()
        .map(|criterion| criterion.id)
        .collect()
}

/// What became of patches: the new content, and what did not fit.
#[derive(Debug)]
pub(crate) struct Applied {
    pub content: Content,
    pub revisions: Revisions,
    pub conflicts: Vec<Conflict>,
}

/// Takes what fits. A patch fits when it read the part as it is, or when it says what already stands there (an answer was lost, and it is sent again).
pub(crate) fn apply(
    content: &Content,
    revisions: &Revisions,
    head: Option<&HeadPatch>,
    criteria: &[CriterionPatch],
    now: i64,
) -> Applied {
    let mut done = Applied {
        content: content.clone(),
        revisions: revisions.clone(),
        conflicts: Vec::new(),
    };
    for (index, patch) in criteria.iter().enumerate() {
        done.criterion(index, patch, now);
    }
    if let Some(patch) = head {
        done.head(patch, now);
    }
    done
}

impl Applied {
    fn criterion(&mut self, index: usize, patch: &CriterionPatch, now: i64) {
        let wanted = patch.content.clone().map(|content| Criterion {
            id: patch.id,
            ..content
        });
        let at = self
            .content
            .criteria
            .iter()
            .position(|criterion| criterion.id == patch.id);
        let theirs = at.map(|at| self.content.criteria[at].clone());
        if theirs == wanted {
            return;
        }
        let revision = self.revisions.criteria.get(&patch.id).copied();
        if revision != patch.revision {
            self.conflicts.push(Conflict::Criterion {
                id: patch.id,
                index,
                revision,
                yours: wanted.map(Box::new),
                theirs: theirs.map(Box::new),
            });
            return;
        }
        match (at, wanted) {
            (Some(at), Some(wanted)) => self.content.criteria[at] = wanted,
            (Some(at), None) => drop(self.content.criteria.remove(at)),
            (None, Some(wanted)) => self.content.criteria.push(wanted),
            (None, None) => {}
        }
        match &patch.content {
            Some(_) => drop(self.revisions.criteria.insert(patch.id, now)),
            None => drop(self.revisions.criteria.remove(&patch.id)),
        }
    }

    fn head(&mut self, patch: &HeadPatch, now: i64) {
        let mut wanted = self.content.clone();
        if let Some(head) = &patch.head {
            wanted.head = head.clone();
        }
        if let Some(order) = &patch.order {
            let place = |criterion: &Criterion| {
                order
                    .iter()
                    .position(|id| *id == criterion.id)
                    .unwrap_or(usize::MAX)
            };
            // The sort is stable: what the order does not name stays in its order, behind.
            wanted.criteria.sort_by_key(place);
        }
        if wanted == self.content {
            return;
        }
        if patch.revision == self.revisions.head {
            self.content = wanted;
            self.revisions.head = now;
        } else {
            self.conflicts.push(Conflict::Head {
                revision: self.revisions.head,
                yours: Box::new(patch.clone()),
                theirs: Box::new(self.content.head.clone()),
                order: order(&self.content),
            });
        }
    }
}
