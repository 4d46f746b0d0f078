//! Forking and what follows from it: each field is one effect, and the room decides.

use super::{
    input::{
        self, AnswerRubricProposalInput, AnswerRubricProposalPayload, ForkRubricInput,
        ForkRubricPayload, MoveRubricUseInput, MoveRubricUsePayload, ProposeRubricChangesInput,
        ProposeRubricChangesPayload, PullRubricChangesInput, PullRubricChangesPayload,
        ThankForRubricInput, ThankForRubricPayload,
    },
    offer::RubricOffer,
    origin::RubricUse,
    proposal::RubricProposal,
};
use crate::{
    answer::{answer, answer_or_current},
    effect::{effect, key, once},
    rubrics::{diff::RubricDiff, mutation::below, object::Rubric},
    words::Reading,
};
use async_graphql::{Context, Object, Result};
use kit::{Body, OpenRubricId, RubricId, RubricProposalId, Thing, UnitId};
use rubrics::Error;
use store::{Cx, Tx};

/// The root of what is written about forks, proposals, uses and thanks.
#[derive(Debug, Default)]
pub(crate) struct ForksMutation;

#[Object]
impl ForksMutation {
    /// Makes a copy of a rubric as a draft of your own (anpassad kopia). It keeps for ever where it comes from, and whose work it builds on.
    async fn fork_rubric(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rubric to go on from.")] input: ForkRubricInput,
    ) -> Result<ForkRubricPayload> {
        let cx: &Cx = ctx.data()?;
        let made = key(cx, input.id.as_ref())?;
        let done = async {
            let id = RubricId(made.unwrap_or_else(|| cx.ids.random()));
            if let Some(open) = open_rubric(&input) {
                let ask = rubrics::ForkOpen {
                    id,
                    open,
                    unit: unit(cx, &input).await?,
                };
                let once = once("forkRubric", made, &input);
                return effect(cx, once, async |tx: &Tx| rubrics::fork_open(tx, &ask).await).await;
            }
            let version = match &input.version {
                None => None,
                Some(id) => Some(id.parse().map_err(|_| Error::NotFound)?),
            };
            let ask = rubrics::Fork {
                id,
                rubric: input.rubric.parse().map_err(|_| Error::NotFound)?,
                version,
                unit: unit(cx, &input).await?,
            };
            let once = once("forkRubric", made, &input);
            effect(cx, once, async |tx: &Tx| rubrics::fork(tx, &ask).await).await
        };
        match done.await {
            Ok(fork) => match Rubric::load(cx, fork).await? {
                Some(fork) => answer(cx, Ok::<_, Error>(fork)),
                None => answer(cx, Err(Error::NotFound)),
            },
            Err(fault) => answer(cx, Err(fault)),
        }
    }

