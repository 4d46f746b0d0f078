//! Finding things by words and by what they are about. PostgreSQL stems Swedish; SQLite matches beginnings of words. å, ä and ö are letters on both.
//!
//! What may not be seen is left out inside the query, before ranking; ranking knows nothing of other organisers.

pub mod open;

use crate::{Cx, Error, Place, Scan, Tx};
use chrono::{DateTime, Utc};
use kit::{Instant, Thing};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, Value};
use uuid::Uuid;

/// What is found of a thing.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The thing.
    pub thing: Thing,
    /// When it last changed, for the order among equals.
    pub at: Instant,
    /// What it is called; a hit here counts more.
    pub title: String,
    /// Everything else that it says.
    pub body: String,
    /// What it is about, as `group:value` (`subject:SV`), for filters.
    pub facets: Vec<String>,
}

/// Words to look for: all must occur.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Words(Vec<String>);

impl Words {
    /// At most this many words count.
    pub const MAX: usize = 12;

    /// The words of what a person typed; `None` when it has no letter or digit.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let words: Vec<String> = typed
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(Self::MAX)
            .map(|word| word.chars().take(60).collect::<String>().to_lowercase())
            .collect();
        (!words.is_empty()).then_some(Self(words))
    }

    fn fts5(&self) -> String {
        self.0
            .iter()
            .map(|word| format!("\"{word}\"*"))
            .collect::<Vec<_>>()
            .join(" AND ")
    }

    fn tsquery(&self) -> String {
        self.0
            .iter()
            .map(|word| format!("'{word}':*"))
            .collect::<Vec<_>>()
            .join(" & ")
    }
}

/// In which order hits come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The best match first, then the newest.
    Best,
    /// The heaviest first by the weight of this kind (see [`crate::heaviest`]), then the newest; what weighs nothing comes last.
    Heaviest(&'static str),
    /// The newest first; every hit has the rank 0.
    Newest,
}

/// A hit: how well it matches (more is better), and its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, FromQueryResult)]
pub struct Hit {
    /// The thing.
    pub thing_id: Uuid,
    /// When it last changed.
    pub at: DateTime<Utc>,
    /// How well it matches.
    pub rank: i64,
}

/// Makes a thing findable as it is now.
///
/// # Errors
///
/// Those of the database.
pub async fn put(tx: &Tx, entry: &Entry) -> Result<(), Error> {
    forget(tx, entry.thing).await?;
    let backend = tx.db().get_database_backend();
    let organiser = tx.organiser().uuid();
    match backend {
        DbBackend::Postgres => {
            let sql = "INSERT INTO search (organiser_id, thing_id, kind, at, words) VALUES ($1, $2, $3, $4, setweight(to_tsvector('swedish', $5), 'A') || setweight(to_tsvector('swedish', $6), 'C'))";
            let values = [
                organiser.into(),
                entry.thing.id.into(),
                entry.thing.prefix.into(),
                entry.at.into(),
                entry.title.clone().into(),
                entry.body.clone().into(),
            ];
            tx.db()
                .execute_raw(Statement::from_sql_and_values(backend, sql, values))
                .await?;
            if !entry.facets.is_empty() {
                let sql = "INSERT INTO facet (organiser_id, thing_id, facet) SELECT $1, $2, f FROM unnest($3::text[]) AS f ON CONFLICT DO NOTHING";
                tx.db()
                    .execute_raw(Statement::from_sql_and_values(
                        backend,
                        sql,
                        [
                            organiser.into(),
                            entry.thing.id.into(),
                            entry.facets.clone().into(),
                        ],
                    ))
                    .await?;
            }
        }
        _ => {
            let sql = "INSERT INTO search (organiser_id, thing_id, kind, at) VALUES (?, ?, ?, ?) RETURNING rowid AS number";
            let values = [
                organiser.into(),
                entry.thing.id.into(),
                entry.thing.prefix.into(),
                entry.at.into(),
            ];
            let row = tx
                .db()
                .query_one_raw(Statement::from_sql_and_values(backend, sql, values))
                .await?;
            let number: i64 = row
                .ok_or_else(|| Error::Unreadable("no row number".to_owned()))?
                .try_get("", "number")?;
            let sql = "INSERT INTO search_text (rowid, tenant, title, body) VALUES (?, ?, ?, ?)";
            let values = [
                number.into(),
                tenant(organiser).into(),
                entry.title.clone().into(),
                entry.body.clone().into(),
            ];
            tx.db()
                .execute_raw(Statement::from_sql_and_values(backend, sql, values))
                .await?;
            if !entry.facets.is_empty() {
                let sql = "INSERT OR IGNORE INTO facet (organiser_id, thing_id, facet) SELECT ?, ?, value FROM json_each(?)";
                let facets = serde_json::Value::from(entry.facets.clone()).to_string();
                tx.db()
                    .execute_raw(Statement::from_sql_and_values(
                        backend,
                        sql,
                        [organiser.into(), entry.thing.id.into(), facets.into()],
                    ))
                    .await?;
            }
        }
    }
    Ok(())
}

