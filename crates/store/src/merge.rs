//! The newest things that an actor may see: one ordered index scan per audience, merged, so that the cost is that of the page and not of everything visible.

use crate::{Cx, Error, search};
use chrono::{DateTime, Utc};
use kit::Instant;
use sea_orm::{
    ConnectionTrait, DbBackend, FromQueryResult, Iden, Statement, Value,
    sea_query::{Expr, SimpleExpr},
};
use uuid::Uuid;

/// A place in a newest-first list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Place {
    /// The thing.
    pub thing_id: Uuid,
    /// What the list is ordered by; set by the server.
    pub at: DateTime<Utc>,
}

/// What to scan for.
#[derive(Debug, Clone)]
pub struct Scan<'a> {
    /// The kind of thing, as reach names it.
    pub kind: &'a str,
    /// Facets that must all hold, each one of a group of alternatives.
    pub facets: &'a [Vec<String>],
    /// After this place.
    pub after: Option<(Instant, Uuid)>,
    /// How many at most.
    pub limit: u64,
}

/// The actor's audiences, in the form that reach keeps them, as one parameter of one statement text.
pub(crate) fn audiences(cx: &Cx) -> Value {
    let names: Vec<String> = cx
        .actor
        .audiences()
        .iter()
        .map(|held| held.audience.to_string())
        .collect();
    match cx.db().get_database_backend() {
        DbBackend::Postgres => names.into(),
        _ => serde_json::Value::from(names).to_string().into(),
    }
}

/// The condition that the actor may see the thing whose id stands in `column`.
///
/// Of a confidential kind only what came after the actor joined the audience is visible; such kinds come with their own condition.
pub fn visible(cx: &Cx, kind: &str, table: impl Iden, column: impl Iden) -> SimpleExpr {
    let (table, column) = (table.unquoted().to_owned(), column.unquoted().to_owned());
    let organiser = cx.organiser().uuid();
    match cx.db().get_database_backend() {
        DbBackend::Postgres => Expr::cust_with_values(
            format!(
                r#"EXISTS (SELECT 1 FROM reach WHERE reach.organiser_id = $1 AND reach.thing_id = "{table}"."{column}" AND reach.kind = $2 AND reach.audience = ANY($3))"#
            ),
            [organiser.into(), kind.into(), audiences(cx)],
        ),
        _ => Expr::cust_with_values(
            format!(
                r#"EXISTS (SELECT 1 FROM reach WHERE reach.organiser_id = ? AND reach.thing_id = "{table}"."{column}" AND reach.kind = ? AND reach.audience IN (SELECT value FROM json_each(?)))"#
            ),
            [organiser.into(), kind.into(), audiences(cx)],
        ),
    }
}

/// The newest `limit` things of a kind that the actor may see, newest first, then by id.
///
/// # Errors
///
/// Those of the database.
pub async fn newest(cx: &Cx, scan: &Scan<'_>) -> Result<Vec<Place>, Error> {
    let (after_at, after_id) = scan
        .after
        .unwrap_or((DateTime::<Utc>::MAX_UTC, Uuid::max()));
    let started = scan.after.is_some();
    let limit = i64::try_from(scan.limit).unwrap_or(i64::MAX);
    let backend = cx.db().get_database_backend();
    let mut values: Vec<Value> = vec![
        cx.organiser().uuid().into(),
        audiences(cx),
        scan.kind.into(),
    ];
    let statement = match backend {
        DbBackend::Postgres => {
            let facets = search::facet_sql(backend, scan.facets, "r.thing_id", &mut values);
            let after = if started {
                values.extend([after_at.into(), after_id.into()]);
                format!(
                    "AND (r.at, r.thing_id) < (${}, ${})",
                    values.len() - 1,
                    values.len()
                )
            } else {
                String::new()
            };
            values.push(limit.into());
            let n = values.len();
            format!(
                "SELECT DISTINCT m.at, m.thing_id FROM unnest($2::text[]) AS a(audience) CROSS JOIN LATERAL (SELECT r.at, r.thing_id FROM reach r \
                 WHERE r.organiser_id = $1 AND r.audience = a.audience AND r.kind = $3 {facets} {after} ORDER BY r.at DESC, r.thing_id DESC LIMIT ${n}) m ORDER BY m.at DESC, m.thing_id DESC LIMIT ${n}"
            )
        }
        _ => {
            let facets = search::facet_sql(backend, scan.facets, "r.thing_id", &mut values);
            let after = if started {
                values.extend([after_at.into(), after_id.into()]);
                format!(
                    "AND (r.at, r.thing_id) < (?{}, ?{})",
                    values.len() - 1,
                    values.len()
                )
            } else {
                String::new()
            };
            values.push(limit.into());
            let n = values.len();
            format!(
                "SELECT DISTINCT m.at AS at, m.thing_id AS thing_id FROM json_each(?2) a CROSS JOIN reach m WHERE m.rowid IN (SELECT r.rowid FROM reach r \
                 WHERE r.organiser_id = ?1 AND r.audience = a.value AND r.kind = ?3 {facets} {after} ORDER BY r.at DESC, r.thing_id DESC LIMIT ?{n}) ORDER BY m.at DESC, m.thing_id DESC LIMIT ?{n}"
            )
        }
    };
    let rows = cx
        .db()
        .query_all_raw(Statement::from_sql_and_values(backend, statement, values))
        .await?;
    Ok(rows
        .iter()
        .map(|row| Place::from_query_result(row, ""))
        .collect::<Result<_, _>>()?)
}
