//! Reading shelves.

use super::collection::{Collection, CollectionOwner};
use crate::{
    answer,
    list::{Connected, connected, listed, page},
    rubrics::object::Rubric,
};
use async_graphql::{Context, ID, Object, Result};
use kit::Listed;
use rubrics::CollectionFilter;
use std::collections::HashMap;
use store::Cx;

/// The root of what is read of shelves.
#[derive(Debug, Default)]
pub(crate) struct ShelvesQuery;

#[Object]
impl ShelvesQuery {
    /// Collections (hyllor) of rubrics that you may see, the newest first: those of your teams, the organiser's favourites, and your own.
    async fn collections(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those of such an owner.")] owner: Option<CollectionOwner>,
        #[graphql(desc = "Only those of this team.")] team: Option<ID>,
        #[graphql(desc = "How many are wanted, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Go on behind this cursor of the same list.")] after: Option<String>,
    ) -> Result<Connected<Collection>> {
        let cx: &Cx = ctx.data()?;
        let list = "collections";
        let page = page(ctx, list, first, after.as_deref())?;
        let Ok(team) = team.map(|team| team.parse()).transpose() else {
            return connected(ctx, list, &page, Listed::empty(), Collection);
        };
        let filter = CollectionFilter {
            owner: owner.map(CollectionOwner::code),
            team,
        };
        let found = rubrics::collections(cx, &filter, &page).await;
        listed(ctx, list, &page, found, Collection)
    }

    /// The rubrics that you did something with last: saved, published, forked, opened to pupils or put in a collection. At most thirty, the latest first.
    /// For you alone: nobody else is shown what you use.
    async fn recent_rubrics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many are wanted, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Go on behind this cursor of the same list.")] after: Option<String>,
    ) -> Result<Connected<Rubric>> {
        let cx: &Cx = ctx.data()?;
        let list = "recentRubrics";
        let page = page(ctx, list, first, after.as_deref())?;
        let found = rubrics::recent(cx, &page).await;
        let found = found.map_err(|fault| answer::error(cx, &fault))?;
        let (places, rows): (Vec<_>, Vec<_>) = found.items.into_iter().unzip();
        let objects = Rubric::load_all(cx, rows).await?.into_iter();
        let mut objects: HashMap<_, _> = objects
            .map(|object| (object.rubric.id.uuid(), object))
            .collect();
        let items = places
            .into_iter()
            .filter_map(|place| objects.remove(&place.id).map(|object| (place, object)));
        let seen = Listed {
            items: items.collect(),
            more: found.more,
        };
        connected(ctx, list, &page, seen, |rubric| rubric)
    }
}