/// Makes a thing impossible to find.
///
/// # Errors
///
/// Those of the database.
pub async fn forget(tx: &Tx, thing: Thing) -> Result<(), Error> {
    let backend = tx.db().get_database_backend();
    let statements: &[&str] = match backend {
        DbBackend::Postgres => &[
            "DELETE FROM search WHERE organiser_id = $1 AND thing_id = $2",
            "DELETE FROM facet WHERE organiser_id = $1 AND thing_id = $2",
        ],
        _ => &[
            "DELETE FROM search_text WHERE rowid IN (SELECT rowid FROM search WHERE organiser_id = ? AND thing_id = ?)",
            "DELETE FROM search WHERE organiser_id = ? AND thing_id = ?",
            "DELETE FROM facet WHERE organiser_id = ? AND thing_id = ?",
        ],
    };
    for sql in statements {
        tx.db()
            .execute_raw(Statement::from_sql_and_values(
                backend,
                *sql,
                [tx.organiser().uuid().into(), thing.id.into()],
            ))
            .await?;
    }
    Ok(())
}

/// What matches and the actor may see, in `order`, then by id. `after` goes on behind a hit of the same order.
///
/// # Errors
///
/// Those of the database.
pub async fn find(
    cx: &Cx,
    words: &Words,
    scan: &Scan<'_>,
    order: Order,
    after: Option<Hit>,
) -> Result<Vec<Hit>, Error> {
    let backend = cx.db().get_database_backend();
    let limit = i64::try_from(scan.limit).unwrap_or(i64::MAX);
    let organiser = cx.organiser().uuid();
    let mut values: Vec<Value>;
    let (matches, numbered): (String, fn(usize) -> String) = match backend {
        DbBackend::Postgres => {
            values = vec![
                organiser.into(),
                scan.kind.into(),
                crate::merge::audiences(cx),
                words.tsquery().into(),
            ];
            let facets = facet_sql(backend, scan.facets, "s.thing_id", &mut values);
            let sql = format!(
                "SELECT s.thing_id, s.at, (ts_rank(s.words, q) * 1000000)::bigint AS rank FROM search s, to_tsquery('swedish', $4) q WHERE s.organiser_id = $1 AND s.kind = $2 AND s.words @@ q \
                 AND EXISTS (SELECT 1 FROM reach r WHERE r.organiser_id = $1 AND r.thing_id = s.thing_id AND r.kind = $2 AND r.audience = ANY($3)) {facets}"
            );
            (sql, |n| format!("${n}"))
        }
        _ => {
            let all = format!(
                "tenant : {} AND ({{title body}} : ({}))",
                tenant(organiser),
                words.fts5()
            );
            let titled = format!(
                "tenant : {} AND ({{title}} : ({}))",
                tenant(organiser),
                words.fts5()
            );
            values = vec![
                organiser.into(),
                scan.kind.into(),
                crate::merge::audiences(cx),
                all.into(),
                titled.into(),
            ];
            let facets = facet_sql(backend, scan.facets, "s.thing_id", &mut values);
            let sql = format!(
                "SELECT s.thing_id AS thing_id, s.at AS at, CASE WHEN s.rowid IN (SELECT rowid FROM search_text WHERE search_text MATCH ?5) THEN 2 ELSE 1 END AS rank \
                 FROM search_text t CROSS JOIN search s ON s.rowid = t.rowid WHERE t.search_text MATCH ?4 AND s.organiser_id = ?1 AND s.kind = ?2 \
                 AND EXISTS (SELECT 1 FROM reach r WHERE r.organiser_id = ?1 AND r.thing_id = s.thing_id AND r.kind = ?2 AND r.audience IN (SELECT value FROM json_each(?3))) {facets}"
            );
            (sql, |n| format!("?{n}"))
        }
    };
    let behind = after.map_or_else(String::new, |hit| {
        values.extend([hit.rank.into(), hit.at.into(), hit.thing_id.into()]);
        let n = values.len();
        format!(
            "WHERE (h.rank, h.at, h.thing_id) < ({}, {}, {})",
            numbered(n - 2),
            numbered(n - 1),
            numbered(n)
        )
    });
    let rank = match order {
        Order::Best => "m.rank".to_owned(),
        Order::Heaviest(kind) => {
            values.push(kind.into());
            // A thing weighs the same for every audience.
            format!(
                "COALESCE((SELECT MAX(k.weight) FROM rank k WHERE k.organiser_id = {} AND k.thing_id = m.thing_id AND k.kind = {}), 0)",
                numbered(1),
                numbered(values.len())
            )
        }
        Order::Newest => "CAST(0 AS bigint)".to_owned(),
    };
    values.push(limit.into());
    let sql = format!(
        "SELECT h.thing_id, h.at, h.rank FROM (SELECT m.thing_id, m.at, {rank} AS rank FROM ({matches}) m) h {behind} ORDER BY h.rank DESC, h.at DESC, h.thing_id DESC LIMIT {}",
        numbered(values.len())
    );
    let rows = cx
        .db()
        .query_all_raw(Statement::from_sql_and_values(backend, sql, values))
        .await?;
    Ok(rows
        .iter()
        .map(|row| Hit::from_query_result(row, ""))
        .collect::<Result<_, _>>()?)
}

