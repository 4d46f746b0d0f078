//! A rubric is taken out of a collection.

use super::{
    collection::{Collection, to_curate},
    table::shelved::{Column, Entity},
};
use crate::{Error, sql};
use kit::{CollectionId, RubricId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::Tx;

/// Take a rubric out of a collection.
#[derive(Debug, Clone, Copy)]
pub struct RemoveFromCollection {
    /// Which collection.
    pub collection: CollectionId,
    /// Which rubric.
    pub rubric: RubricId,
}

/// Takes a rubric out of a collection; nothing else happens to it. One that does not stand there changes nothing.
///
/// # Errors
///
/// [`Error::NoCollection`], [`Error::NotCurator`], and [`Error::NotFound`] for a rubric that the actor does not see.
pub async fn remove_from_collection(
    tx: &Tx,
    ask: &RemoveFromCollection,
) -> Result<Collection, Error> {
    let collection = to_curate(tx, ask.collection).await?;
    let rubric = sql::find(tx, ask.rubric).await?;
    Entity::delete_many()
        .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(Column::CollectionId.eq(collection.id.uuid()))
        .filter(Column::RubricId.eq(rubric.id.uuid()))
        .exec(tx.db())
        .await?;
    Ok(collection)
}
