//! A collection goes; nothing happens to the rubrics in it.

use super::{
    collection::to_curate,
    table::{collection, shelved},
};
use crate::Error;
use kit::CollectionId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::{Outcome, Tx};

/// The collection that is no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Removed(pub CollectionId);

impl Outcome<Error> for Removed {
    fn outcome(&self) -> String {
        self.0.to_string()
    }

    async fn again(_: &Tx, outcome: &str) -> Result<Self, Error> {
        let id = outcome.parse().map_err(|_| Error::NoCollection)?;
        Ok(Self(id))
    }
}

/// Deletes a collection for good.
///
/// # Errors
///
/// [`Error::NoCollection`], [`Error::NotCurator`].
pub async fn delete_collection(tx: &Tx, id: CollectionId) -> Result<Removed, Error> {
    let collection = to_curate(tx, id).await?;
    shelved::Entity::delete_many()
        .filter(shelved::Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(shelved::Column::CollectionId.eq(id.uuid()))
        .exec(tx.db())
        .await?;
    collection::Entity::delete_many()
        .filter(collection::Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(collection::Column::Id.eq(id.uuid()))
        .exec(tx.db())
        .await?;
    records::clear(tx, collection.id).await?;
    Ok(Removed(id))
}
