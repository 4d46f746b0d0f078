//! Finding what every organiser may see: the same words and facets, over tables of the whole deployment.
//!
//! The room that owns the things says in its own condition which of them are shown, and to whom; these tables only say what they are about.

use super::{Hit, Order, Words};
use crate::{Cx, Error, Tx};
use kit::Instant;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DbBackend, FromQueryResult, Statement, Value,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, SimpleExpr},
};
use uuid::Uuid;

/// What is found of a thing.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The thing.
    pub thing: Uuid,
    /// What it is called; a hit here counts more.
    pub title: String,
    /// Everything else that it says.
    pub body: String,
    /// What it is about, as `group:value`, for filters.
    pub facets: Vec<String>,
}

/// Makes a thing findable as it is now.
///
/// # Errors
///
/// Those of the database.
pub async fn put(tx: &Tx, entry: &Entry) -> Result<(), Error> {
    forget(tx, entry.thing).await?;
    let thing = entry.thing;
    let texts = [entry.title.clone().into(), entry.body.clone().into()];
    match tx.db().get_database_backend() {
        DbBackend::Postgres => {
            let sql = "INSERT INTO open_search (thing_id, words) VALUES ($1, setweight(to_tsvector('swedish', $2), 'A') || setweight(to_tsvector('swedish', $3), 'C'))";
            let [title, body] = texts;
            run(tx, sql, [thing.into(), title, body]).await?;
            let sql = "INSERT INTO open_facet (thing_id, facet) SELECT $1, f FROM unnest($2::text[]) AS f ON CONFLICT DO NOTHING";
            run(tx, sql, [thing.into(), entry.facets.clone().into()]).await
        }
        _ => {
            let sql = "INSERT INTO open_search (thing_id) VALUES (?)";
            run(tx, sql, [thing.into()]).await?;
            let sql = "INSERT INTO open_search_text (rowid, title, body) SELECT number, ?, ? FROM open_search WHERE thing_id = ?";
            let [title, body] = texts;
            run(tx, sql, [title, body, thing.into()]).await?;
            let sql = "INSERT OR IGNORE INTO open_facet (thing_id, facet) SELECT ?, value FROM json_each(?)";
            let facets = serde_json::Value::from(entry.facets.clone()).to_string();
            run(tx, sql, [thing.into(), facets.into()]).await
        }
    }
}

/// Makes a thing impossible to find.
///
/// # Errors
///
/// Those of the database.
pub async fn forget(tx: &Tx, thing: Uuid) -> Result<(), Error> {
    let statements: &[&str] = match tx.db().get_database_backend() {
        DbBackend::Postgres => &[
            "DELETE FROM open_search WHERE thing_id = $1",
            "DELETE FROM open_facet WHERE thing_id = $1",
        ],
        _ => &[
            "DELETE FROM open_search_text WHERE rowid IN (SELECT number FROM open_search WHERE thing_id = ?)",
            "DELETE FROM open_search WHERE thing_id = ?",
            "DELETE FROM open_facet WHERE thing_id = ?",
        ],
    };
    for sql in statements {
        run(tx, sql, [thing.into()]).await?;
    }
    Ok(())
}

async fn run<const N: usize>(tx: &Tx, sql: &str, values: [Value; N]) -> Result<(), Error> {
    let backend = tx.db().get_database_backend();
    tx.db()
        .execute_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    Ok(())
}

/// What to look for among the things that `shown` selects from the room's own table.
#[derive(Debug, Clone)]
pub struct Scan<'a, I, A> {
    /// The rows that the reader may be shown, and nothing else of them.
    pub shown: SelectStatement,
    /// The column of the thing's id.
    pub id: I,
    /// The column that lists are ordered by.
    pub at: A,
    /// Words that must all occur; all things without them.
    pub words: Option<&'a Words>,
    /// In which order hits with words come.
    pub order: Order,
    /// Facets that must all hold, each one of a group of alternatives.
    pub facets: &'a [Vec<String>],
    /// Behind this hit of the same order; without words its rank is 0.
    pub after: Option<Hit>,
    /// How many at most.
    pub limit: u64,
}

