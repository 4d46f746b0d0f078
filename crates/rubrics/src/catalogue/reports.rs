//! What was reported, for the administrators who answer for it. Who said so, they are not told.

use super::{ReportReason, table::report};
use crate::{Error, policy, sql};
use kit::{Instant, Key, Listed, Page, Position, ReportId, Thing};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Order, Query},
};
use std::collections::HashMap;
use store::Cx;
use uuid::Uuid;

/// A report, without whoever made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its id.
    pub id: ReportId,
    /// What is wrong.
    pub reason: ReportReason,
    /// The same in words.
    pub words: Option<String>,
    /// When it was made.
    pub at: Instant,
}

/// What was reported of each of these things to the actor's organiser, newest first, in one statement. For administrators of the whole organiser.
///
/// # Errors
///
/// Those of the database. What nobody reported is not in the answer.
pub async fn reports(
    cx: &Cx,
    things: &[Thing],
    page: &Page,
) -> Result<HashMap<Thing, Listed<Report>>, Error> {
    use report::{Column, Entity};
    if !policy::keeps_catalogue(&cx.actor) {
        return Ok(HashMap::new());
    }
    let ids: Vec<Uuid> = things.iter().map(|thing| thing.id).collect();
    let mut made = Query::select();
    made.column(Column::Id.as_column_ref())
        .from(Entity)
        .and_where(Column::OrganiserId.eq(cx.organiser().uuid()))
        .and_where(store::any(cx, Column::ThingId, ids))
        .cond_where(sql::after(page, Column::At, Column::Id));
    let order = [(Column::At, Order::Desc), (Column::Id, Order::Desc)];
    let size = page.first.and_one();
    let first = store::first_of_each(made, Column::ThingId, &order, size, ["id"]);
    let rows = Entity::find()
        .filter(Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(Column::Id.in_subquery(first))
        .order_by(Column::At, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .all(cx.db())
        .await?;
    let read = rows.into_iter().filter_map(|row| {
        let of = Thing::of(&row.thing_kind, row.thing_id)?;
        let report = Report {
            id: row.id.into(),
            reason: ReportReason::from_code(&row.reason)?,
            words: row.words,
            at: row.at,
        };
        Some((of, report))
    });
    Ok(Listed::cut_each(read, page.first, |report| Position {
        key: Key::At(report.at),
        id: report.id.uuid(),
    }))
}
