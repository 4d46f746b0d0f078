//! A fork that was never published and is gone for good lets go of what it held.

use super::{
    counts::{self, Counts},
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
    let key = (tx.organiser().uuid(), rubric.uuid());
    if let Some(forked) = fork::Entity::find_by_id(key).one(tx.db()).await? {
        fork::Entity::delete_by_id(key).exec(tx.db()).await?;
        counts::count(tx, forked.origin_id.into(), Counts::UNFORKED).await?;
    }
    release(tx, rubric).await?;
    counts::forget(tx, rubric).await
}
