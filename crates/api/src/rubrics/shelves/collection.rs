//! A collection, as the schema shows it.

use crate::{
    list::{Connected, connected, page},
    loader::Loaders,
    organisation::{object::int, team::Team},
    rubrics::object::Rubric,
};
use async_graphql::{Context, Description, Enum, ID, Object, Result, SimpleObject};
use kit::Listed;
use rubrics::CollectionOwner as Owner;
use store::Cx;

/// Whose a collection is. They see it, and nobody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum CollectionOwner {
    /// A team (arbetslag, ämneslag, lärgrupp): its own shelf, ordered by its colleagues as long as there is the team.
    Team,
    /// The organiser (huvudman): favourites for every colleague, ordered by lead teachers (förstelärare) and coordinators (samordnare).
    Organiser,
    /// One person: their own, private.
    Person,
}

impl CollectionOwner {
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Team => "TEAM",
            Self::Organiser => "ORGANISER",
            Self::Person => "PERSON",
        }
    }
}

/// A collection (hylla) of rubrics, in the order in which its owners put them. Who put what there is not told.
#[derive(Debug, Clone, Description)]
pub struct Collection(pub rubrics::Collection);

#[Object(use_type_description)]
impl Collection {
    /// Its id, with which `node(id:)` finds it.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Whose it is.
    async fn owner(&self) -> CollectionOwner {
        match self.0.owner {
            Owner::Team(_) => CollectionOwner::Team,
            Owner::Organiser(_) => CollectionOwner::Organiser,
            Owner::Person(_) => CollectionOwner::Person,
        }
    }

    /// The team whose shelf it is.
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Owner::Team(team) = self.0.owner else {
            return Ok(None);
        };
        Ok(ctx.data::<Loaders>()?.team(team).await?.map(Team))
    }

    /// What it is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What stands in it, in its order: those that you may see. One that is taken from you is not there, and comes back in its place.
    async fn rubrics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many are wanted, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Go on behind this cursor of the same list.")] after: Option<String>,
    ) -> Result<Connected<Rubric>> {
        let list = format!("shelved:{}", self.0.id);
        let page = page(ctx, &list, first, after.as_deref())?;
        let loaders: &Loaders = ctx.data()?;
        let shelved = loaders.shelved(self.0.id, &page).await?;
        let ids = shelved.items.iter().map(|(_, rubric)| *rubric);
        let mut found = loaders.rubrics(ids).await?;
        let items = shelved.items.into_iter();
        let items = items.filter_map(|(place, rubric)| Some((place, found.remove(&rubric)?)));
        let seen = Listed {
            items: items.collect(),
            more: shelved.more,
        };
        connected(ctx, &list, &page, seen, |rubric| rubric)
    }

    /// Rises when it is renamed; `updateCollection` names the version it read.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// What you may do with it.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<CollectionAbilities> {
        let cx: &Cx = ctx.data()?;
        let mut curate = self.0.may_be_curated(&cx.actor);
        if let Owner::Team(team) = self.0.owner {
            // Of a team that has ended nobody orders the shelf.
            let team = ctx.data::<Loaders>()?.team(team).await?;
            curate &= team.is_none_or(|team| !team.has_ended(organisation::today(cx.now)));
        }
        Ok(CollectionAbilities { curate })
    }
}

/// What the reader may do with a collection.
#[derive(Debug, Clone, SimpleObject)]
pub struct CollectionAbilities {
    /// Put rubrics in, order them, take them out, rename and delete it.
    curate: bool,
}
