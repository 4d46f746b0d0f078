//! Where exemplars are read: under a version, and under a rubric with those of every version.

use super::object::RubricExemplar;
use crate::{
    list::{Connected, connected, page},
    loader::Loaders,
};
use async_graphql::{Context, Object, Result};
use kit::{RubricId, RubricVersionId};

/// The exemplars of one version.
#[derive(Debug, Clone, Copy)]
pub struct ExemplarsOfVersion(pub(crate) RubricVersionId);

#[Object]
impl ExemplarsOfVersion {
    /// Samples of work (exempel) that were chosen for this version, the newest first; each names its criterion and level. Pupils do not see them.
    async fn exemplars(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many are wanted, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Go on behind this cursor of the same list.")] after: Option<String>,
    ) -> Result<Connected<RubricExemplar>> {
        let list = format!("exemplars:{}", self.0);
        let page = page(ctx, &list, first, after.as_deref())?;
        let loaders: &Loaders = ctx.data()?;
        let found = loaders.exemplars_of_version(self.0, &page).await?;
        connected(ctx, &list, &page, found, RubricExemplar)
    }
}

/// The exemplars of a rubric.
#[derive(Debug, Clone, Copy)]
pub struct ExemplarsOfRubric(pub(crate) RubricId);

#[Object]
impl ExemplarsOfRubric {
    /// Samples of work (exempel) that were chosen for any of its versions, the newest first. Pupils do not see them.
    async fn exemplars(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many are wanted, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Go on behind this cursor of the same list.")] after: Option<String>,
    ) -> Result<Connected<RubricExemplar>> {
        let list = format!("exemplars:{}", self.0);
        let page = page(ctx, &list, first, after.as_deref())?;
        let loaders: &Loaders = ctx.data()?;
        let found = loaders.exemplars_of_rubric(self.0, &page).await?;
        connected(ctx, &list, &page, found, RubricExemplar)
    }
}