/// What matches, best match first or newest first, then by id. One statement.
///
/// # Errors
///
/// Those of the database.
pub async fn find<I: ColumnTrait, A: ColumnTrait>(
    cx: &Cx,
    scan: Scan<'_, I, A>,
) -> Result<Vec<Hit>, Error> {
    let mut inner = scan.shown;
    inner
        .expr_as(Expr::col(scan.id.as_column_ref()), "thing_id")
        .expr_as(Expr::col(scan.at.as_column_ref()), "at");
    for group in scan.facets {
        inner.and_where(holds(scan.id, group));
    }
    let is_ranked = scan.words.is_some() && scan.order == Order::Best;
    if let Some(words) = scan.words {
        let rank = match_words(cx, &mut inner, scan.id, words);
        inner.expr_as(if is_ranked { rank } else { none() }, "rank");
    } else {
        inner.expr_as(none(), "rank");
    }
    let column = |name: &'static str| Expr::col(("h", name));
    let mut hits = Query::select();
    hits.expr_as(column("thing_id"), "thing_id")
        .expr_as(column("at"), "at")
        .expr_as(column("rank"), "rank");
    if is_ranked {
        hits.order_by(("h", "rank"), sea_orm::Order::Desc);
        if let Some(hit) = scan.after {
            let place = behind(column("at"), column("thing_id"), hit.at, hit.thing_id);
            let better = column("rank").lt(hit.rank);
            hits.and_where(better.or(column("rank").eq(hit.rank).and(place)));
        }
    } else if let Some(hit) = scan.after {
        // Inside, so that the index on the order is walked from there.
        let at = Expr::col(scan.at.as_column_ref());
        let id = Expr::col(scan.id.as_column_ref());
        inner.and_where(behind(at, id, hit.at, hit.thing_id));
    }
    if !is_ranked {
        inner
            .order_by(scan.at.as_column_ref(), sea_orm::Order::Desc)
            .order_by(scan.id.as_column_ref(), sea_orm::Order::Desc)
            .limit(scan.limit);
    }
    hits.from_subquery(inner, "h")
        .order_by(("h", "at"), sea_orm::Order::Desc)
        .order_by(("h", "thing_id"), sea_orm::Order::Desc)
        .limit(scan.limit);
    let rows = cx.db().query_all(&hits).await?;
    Ok(rows
        .iter()
        .map(|row| Hit::from_query_result(row, ""))
        .collect::<Result<_, _>>()?)
}

/// No rank, as the type that both databases read.
fn none() -> SimpleExpr {
    Expr::val(0_i64).cast_as("bigint")
}

fn behind(at: Expr, id: Expr, moment: Instant, last: Uuid) -> SimpleExpr {
    let same = at.clone().eq(moment).and(id.lt(last));
    at.lt(moment).or(same)
}

/// One of the facets holds for the thing.
fn holds(id: impl ColumnTrait, group: &[String]) -> SimpleExpr {
    let facet = Query::select()
        .expr(Expr::val(1))
        .from("open_facet")
        .and_where(Expr::col(("open_facet", "thing_id")).equals(id.as_column_ref()))
        .and_where(Expr::col(("open_facet", "facet")).is_in(group.iter().cloned()))
        .to_owned();
    Expr::exists(facet)
}

/// Joins what has the words, and answers how well it matches.
fn match_words(
    cx: &Cx,
    inner: &mut SelectStatement,
    id: impl ColumnTrait,
    words: &Words,
) -> SimpleExpr {
    let of = Expr::col(("open_search", "thing_id")).equals(id.as_column_ref());
    inner.inner_join(Alias::new("open_search"), of);
    match cx.db().get_database_backend() {
        DbBackend::Postgres => {
            let query = words.tsquery();
            inner.and_where(Expr::cust_with_values(
                "open_search.words @@ to_tsquery('swedish', $1)",
                [query.clone()],
            ));
            Expr::cust_with_values(
                "(ts_rank(open_search.words, to_tsquery('swedish', $1)) * 1000000)::bigint",
                [query],
            )
        }
        _ => {
            let all = words.fts5();
            let titled = format!("{{title}} : ({all})");
            inner.and_where(Expr::cust_with_values(
                "open_search.number IN (SELECT rowid FROM open_search_text WHERE open_search_text MATCH ?)",
                [all],
            ));
            Expr::cust_with_values(
                "CASE WHEN open_search.number IN (SELECT rowid FROM open_search_text WHERE open_search_text MATCH ?) THEN 2 ELSE 1 END",
                [titled],
            )
        }
    }
}
