//! What a rubric says of its travels: fields of `Rubric`, kept apart from what it says of itself.

use super::{
    origin::{CriterionHeat, RubricLineage, RubricOrigin, RubricRelative},
    proposal::RubricProposal,
};
use crate::{
    answer::error,
    list::{Connected, listed, page},
    loader::Loaders,
    organisation::object::int,
    rubrics::{object::Rubric, version::RubricVersion},
};
use async_graphql::{Context, Object, Result};
use kit::RubricId;
use rubrics::Error;
use std::collections::HashMap;
use store::Cx;

/// Whence a rubric came and where it went.
#[derive(Debug, Clone)]
pub struct Travels(pub(crate) rubrics::Rubric);

#[Object]
impl Travels {
    /// Where it comes from, when it is a fork (anpassad kopia).
    async fn origin(&self, ctx: &Context<'_>) -> Result<Option<RubricOrigin>> {
        let origin = ctx.data::<Loaders>()?.origin(self.0.id).await?;
        Ok(origin.map(RubricOrigin))
    }

    /// The origin's newest version, when it is newer than what this fork stands on and you may see it.
    async fn update_available(&self, ctx: &Context<'_>) -> Result<Option<RubricVersion>> {
        let loaders: &Loaders = ctx.data()?;
        let Some(origin) = loaders.origin(self.0.id).await? else {
            return Ok(None);
        };
        let newest = loaders.rubric(origin.rubric).await?;
        let newest = newest.and_then(|newest| newest.rubric.current);
        match newest.filter(|newest| *newest != origin.stands_on.version) {
            Some(newest) => Ok(loaders.version(newest).await?.map(RubricVersion)),
            None => Ok(None),
        }
    }

    /// Its family (härstamning): what was forked from what, by whom, where and when, as far as you may see it.
    async fn lineage(&self, ctx: &Context<'_>) -> Result<RubricLineage> {
        let cx: &Cx = ctx.data()?;
        let family = rubrics::lineage(cx, self.0.id).await;
        let family = family.map_err(|fault| error(cx, &fault))?;
        let found = family.relatives.iter().map(|one| one.rubric.clone());
        let found = Rubric::load_all(cx, found.collect()).await?;
        let mut found: HashMap<RubricId, Rubric> = found
            .into_iter()
            .map(|rubric| (rubric.rubric.id, rubric))
            .collect();
        let relatives = family.relatives.into_iter().filter_map(|one| {
            Some(RubricRelative {
                rubric: found.remove(&one.rubric.id)?,
                parent: one.parent.map(|id| id.to_string().into()),
                forked_on: one.forked_at.map(|at| at.date_naive()),
            })
        });
        Ok(RubricLineage {
            relatives: relatives.collect(),
            hidden: i32::try_from(family.hidden).unwrap_or(i32::MAX),
            is_cut: family.more,
        })
    }

    /// How many versions were published.
    async fn version_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let counts = ctx.data::<Loaders>()?.counts(self.0.id).await?;
        Ok(int(counts.versions))
    }

    /// How many rubrics were forked from it. It says nothing of whose they are.
    async fn fork_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let counts = ctx.data::<Loaders>()?.counts(self.0.id).await?;
        Ok(int(counts.forks))
    }

    /// How many things hold one of its versions; a fork is one of them.
    async fn use_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let counts = ctx.data::<Loaders>()?.counts(self.0.id).await?;
        Ok(int(counts.uses))
    }

    /// How many people thanked for it, for its authors.
    async fn thanks(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let cx: &Cx = ctx.data()?;
        if !rubrics::sees_thanks(&cx.actor, &self.0) {
            return Ok(None);
        }
        let thanks = ctx.data::<Loaders>()?.thanks(self.0.id).await?;
        Ok(Some(int(thanks)))
    }

    /// Which criteria colleagues change most in their forks, the most changed first, for its authors. What is a draft, or kept for oneself, is
    /// not counted.
    async fn adaptation_heat(&self, ctx: &Context<'_>) -> Result<Option<Vec<CriterionHeat>>> {
        let cx: &Cx = ctx.data()?;
        let heat = match rubrics::heat(cx, self.0.id).await {
            Ok(heat) => heat,
            Err(Error::NotYours | Error::NotFound) => return Ok(None),
            Err(fault) => return Err(error(cx, &fault)),
        };
        let heat = heat.into_iter().map(|heat| CriterionHeat {
            criterion: heat.criterion.to_string().into(),
            forks: int(heat.forks),
        });
        Ok(Some(heat.collect()))
    }

    /// Proposals to change it, the newest first: for its authors all of them, for others those that they made.
    async fn proposals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many are wanted, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Go on behind this cursor of the same list.")] after: Option<String>,
    ) -> Result<Connected<RubricProposal>> {
        let cx: &Cx = ctx.data()?;
        let list = format!("proposals:{}", self.0.id);
        let page = page(ctx, &list, first, after.as_deref())?;
        let found = rubrics::proposals(cx, self.0.id, &page).await;
        listed(ctx, &list, &page, found, RubricProposal)
    }
}
