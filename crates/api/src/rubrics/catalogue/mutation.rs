//! Putting in, taking back, hiding and reporting: each field is one effect, and the room decides.

use super::{
    input::{
        HideOpenRubricInput, HideOpenRubricPayload, PublishToCatalogueInput,
        PublishToCataloguePayload, ReportContentInput, ReportContentPayload,
        WithdrawFromCatalogueInput, WithdrawFromCataloguePayload,
    },
    object::OpenRubric,
};
use crate::{
    answer::{answer, answer_or_current},
    effect::{effect, key, once},
    node,
    rubrics::{mutation::below, object::Rubric},
    words::Reading,
};
use async_graphql::{Context, Object, Result};
use kit::{Body, Name, RubricId, Thing};
use rubrics::Error;
use store::{Cx, Tx};

/// The root of what is written of the catalogue.
#[derive(Debug, Default)]
pub(crate) struct CatalogueMutation;

#[Object]
impl CatalogueMutation {
    /// Puts the version in use of a rubric of your own in the open catalogue (öppna katalogen), where colleagues at every organiser read it and build on
    /// it. Done again after a new version, the item shows that one. You can take it back at any time; copies that were made stay.
    async fn publish_to_catalogue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rubric, and on which terms.")] input: PublishToCatalogueInput,
    ) -> Result<PublishToCataloguePayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let name = match input.credit_name.as_deref() {
            Some(name) if !name.trim().is_empty() => reading
                .text::<{ Name::MAX }, false>("creditName", name)
                .map(Some),
            _ => Some(None),
        };
        let credit_name = match reading.done(name) {
            Ok(name) => name,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let key = key(cx, input.idempotency_key.as_ref())?;
        let done = async {
            let rubric = input.rubric.parse().map_err(|_| Error::NotFound)?;
            let organiser = organisation::organiser(cx).await.map_err(below)?;
            let ask = rubrics::PublishToCatalogue {
                rubric,
                version: input.version.into(),
                licence: input.licence.into(),
                credit_name,
                organiser_name: organiser.name,
                catalogue_off: organiser.settings.catalogue_off,
                review_demanded: organiser.settings.review_demanded,
                preschool: is_of_a_preschool(cx, rubric).await?,
            };
            let once = once("publishToCatalogue", key, &input);
            effect(cx, once, async |tx: &Tx| {
                rubrics::publish_to_catalogue(tx, &ask).await
            })
            .await
        };
        let outcome = loaded(cx, done.await).await?;
        answer_or_current(cx, outcome, async || {
            let rubric = rubrics::find(cx, input.rubric.parse().ok()?).await.ok()?;
            Rubric::load(cx, rubric).await.ok()?
        })
        .await
    }

    /// Takes a rubric of your own out of the open catalogue at once. Copies that colleagues made stay theirs, with the credit line.
    async fn withdraw_from_catalogue(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rubric to take back.")] input: WithdrawFromCatalogueInput,
    ) -> Result<WithdrawFromCataloguePayload> {
        let cx: &Cx = ctx.data()?;
        let key = key(cx, input.idempotency_key.as_ref())?;
        let done = async {
            let rubric = input.rubric.parse().map_err(|_| Error::NotFound)?;
            let once = once("withdrawFromCatalogue", key, &input);
            effect(cx, once, async |tx: &Tx| {
                rubrics::withdraw_from_catalogue(tx, rubric).await
            })
            .await
        };
        answer(cx, loaded(cx, done.await).await?)
    }

    /// Hides an open rubric at once, or shows it again. An administrator of its own organiser does so for everybody, and its authors are told why; one of
    /// another organiser for the people there alone. Every time is recorded.
    async fn hide_open_rubric(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which open rubric, and why.")] input: HideOpenRubricInput,
    ) -> Result<HideOpenRubricPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let reason = reading.text::<{ Body::MAX }, true>("reason", &input.reason);
        let reason = match reading.done(reason) {
            Ok(reason) => reason,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let key = key(cx, input.idempotency_key.as_ref())?;
        let done = async {
            let ask = rubrics::HideOpen {
                open: input.id.parse().map_err(|_| Error::NotFound)?,
                hidden: input.hidden,
                reason,
            };
            let once = once("hideOpenRubric", key, &input);
            effect(cx, once, async |tx: &Tx| rubrics::hide_open(tx, &ask).await).await
        };
        answer(cx, done.await.map(OpenRubric))
    }

    /// Reports an open rubric that should not be shown as it is. The administrators of its organiser and of yours are told what you say, and not who you
    /// are. Reporting the same again changes nothing; within a day you can report 20.
    async fn report_content(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is wrong, and with what.")] input: ReportContentInput,
    ) -> Result<ReportContentPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let words = match input.words.as_deref() {
            Some(words) if !words.trim().is_empty() => reading
                .text::<{ Body::MAX }, true>("words", words)
                .map(Some),
            _ => Some(None),
        };
        let words = match reading.done(words) {
            Ok(words) => words,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let done = async {
            let thing: Thing = input.id.parse().map_err(|_| Error::NotFound)?;
            let ask = rubrics::ReportContent {
                reported: rubrics::Reported::of(thing).ok_or(Error::NotFound)?,
                reason: input.reason.into(),
                words,
            };
            effect(cx, None, async |tx: &Tx| {
                rubrics::report_content(tx, &ask).await
            })
            .await
        };
        match done.await {
            Ok(reported) => match node::load(ctx, reported.into()).await? {
                Some(content) => answer(cx, Ok::<_, Error>(content)),
                None => answer(cx, Err(Error::NotFound)),
            },
            Err(fault) => answer(cx, Err(fault)),
        }
    }
}

/// Whether the rubric was made at a preschool.
async fn is_of_a_preschool(cx: &Cx, rubric: RubricId) -> Result<bool, Error> {
    let rubric = rubrics::find(cx, rubric).await?;
    let units = organisation::units_by_ids(cx, &[rubric.unit]).await;
    let units = units.map_err(below)?;
    Ok(units.values().any(organisation::Unit::is_preschool))
}

/// The rubric with what it shows.
async fn loaded(
    cx: &Cx,
    done: Result<rubrics::Rubric, Error>,
) -> Result<Result<Rubric, Error>, async_graphql::Error> {
    Ok(match done {
        Ok(rubric) => Rubric::load(cx, rubric).await?.ok_or(Error::NotFound),
        Err(fault) => Err(fault),
    })
}
