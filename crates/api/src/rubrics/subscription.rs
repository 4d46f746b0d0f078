//! Following a rubric.

use super::object::Rubric;
use crate::{
    answer::error,
    door::Renewal,
    follow::{After, MaySee, Step, follow},
    organisation::object::int,
};
use async_graphql::{Context, Enum, ID, Result, SimpleObject, Subscription};
use futures_util::{Stream, StreamExt, stream};
use kit::RubricId;
use rubrics::events::{
    RubricCommentEdited, RubricCommentRemoved, RubricCommentResolved, RubricCommented,
    RubricCreated, RubricDraftDeleted, RubricForked, RubricProposalAnswered, RubricProposed,
    RubricPulled, RubricReviewAsked, RubricReviewed, RubricRevised, RubricSaved, RubricThanked,
};
use std::sync::Arc;
use store::{Cx, Event, Occurrence};

/// What a step of following a rubric means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum RubricChangeKind {
    /// Something about it changed; `rubric` is how it is now.
    Changed,
    /// It is out of sight; nothing more will come.
    Gone,
    /// What happened in between is no longer kept: read the rubric anew and go on from here.
    Resync,
}

/// A step of following a rubric.
#[derive(Debug, Clone, SimpleObject)]
pub struct RubricChange {
    /// What it means.
    kind: RubricChangeKind,
    /// The rubric's own number of what happened: give it as `after` to go on behind it.
    number: Option<i32>,
    /// What happened, such as `rubric.published`. New names may be added.
    event: Option<String>,
    /// The rubric as it is now.
    rubric: Option<Rubric>,
}

/// The root of what rubrics tell by themselves.
#[derive(Debug, Default)]
pub(crate) struct RubricsSubscription;

#[Subscription]
impl RubricsSubscription {
    /// What happens to a rubric that you may see, from now on or behind `after`, without a gap. It ends when the rubric is out of your sight; for
    /// one that you may not see it ends at once.
    async fn rubric_changed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rubric to follow.")] rubric: ID,
        #[graphql(desc = "Go on behind this `number`, or behind the rubric's `lastEvent`.")] after: Option<i32>,
    ) -> Result<impl Stream<Item = Result<RubricChange>>> {
        let cx: &Cx = ctx.data()?;
        let renewal: &Renewal = ctx.data()?;
        let seen = match rubric.parse::<RubricId>() {
            Ok(id) => {
                crate::answer::seen(cx, rubrics::find(cx, id).await)?.map(|rubric| (id, rubric.n))
            }
            Err(_) => None,
        };
        let Some((id, latest)) = seen else {
            return Ok(stream::empty().left_stream());
        };
        let may_see: MaySee =
            Arc::new(move |cx: Cx| Box::pin(async move { rubrics::find(&cx, id).await.is_ok() }));
        let steps = follow(
            cx,
            renewal.clone(),
            id.into(),
            After {
                number: after.map(Into::into),
                latest,
            },
            may_see,
        )
        .await
        .map_err(|fault| error(cx, &fault))?;
        Ok(steps
            .filter_map(move |(cx, step)| change(cx, id, step))
            .right_stream())
    }
}

/// A step as the follower sees it; what happens to a draft, what is proposed and who thanks is told to its authors and its reviewer alone.
async fn change(cx: Cx, id: RubricId, step: Step) -> Option<Result<RubricChange>> {
    let bare = |kind| RubricChange {
        kind,
        number: None,
        event: None,
        rubric: None,
    };
    match step {
        Step::Gone => Some(Ok(bare(RubricChangeKind::Gone))),
        Step::Resync => Some(load(&cx, id).await.map(|rubric| RubricChange {
            rubric,
            ..bare(RubricChangeKind::Resync)
        })),
        Step::Happened(happened) => match load(&cx, id).await {
            Ok(rubric)
                if rubric
                    .as_ref()
                    .is_some_and(|rubric| !is_told(&cx, rubric, &happened)) =>
            {
                None
            }
            loaded => Some(loaded.map(|rubric| RubricChange {
                kind: RubricChangeKind::Changed,
                number: happened.n.map(int),
                event: Some(happened.name.clone()),
                rubric,
            })),
        },
    }
}

fn is_told(cx: &Cx, rubric: &Rubric, happened: &Occurrence) -> bool {
    let about_drafts = [
        RubricCreated::NAME,
        RubricDraftDeleted::NAME,
        RubricForked::NAME,
        RubricProposalAnswered::NAME,
        RubricProposed::NAME,
        RubricPulled::NAME,
        RubricReviewAsked::NAME,
        RubricReviewed::NAME,
        RubricRevised::NAME,
        RubricSaved::NAME,
        RubricThanked::NAME,
    ];
    let talk = [
        RubricCommentEdited::NAME,
        RubricCommentRemoved::NAME,
        RubricCommentResolved::NAME,
        RubricCommented::NAME,
    ];
    let name = happened.name.as_str();
    // Programs take no part in talk; what is said of a draft is for those who work on it.
    if talk.contains(&name) && cx.person().is_none() {
        return false;
    }
    let is_about_draft = about_drafts.contains(&name) || happened.body["of_draft"] == true;
    !is_about_draft || rubrics::sees_drafts(&cx.actor, &rubric.rubric)
}

async fn load(cx: &Cx, id: RubricId) -> Result<Option<Rubric>> {
    match crate::answer::seen(cx, rubrics::find(cx, id).await)? {
        Some(rubric) => Rubric::load(cx, rubric).await,
        None => Ok(None),
    }
}
