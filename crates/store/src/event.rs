//! What happened, told in the transaction that made it true.

use crate::{Cx, Error, Tx};
use chrono::{DateTime, Utc};
use kit::{EventId, Instant, OrganiserId, Thing};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

/// A fact in the past tense: ids only, no personal text, met twice without harm. Names and fields only grow.
pub trait Event: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// `room.happened`, for ever.
    const NAME: &'static str;

    /// The thing it happened to.
    fn subject(&self) -> Thing;

    /// The subject's own gapless number of it, for subjects that clients follow.
    fn n(&self) -> Option<i64> {
        None
    }
}

/// An event as the outbox keeps it.
#[derive(Debug, Clone, PartialEq)]
pub struct Occurrence {
    /// For which organiser.
    pub organiser: OrganiserId,
    /// The event's id.
    pub id: EventId,
    /// Its place in the outbox. Rises with time for one subject; says nothing across subjects.
    pub seq: i64,
    /// The event's [`Event::NAME`].
    pub name: String,
    /// What it happened to.
    pub subject: Thing,
    /// The subject's own number of it.
    pub n: Option<i64>,
    /// When.
    pub at: Instant,
    /// By whom; nil when by the house.
    pub by: Uuid,
    /// The event itself.
    pub body: serde_json::Value,
}

impl Occurrence {
    /// The event, if it is of that kind.
    #[must_use]
    pub fn read<E: Event>(&self) -> Option<E> {
        (self.name == E::NAME)
            .then(|| serde_json::from_value(self.body.clone()).ok())
            .flatten()
    }
}

/// An event that waits for its transaction to end.
#[derive(Debug)]
pub(crate) struct Told {
    pub name: &'static str,
    pub subject: Thing,
    pub n: Option<i64>,
    pub body: String,
}

/// Writes what was told, and a delivery for every consumer of it. The last statements before commit. Answers what is true once it commits.
pub(crate) async fn flush(tx: &Tx, told: Vec<Told>) -> Result<Vec<Occurrence>, Error> {
    let mut happened = Vec::with_capacity(told.len());
    for event in told {
        let id = tx.ids.ordered();
        let body: serde_json::Value = serde_json::from_str(&event.body)?;
        let values = [
            tx.organiser().uuid().into(),
            id.into(),
            event.name.into(),
            event.subject.prefix.into(),
            event.subject.id.into(),
            event.n.into(),
            tx.now.into(),
            tx.actor.id().into(),
            event.body.into(),
        ];
        let sql = match tx.db().get_database_backend() {
            DbBackend::Postgres => {
                "INSERT INTO outbox (organiser_id, id, tx, name, subject_kind, subject_id, n, at, by_id, body) \
                 VALUES ($1, $2, pg_current_xact_id()::text::bigint, $3, $4, $5, $6, $7, $8, $9) RETURNING seq"
            }
            _ => {
                "INSERT INTO outbox (organiser_id, id, tx, name, subject_kind, subject_id, n, at, by_id, body) VALUES (?, ?, 0, ?, ?, ?, ?, ?, ?, ?) RETURNING seq"
            }
        };
        let row = tx
            .db()
            .query_one_raw(Statement::from_sql_and_values(
                tx.db().get_database_backend(),
                sql,
                values,
            ))
            .await?;
        let seq: i64 = row
            .ok_or_else(|| Error::Unreadable("the outbox gave no number".to_owned()))?
            .try_get("", "seq")?;
        crate::work::deliver(tx, id, seq, event.name, event.subject, &body).await?;
        happened.push(Occurrence {
            organiser: tx.organiser(),
            id: EventId(id),
            seq,
            name: event.name.to_owned(),
            subject: event.subject,
            n: event.n,
            at: tx.now,
            by: tx.actor.id(),
            body,
        });
    }
    Ok(happened)
}

#[derive(FromQueryResult)]
pub(crate) struct Row {
    pub organiser_id: Uuid,
    pub id: Uuid,
    pub seq: i64,
    pub tx: i64,
    name: String,
    subject_kind: String,
    subject_id: Uuid,
    n: Option<i64>,
    at: DateTime<Utc>,
    by_id: Uuid,
    body: String,
}

impl Row {
    /// What was kept; `None` for a kind of thing that this release does not know.
    pub(crate) fn read(self) -> Option<Occurrence> {
        Some(Occurrence {
            organiser: OrganiserId(self.organiser_id),
            id: EventId(self.id),
            seq: self.seq,
            subject: Thing::of(&self.subject_kind, self.subject_id)?,
            name: self.name,
            n: self.n,
            at: self.at,
            by: self.by_id,
            body: serde_json::from_str(&self.body).ok()?,
        })
    }
}

/// What happened to `subject` after its number `after`, oldest first, at most 500. `None` when the outbox no longer reaches back so far.
///
/// # Errors
///
/// Those of the database.
pub async fn replay(cx: &Cx, subject: Thing, after: i64) -> Result<Option<Vec<Occurrence>>, Error> {
    let sql = match cx.db().get_database_backend() {
        DbBackend::Postgres => {
            "SELECT * FROM outbox WHERE organiser_id = $1 AND subject_id = $2 AND n > $3 ORDER BY n LIMIT 500"
        }
        _ => {
            "SELECT * FROM outbox WHERE organiser_id = ? AND subject_id = ? AND n > ? ORDER BY n LIMIT 500"
        }
    };
    let values = [
        cx.organiser().uuid().into(),
        subject.id.into(),
        after.into(),
    ];
    let rows = cx
        .db()
        .query_all_raw(Statement::from_sql_and_values(
            cx.db().get_database_backend(),
            sql,
            values,
        ))
        .await?;
    let rows = rows
        .iter()
        .map(|row| Row::from_query_result(row, ""))
        .collect::<Result<Vec<_>, _>>()?;
    let gapless = rows.first().is_none_or(|first| first.n == Some(after + 1));
    Ok(gapless.then(|| rows.into_iter().filter_map(Row::read).collect()))
}
