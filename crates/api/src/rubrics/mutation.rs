//! Writing rubrics: each field is one effect, and the rooms decide.

use super::{
    object::{Rubric, RubricScope},
    saving::{SaveRubricDraftInput, SaveRubricDraftPayload},
    step::{
        ArchiveRubricInput, ArchiveRubricPayload, CreateRubricInput, CreateRubricPayload,
        DeleteRubricDraftInput, DeleteRubricDraftPayload, PublishRubricInput, PublishRubricPayload,
        RestoreRubricInput, RestoreRubricPayload, RetireRubricInput, RetireRubricPayload,
        ReviewRubricInput, ReviewRubricPayload, ReviseRubricInput, ReviseRubricPayload,
        ShareRubricInput, ShareRubricPayload, Step, SubmitRubricForReviewInput,
        SubmitRubricForReviewPayload,
    },
    talk::warning::TextWarning,
    version::RubricVersion,
};
use crate::{
    answer::{Payload, answer, answer_or_current},
    door::ShareUndo,
    effect::{effect, key, once},
    words::Reading,
};
use async_graphql::{Context, ID, Object, Result};
use kit::{Body, PersonId, RubricId, TeamId, UnitId};
use rubrics::{Error, Scope};
use std::{collections::BTreeSet, sync::Arc};
use store::{Cx, Tx};

/// The root of what is written about rubrics.
#[derive(Debug, Default)]
pub(crate) struct RubricsMutation;

#[Object]
impl RubricsMutation {
    /// Begins a rubric as a draft that its author alone sees: from its content, or from a template.
    async fn create_rubric(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where it is made, and what it says to begin with.")]
        input: CreateRubricInput,
    ) -> Result<CreateRubricPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let content = input.begin(&mut reading, &cx.ids);
        let content = match reading.done(content) {
            Ok(content) => content,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let made = key(cx, input.id.as_ref())?;
        let done = async {
            let unit = input.unit.parse().map_err(|_| Error::NotHere)?;
            let id = RubricId(made.unwrap_or_else(|| cx.ids.random()));
            let ask = rubrics::Create { id, unit, content };
            effect(cx, once("createRubric", made, &input), async |tx: &Tx| {
                rubrics::create(tx, &ask).await
            })
            .await
        };
        finish(cx, None, done.await).await
    }

