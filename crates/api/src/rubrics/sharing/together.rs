//! What writing together and sharing add to a rubric.

use crate::{loader::Loaders, organisation::team::Team};
use async_graphql::{Context, Object, Result};
use kit::Instant;
use rubrics::Rubric;
use store::Cx;

/// What a rubric says of its teams and its latest share.
pub(crate) struct Together(pub Rubric);

#[Object]
impl Together {
    /// The teams (arbetslag, ämneslag, lärgrupper) that write it together, as far as you may see them: whoever belongs to one is an author.
    async fn author_teams(&self, ctx: &Context<'_>) -> Result<Vec<Team>> {
        let loaders: &Loaders = ctx.data()?;
        let mut teams = Vec::with_capacity(self.0.author_teams.len());
        for team in &self.0.author_teams {
            teams.extend(loaders.team(*team).await?.map(Team));
        }
        Ok(teams)
    }

    /// Until when `undoShare` takes the latest share back, for its authors. Nobody is told of the share before. Nothing when there is no share to undo.
    async fn undo_share_until(&self, ctx: &Context<'_>) -> Result<Option<Instant>> {
        let cx: &Cx = ctx.data()?;
        Ok(rubrics::undo_until(&cx.actor, &self.0, cx.now))
    }
}
