//! A change that can be taken over, both texts side by side.

use crate::answer::{error, seen};
use crate::rubrics::{content::Criterion, diff::CriterionChange};
use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject};
use kit::RubricId;
use rubrics::{Error, Offer};
use store::Cx;

/// What is to become of a change that is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rubrics::Choice", name = "RubricChoice")]
pub enum RubricChoice {
    /// Take it. Where your own side was changed as well, both texts come back under `conflicts` and nothing is stored.
    Take,
    /// Take it even where your own side was changed as well. Your text stays in the history of saves.
    Replace,
    /// Keep your own, and let the change rest.
    Keep,
}

/// A criterion that was changed on the other side and does not stand so on yours.
#[derive(Debug, Clone, SimpleObject)]
pub struct RubricOffer {
    /// The id of the criterion, the same on both sides.
    criterion: ID,
    /// Whether yours was changed as well, so that taking theirs would overwrite something.
    is_conflict: bool,
    /// As both began; nothing when it is new.
    base: Option<Criterion>,
    /// As yours stands; nothing when yours has it no longer.
    ours: Option<Criterion>,
    /// As theirs stands; nothing when they removed it.
    theirs: Option<Criterion>,
    /// What they changed.
    change: Option<CriterionChange>,
}

/// The root of what can be taken over.
#[derive(Debug, Default)]
pub(crate) struct OffersQuery;

#[Object]
impl OffersQuery {
    /// What the origin of a fork changed and the fork does not say yet, criterion by criterion, for the fork's authors: `pullRubricChanges` takes it
    /// over. Nothing for what is no fork of yours.
    async fn rubric_changes_to_pull(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The fork, by its id.")] id: ID,
    ) -> Result<Option<Vec<RubricOffer>>> {
        let cx: &Cx = ctx.data()?;
        let Ok(id) = id.parse::<RubricId>() else {
            return Ok(None);
        };
        let Some(fork) = seen(cx, rubrics::find(cx, id).await)? else {
            return Ok(None);
        };
        match rubrics::offers(cx, &fork).await {
            Ok(offers) => Ok(Some(RubricOffer::all(&offers))),
            Err(Error::NotYours | Error::NotFork | Error::NotDraft) => Ok(None),
            Err(fault) => Err(error(cx, &fault)),
        }
    }
}

impl RubricOffer {
    pub(crate) fn of(offer: &Offer) -> Self {
        let criterion = |one: &Option<rubrics::Criterion>| {
            one.as_ref().map(|criterion| Criterion::of(criterion, None))
        };
        Self {
            criterion: offer.criterion.to_string().into(),
            is_conflict: offer.is_conflict(),
            base: criterion(&offer.base),
            ours: criterion(&offer.ours),
            theirs: criterion(&offer.theirs),
            change: offer.change().map(CriterionChange::of),
        }
    }

    pub(crate) fn all(offers: &[Offer]) -> Vec<Self> {
        offers.iter().map(Self::of).collect()
    }
}
