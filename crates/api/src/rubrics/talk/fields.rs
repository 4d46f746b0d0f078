//! What is said about a rubric and suggested for it: fields of `Rubric`, kept apart from what it says of itself.

use super::comment::RubricThread;
use crate::{
    list::{Connected, connected, page},
    loader::Loaders,
    organisation::object::int,
    rubrics::bank::object::SuggestedComment,
};
use async_graphql::{Context, ID, Object, Result};
use rubrics::{SuggestionFilter, ThreadFilter};
use std::str::FromStr;
use uuid::Uuid;

/// What colleagues say about a rubric.
#[derive(Debug, Clone)]
pub struct Talk(pub(crate) rubrics::Rubric);

#[Object]
impl Talk {
    /// Threads of comments (samtal) about it, the newest first. Whoever sees the rubric reads them; those about a draft are for its authors and its reviewer.
    /// Programs read none.
    async fn comments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only threads about the criterion with this id.")] criterion: Option<ID>,
        #[graphql(desc = "Only threads that are settled, or only those that are not.")]
        resolved: Option<bool>,
        #[graphql(desc = "How many are wanted, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Go on behind this cursor of the same list.")] after: Option<String>,
    ) -> Result<Connected<RubricThread>> {
        let filter = ThreadFilter {
            criterion: wanted(criterion.as_ref()),
            resolved,
        };
        let list = format!("comments:{}:{filter:?}", self.0.id);
        let page = page(ctx, &list, first, after.as_deref())?;
        let loaders: &Loaders = ctx.data()?;
        let threads = loaders.threads(self.0.id, filter, &page).await?;
        connected(ctx, &list, &page, threads, RubricThread)
    }

    /// How many comments on it you can read.
    async fn comment_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let loaders: &Loaders = ctx.data()?;
        Ok(int(loaders.comment_count(self.0.id).await?))
    }

    /// What your teams suggest as feedback (kommentarsbank), the newest first. Each team's bank is for its members alone.
    async fn suggested_comments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only the bank of this team of yours. Left out, of all of them.")]
        team: Option<ID>,
        #[graphql(desc = "Only for the criterion with this id.")] criterion: Option<ID>,
        #[graphql(desc = "Only for the level with this id.")] level: Option<ID>,
        #[graphql(desc = "How many are wanted, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Go on behind this cursor of the same list.")] after: Option<String>,
    ) -> Result<Connected<SuggestedComment>> {
        let filter = SuggestionFilter {
            team: wanted(team.as_ref()),
            criterion: wanted(criterion.as_ref()),
            level: wanted(level.as_ref()),
        };
        let list = format!("suggestions:{}:{filter:?}", self.0.id);
        let page = page(ctx, &list, first, after.as_deref())?;
        let loaders: &Loaders = ctx.data()?;
        let found = loaders.suggestions(self.0.id, filter, &page).await?;
        connected(ctx, &list, &page, found, SuggestedComment)
    }
}

/// An id that a list is narrowed to. Of one of another kind there is nothing.
fn wanted<I: FromStr + From<Uuid>>(id: Option<&ID>) -> Option<I> {
    id.map(|id| id.parse().unwrap_or_else(|_| Uuid::nil().into()))
}
