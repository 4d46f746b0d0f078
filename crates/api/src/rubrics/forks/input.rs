//! What forking, pulling, proposing, moving and thanking take, and what they answer.

use super::{
    offer::{RubricChoice, RubricOffer},
    origin::RubricUse,
    proposal::RubricProposal,
};
use crate::{
    answer::{Payload, UserError, payload},
    rubrics::{diff::RubricDiff, object::Rubric},
    words::Reading,
};
use async_graphql::{ID, InputObject, SimpleObject};
use kit::{Body, CriterionId};

/// Makes a copy of one's own.
#[derive(Debug, Clone, InputObject)]
pub struct ForkRubricInput {
    /// A random UUID (v4) that the client makes, so that the same ask sent twice makes one fork. Left out, the server makes one.
    pub id: Option<ID>,
    /// Which rubric to go on from: one of your organiser's, or one of the open catalogue (`open_…`).
    pub rubric: ID,
    /// Which of its published versions; what is in use when left out. Of the open catalogue one copies what it shows.
    pub version: Option<ID>,
    /// The unit where the fork is made; you are a colleague there. Left out, it is where you work today.
    pub unit: Option<ID>,
}

/// What is to become of one criterion.
#[derive(Debug, Clone, InputObject)]
pub struct RubricChoiceInput {
    /// Which criterion, by its id.
    pub criterion: ID,
    /// What is to become of it.
    pub choice: RubricChoice,
}

/// Takes over what the origin of a fork changed.
#[derive(Debug, Clone, InputObject)]
pub struct PullRubricChangesInput {
    /// The fork that takes them over.
    pub rubric: ID,
    /// The fork's `version` as it was read.
    pub version: i32,
    /// The origin's version whose changes were read: `updateAvailable`.
    pub from: ID,
    /// What is to become of each criterion; what is not named waits.
    #[graphql(validator(max_items = 100))]
    pub criteria: Vec<RubricChoiceInput>,
    /// A random UUID. The same pull sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

/// Proposes changes of a fork to its origin.
#[derive(Debug, Clone, InputObject)]
pub struct ProposeRubricChangesInput {
    /// A random UUID (v4) that the client makes, so that the same proposal sent twice is made once. Left out, the server makes one.
    pub id: Option<ID>,
    /// The fork that was changed.
    pub rubric: ID,
    /// Which of its criteria, as they stand in its draft, or else in what is published; 1 to 50.
    #[graphql(validator(max_items = 50))]
    pub criteria: Vec<ID>,
    /// Why, in words to the authors of the origin.
    pub message: String,
}

/// What an author answers to one criterion.
#[derive(Debug, Clone, InputObject)]
pub struct RubricProposalAnswerInput {
    /// Which criterion, by its id.
    pub criterion: ID,
    /// `TAKE` or `REPLACE` puts it into the draft, `KEEP` declines it.
    pub choice: RubricChoice,
    /// What you write to whoever proposed it; needed to decline.
    pub reason: Option<String>,
}

/// Says to a colleague what becomes of each criterion that they proposed.
#[derive(Debug, Clone, InputObject)]
pub struct AnswerRubricProposalInput {
    /// Which proposal you answer.
    pub proposal: ID,
    /// The answers; what is not named waits.
    #[graphql(validator(max_items = 100))]
    pub criteria: Vec<RubricProposalAnswerInput>,
    /// A random UUID. The same answer sent twice with it is given once.
    pub idempotency_key: Option<ID>,
}

/// Moves a use to another version, or tells what that would change.
#[derive(Debug, Clone, InputObject)]
pub struct MoveRubricUseInput {
    /// Which use you move, by its id.
    #[graphql(name = "use")]
    pub held: ID,
    /// To which published version of the same rubric.
    pub version: ID,
    /// Only tell what would change.
    #[graphql(default)]
    pub preview: bool,
    /// A random UUID. The same move sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

/// Thanks the authors of a rubric.
#[derive(Debug, Clone, InputObject)]
pub struct ThankForRubricInput {
    /// Which rubric you thank for.
    pub rubric: ID,
}

/// The criterion that an id names, or what is wrong with it.
pub(in crate::rubrics) fn criterion(
    reading: &mut Reading,
    path: &str,
    id: &ID,
) -> Option<CriterionId> {
    let read = id.parse().ok();
    if read.is_none() {
        reading.wrong(
            path,
            "BAD_ID",
            "Det är inget id av ett kriterium.",
            "This is no id of a criterion.",
        );
    }
    read
}

impl PullRubricChangesInput {
    /// What was chosen, with what is wrong noted.
    pub(super) fn decisions(&self, reading: &mut Reading) -> Option<Vec<rubrics::Decision>> {
        let read = self.criteria.iter().enumerate().map(|(at, one)| {
            let path = format!("criteria.{at}.criterion");
            Some(rubrics::Decision {
                criterion: criterion(reading, &path, &one.criterion)?,
                choice: one.choice.into(),
            })
        });
        let read: Vec<_> = read.collect();
        read.into_iter().collect()
    }
}

impl AnswerRubricProposalInput {
    /// What was answered, with what is wrong noted.
    pub(super) fn verdicts(&self, reading: &mut Reading) -> Option<rubrics::Verdicts> {
        let read = self.criteria.iter().enumerate().map(|(at, one)| {
            let id = criterion(reading, &format!("criteria.{at}.criterion"), &one.criterion);
            let said = one.reason.as_deref().filter(|text| !text.trim().is_empty());
            let reason = match said {
                None => Some(None),
                Some(text) => {
                    let path = format!("criteria.{at}.reason");
                    reading.text::<{ Body::MAX }, true>(&path, text).map(Some)
                }
            };
            Some((id?, one.choice.into(), reason?))
        });
        let read: Vec<_> = read.collect();
        read.into_iter().collect()
    }
}

payload! { /// The fork, or why it was not made.
ForkRubricPayload { /// The fork: a draft that you alone see.
    rubric: Rubric } }
payload! { /// The proposal, or why it was not made.
ProposeRubricChangesPayload { /// The proposal, as the authors of the origin read it.
    proposal: RubricProposal } }
payload! { /// The rubric that was thanked for, or why it was not.
ThankForRubricPayload { /// The rubric that you thanked for.
    rubric: Rubric } }

/// What a pull answers.
#[derive(SimpleObject)]
pub struct PullRubricChangesPayload {
    /// The fork as it is now.
    rubric: Option<Rubric>,
    /// What was to be taken and is not, because the fork had changed it as well: both texts side by side.
    conflicts: Vec<RubricOffer>,
    /// What nobody decided yet; it stays on offer.
    open: Vec<RubricOffer>,
    /// Why nothing was pulled; empty when it was.
    user_errors: Vec<UserError>,
}

impl Payload for PullRubricChangesPayload {
    type Object = (Option<Rubric>, Vec<RubricOffer>, Vec<RubricOffer>);

