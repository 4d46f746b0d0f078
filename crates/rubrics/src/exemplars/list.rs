//! Reading exemplars: whoever sees the rubric reads them. Pupils do not.

use super::{
    exemplar::Exemplar,
    table::{self, Column, Entity},
};
use crate::{Error, sql};
use kit::{Key, Listed, Page, Position, RubricExemplarId, RubricId, RubricVersionId};
use sea_orm::{
    ColumnTrait, Condition, QueryFilter, QueryOrder,
    sea_query::{Order, Query, SimpleExpr},
};
use std::{collections::HashMap, hash::Hash};
use store::Cx;
use uuid::Uuid;

/// The exemplars of each of these versions that the actor may see, the newest first and in as many statements as of one.
///
/// # Errors
///
/// Those of the database.
pub async fn exemplars_of_versions(
    cx: &Cx,
    versions: &[RubricVersionId],
    page: &Page,
) -> Result<HashMap<RubricVersionId, Listed<Exemplar>>, Error> {
    let of = store::any(cx, Column::VersionId, versions.iter().copied());
    listed(cx, Column::VersionId, of, page, |it| it.version).await
}

/// The exemplars of each of these rubrics that the actor may see, whatever version they were chosen for.
///
/// # Errors
///
/// Those of the database.
pub async fn exemplars_of_rubrics(
    cx: &Cx,
    rubrics: &[RubricId],
    page: &Page,
) -> Result<HashMap<RubricId, Listed<Exemplar>>, Error> {
    let of = store::any(cx, Column::RubricId, rubrics.iter().copied());
    listed(cx, Column::RubricId, of, page, |it| it.rubric).await
}

async fn listed<K: Eq + Hash>(
    cx: &Cx,
    parent: Column,
    of: SimpleExpr,
    page: &Page,
    key: impl Fn(&Exemplar) -> K,
) -> Result<HashMap<K, Listed<Exemplar>>, Error> {
    let mut added = Query::select();
    added
        .column(Column::Id.as_column_ref())
        .from(Entity)
        .and_where(Column::OrganiserId.eq(cx.organiser().uuid()))
        .and_where(of)
        .and_where(is_visible(cx))
        .cond_where(sql::after(page, Column::CreatedAt, Column::Id));
    let order = [(Column::CreatedAt, Order::Desc), (Column::Id, Order::Desc)];
    let first = store::first_of_each(added, parent, &order, page.first.and_one(), ["id"]);
    let select = table::all(cx)
        .filter(Column::Id.in_subquery(first))
        .order_by(Column::CreatedAt, Order::Desc)
        .order_by(Column::Id, Order::Desc);
    let exemplars = table::read(cx, select).await?.into_iter();
    let exemplars = exemplars.map(|exemplar| (key(&exemplar), exemplar));
    Ok(Listed::cut_each(exemplars, page.first, |exemplar| {
        Position {
            key: Key::At(exemplar.created_at),
            id: exemplar.id.uuid(),
        }
    }))
}

/// An exemplar of a rubric that the actor may see, or one that they added.
///
/// # Errors
///
/// [`Error::NotFound`] for any other, by the same statement.
pub async fn find_exemplar(cx: &Cx, id: RubricExemplarId) -> Result<Exemplar, Error> {
    let person = cx.person().map_or(Uuid::nil(), kit::PersonId::uuid);
    let known = Condition::any()
        .add(Column::ById.eq(person))
        .add(is_visible(cx));
    let select = table::all(cx)
        .filter(Column::Id.eq(id.uuid()))
        .filter(known);
    table::read(cx, select).await?.pop().ok_or(Error::NotFound)
}

/// The condition that the actor sees the rubric on which it hangs.
fn is_visible(cx: &Cx) -> SimpleExpr {
    records::visible(cx, RubricId::PREFIX, Entity, Column::RubricId)
}
