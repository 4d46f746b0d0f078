//! Suggested feedback, as the schema shows it.

use crate::{
    loader::Loaders,
    organisation::{object::int, person::Colleague, team::Team},
    words::Words,
};
use async_graphql::{Context, Description, ID, Object, Result, SimpleObject};
use chrono::NaiveDate;
use rubrics::Suggestion;

/// Suggested feedback in a team's comment bank (kommentarsbank), for the team's members alone.
#[derive(Debug, Clone, Description)]
pub struct SuggestedComment(pub Suggestion);

#[Object(use_type_description)]
impl SuggestedComment {
    /// Its id, with which `removeSuggestedComment` removes it.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Whose bank it is in.
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let loaders: &Loaders = ctx.data()?;
        Ok(loaders.team(self.0.team).await?.map(Team))
    }

    /// The id of the criterion that it is for. A later version may have no such criterion.
    async fn criterion(&self) -> ID {
        self.0.criterion.to_string().into()
    }

    /// The id of the level that it is for; nothing when it is for any.
    async fn level(&self) -> Option<ID> {
        self.0.level.map(|level| level.to_string().into())
    }

    /// What to say.
    async fn text(&self) -> Words {
        (&self.0.text).into()
    }

    /// Who wrote it.
    async fn by(&self, ctx: &Context<'_>) -> Result<Colleague> {
        Colleague::of(ctx, self.0.by).await
    }

    /// The day on which it was written.
    async fn on(&self) -> NaiveDate {
        organisation::today(self.0.at)
    }

    /// How often the team used it; by whom is not kept.
    async fn uses(&self) -> i32 {
        int(self.0.uses)
    }

    /// What you may do with it.
    async fn viewer_can(&self) -> SuggestedCommentAbilities {
        SuggestedCommentAbilities {
            remove: self.0.may_remove,
        }
    }
}

/// What the reader may do with suggested feedback.
#[derive(Debug, Clone, SimpleObject)]
pub struct SuggestedCommentAbilities {
    /// Remove it, as whoever wrote it or as a lead teacher (förstelärare) in the team.
    remove: bool,
}