impl Hit {
    /// The place of the hit.
    #[must_use]
    pub const fn place(&self) -> Place {
        Place {
            thing_id: self.thing_id,
            at: self.at,
        }
    }
}

/// The organiser as one word, so that the index itself keeps organisers apart.
fn tenant(organiser: Uuid) -> String {
    format!("t{}", organiser.simple())
}

/// The conditions that each group of facets holds for the thing in `column`; $1 is the organiser.
pub(crate) fn facet_sql(
    backend: DbBackend,
    groups: &[Vec<String>],
    column: &str,
    values: &mut Vec<Value>,
) -> String {
    let mut sql = String::new();
    for group in groups {
        let condition = match backend {
            DbBackend::Postgres => {
                values.push(group.clone().into());
                format!(
                    "f.organiser_id = $1 AND f.thing_id = {column} AND f.facet = ANY(${})",
                    values.len()
                )
            }
            _ => {
                values.push(serde_json::Value::from(group.clone()).to_string().into());
                format!(
                    "f.organiser_id = ?1 AND f.thing_id = {column} AND f.facet IN (SELECT value FROM json_each(?{}))",
                    values.len()
                )
            }
        };
        sql.push_str(" AND EXISTS (SELECT 1 FROM facet f WHERE ");
        sql.push_str(&condition);
        sql.push(')');
    }
    sql
}
