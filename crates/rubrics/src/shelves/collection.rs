//! Collections: whose they are, what is in them, and who finds them.

use super::table::{collection, shelved};
use crate::{Error, policy, sql};
use kit::{
    Actor, Audience, CollectionId, Instant, Key, Listed, OrganiserId, Page, PersonId, Position,
    RubricId, TeamId,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder,
    QuerySelect, Select,
    sea_query::{Order, Query},
};
use std::collections::{BTreeSet, HashMap};
use store::{Cx, Outcome, Tx};
use uuid::Uuid;

/// How many rubrics one collection holds at most.
pub const SHELVED_MAX: u64 = 200;
/// How many collections one team, person or organiser has at most.
pub const COLLECTIONS_MAX: u64 = 50;

/// Whose a collection is: they see it, and nobody else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CollectionOwner {
    /// A team's own shelf.
    Team(TeamId),
    /// Favourites of the whole organiser.
    Organiser(OrganiserId),
    /// One's own, private.
    Person(PersonId),
}

impl CollectionOwner {
    pub(crate) const fn kind(self) -> &'static str {
        match self {
            Self::Team(_) => "TEAM",
            Self::Organiser(_) => "ORGANISER",
            Self::Person(_) => "PERSON",
        }
    }

    pub(crate) const fn id(self) -> Uuid {
        match self {
            Self::Team(id) => id.0,
            Self::Organiser(id) => id.0,
            Self::Person(id) => id.0,
        }
    }

    pub(crate) const fn audience(self) -> Audience {
        match self {
            Self::Team(team) => Audience::Team(team),
            Self::Organiser(organiser) => Audience::Organiser(organiser),
            Self::Person(person) => Audience::Person(person),
        }
    }
}

/// A collection of rubrics (hylla), in the order in which it was put.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// Made by the client, at random.
    pub id: CollectionId,
    /// Whose it is.
    pub owner: CollectionOwner,
    /// What it is called.
    pub name: String,
    /// Rises when it is renamed; what is put in and taken out overwrites nobody's words.
    pub version: i64,
    /// When it was made.
    pub created_at: Instant,
}

impl Collection {
    /// Whether the actor orders it, as long as its team has not ended.
    #[must_use]
    pub fn may_be_curated(&self, actor: &Actor) -> bool {
        policy::may_curate(actor, self.owner).is_ok()
    }
}

/// Which collections are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct CollectionFilter {
    /// Only of this kind of owner: `TEAM`, `ORGANISER`, `PERSON`.
    pub owner: Option<&'static str>,
    /// Only of this team.
    pub team: Option<TeamId>,
}

impl TryFrom<collection::Model> for Collection {
    type Error = store::Error;

    fn try_from(row: collection::Model) -> Result<Self, store::Error> {
        let owner = match row.owner_kind.as_str() {
            "TEAM" => CollectionOwner::Team(row.owner_id.into()),
            "ORGANISER" => CollectionOwner::Organiser(row.owner_id.into()),
            "PERSON" => CollectionOwner::Person(row.owner_id.into()),
            other => {
                let what = format!("whose a collection is: {other}");
                return Err(store::Error::Unreadable(what));
            }
        };
        Ok(Self {
            id: row.id.into(),
            owner,
            name: row.name,
            version: row.version,
            created_at: row.created_at,
        })
    }
}

impl Outcome<Error> for Collection {
    fn outcome(&self) -> String {
        self.id.to_string()
    }

    async fn again(tx: &Tx, outcome: &str) -> Result<Self, Error> {
        find_collection(tx, outcome.parse().map_err(|_| Error::NoCollection)?).await
    }
}

