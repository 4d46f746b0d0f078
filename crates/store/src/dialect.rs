//! What the two databases say differently, asked for by what is meant.

use crate::Cx;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, QuerySelect,
    sea_query::{Expr, ExprTrait, LockType, SimpleExpr, extension::postgres::PgFunc},
};
use uuid::Uuid;

/// The column is one of these ids. One statement text on PostgreSQL however many there are.
pub fn any<C, I>(cx: &Cx, column: C, ids: I) -> SimpleExpr
where
    C: ColumnTrait,
    I: IntoIterator,
    I::Item: Into<Uuid>,
{
    let ids: Vec<Uuid> = ids.into_iter().map(Into::into).collect();
    match cx.db().get_database_backend() {
        DbBackend::Postgres => Expr::col(column.as_column_ref()).eq(PgFunc::any(Expr::val(ids))),
        _ => Expr::col(column.as_column_ref()).is_in(ids),
    }
}

/// Locks the selected rows until the transaction ends. On SQLite the whole transaction already holds the only writer.
#[must_use]
pub fn lock<S: QuerySelect>(cx: &Cx, select: S) -> S {
    match cx.db().get_database_backend() {
        DbBackend::Postgres => select.lock(LockType::Update),
        _ => select,
    }
}
