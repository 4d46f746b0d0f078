//! A fork takes over what its origin changed, criterion by criterion.

use super::{
    merge::{self, Decision, Offer},
    origin::{self, Origin, origin},
};
use crate::{
    Content, Error, Rubric, Version, check, events::RubricPulled, find, keep, patch, policy, save,
    sql,
};
use kit::{RubricId, RubricVersionId};
use std::{collections::HashMap, sync::Arc};
use store::{Cx, Outcome, Tx};

/// Take over changes of the origin.
#[derive(Debug, Clone)]
pub struct Pull {
    /// The fork.
    pub rubric: RubricId,
    /// The fork's `version` as it was read.
    pub version: i64,
    /// The origin's newest version as it was read: what was chosen was chosen about that one.
    pub from: RubricVersionId,
    /// What is to become of each criterion; what is not named waits.
    pub decisions: Vec<Decision>,
}

/// What became of a pull.
#[derive(Debug, Clone, PartialEq)]
pub struct Pulled {
    /// The fork.
    pub rubric: Rubric,
    /// What was to be taken and is not, because the fork had changed it as well: both texts.
    pub conflicts: Vec<Offer>,
    /// What nobody decided yet.
    pub open: Vec<Offer>,
}

impl Outcome<Error> for Pulled {
    fn outcome(&self) -> String {
        self.rubric.id.to_string()
    }

    async fn again(tx: &Tx, outcome: &str) -> Result<Self, Error> {
        let rubric = <Rubric as Outcome<Error>>::again(tx, outcome).await?;
        let open = offers(tx, &rubric).await?;
        Ok(Self {
            rubric,
            conflicts: Vec::new(),
            open,
        })
    }
}

/// What a fork, its origin and both together say.
struct Sides {
    /// What each version that something is held against says.
    bases: HashMap<RubricVersionId, Arc<Content>>,
    ours: Version,
    theirs: Version,
}

impl Sides {
    fn offers(&self, origin: &Origin) -> Vec<Offer> {
        let begun = &self.bases[&origin.stands_on.version];
        let base = |id| {
            self.bases
                .get(&origin.base(id))
                .map_or(&**begun, |base| &**base)
        };
        merge::offers(base, begun, &self.ours.content, &self.theirs.content)
    }
}

/// What the origin changed and a fork does not say yet, for the fork's authors: nothing when the origin is out of their sight.
///
/// # Errors
///
/// [`Error::NotYours`] if the actor is none of the fork's authors, [`Error::NotFork`].
pub async fn offers(cx: &Cx, rubric: &Rubric) -> Result<Vec<Offer>, Error> {
    policy::may_read_offers(&cx.actor, rubric)?;
    let origin = origin(cx, rubric.id).await?;
    match sides(cx, rubric, &origin).await {
        Ok(sides) => Ok(sides.offers(&origin)),
        Err(Error::NotFound) => Ok(Vec::new()),
        Err(error) => Err(error),
    }
}

async fn sides(cx: &Cx, rubric: &Rubric, origin: &Origin) -> Result<Sides, Error> {
    let newest = sql::find(cx, origin.rubric).await?.current;
    let newest = newest.ok_or(Error::NotFound)?;
    let ours = rubric.draft.map(|draft| draft.version).or(rubric.current);
    let ours = ours.ok_or(Error::NotDraft)?;
    let found = find::versions_by_ids(cx, &[ours, newest]).await?;
    let version = |id| found.iter().find(|version| version.id == id).cloned();
    let (ours, theirs) = version(ours).zip(version(newest)).ok_or(Error::NotFound)?;
    // A fork holds what it stands on and reads it, whoever the origin is for by now.
    let bases = sql::documents(cx, &origin.bases()).await?;
    let bases = bases
        .into_iter()
        .map(|(id, content, _)| (id, Arc::new(content)))
        .collect();
    Ok(Sides {
        bases,
        ours,
        theirs,
    })
}

/// Takes over what was chosen, into the fork's draft; where it has none, one is begun. When nothing is left to decide, the fork stands on the
/// origin's newest version.
///
/// # Errors
///
/// [`Error::NotFound`] also when the origin is out of sight, [`Error::NotFork`], [`Error::NotYours`], [`Error::Stale`] also when the origin was
/// published anew meanwhile, [`Error::NotDraft`] while the fork is in review, [`Error::NotActive`], and [`Error::Invalid`] when it would not fit.
pub async fn pull(tx: &Tx, ask: &Pull) -> Result<Pulled, Error> {
    let mut rubric = sql::find_for_update(tx, ask.rubric, ask.version).await?;
    policy::may_pull(&tx.actor, &rubric)?;
    let before = rubric.clone();
    let mut origin = origin(tx, rubric.id).await?;
    let sides = sides(tx, &rubric, &origin).await?;
    if sides.theirs.id != ask.from {
        return Err(Error::Stale);
    }
    let order = patch::order(&sides.theirs.content);
    let merged = merge::merge(
        &sides.ours.content,
        &order,
        sides.offers(&origin),
        &ask.decisions,
    );
    let problems = check::problems(&merged.content, check::Stage::Draft, "");
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let is_done = merged.open.is_empty() && merged.conflicts.is_empty();
    let stood_on = origin.clone();
    if is_done {
        origin.settled.clear();
        if origin.stands_on.version != sides.theirs.id {
            origin.stands_on.version = sides.theirs.id;
            origin.stands_on.at = tx.now;
        }
    } else {
        let settled = merged.settled.iter();
        let settled = settled.map(|decision| (decision.criterion, sides.theirs.id));
        origin.settled.extend(settled);
    }
    if origin != stood_on || merged.content != *sides.ours.content {
        origin::update(tx, &origin).await?;
        if merged.content == *sides.ours.content {
            let n = rubric.tell();
            keep::keep(tx, &before, &mut rubric).await?;
            emit(tx, &rubric, n, sides.theirs.id);
        } else {
            let mut draft = save::draft_of(tx, &mut rubric, &sides.ours).await?;
            let n = rubric.tell();
            save::write(tx, &before, &mut rubric, &mut draft, merged.content).await?;
            emit(tx, &rubric, n, sides.theirs.id);
        }
    }
    Ok(Pulled {
        rubric,
        conflicts: merged.conflicts,
        open: merged.open,
    })
}

fn emit(tx: &Tx, rubric: &Rubric, n: i64, version: RubricVersionId) {
    tx.emit(&RubricPulled {
        rubric: rubric.id,
        n,
        version,
    });
}