    /// Saves a draft, whole or by its parts. A save that read something older returns both texts and overwrites nobody's words.
    async fn save_rubric_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to store, and what it was when you read it.")]
        input: SaveRubricDraftInput,
    ) -> Result<SaveRubricDraftPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let change = input.change(&mut reading, &cx.ids);
        let change = match reading.done(change) {
            Ok(change) => change,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let named = rubrics::names_in(&change);
        let key = key(cx, input.idempotency_key.as_ref())?;
        let rubric: Result<RubricId, Error> = input.rubric.parse().map_err(|_| Error::NotFound);
        let done = async {
            let ask = rubrics::SaveDraft {
                rubric: rubric?,
                change,
            };
            let once = once("saveRubricDraft", key, &input);
            effect(cx, once, async |tx: &Tx| {
                rubrics::save_draft(tx, &ask).await
            })
            .await
        };
        match done.await {
            Ok(saved) => {
                let conflicts = saved.conflicts.iter().map(Into::into).collect();
                let draft = RubricVersion(Arc::new(saved.draft));
                let rubric = Rubric::load(cx, saved.rubric).await?;
                let warnings = TextWarning::of_each(cx.lang, &named);
                let stored = (rubric, Some(draft), conflicts, warnings);
                answer(cx, Ok::<_, Error>(stored))
            }
            Err(fault) => {
                let conflicts = match &fault {
                    Error::StaleParts { conflicts, .. } => {
                        conflicts.iter().map(Into::into).collect()
                    }
                    _ => Vec::new(),
                };
                let current = async || {
                    let rubric = rubrics::find(cx, input.rubric.parse().ok()?).await.ok()?;
                    let draft = rubrics::find_version(cx, rubric.draft?.version)
                        .await
                        .ok()?;
                    Some((
                        Rubric::load(cx, rubric).await.ok()?,
                        Some(RubricVersion(Arc::new(draft))),
                        conflicts,
                        Vec::new(),
                    ))
                };
                answer_or_current(cx, Err(fault), current).await
            }
        }
    }

    /// Publishes a draft, so that those for whom the rubric is can find and use it. It bears *inte granskad* unless a colleague reviewed it.
    async fn publish_rubric(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which draft to publish, as you read it.")] input: PublishRubricInput,
    ) -> Result<PublishRubricPayload> {
        let cx: &Cx = ctx.data()?;
        step(cx, "publishRubric", &input, async |rubric| {
            let (review_demanded, preschool) = rules(cx, rubric).await?;
            let ask = rubrics::Publish {
                rubric,
                version: input.version.into(),
                review_demanded,
                preschool,
            };
            Ok(async move |tx: &Tx| rubrics::publish(tx, &ask).await)
        })
        .await
    }

    /// Begins a draft with the words of what is published, which stays in use until the draft is published.
    async fn revise_rubric(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rubric gets a draft beside it.")] input: ReviseRubricInput,
    ) -> Result<ReviseRubricPayload> {
        let version = input.version.into();
        step(ctx.data()?, "reviseRubric", &input, async |rubric| {
            let ask = rubrics::Revise { rubric, version };
            Ok(async move |tx: &Tx| rubrics::revise(tx, &ask).await)
        })
        .await
    }

    /// Takes a rubric out of use: whoever could see it still can, but it is no longer offered.
    async fn retire_rubric(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rubric to take out of use.")] input: RetireRubricInput,
    ) -> Result<RetireRubricPayload> {
        let version = input.version.into();
        step(ctx.data()?, "retireRubric", &input, async |rubric| {
            let ask = rubrics::Retire { rubric, version };
            Ok(async move |tx: &Tx| rubrics::retire(tx, &ask).await)
        })
        .await
    }

    /// Puts a retired rubric away: everybody but its authors loses sight of it. For 30 days it can be brought back.
    async fn archive_rubric(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which retired rubric to put away.")] input: ArchiveRubricInput,
    ) -> Result<ArchiveRubricPayload> {
        let version = input.version.into();
        step(ctx.data()?, "archiveRubric", &input, async |rubric| {
            let ask = rubrics::Archive { rubric, version };
            Ok(async move |tx: &Tx| rubrics::archive(tx, &ask).await)
        })
        .await
    }

    /// Deletes a draft. What is published stays. For 30 days the draft can be brought back.
    async fn delete_rubric_draft(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which draft goes away.")] input: DeleteRubricDraftInput,
    ) -> Result<DeleteRubricDraftPayload> {
        let version = input.version.into();
        step(ctx.data()?, "deleteRubricDraft", &input, async |rubric| {
            let ask = rubrics::DeleteDraft { rubric, version };
            Ok(async move |tx: &Tx| rubrics::delete_draft(tx, &ask).await)
        })
        .await
    }

    /// Brings back what was archived, as retired, or else the draft that was deleted last.
    async fn restore_rubric(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to bring back.")] input: RestoreRubricInput,
    ) -> Result<RestoreRubricPayload> {
        let version = input.version.into();
        step(ctx.data()?, "restoreRubric", &input, async |rubric| {
            let ask = rubrics::Restore { rubric, version };
            Ok(async move |tx: &Tx| rubrics::restore(tx, &ask).await)
        })
        .await
    }

    /// Asks a colleague to review a draft. They see it as long as they are asked, and it does not change meanwhile.
    async fn submit_rubric_for_review(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which draft, and who is asked.")] input: SubmitRubricForReviewInput,
    ) -> Result<SubmitRubricForReviewPayload> {
        let cx: &Cx = ctx.data()?;
        let key = key(cx, input.idempotency_key.as_ref())?;
        let rubric = input.rubric.parse().map_err(|_| Error::NotFound);
        let done = async {
            let rubric = rubric?;
            let (_, preschool) = rules(cx, rubric).await?;
            let reviewer: PersonId = input.reviewer.parse().map_err(|_| Error::NotFound)?;
            known(cx, &[reviewer]).await?;
            let teams = rubrics::find(cx, rubric).await?.author_teams;
            let reviewer_writes = organisation::belongs_to_one(cx, reviewer, &teams).await;
            let ask = rubrics::Submit {
                rubric,
                version: input.version.into(),
                reviewer,
                reviewer_writes: reviewer_writes.map_err(below)?,
                preschool,
            };
            let once = once("submitRubricForReview", key, &input);
            effect(cx, once, async |tx: &Tx| rubrics::submit(tx, &ask).await).await
        };
        finish(cx, input.rubric.parse().ok(), done.await).await
    }

    /// Approves a draft, which publishes it, or returns it to its authors with a note. An author may take it back so too.
    async fn review_rubric(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Your verdict, and on which draft.")] input: ReviewRubricInput,
    ) -> Result<ReviewRubricPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let note = match input.note.as_deref().filter(|note| !note.trim().is_empty()) {
            None => Some(None),
            Some(note) => reading.text::<{ Body::MAX }, true>("note", note).map(Some),
        };
        let note = match reading.done(note) {
            Ok(note) => note,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let key = key(cx, input.idempotency_key.as_ref())?;
        let done = async {
            let rubric = input.rubric.parse().map_err(|_| Error::NotFound)?;
            let ask = rubrics::Review {
                rubric,
                version: input.version.into(),
                verdict: input.verdict.into(),
                note,
            };
            let once = once("reviewRubric", key, &input);
            effect(cx, once, async |tx: &Tx| rubrics::review(tx, &ask).await).await
        };
        finish(cx, input.rubric.parse().ok(), done.await).await
    }

    /// Decides for which circle a rubric is. Widening and narrowing take effect at once; people who are named are told when `undoShare` can no longer
    /// take it back.
    async fn share_rubric(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rubric, and for whom it is.")] input: ShareRubricInput,
    ) -> Result<ShareRubricPayload> {
        let cx: &Cx = ctx.data()?;
        let undo: &ShareUndo = ctx.data()?;
        let key = key(cx, input.idempotency_key.as_ref())?;
        let done = async {
            let rubric = input.rubric.parse().map_err(|_| Error::NotFound)?;
            let (team, unit) = (input.team.as_ref(), input.unit.as_ref());
            let scope = circle(cx, input.scope, &input.people, team, unit).await?;
            let review_demanded = settings(cx).await?.review_demanded;
            let ask = rubrics::Share {
                rubric,
                version: input.version.into(),
                scope,
                review_demanded,
                undo: undo.0,
            };
            let once = once("shareRubric", key, &input);
            effect(cx, once, async |tx: &Tx| rubrics::share(tx, &ask).await).await
        };
        finish(cx, input.rubric.parse().ok(), done.await).await
    }
}

