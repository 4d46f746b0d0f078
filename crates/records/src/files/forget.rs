//! Files that hang on nothing go.

use super::{Error, Shelf, UNUSED, sql};
use chrono::TimeDelta;
use kit::{FileId, OrganiserId};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
};
use store::{Cx, Tx};
use uuid::Uuid;

/// How much longer than it may hang on nothing a file lies there, so that nobody who still holds it finds it gone.
const GRACE: TimeDelta = TimeDelta::hours(1);

/// A file that is to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Outlived {
    organiser_id: Uuid,
    id: Uuid,
}

/// Of every organiser the files that were taken from their record, and those that hung on nothing for more than a day, whether or not their bytes
/// ever came; at most `limit`.
///
/// # Errors
///
/// Those of the database.
pub async fn outlived(cx: &Cx, limit: u64) -> Result<Vec<Outlived>, Error> {
    let is_over = Condition::any()
        .add(sql::Column::LetGoAt.is_not_null())
        .add(sql::Column::CreatedAt.lt(cx.now - UNUSED - GRACE));
    let found = sql::Entity::find()
        .select_only()
        .columns([sql::Column::OrganiserId, sql::Column::Id])
        .filter(sql::Column::ThingId.is_null())
        .filter(is_over)
        .order_by_asc(sql::Column::CreatedAt)
        .limit(limit)
        .into_model::<Outlived>()
        .all(cx.db())
        .await?;
    Ok(found)
}

/// Takes the bytes of these files away. The rows go after that, so that whatever stops half-way is found again.
///
/// # Errors
///
/// [`Error::Shelf`] for the first that cannot be taken away.
pub async fn take_away(shelf: &Shelf, files: &[Outlived]) -> Result<(), Error> {
    for file in files {
        let (organiser, id) = (OrganiserId(file.organiser_id), FileId(file.id));
        shelf.take_away(organiser, id).await?;
    }
    Ok(())
}

/// Forgets these files, whose bytes are gone; answers how many rows went. Done twice it does no harm.
///
/// # Errors
///
/// Those of the database.
pub async fn forget(tx: &Tx, files: &[Outlived]) -> Result<u64, Error> {
    let mut gone = 0;
    for file in files {
        let done = sql::Entity::delete_many()
            .filter(sql::Column::OrganiserId.eq(file.organiser_id))
            .filter(sql::Column::Id.eq(file.id))
            .filter(sql::Column::ThingId.is_null())
            .exec(tx.db())
            .await?;
        gone += done.rows_affected;
    }
    Ok(gone)
}
