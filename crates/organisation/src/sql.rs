//! The only SQL of this room's tables.

pub(crate) mod actor;
pub(crate) mod calendar;
pub(crate) mod headcount;
pub(crate) mod invitation;
pub(crate) mod organiser;
pub(crate) mod person;
pub(crate) mod role;
pub(crate) mod rows;
pub(crate) mod team;
pub(crate) mod unit;

use crate::{Error, calendar::today};
use chrono::NaiveDate;
use kit::{Key, Page, UnitId};
use sea_orm::ConnectionTrait;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, Condition, EntityTrait, FromQueryResult, IntoActiveModel,
    sea_query::{Expr, ExprTrait, LikeExpr, SelectStatement, SimpleExpr},
};
use store::{Cx, Tx};
use uuid::Uuid;

/// Writes one new row.
pub(crate) async fn insert<A>(tx: &Tx, row: impl IntoActiveModel<A>) -> Result<(), Error>
where
    A: ActiveModelTrait,
{
    A::Entity::insert(row.into_active_model())
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Reads what a statement selects.
pub(crate) async fn read<R: FromQueryResult>(
    cx: &Cx,
    select: &SelectStatement,
) -> Result<Vec<R>, Error> {
    let rows = cx.db().query_all(select).await?;
    Ok(rows
        .iter()
        .map(|row| R::from_query_result(row, ""))
        .collect::<Result<_, _>>()?)
}

/// The column is this organiser's.
pub(crate) fn ours(cx: &Cx, column: impl ColumnTrait) -> SimpleExpr {
    column.eq(cx.organiser().uuid())
}

/// A column of one table is that of another.
pub(crate) fn same(left: impl ColumnTrait, right: impl ColumnTrait) -> SimpleExpr {
    Expr::col(left.as_column_ref()).eq(Expr::col(right.as_column_ref()))
}

/// The period between two day columns holds today.
pub(crate) fn holds_today(cx: &Cx, from: impl ColumnTrait, to: impl ColumnTrait) -> Condition {
    let today = today(cx.now);
    Condition::all()
        .add(from.lte(today))
        .add(not_over(to, today))
}

/// The last day, if there is one, has not passed.
pub(crate) fn not_over(to: impl ColumnTrait, today: NaiveDate) -> Condition {
    Condition::any().add(to.is_null()).add(to.gte(today))
}

/// What follows the page's place in a list by name.
pub(crate) fn after_name(page: &Page, name: impl ColumnTrait, id: impl ColumnTrait) -> Condition {
    let mut condition = Condition::all();
    if let Some(after) = &page.after
        && let Key::Name(order) = &after.key
    {
        let place = Expr::tuple([
            Expr::col(name.as_column_ref()),
            Expr::col(id.as_column_ref()),
        ]);
        let after = [Expr::val(order.as_str()), Expr::val(after.id)];
        condition = condition.add(place.gt(Expr::tuple(after)));
    }
    condition
}

/// The name, or a word in it, begins with what was typed.
pub(crate) fn begins(column: impl ColumnTrait, typed: &str) -> Condition {
    let typed = crate::order::order_name(typed.trim());
    let literal = typed
        .replace('\\', "\\\\")
        .replace('%', "\\%")
        .replace('_', "\\_");
    let like = |pattern: String| {
        Expr::col(column.as_column_ref()).like(LikeExpr::new(pattern).escape('\\'))
    };
    Condition::any()
        .add(like(format!("{literal}%")))
        .add(like(format!("% {literal}%")))
}

/// The unit whose path stands in `column` is `unit` or stands below it.
pub(crate) fn within(column: impl ColumnTrait, unit: UnitId) -> SimpleExpr {
    Expr::col(column.as_column_ref()).like(format!("%{}%", unit.uuid().simple()))
}

/// A condition that nothing meets.
pub(crate) fn never() -> Condition {
    Condition::all().add(Expr::val(1).eq(0))
}

/// Units from the top of the tree down, as a path column keeps them.
pub(crate) fn path(nodes: &[UnitId]) -> String {
    let ids: Vec<String> = nodes
        .iter()
        .map(|unit| unit.uuid().simple().to_string())
        .collect();
    ids.join("/")
}

/// The units of a path column; none for a thing without a unit.
pub(crate) fn nodes(path: Option<&str>) -> Result<Vec<UnitId>, Error> {
    path.into_iter()
        .flat_map(|path| path.split('/'))
        .map(|id| id.parse::<Uuid>().map(UnitId))
        .collect::<Result<_, _>>()
        .map_err(|_| unreadable("a unit's path"))
}

/// A stored code that this release does not know.
pub(crate) fn unreadable(what: &str) -> Error {
    Error::Store(store::Error::Unreadable(what.to_owned()))
}

/// One row was changed, or somebody was faster.
pub(crate) fn one(changed: sea_orm::UpdateResult) -> Result<(), Error> {
    if changed.rows_affected == 1 {
        Ok(())
    } else {
        Err(Error::Stale)
    }
}

/// What is saved was read at the version that is stored.
pub(crate) fn read_at(stored: i64, asked: i64) -> Result<(), Error> {
    if stored == asked {
        Ok(())
    } else {
        Err(Error::Stale)
    }
}

/// The id that an effect answered with when it was done.
pub(crate) fn remembered<I: std::str::FromStr>(outcome: &str) -> Result<I, Error> {
    outcome.parse().map_err(|_| unreadable("an outcome"))
}
