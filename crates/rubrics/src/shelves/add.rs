//! A rubric is put in a collection, or moved in it.

use super::{
    collection::{Collection, SHELVED_MAX, to_curate},
    recent::used,
    table::shelved::{ActiveModel, Column, Entity, Model},
};
use crate::{Error, sql};
use kit::{CollectionId, RubricId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use store::Tx;

/// Put a rubric in a collection.
#[derive(Debug, Clone, Copy)]
pub struct AddToCollection {
    /// Which collection.
    pub collection: CollectionId,
    /// Which rubric.
    pub rubric: RubricId,
    /// Behind which other one; first when `None`.
    pub after: Option<RubricId>,
}

/// Puts a rubric in a collection; one that is there already moves. Done twice, nothing changes.
///
/// # Errors
///
/// [`Error::NoCollection`], [`Error::NotCurator`], [`Error::NotFound`] for a rubric that the actor does not see, or for one to stand behind that is not
/// there for them, and [`Error::CollectionFull`].
pub async fn add_to_collection(tx: &Tx, ask: &AddToCollection) -> Result<Collection, Error> {
    let collection = to_curate(tx, ask.collection).await?;
    let rubric = sql::find(tx, ask.rubric).await?;
    let rows = Entity::find()
        .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(Column::CollectionId.eq(collection.id.uuid()))
        .all(tx.db())
        .await?;
    let place = match ask.after {
        None => 0,
        Some(after) => {
            let after = sql::find(tx, after).await?.id;
            place_of(&rows, after).ok_or(Error::NotFound)? + 1
        }
    };
    // Nothing stands behind itself.
    if ask.after != Some(rubric.id) {
        let is_new = place_of(&rows, rubric.id).is_none();
        if is_new && rows.len() as u64 >= SHELVED_MAX {
            return Err(Error::CollectionFull);
        }
        put(tx, &collection, rubric.id, place).await?;
    }
    used(tx, rubric.id).await?;
    Ok(collection)
}

fn place_of(rows: &[Model], rubric: RubricId) -> Option<i64> {
    let row = rows.iter().find(|row| row.rubric_id == rubric.uuid());
    row.map(|row| row.stands_at)
}

/// Makes room at `place` and puts the rubric there. Places may have gaps.
async fn put(tx: &Tx, collection: &Collection, rubric: RubricId, place: i64) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::StandsAt, Expr::col(Column::StandsAt).add(1))
        .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(Column::CollectionId.eq(collection.id.uuid()))
        .filter(Column::StandsAt.gte(place))
        .exec(tx.db())
        .await?;
    let row = ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        collection_id: Set(collection.id.uuid()),
        rubric_id: Set(rubric.uuid()),
        stands_at: Set(place),
    };
    let key = [Column::OrganiserId, Column::CollectionId, Column::RubricId];
    let moved = OnConflict::columns(key)
        .update_column(Column::StandsAt)
        .to_owned();
    Entity::insert(row)
        .on_conflict(moved)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}
