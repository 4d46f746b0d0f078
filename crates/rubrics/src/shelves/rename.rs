//! A collection gets another name.

use super::{
    collection::{Collection, to_curate},
    table::collection,
};
use crate::{Error, personal_number};
use kit::{CollectionId, Name};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use store::Tx;

/// Rename a collection.
#[derive(Debug, Clone)]
pub struct UpdateCollection {
    /// Which.
    pub collection: CollectionId,
    /// Its `version` as it was read.
    pub version: i64,
    /// What it is to be called.
    pub name: Name,
}

/// Renames a collection.
///
/// # Errors
///
/// [`Error::NoCollection`], [`Error::NotCurator`], [`Error::Stale`], [`Error::PersonalNumber`].
pub async fn update_collection(tx: &Tx, ask: &UpdateCollection) -> Result<Collection, Error> {
    let mut collection = to_curate(tx, ask.collection).await?;
    if collection.version != ask.version {
        return Err(Error::Stale);
    }
    if personal_number::is_in(&ask.name) {
        return Err(Error::PersonalNumber);
    }
    collection.name = ask.name.to_string();
    collection.version += 1;
    collection::Entity::update_many()
        .col_expr(
            collection::Column::Name,
            Expr::val(collection.name.as_str()),
        )
        .col_expr(collection::Column::Version, Expr::val(collection.version))
        .filter(collection::Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(collection::Column::Id.eq(collection.id.uuid()))
        .exec(tx.db())
        .await?;
    Ok(collection)
}
