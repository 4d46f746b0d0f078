//! Who sees something, by its id: the prefix says which room is asked.

use crate::rubrics::sharing::{
    audience::Audience,
    who_sees::{link, proposal, rubric, version},
};
use async_graphql::{Context, ID, Object, Result};
use kit::{RubricId, RubricLinkId, RubricProposalId, RubricVersionId, Thing};

/// The root of asking who sees something.
#[derive(Debug, Default)]
pub(crate) struct WhoSeesQuery;

#[Object]
impl WhoSeesQuery {
    /// Who sees something that you see yourself, in words and numbers: a rubric, one of its versions, a link for pupils, a proposal. Nothing for what
    /// you may not see, or what is not shared.
    async fn who_sees(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id of the thing, with its prefix.")] id: ID,
    ) -> Result<Option<Audience>> {
        let Ok(Thing { prefix, id }) = id.parse() else {
            return Ok(None);
        };
        match prefix {
            RubricId::PREFIX => rubric::of(ctx, id.into()).await,
            RubricLinkId::PREFIX => link::of(ctx, id.into()).await,
            RubricProposalId::PREFIX => proposal::of(ctx, id.into()).await,
            RubricVersionId::PREFIX => version::of(ctx, id.into()).await,
            _ => Ok(None),
        }
    }
}