    fn of(pulled: Option<Self::Object>, user_errors: Vec<UserError>) -> Self {
        let (rubric, conflicts, open) = pulled.unwrap_or_default();
        Self {
            rubric,
            conflicts,
            open,
            user_errors,
        }
    }
}

/// What an answer to a proposal answers.
#[derive(SimpleObject)]
pub struct AnswerRubricProposalPayload {
    /// What was proposed, with what is answered by now.
    proposal: Option<RubricProposal>,
    /// The rubric, with what was taken in its draft.
    rubric: Option<Rubric>,
    /// What was to be taken and is not, because the rubric was changed there as well since: both texts side by side.
    conflicts: Vec<RubricOffer>,
    /// Why nothing was answered; empty when it was.
    user_errors: Vec<UserError>,
}

impl Payload for AnswerRubricProposalPayload {
    type Object = (Option<RubricProposal>, Option<Rubric>, Vec<RubricOffer>);

    fn of(answered: Option<Self::Object>, user_errors: Vec<UserError>) -> Self {
        let (proposal, rubric, conflicts) = answered.unwrap_or_default();
        Self {
            proposal,
            rubric,
            conflicts,
            user_errors,
        }
    }
}

/// What moving a use answers.
#[derive(SimpleObject)]
pub struct MoveRubricUsePayload {
    /// The use as it is now.
    #[graphql(name = "use")]
    held: Option<RubricUse>,
    /// What the move changes, or would change.
    diff: Option<RubricDiff>,
    /// Why it was not moved; empty when it was, or when it was a preview.
    user_errors: Vec<UserError>,
}

impl Payload for MoveRubricUsePayload {
    type Object = (RubricUse, RubricDiff);

    fn of(moved: Option<Self::Object>, user_errors: Vec<UserError>) -> Self {
        let (held, diff) = moved.unzip();
        Self {
            held,
            diff,
            user_errors,
        }
    }
}
