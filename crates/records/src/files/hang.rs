//! A file is hung on a record, and taken from it.

use super::{Error, File, sql};
use kit::{FileId, Thing};
use sea_orm::{ColumnTrait, QueryFilter};
use std::collections::HashMap;
use store::{Cx, Tx};

/// Hangs a file of the actor's own on a thing: from now on whoever sees that sees the file. A file hangs on one thing.
///
/// # Errors
///
/// [`Error::NotFound`] unless it is theirs and hangs on nothing yet.
pub async fn hang(tx: &Tx, id: FileId, on: impl Into<Thing>) -> Result<File, Error> {
    let owner = tx.person().ok_or(Error::NotFound)?;
    let select = sql::kept(tx)
        .filter(sql::Column::Id.eq(id.uuid()))
        .filter(sql::Column::OwnerId.eq(owner.uuid()))
        .filter(sql::is_free(tx));
    let found = store::lock(tx, select).one(tx.db()).await?;
    let mut file: File = found.ok_or(Error::NotFound)?.try_into()?;
    let on = on.into();
    sql::turn(tx, id, on).await?;
    file.on = Some(on);
    Ok(file)
}

/// Takes a file from what it hangs on, for good: nobody sees it from now on, and its bytes go within the hour.
///
/// # Errors
///
/// Those of the database.
pub async fn let_go(tx: &Tx, id: FileId) -> Result<(), Error> {
    sql::let_go(tx, id).await
}

/// Of these files those that the actor may see, in one statement.
///
/// # Errors
///
/// Those of the database.
pub async fn by_ids(cx: &Cx, ids: &[FileId]) -> Result<HashMap<FileId, File>, Error> {
    let ids = ids.iter().copied();
    let rows = sql::kept(cx)
        .filter(store::any(cx, sql::Column::Id, ids))
        .filter(sql::is_visible(cx))
        .all(cx.db())
        .await?;
    let files = rows.into_iter().map(|row| {
        let file = File::try_from(row)?;
        Ok((file.id, file))
    });
    Ok(files.collect::<Result<_, store::Error>>()?)
}
