//! A rubric that is gone for good stands on no shelf.

use super::table::{recent, shelved};
use crate::Error;
use kit::RubricId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::Tx;

/// Takes a rubric off every shelf, whoever has it there.
pub(crate) async fn forget(tx: &Tx, rubric: RubricId) -> Result<(), Error> {
    shelved::Entity::delete_many()
        .filter(shelved::Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(shelved::Column::RubricId.eq(rubric.uuid()))
        .exec(tx.db())
        .await?;
    recent::Entity::delete_many()
        .filter(recent::Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(recent::Column::RubricId.eq(rubric.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}
