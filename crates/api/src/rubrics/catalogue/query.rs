//! Reading the open catalogue.

use super::object::{Licence, OpenRubric};
use crate::{
    known_code::known_subjects,
    list::{Connected, connected, listed, page},
    loader::Loaders,
    rubrics::{content::RubricKind, query::codes},
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use curriculum::{KeyStrategy, SchoolForm, Year};
use kit::{Listed, OpenRubricId};
use store::{Cx, search::Words};

/// Which open rubrics are wanted. Within one field any of the values fits; all fields must fit.
#[derive(Debug, Default, InputObject)]
pub struct OpenRubricFilter {
    /// Codes of subjects (ämnen), such as `SV`.
    #[graphql(default)]
    subjects: Vec<String>,
    /// Codes of years (årskurser), such as `4`.
    #[graphql(default)]
    years: Vec<String>,
    /// Codes of school forms (skolformer), such as `FORSKOLA`.
    #[graphql(default)]
    school_forms: Vec<String>,
    /// Codes of key strategies (nyckelstrategier).
    #[graphql(default)]
    strategies: Vec<String>,
    /// Forms of rubrics.
    #[graphql(default)]
    kinds: Vec<RubricKind>,
    /// Licences that fit what you mean to do.
    #[graphql(default)]
    licences: Vec<Licence>,
}

impl OpenRubricFilter {
    /// The room's filter. A code that its list does not have is a mistake of whoever wrote it, and said.
    async fn read(&self, cx: &Cx) -> Result<rubrics::OpenFilter> {
        Ok(rubrics::OpenFilter {
            subjects: known_subjects(cx, &self.subjects).await?,
            years: codes::<Year>(cx, &self.years)?,
            school_forms: codes::<SchoolForm>(cx, &self.school_forms)?,
            strategies: codes::<KeyStrategy>(cx, &self.strategies)?,
            kinds: self.kinds.iter().copied().map(Into::into).collect(),
            licences: self.licences.iter().copied().map(Into::into).collect(),
        })
    }
}

/// The root of what is read of the catalogue.
#[derive(Debug, Default)]
pub(crate) struct CatalogueQuery;

#[Object]
impl CatalogueQuery {
    /// The open catalogue (öppna katalogen): rubrics of every organiser that takes part, for the colleagues of all of them. With words to search for the
    /// best match comes first, without them the newest.
    async fn open_rubrics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Words that must all occur. `bedömning` also finds `bedömningar`.")]
        search: Option<String>,
        #[graphql(desc = "What they are about.", default)] filter: OpenRubricFilter,
        #[graphql(desc = "How many are wanted, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Go on behind this cursor of the same list.")] after: Option<String>,
    ) -> Result<Connected<OpenRubric>> {
        let cx: &Cx = ctx.data()?;
        let typed = search.as_deref().map(str::trim);
        let typed = typed.filter(|text| !text.is_empty());
        // Each order has cursors of its own.
        let list = match typed {
            Some(_) => "openRubrics:best",
            None => "openRubrics",
        };
        let page = page(ctx, list, first, after.as_deref())?;
        let filter = filter.read(cx).await?;
        let words = typed.map(Words::parse);
        let Some(words) = words.map_or(Some(None), |words| words.map(Some)) else {
            return connected(ctx, list, &page, Listed::empty(), OpenRubric);
        };
        let found = rubrics::list_open(cx, words.as_ref(), &filter, &page).await;
        listed(ctx, list, &page, found, OpenRubric)
    }

    /// One rubric of the open catalogue; nothing when there is none that you are shown.
    async fn open_rubric(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, by its id.")] id: ID,
    ) -> Result<Option<OpenRubric>> {
        let Ok(id) = id.parse::<OpenRubricId>() else {
            return Ok(None);
        };
        let found = ctx.data::<Loaders>()?.open_rubric(id).await?;
        Ok(found.map(OpenRubric))
    }
}
