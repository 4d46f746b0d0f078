//! A page of every list at once: what stands under each of many parents, in one statement.

use sea_orm::{
    ColumnTrait,
    sea_query::{Expr, ExprTrait, Func, Order, Query, SelectStatement, WindowStatement},
};

/// Of what `rows` selects, the first `n` under each parent in the order of the columns, with the parts that `rows` selects: made for
/// `IN (…)`, or to be read as it is, each parent's in their order.
///
/// Every row under these parents is numbered to find the first: `rows` is of a few parents, and each has at most some thousands.
pub fn first_of_each<P: ColumnTrait, C: ColumnTrait>(
    mut rows: SelectStatement,
    parent: P,
    order: &[(C, Order)],
    n: u64,
    select: impl IntoIterator<Item = &'static str>,
) -> SelectStatement {
    let mut window = WindowStatement::partition_by(parent.as_column_ref());
    for (column, direction) in order {
        window.order_by(column.as_column_ref(), direction.clone());
    }
    rows.expr_window_as(Func::cust("ROW_NUMBER"), window, "place");
    Query::select()
        .columns(select)
        .from_subquery(rows, "numbered")
        .and_where(Expr::col("place").lte(n))
        .order_by("place", Order::Asc)
        .to_owned()
}
