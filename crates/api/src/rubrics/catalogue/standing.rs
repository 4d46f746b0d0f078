//! What a rubric says of the open catalogue: fields of `Rubric`, kept apart from what it says of itself.

use super::object::{Licence, OpenCredit, OpenRubric};
use crate::loader::Loaders;
use async_graphql::{Context, Description, Enum, ID, Object, Result, SimpleObject};
use chrono::NaiveDate;
use kit::RubricId;

/// Where a rubric's item in the open catalogue is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rubrics::StandingState", name = "CatalogueState")]
pub enum CatalogueState {
    /// Colleagues at every organiser see it.
    Shown,
    /// An administrator hid it, or whoever runs the installation did.
    Hidden,
    /// An author took it back.
    Withdrawn,
    /// Your organiser keeps out of the catalogue.
    Off,
}

/// How a rubric stands in the open catalogue (öppna katalogen), as its authors see it.
#[derive(Debug, Clone, SimpleObject)]
pub struct RubricInCatalogue {
    /// The id of its item there.
    item: ID,
    /// Where the item is.
    state: CatalogueState,
    /// Why it is hidden, in the words of whoever hid it.
    reason: Option<String>,
    /// Under which licence it is.
    licence: Licence,
    /// The name in its credit line; nothing when there is none.
    credit_name: Option<String>,
    /// The day on which the version there was put in.
    published_on: NaiveDate,
    /// Whether the version in use says something else by now: `publishToCatalogue` takes it over.
    is_behind: bool,
}

impl From<rubrics::Standing> for RubricInCatalogue {
    fn from(standing: rubrics::Standing) -> Self {
        Self {
            item: standing.open.to_string().into(),
            state: standing.state.into(),
            reason: standing.reason,
            licence: standing.licence.into(),
            credit_name: standing.credit_name,
            published_on: standing.published_at.date_naive(),
            is_behind: standing.is_behind,
        }
    }
}

/// What a rubric has out of the open catalogue, and whose work that is. It stays whatever becomes of the item.
#[derive(Debug, Clone, Description)]
pub struct OpenOrigin(pub rubrics::OpenOrigin);

#[Object(use_type_description)]
impl OpenOrigin {
    /// The id of the item that was copied, for ever.
    async fn item(&self) -> ID {
        self.0.open.to_string().into()
    }

    /// The item as the catalogue shows it; nothing when it was taken back or hidden.
    async fn open_rubric(&self, ctx: &Context<'_>) -> Result<Option<OpenRubric>> {
        let found = ctx.data::<Loaders>()?.open_rubric(self.0.open).await?;
        Ok(found.map(OpenRubric))
    }

    /// What the words of the copied version are recognised by (SHA-256, hexadecimal), for ever.
    async fn content_hash(&self) -> &str {
        &self.0.content_hash
    }

    /// Whether the rubric itself was copied out of the catalogue, and not from a colleague's copy.
    async fn is_direct(&self) -> bool {
        self.0.direct
    }

    /// Whose work it builds on, the nearest first: these lines belong beside the rubric wherever it is shown.
    async fn credits(&self) -> Vec<OpenCredit> {
        self.0.credits.iter().cloned().map(OpenCredit).collect()
    }

    /// The day on which it was copied.
    async fn copied_on(&self) -> NaiveDate {
        self.0.at.date_naive()
    }

    /// Whether the catalogue shows a newer version by now.
    async fn is_update_available(&self) -> bool {
        self.0.has_newer
    }
}

/// What a rubric and the catalogue have to do with each other.
#[derive(Debug, Clone)]
pub struct Openness(pub(crate) RubricId);

#[Object]
impl Openness {
    /// How it stands in the open catalogue, for its authors; nothing when it was never put there.
    async fn in_catalogue(&self, ctx: &Context<'_>) -> Result<Option<RubricInCatalogue>> {
        let found = ctx.data::<Loaders>()?.standing(self.0).await?;
        Ok(found.map(Into::into))
    }

    /// What it has out of the open catalogue, when it builds on something there.
    async fn open_origin(&self, ctx: &Context<'_>) -> Result<Option<OpenOrigin>> {
        let found = ctx.data::<Loaders>()?.open_origin(self.0).await?;
        Ok(found.map(OpenOrigin))
    }
}
