//! A file is looked for.

use super::{Error, File, sql};
use kit::FileId;
use sea_orm::{ColumnTrait, QueryFilter};
use store::Cx;

/// A file that the actor may see: their own as long as it hangs on nothing, otherwise whatever hangs on a record that they see.
///
/// # Errors
///
/// [`Error::NotFound`] for any other, by the same statement.
pub async fn find(cx: &Cx, id: FileId) -> Result<File, Error> {
    let found = sql::kept(cx)
        .filter(sql::Column::Id.eq(id.uuid()))
        .filter(sql::is_visible(cx))
        .one(cx.db())
        .await?;
    Ok(found.ok_or(Error::NotFound)?.try_into()?)
}
