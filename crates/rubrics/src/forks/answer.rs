//! The origin's authors answer a proposal, criterion by criterion.

use super::{
    merge::{self, Choice, Decision, Offer, part},
    proposal::{self, Answer, Proposal},
};
use crate::{
    Error, Rubric, check, events::RubricProposalAnswered, find, keep, patch, policy, save, sql,
};
use kit::{Body, CriterionId, RubricProposalId};
use store::{Outcome, Tx};

/// What is answered to each criterion, with a reason where there is one.
pub type Verdicts = Vec<(CriterionId, Choice, Option<Body>)>;

/// Answer a proposal.
#[derive(Debug, Clone)]
pub struct AnswerProposal {
    /// Which.
    pub proposal: RubricProposalId,
    /// The answers; what is not named waits, and what was answered before stays answered.
    pub verdicts: Verdicts,
}

/// What became of an answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Answered {
    /// The proposal, with its answers.
    pub proposal: Proposal,
    /// The origin, with what was taken in its draft.
    pub rubric: Rubric,
    /// What was to be taken and is not, because the origin was changed there as well since: both texts.
    pub conflicts: Vec<Offer>,
}

impl Outcome<Error> for Answered {
    fn outcome(&self) -> String {
        self.proposal.id.to_string()
    }

    async fn again(tx: &Tx, outcome: &str) -> Result<Self, Error> {
        let proposal = <Proposal as Outcome<Error>>::again(tx, outcome).await?;
        Ok(Self {
            rubric: find::find(tx, proposal.rubric).await?,
            proposal,
            conflicts: Vec::new(),
        })
    }
}

/// Answers a proposal. What is taken goes into the origin's draft; where it has none, one is begun. Whoever proposed is told.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::NotYours`] for whoever made it, [`Error::NeedsReason`] for a decline without one, [`Error::PersonalNumber`] in a
/// reason, [`Error::NotDraft`] while the origin is in review, [`Error::NotActive`], and [`Error::Invalid`] when it would not fit.
pub async fn answer_proposal(tx: &Tx, ask: &AnswerProposal) -> Result<Answered, Error> {
    let seen = proposal::find_proposal(tx, ask.proposal).await?;
    let mut rubric = sql::find_locked(tx, seen.rubric).await?;
    policy::may_answer(&tx.actor, &rubric)?;
    // Read again under the rubric's lock: a co-author may have answered meanwhile.
    let mut proposal = proposal::any(tx, ask.proposal).await?;
    for (_, choice, reason) in &ask.verdicts {
        if *choice == Choice::Keep && reason.is_none() {
            return Err(Error::NeedsReason);
        }
        if reason.as_deref().is_some_and(personal_number) {
            return Err(Error::PersonalNumber);
        }
    }
    let before = rubric.clone();
    let ours = rubric.draft.map(|draft| draft.version).or(rubric.current);
    let ours = find::find_version(tx, ours.ok_or(Error::NotDraft)?).await?;
    let mut same = Vec::new();
    let mut offers = Vec::new();
    for waiting in &proposal.parts {
        if proposal.answers.contains_key(&waiting.criterion) {
            continue;
        }
        let stands = part(&ours.content, waiting.criterion);
        if stands == waiting.proposed.as_ref() {
            same.push(waiting.criterion);
            continue;
        }
        offers.push(Offer {
            criterion: waiting.criterion,
            base: waiting.base.clone(),
            ours: stands.cloned(),
            theirs: waiting.proposed.clone(),
        });
    }
    let decisions: Vec<Decision> = ask
        .verdicts
        .iter()
        .map(|(criterion, choice, _)| Decision {
            criterion: *criterion,
            choice: *choice,
        })
        .collect();
    let order = patch::order(&ours.content);
    let merged = merge::merge(&ours.content, &order, offers, &decisions);
    let problems = check::problems(&merged.content, check::Stage::Draft, "");
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let answered = proposal.answers.len();
    for (criterion, choice, reason) in &ask.verdicts {
        let settled = merged.settled.iter().any(|one| one.criterion == *criterion);
        if settled || same.contains(criterion) {
            let answer = Answer::of(*choice, reason.clone());
            proposal.answers.entry(*criterion).or_insert(answer);
        }
    }
    if proposal.answers.len() > answered {
        if proposal.answers.len() == proposal.parts.len() {
            proposal.answered_at = Some(tx.now);
        }
        proposal.answered_by = tx.person();
        proposal::update(tx, &proposal).await?;
        let changed = merged.content != *ours.content;
        let draft = if changed {
            Some(save::draft_of(tx, &mut rubric, &ours).await?)
        } else {
            None
        };
        let told = RubricProposalAnswered {
            rubric: rubric.id,
            n: rubric.tell(),
            proposal: proposal.id,
            by: proposal.by,
        };
        match draft {
            Some(mut draft) => {
                save::write(tx, &before, &mut rubric, &mut draft, merged.content).await?;
            }
            None => keep::keep(tx, &before, &mut rubric).await?,
        }
        tx.emit(&told);
    }
    Ok(Answered {
        proposal,
        rubric,
        conflicts: merged.conflicts,
    })
}

fn personal_number(text: &str) -> bool {
    crate::personal_number::is_in(text)
}
