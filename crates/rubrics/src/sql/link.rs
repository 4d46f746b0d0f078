//! The table of links for pupils, and the only statements on it.

use crate::{Error, Link, table::link};
use chrono::NaiveDate;
use kit::{RubricId, RubricLinkId, RubricVersionId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, Select,
    sea_query::Expr,
};
use store::{Cx, Tx};

pub(crate) use link::Column;

impl From<link::Model> for Link {
    fn from(row: link::Model) -> Self {
        Self {
            id: row.id.into(),
            rubric: row.rubric_id.into(),
            version: row.version_id.into(),
            by: row.by_id.into(),
            ends_on: row.ends_on,
            created_at: row.created_at,
            revoked_at: row.revoked_at,
        }
    }
}

/// The organiser's links.
pub(crate) fn all(cx: &Cx) -> Select<link::Entity> {
    link::Entity::find().filter(Column::OrganiserId.eq(cx.organiser().uuid()))
}

pub(crate) async fn read(cx: &Cx, select: Select<link::Entity>) -> Result<Vec<Link>, Error> {
    let rows = select.all(cx.db()).await?;
    Ok(rows.into_iter().map(Link::from).collect())
}

/// The link with this secret, open or not.
pub(crate) async fn by_secret(cx: &Cx, secret_hash: &[u8]) -> Result<Option<Link>, Error> {
    let select = all(cx).filter(Column::SecretHash.eq(secret_hash));
    Ok(read(cx, select).await?.pop())
}

pub(crate) async fn insert(tx: &Tx, link: &Link, secret_hash: &[u8]) -> Result<(), Error> {
    let row = link::ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        id: Set(link.id.uuid()),
        rubric_id: Set(link.rubric.uuid()),
        version_id: Set(link.version.uuid()),
        by_id: Set(link.by.uuid()),
        secret_hash: Set(secret_hash.to_vec()),
        ends_on: Set(link.ends_on),
        created_at: Set(link.created_at),
        revoked_at: Set(link.revoked_at),
    };
    link::Entity::insert(row)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// How many links to a rubric open the page on `day`.
pub(crate) async fn count_open(cx: &Cx, rubric: RubricId, day: NaiveDate) -> Result<u64, Error> {
    let open = all(cx)
        .filter(Column::RubricId.eq(rubric.uuid()))
        .filter(Column::RevokedAt.is_null())
        .filter(Column::EndsOn.gte(day));
    Ok(open.count(cx.db()).await?)
}

/// Notes that a link was closed; the first time stays.
pub(crate) async fn revoke(tx: &Tx, id: RubricLinkId) -> Result<(), Error> {
    link::Entity::update_many()
        .col_expr(Column::RevokedAt, Expr::val(tx.now))
        .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(Column::Id.eq(id.uuid()))
        .filter(Column::RevokedAt.is_null())
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Lets a link show another version from now on.
pub(crate) async fn turn_to(
    tx: &Tx,
    id: RubricLinkId,
    version: RubricVersionId,
) -> Result<(), Error> {
    link::Entity::update_many()
        .col_expr(Column::VersionId, Expr::val(version.uuid()))
        .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(Column::Id.eq(id.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}