fn visible(cx: &Cx) -> Select<collection::Entity> {
    collection::Entity::find()
        .filter(collection::Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(records::visible(
            cx,
            CollectionId::PREFIX,
            collection::Entity,
            collection::Column::Id,
        ))
}

async fn read(cx: &Cx, select: Select<collection::Entity>) -> Result<Vec<Collection>, Error> {
    let rows = select.all(cx.db()).await?.into_iter();
    Ok(rows
        .map(Collection::try_from)
        .collect::<Result<_, store::Error>>()?)
}

/// A collection that the actor sees.
///
/// # Errors
///
/// [`Error::NoCollection`].
pub async fn find_collection(cx: &Cx, id: CollectionId) -> Result<Collection, Error> {
    let select = visible(cx).filter(collection::Column::Id.eq(id.uuid()));
    read(cx, select).await?.pop().ok_or(Error::NoCollection)
}

/// Those of these collections that the actor sees, in one statement and in no order.
///
/// # Errors
///
/// Those of the database.
pub async fn collections_by_ids(cx: &Cx, ids: &[CollectionId]) -> Result<Vec<Collection>, Error> {
    let ids = ids.iter().copied();
    read(
        cx,
        visible(cx).filter(store::any(cx, collection::Column::Id, ids)),
    )
    .await
}

/// The collections that the actor sees, the newest first, in one statement.
///
/// # Errors
///
/// Those of the database.
pub async fn collections(
    cx: &Cx,
    filter: &CollectionFilter,
    page: &Page,
) -> Result<Listed<Collection>, Error> {
    use collection::Column;
    let mut wanted = Condition::all();
    if let Some(owner) = filter.owner {
        wanted = wanted.add(Column::OwnerKind.eq(owner));
    }
    if let Some(team) = filter.team {
        let team = CollectionOwner::Team(team);
        wanted = wanted
            .add(Column::OwnerKind.eq(team.kind()))
            .add(Column::OwnerId.eq(team.id()));
    }
    let select = visible(cx)
        .filter(wanted)
        .filter(sql::after(page, Column::CreatedAt, Column::Id))
        .order_by(Column::CreatedAt, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(page.first.and_one());
    let found = read(cx, select).await?;
    Ok(Listed::cut(found, page.first, |collection| Position {
        key: Key::At(collection.created_at),
        id: collection.id.uuid(),
    }))
}

#[derive(FromQueryResult)]
struct Shelved {
    collection_id: Uuid,
    rubric_id: Uuid,
    stands_at: i64,
}

/// What stands in each of these collections, in its order, as far as the actor sees both, in one statement.
///
/// # Errors
///
/// Those of the database.
pub async fn shelved(
    cx: &Cx,
    collections: &[CollectionId],
    page: &Page,
) -> Result<HashMap<CollectionId, Listed<RubricId>>, Error> {
    use shelved::{Column, Entity};
    let mut after = Condition::all();
    if let Some(Position {
        key: Key::Place(place),
        id,
    }) = page.after
    {
        let same = Condition::all()
            .add(Column::StandsAt.eq(place))
            .add(Column::RubricId.gt(id));
        after = Condition::any().add(Column::StandsAt.gt(place)).add(same);
    }
    let mut rows = Query::select();
    rows.columns([
        Column::CollectionId.as_column_ref(),
        Column::RubricId.as_column_ref(),
        Column::StandsAt.as_column_ref(),
    ])
    .from(Entity)
    .and_where(Column::OrganiserId.eq(cx.organiser().uuid()))
    .and_where(store::any(
        cx,
        Column::CollectionId,
        collections.iter().copied(),
    ))
    .and_where(records::visible(
        cx,
        CollectionId::PREFIX,
        Entity,
        Column::CollectionId,
    ))
    .and_where(records::visible(
        cx,
        RubricId::PREFIX,
        Entity,
        Column::RubricId,
    ))
    .cond_where(after);
    let numbered = place_in_order(rows, page);
    let rows = cx.db().query_all(&numbered).await?;
    let rows = rows
        .iter()
        .map(|row| Shelved::from_query_result(row, ""))
        .collect::<Result<Vec<_>, _>>()?;
    let rows = rows.into_iter().map(|row| (row.collection_id.into(), row));
    let cut = Listed::cut_each(rows, page.first, |row: &Shelved| Position {
        key: Key::Place(row.stands_at),
        id: row.rubric_id,
    });
    let rubrics = cut
        .into_iter()
        .map(|(collection, list)| (collection, list.map(|row| row.rubric_id.into())));
    Ok(rubrics.collect())
}

/// The wanted page of each collection.
fn place_in_order(
    rows: sea_orm::sea_query::SelectStatement,
    page: &Page,
) -> sea_orm::sea_query::SelectStatement {
    use shelved::Column;
    let order = [
        (Column::StandsAt, Order::Asc),
        (Column::RubricId, Order::Asc),
    ];
    let parts = ["collection_id", "rubric_id", "stands_at"];
    store::first_of_each(
        rows,
        Column::CollectionId,
        &order,
        page.first.and_one(),
        parts,
    )
}

/// A collection that the actor orders, locked until the transaction ends.
pub(crate) async fn to_curate(tx: &Tx, id: CollectionId) -> Result<Collection, Error> {
    let select = visible(tx).filter(collection::Column::Id.eq(id.uuid()));
    let collection = read(tx, store::lock(tx, select)).await?.pop();
    let collection = collection.ok_or(Error::NoCollection)?;
    curate(tx, collection.owner).await?;
    Ok(collection)
}

/// Refuses whoever does not order what is this owner's, and everybody once the team has ended.
pub(crate) async fn curate(tx: &Tx, owner: CollectionOwner) -> Result<(), Error> {
    policy::may_curate(&tx.actor, owner)?;
    if let CollectionOwner::Team(team) = owner {
        let team = organisation::team(tx, team).await.map_err(below)?;
        if team.is_some_and(|team| team.has_ended(organisation::today(tx.now))) {
            return Err(Error::NotCurator);
        }
    }
    Ok(())
}

fn below(error: organisation::Error) -> Error {
    match error {
        organisation::Error::Store(error) => Error::Store(error),
        _ => Error::NoCollection,
    }
}

pub(crate) async fn insert(tx: &Tx, collection: &Collection) -> Result<(), Error> {
    let row = collection::ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        id: Set(collection.id.uuid()),
        owner_kind: Set(collection.owner.kind().to_owned()),
        owner_id: Set(collection.owner.id()),
        name: Set(collection.name.clone()),
        version: Set(collection.version),
        created_at: Set(collection.created_at),
    };
    collection::Entity::insert(row)
        .exec_without_returning(tx.db())
        .await?;
    let audiences = BTreeSet::from([collection.owner.audience()]);
    records::set(tx, collection.id, collection.created_at, &audiences).await?;
    Ok(())
}