/// Runs one step: `prepare` reads what the rules need before the transaction and gives what happens inside it.
async fn step<P, S, W>(
    cx: &Cx,
    operation: &'static str,
    input: &S,
    prepare: impl AsyncFnOnce(RubricId) -> Result<W, Error>,
) -> Result<P>
where
    P: Payload<Object = Rubric>,
    S: Step,
    W: AsyncFnOnce(&Tx) -> Result<rubrics::Rubric, Error>,
{
    let key = key(cx, input.key())?;
    let rubric = input.rubric();
    let current = rubric.as_ref().ok().copied();
    let done = async {
        let work = prepare(rubric?).await?;
        effect(cx, once(operation, key, input), work).await
    };
    finish(cx, current, done.await).await
}

/// The outcome as a payload; a stale step gets the rubric as it is now.
pub(super) async fn finish<P: Payload<Object = Rubric>>(
    cx: &Cx,
    rubric: Option<RubricId>,
    done: Result<rubrics::Rubric, Error>,
) -> Result<P> {
    match done {
        Ok(rubric) => Ok(P::of(Rubric::load(cx, rubric).await?, Vec::new())),
        Err(fault) => {
            let current = async || {
                Rubric::load(cx, rubrics::find(cx, rubric?).await.ok()?)
                    .await
                    .ok()
                    .flatten()
            };
            answer_or_current(cx, Err(fault), current).await
        }
    }
}

pub(super) async fn settings(cx: &Cx) -> Result<organisation::Settings, Error> {
    organisation::settings(cx).await.map_err(below)
}

/// Whether the organiser demands a review, and whether the rubric was made at a preschool.
pub(crate) async fn rules(cx: &Cx, rubric: RubricId) -> Result<(bool, bool), Error> {
    let rubric = rubrics::find(cx, rubric).await?;
    let unit = organisation::units_by_ids(cx, &[rubric.unit])
        .await
        .map_err(below)?;
    Ok((
        settings(cx).await?.review_demanded,
        unit.values().any(organisation::Unit::is_preschool),
    ))
}

/// All of these people are ones that the actor may know; otherwise they do not exist.
pub(super) async fn known(cx: &Cx, people: &[PersonId]) -> Result<(), Error> {
    let found = organisation::people_by_ids(cx, people)
        .await
        .map_err(below)?;
    let all = people.iter().all(|id| found.contains_key(id));
    if all { Ok(()) } else { Err(Error::NotFound) }
}

/// The circle that an input names.
pub(super) async fn circle(
    cx: &Cx,
    scope: RubricScope,
    people: &[ID],
    team: Option<&ID>,
    unit: Option<&ID>,
) -> Result<Scope, Error> {
    Ok(match scope {
        RubricScope::Private => Scope::Private,
        RubricScope::Organiser => Scope::Organiser,
        RubricScope::Team => {
            let team: TeamId = team.and_then(|id| id.parse().ok()).ok_or(Error::NotAmong)?;
            Scope::Team(team)
        }
        RubricScope::Unit => {
            let unit: UnitId = unit.and_then(|id| id.parse().ok()).ok_or(Error::NotAmong)?;
            Scope::Unit(unit)
        }
        RubricScope::People => {
            let people = people
                .iter()
                .map(|id| id.parse())
                .collect::<Result<BTreeSet<PersonId>, _>>();
            let people = people.map_err(|_| Error::NotFound)?;
            if people.len() <= Scope::PEOPLE_MAX {
                known(cx, &people.iter().copied().collect::<Vec<_>>()).await?;
            }
            Scope::People(people)
        }
    })
}

/// A failure of another room's read, as this room tells it.
pub(crate) fn below(fault: organisation::Error) -> Error {
    match fault {
        organisation::Error::Store(fault) => Error::Store(fault),
        _ => Error::NotFound,
    }
}
