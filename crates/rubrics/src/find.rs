//! Reading rubrics and their versions, each by its id. What may not be seen is not there.

use crate::{Error, Rubric, Version, cache, sql};
use kit::{Listed, Page, Position, RubricId, RubricVersionId};
use sea_orm::{ColumnTrait, Condition, Order, QueryFilter, QueryOrder, QuerySelect};
use store::Cx;

/// A rubric.
///
/// # Errors
///
/// [`Error::NotFound`] if there is none that the actor may see.
pub async fn find(cx: &Cx, id: RubricId) -> Result<Rubric, Error> {
    sql::find(cx, id).await
}

/// Those of these rubrics that the actor may see, in one statement and in no order.
///
/// # Errors
///
/// Those of the database.
pub async fn by_ids(cx: &Cx, ids: &[RubricId]) -> Result<Vec<Rubric>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sql::visible(cx).filter(store::any(cx, sql::rubric::Column::Id, ids.iter().copied())).all(cx.db()).await?;
    Ok(rows.into_iter().map(Rubric::try_from).collect::<Result<_, _>>()?)
}

/// A version: any published one of a rubric that the actor may see; a draft for its authors and the reviewer who is asked.
///
/// # Errors
///
/// [`Error::NotFound`] if there is none that the actor may see.
pub async fn find_version(cx: &Cx, id: RubricVersionId) -> Result<Version, Error> {
    versions_by_ids(cx, &[id]).await?.pop().ok_or(Error::NotFound)
}

/// Those of these versions that the actor may see, in no order: one statement, and one more when contents are not in memory.
///
/// # Errors
///
/// Those of the database.
pub async fn versions_by_ids(cx: &Cx, ids: &[RubricVersionId]) -> Result<Vec<Version>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let select = sql::versions(cx).filter(store::any(cx, sql::version::Column::Id, ids.iter().copied()));
    let mut seen = Vec::new();
    for meta in sql::meta(cx, select).await? {
        if meta.may_be_seen(cx)? {
            seen.push(meta);
        }
    }
    cache::fill(cx, seen).await
}

/// The published versions of a rubric, newest first.
///
/// # Errors
///
/// Those of the database. A rubric that the actor may not see has none.
pub async fn versions(cx: &Cx, rubric: RubricId, page: &Page) -> Result<Listed<Version>, Error> {
    use sql::version::Column;
    let mut select = sql::versions(cx)
        .filter(Column::RubricId.eq(rubric.uuid()))
        .filter(Column::State.eq(crate::VersionState::Published.code()))
        .order_by(Column::CreatedAt, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(page.first.and_one());
    if let Some((at, id)) = kit::after(page) {
        select = select.filter(
            Condition::any().add(Column::CreatedAt.lt(at)).add(Condition::all().add(Column::CreatedAt.eq(at)).add(Column::Id.lt(id))),
        );
    }
    let versions = cache::fill(cx, sql::meta(cx, select).await?).await?;
    Ok(Listed::cut(versions, page.first, |version| Position { key: kit::Key::At(version.created_at), id: version.id.uuid() }))
}
