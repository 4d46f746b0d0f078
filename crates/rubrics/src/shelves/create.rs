//! A collection is begun.

use super::{
    collection::{COLLECTIONS_MAX, Collection, CollectionOwner, curate, insert},
    table::collection,
};
use crate::{Error, personal_number};
use kit::{CollectionId, Name};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use store::Tx;

/// Begin a collection.
#[derive(Debug, Clone)]
pub struct CreateCollection {
    /// Made by the client, at random.
    pub id: CollectionId,
    /// Whose it is to be.
    pub owner: CollectionOwner,
    /// What it is called.
    pub name: Name,
}

/// Makes an empty collection.
///
/// # Errors
///
/// [`Error::NotCurator`] for what is not the actor's to order, [`Error::CollectionsMax`] when its owner has fifty, [`Error::PersonalNumber`], and
/// `ID_TAKEN`.
pub async fn create_collection(tx: &Tx, ask: &CreateCollection) -> Result<Collection, Error> {
    curate(tx, ask.owner).await?;
    if personal_number::is_in(&ask.name) {
        return Err(Error::PersonalNumber);
    }
    let many = collection::Entity::find()
        .filter(collection::Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(collection::Column::OwnerKind.eq(ask.owner.kind()))
        .filter(collection::Column::OwnerId.eq(ask.owner.id()))
        .count(tx.db())
        .await?;
    if many >= COLLECTIONS_MAX {
        return Err(Error::CollectionsMax);
    }
    let collection = Collection {
        id: ask.id,
        owner: ask.owner,
        name: ask.name.to_string(),
        version: 1,
        created_at: tx.now,
    };
    insert(tx, &collection).await?;
    Ok(collection)
}