    /// Takes over what the origin of a fork changed, criterion by criterion, into the fork's draft. What both changed comes back with both texts.
    async fn pull_rubric_changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which changes to take over, and into which fork.")]
        input: PullRubricChangesInput,
    ) -> Result<PullRubricChangesPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let decisions = input.decisions(&mut reading);
        let decisions = match reading.done(decisions) {
            Ok(decisions) => decisions,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let key = key(cx, input.idempotency_key.as_ref())?;
        let done = async {
            let ask = rubrics::Pull {
                rubric: input.rubric.parse().map_err(|_| Error::NotFound)?,
                version: input.version.into(),
                from: input.from.parse().map_err(|_| Error::NotFound)?,
                decisions,
            };
            let once = once("pullRubricChanges", key, &input);
            effect(cx, once, async |tx: &Tx| rubrics::pull(tx, &ask).await).await
        };
        match done.await {
            Ok(pulled) => {
                let conflicts = RubricOffer::all(&pulled.conflicts);
                let open = RubricOffer::all(&pulled.open);
                let rubric = Rubric::load(cx, pulled.rubric).await?;
                answer(cx, Ok::<_, Error>((rubric, conflicts, open)))
            }
            Err(fault) => {
                let current = async || {
                    let rubric = rubrics::find(cx, input.rubric.parse().ok()?).await.ok()?;
                    let open = rubrics::offers(cx, &rubric).await.ok()?;
                    let rubric = Rubric::load(cx, rubric).await.ok()?;
                    Some((rubric, Vec::new(), RubricOffer::all(&open)))
                };
                answer_or_current(cx, Err(fault), current).await
            }
        }
    }

    /// Proposes criteria of a fork to its origin, whose authors are told. They answer each of them, and you are told.
    async fn propose_rubric_changes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What you changed, and why.")] input: ProposeRubricChangesInput,
    ) -> Result<ProposeRubricChangesPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let message = reading.text::<{ Body::MAX }, true>("message", &input.message);
        let criteria: Vec<_> = input
            .criteria
            .iter()
            .enumerate()
            .map(|(at, id)| input::criterion(&mut reading, &format!("criteria.{at}"), id))
            .collect();
        let criteria: Option<Vec<_>> = criteria.into_iter().collect();
        let (message, criteria) = match reading.done(message.zip(criteria)) {
            Ok(read) => read,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let made = key(cx, input.id.as_ref())?;
        let done = async {
            let ask = rubrics::Propose {
                id: RubricProposalId(made.unwrap_or_else(|| cx.ids.random())),
                fork: input.rubric.parse().map_err(|_| Error::NotFound)?,
                criteria,
                message,
            };
            let once = once("proposeRubricChanges", made, &input);
            effect(cx, once, async |tx: &Tx| rubrics::propose(tx, &ask).await).await
        };
        answer(cx, done.await.map(RubricProposal))
    }

    /// Answers a proposal, criterion by criterion: what is taken goes into the rubric's draft, what is declined gets a reason. Whoever proposed it
    /// is told.
    async fn answer_rubric_proposal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Your answers, and to which proposal.")] input: AnswerRubricProposalInput,
    ) -> Result<AnswerRubricProposalPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let verdicts = input.verdicts(&mut reading);
        let verdicts = match reading.done(verdicts) {
            Ok(verdicts) => verdicts,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let key = key(cx, input.idempotency_key.as_ref())?;
        let done = async {
            let ask = rubrics::AnswerProposal {
                proposal: input.proposal.parse().map_err(|_| Error::NotFound)?,
                verdicts,
            };
            let once = once("answerRubricProposal", key, &input);
            effect(cx, once, async |tx: &Tx| {
                rubrics::answer_proposal(tx, &ask).await
            })
            .await
        };
        match done.await {
            Ok(answered) => {
                let conflicts = RubricOffer::all(&answered.conflicts);
                let rubric = Rubric::load(cx, answered.rubric).await?;
                let proposal = Some(RubricProposal(answered.proposal));
                answer(cx, Ok::<_, Error>((proposal, rubric, conflicts)))
            }
            Err(fault) => answer(cx, Err(fault)),
        }
    }

    /// Moves something that was made with a version to another version of the same rubric, or tells what that would change. A fork that is moved
    /// stands on that version with its own words.
    async fn move_rubric_use(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which use, and to which version.")] input: MoveRubricUseInput,
    ) -> Result<MoveRubricUsePayload> {
        let cx: &Cx = ctx.data()?;
        let key = key(cx, input.idempotency_key.as_ref())?;
        let done = async {
            let ask = rubrics::MoveUse {
                id: input.held.parse().map_err(|_| Error::NotFound)?,
                version: input.version.parse().map_err(|_| Error::NotFound)?,
                preview: input.preview,
            };
            let once = once("moveRubricUse", key, &input);
            effect(cx, once, async |tx: &Tx| rubrics::move_use(tx, &ask).await).await
        };
        let moved = done.await;
        answer(
            cx,
            moved.map(|moved| (RubricUse(moved.held), RubricDiff::of(moved.from, moved.to))),
        )
    }

    /// Thanks the authors of a rubric, once: they are told, and they alone see how many did.
    async fn thank_for_rubric(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rubric you thank for.")] input: ThankForRubricInput,
    ) -> Result<ThankForRubricPayload> {
        let cx: &Cx = ctx.data()?;
        let done = async {
            let ask = rubrics::Thank {
                rubric: input.rubric.parse().map_err(|_| Error::NotFound)?,
            };
            effect(cx, None, async |tx: &Tx| rubrics::thank(tx, &ask).await).await
        };
        match done.await {
            Ok(rubric) => match Rubric::load(cx, rubric).await? {
                Some(rubric) => answer(cx, Ok::<_, Error>(rubric)),
                None => answer(cx, Err(Error::NotFound)),
            },
            Err(fault) => answer(cx, Err(fault)),
        }
    }
}

/// The item of the open catalogue that is asked for: its prefix says so, and a bare UUID is a rubric's. It has no versions to choose from.
fn open_rubric(input: &ForkRubricInput) -> Option<OpenRubricId> {
    let thing: Thing = input.rubric.parse().ok()?;
    let is_open = thing.prefix == OpenRubricId::PREFIX && input.version.is_none();
    is_open.then(|| thing.id.into())
}

/// Where a fork is made: as asked, or where the person works today.
async fn unit(cx: &Cx, input: &ForkRubricInput) -> Result<UnitId, Error> {
    if let Some(unit) = &input.unit {
        return unit.parse().map_err(|_| Error::NotHere);
    }
    let person = cx.person().ok_or(Error::NotHere)?;
    let found = organisation::people_by_ids(cx, &[person]).await;
    let found = found.map_err(below)?.remove(&person);
    found.and_then(|person| person.unit).ok_or(Error::NotHere)
}
