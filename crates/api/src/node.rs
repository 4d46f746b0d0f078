//! Anything by its id: the prefix says which room is asked.

use crate::{
    loader::Loaders,
    organisation::{object::Unit, person::Person, team::Team},
    rubrics::{
        catalogue::object::OpenRubric, object::Rubric, shelves::collection::Collection,
        version::RubricVersion,
    },
};
use async_graphql::{Context, ID, Interface, Object, Result};
use kit::{CollectionId, OpenRubricId, PersonId, RubricId, RubricVersionId, TeamId, Thing, UnitId};

/// Anything that has an id of its own.
#[derive(Debug, Clone, Interface)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "The id of the thing; its prefix says what it is."
))]
pub enum Node {
    /// A rubric of the open catalogue.
    OpenRubric(OpenRubric),
    /// A collection of rubrics.
    Collection(Collection),
    /// A person.
    Person(Person),
    /// A rubric.
    Rubric(Rubric),
    /// A version of a rubric.
    RubricVersion(RubricVersion),
    /// A team.
    Team(Team),
    /// A unit.
    Unit(Unit),
}

/// The root of what is read by id alone.
#[derive(Debug, Default)]
pub(crate) struct NodeQuery;

#[Object]
impl NodeQuery {
    /// Anything by its id; nothing when there is none that you may see.
    async fn node(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The id, with its prefix.")] id: ID,
    ) -> Result<Option<Node>> {
        match id.parse() {
            Ok(thing) => load(ctx, thing).await,
            Err(_) => Ok(None),
        }
    }

    /// Several things by their ids, in the same order; nothing where there is none that you may see.
    async fn nodes(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "The ids, with their prefixes; at most 100.",
            validator(max_items = 100)
        )]
        ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>> {
        let loads = ids.iter().map(|id| async {
            match id.parse() {
                Ok(thing) => load(ctx, thing).await,
                Err(_) => Ok(None),
            }
        });
        futures_util::future::try_join_all(loads).await
    }
}

/// The thing, through the read of the room that owns it.
pub(crate) async fn load(ctx: &Context<'_>, thing: Thing) -> Result<Option<Node>> {
    let loaders: &Loaders = ctx.data()?;
    Ok(match thing.prefix {
        OpenRubricId::PREFIX => loaders
            .open_rubric(thing.id.into())
            .await?
            .map(|open| Node::OpenRubric(OpenRubric(open))),
        CollectionId::PREFIX => loaders
            .collection(thing.id.into())
            .await?
            .map(|collection| Node::Collection(Collection(collection))),
        PersonId::PREFIX => loaders
            .person(thing.id.into())
            .await?
            .map(|person| Node::Person(Person(person))),
        RubricId::PREFIX => loaders.rubric(thing.id.into()).await?.map(Node::Rubric),
        RubricVersionId::PREFIX => loaders
            .version(thing.id.into())
            .await?
            .map(|version| Node::RubricVersion(RubricVersion(version))),
        TeamId::PREFIX => loaders
            .team(thing.id.into())
            .await?
            .map(|team| Node::Team(Team(team))),
        UnitId::PREFIX => loaders
            .unit(thing.id.into())
            .await?
            .map(|unit| Node::Unit(Unit(unit))),
        _ => None,
    })
}
