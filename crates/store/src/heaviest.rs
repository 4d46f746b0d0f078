//! The things that an actor may see, ordered by a number that somebody keeps for them. As [`crate::newest`]: one ordered index scan per audience, merged.
//!
//! The rows that it reads may lag behind sharing; reach is asked beside each, so that narrowing takes effect at once.

use crate::{
    Cx, Error, Scan,
    merge::audiences,
    search::{Hit, facet_sql},
};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, Value};

/// The heaviest `scan.limit` things of a kind that the actor may see, then the newest, then by id, behind `after`. What weighs nothing is not among them.
///
/// `scan.kind` is that of the weight; `scan.after` is not read.
///
/// # Errors
///
/// Those of the database.
pub async fn heaviest(cx: &Cx, scan: &Scan<'_>, after: Option<Hit>) -> Result<Vec<Hit>, Error> {
    let limit = i64::try_from(scan.limit).unwrap_or(i64::MAX);
    let backend = cx.db().get_database_backend();
    let mut values: Vec<Value> = vec![
        cx.organiser().uuid().into(),
        audiences(cx),
        scan.kind.into(),
    ];
    let facets = facet_sql(backend, scan.facets, "r.thing_id", &mut values);
    let numbered: fn(usize) -> String = match backend {
        DbBackend::Postgres => |n| format!("${n}"),
        _ => |n| format!("?{n}"),
    };
    let behind = after.map_or_else(String::new, |hit| {
        values.extend([hit.rank.into(), hit.at.into(), hit.thing_id.into()]);
        let n = values.len();
        format!(
            "AND (r.weight, r.at, r.thing_id) < ({}, {}, {})",
            numbered(n - 2),
            numbered(n - 1),
            numbered(n)
        )
    });
    values.push(limit.into());
    let limit = numbered(values.len());
    let one = numbered(1);
    let seen = format!(
        "EXISTS (SELECT 1 FROM reach v WHERE v.organiser_id = {one} AND v.thing_id = r.thing_id AND v.audience = r.audience)"
    );
    let statement = match backend {
        DbBackend::Postgres => format!(
            "SELECT DISTINCT m.weight AS rank, m.at, m.thing_id FROM unnest($2::text[]) AS a(audience) CROSS JOIN LATERAL (SELECT r.weight, r.at, r.thing_id FROM rank r \
             WHERE r.organiser_id = $1 AND r.audience = a.audience AND r.kind = $3 AND {seen} {facets} {behind} ORDER BY r.weight DESC, r.at DESC, r.thing_id DESC LIMIT {limit}) m \
             ORDER BY m.weight DESC, m.at DESC, m.thing_id DESC LIMIT {limit}"
        ),
        _ => format!(
            "SELECT DISTINCT m.weight AS rank, m.at AS at, m.thing_id AS thing_id FROM json_each(?2) a CROSS JOIN rank m WHERE m.rowid IN (SELECT r.rowid FROM rank r \
             WHERE r.organiser_id = ?1 AND r.audience = a.value AND r.kind = ?3 AND {seen} {facets} {behind} ORDER BY r.weight DESC, r.at DESC, r.thing_id DESC LIMIT {limit}) \
             ORDER BY m.weight DESC, m.at DESC, m.thing_id DESC LIMIT {limit}"
        ),
    };
    let rows = cx
        .db()
        .query_all_raw(Statement::from_sql_and_values(backend, statement, values))
        .await?;
    Ok(rows
        .iter()
        .map(|row| Hit::from_query_result(row, ""))
        .collect::<Result<_, _>>()?)
}
