//! Whoever made a rubric better for themself offers it back.

use super::{
    merge::part,
    origin::origin,
    proposal::{self, Part, Proposal},
};
use crate::{Error, events::RubricProposed, find, personal_number, policy, sql};
use kit::{Body, CriterionId, RubricId, RubricProposalId};
use store::Tx;

/// The most criteria that one proposal can have: all that a rubric can.
pub const PARTS_MAX: usize = crate::CRITERIA_MAX;

/// Propose changes to the origin of a fork.
#[derive(Debug, Clone)]
pub struct Propose {
    /// Made by the client, at random.
    pub id: RubricProposalId,
    /// The fork.
    pub fork: RubricId,
    /// Which of its criteria, as they stand in its draft, or else in what is published.
    pub criteria: Vec<CriterionId>,
    /// Why.
    pub message: Body,
}

/// Proposes criteria of a fork to its origin, whose authors are told. What was proposed stands as it was then, whatever the fork does next.
///
/// # Errors
///
/// [`Error::NotFound`] also when the origin is out of sight, [`Error::NotFork`], [`Error::NotYours`], [`Error::NotActive`] when the origin is no
/// longer in use, [`Error::NothingToPropose`] when the origin says all of it already, and [`Error::PersonalNumber`] in the message.
pub async fn propose(tx: &Tx, ask: &Propose) -> Result<Proposal, Error> {
    let fork = sql::find(tx, ask.fork).await?;
    let by = policy::may_propose(&tx.actor, &fork)?;
    let from = origin(tx, fork.id).await?;
    let mut rubric = sql::find_locked(tx, from.rubric).await?;
    rubric.active()?;
    if personal_number::is_in(&ask.message) {
        return Err(Error::PersonalNumber);
    }
    let ours = fork.draft.map(|draft| draft.version).or(fork.current);
    let ours = find::find_version(tx, ours.ok_or(Error::NothingToPropose)?).await?;
    let theirs = find::find_version(tx, rubric.current.ok_or(Error::NotPublished)?).await?;
    let known = ours.content.criteria.iter().chain(&theirs.content.criteria);
    let mut order: Vec<CriterionId> = Vec::new();
    for criterion in known {
        if ask.criteria.contains(&criterion.id) && !order.contains(&criterion.id) {
            order.push(criterion.id);
        }
    }
    let parts: Vec<Part> = order
        .into_iter()
        .map(|criterion| Part {
            criterion,
            base: part(&theirs.content, criterion).cloned(),
            proposed: part(&ours.content, criterion).cloned(),
        })
        .filter(|part| part.base != part.proposed)
        .collect();
    if parts.is_empty() {
        return Err(Error::NothingToPropose);
    }
    let made = Proposal {
        id: ask.id,
        rubric: rubric.id,
        fork: fork.id,
        by,
        message: ask.message.clone(),
        parts,
        answers: [].into(),
        at: tx.now,
        answered_at: None,
        answered_by: None,
    };
    proposal::insert(tx, &made).await?;
    let told = RubricProposed {
        rubric: rubric.id,
        n: rubric.tell(),
        proposal: made.id,
        authors: rubric.authors.clone(),
        author_teams: rubric.author_teams.clone(),
    };
    // What others do with it makes nothing stale that its authors read.
    sql::update(tx, &rubric).await?;
    tx.emit(&told);
    Ok(made)
}
