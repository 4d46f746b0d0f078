//! A fork that was never published and is gone for good lets go of what it held.

use super::{
    release,
    table::{fork, proposal},
};
use crate::Error;
use kit::RubricId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::Tx;

/// Forgets where the rubric came from and what was proposed out of it. What was accepted stands in the origin, whose history keeps it.
///
/// # Errors
///
/// Those of the database.
pub(crate) async fn forget(tx: &Tx, rubric: RubricId) -> Result<(), Error> {
    proposal::Entity::delete_many()
        .filter(proposal::Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(proposal::Column::ForkId.eq(rubric.uuid()))
        .exec(tx.db())
        .await?;
    fork::Entity::delete_many()
        .filter(fork::Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(fork::Column::RubricId.eq(rubric.uuid()))
        .exec(tx.db())
        .await?;
    release(tx, rubric).await
}
