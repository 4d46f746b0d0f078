//! Work that follows from what happened: a delivery per event and consumer, claimed with a lease, in order per subject, tried again until it succeeds.

use crate::{Error, Event, Occurrence, Store, Tx, event::Row, write};
use chrono::TimeDelta;
use futures_util::future::BoxFuture;
use kit::{Actor, Instant, Lang, OrganiserId, Thing};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement, TransactionTrait};
use std::{fmt, sync::Arc, time::Duration};
use tokio::task::JoinHandle;
use uuid::Uuid;

/// How long a claimed delivery is left to whoever claimed it.
const LEASE: TimeDelta = TimeDelta::seconds(60);

/// Why a delivery did not succeed; it is tried again.
pub type Failed = Box<dyn std::error::Error + Send + Sync>;

type Handler =
    Arc<dyn for<'a> Fn(&'a Tx, &'a Occurrence) -> BoxFuture<'a, Result<(), Failed>> + Send + Sync>;

type Due = Arc<dyn Fn(&serde_json::Value) -> Option<Instant> + Send + Sync>;

/// A room that learns by an event.
#[derive(Clone)]
pub struct Consumer {
    /// The room, as the delivery names it: never changes.
    pub name: &'static str,
    /// The event's name.
    pub event: &'static str,
    handler: Handler,
    due: Option<Due>,
}

impl Consumer {
    /// A consumer of `E`. The handler runs in a transaction of the event's organiser, and may meet an event twice.
    pub fn on<E: Event>(
        name: &'static str,
        handler: impl for<'a> Fn(&'a Tx, &'a Occurrence, E) -> BoxFuture<'a, Result<(), Failed>>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        let handler: Handler = Arc::new(move |tx, happened| match happened.read::<E>() {
            Some(event) => handler(tx, happened, event),
            None => Box::pin(async { Err("the event cannot be read".into()) }),
        });
        Self {
            name,
            event: E::NAME,
            handler,
            due: None,
        }
    }

    /// The same consumer, which is owed its deliveries not before the moment that the event itself names.
    ///
    /// Whatever comes later for the same subject waits for them: give it a name of its own. The handler asks again whether what is told still holds.
    #[must_use]
    pub fn not_before<E: Event>(
        self,
        moment: impl Fn(&E) -> Option<Instant> + Send + Sync + 'static,
    ) -> Self {
        let due: Due = Arc::new(move |body| {
            let event = serde_json::from_value::<E>(body.clone()).ok()?;
            moment(&event)
        });
        Self {
            due: Some(due),
            ..self
        }
    }

    fn due(&self, body: &serde_json::Value, now: Instant) -> Instant {
        let named = self.due.as_ref().and_then(|due| due(body));
        named.map_or(now, |moment| moment.max(now))
    }
}

impl fmt::Debug for Consumer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {}", self.name, self.event)
    }
}

/// Everything that wants to learn by events.
#[derive(Debug, Clone, Default)]
pub struct Consumers(pub Vec<Consumer>);

impl Consumers {
    fn of(&self, event: &str) -> impl Iterator<Item = &Consumer> {
        self.0
            .iter()
            .filter(move |consumer| consumer.event == event)
    }
}

/// Owes every consumer of the event a delivery, in the event's own transaction.
pub(crate) async fn deliver(
    tx: &Tx,
    event: Uuid,
    seq: i64,
    name: &str,
    subject: Thing,
    body: &serde_json::Value,
) -> Result<(), Error> {
    let backend = tx.db().get_database_backend();
    for consumer in tx.store().consumers().of(name) {
        let sql = match backend {
            DbBackend::Postgres => {
                "INSERT INTO delivery (organiser_id, id, consumer, event_id, seq, subject_id, due_at, tries) VALUES ($1, $2, $3, $4, $5, $6, $7, 0)"
            }
            _ => {
                "INSERT INTO delivery (organiser_id, id, consumer, event_id, seq, subject_id, due_at, tries) VALUES (?, ?, ?, ?, ?, ?, ?, 0)"
            }
        };
        let values = [
            tx.organiser().uuid().into(),
            tx.ids.ordered().into(),
            consumer.name.into(),
            event.into(),
            seq.into(),
            subject.id.into(),
            consumer.due(body, tx.now).into(),
        ];
        tx.db()
            .execute_raw(Statement::from_sql_and_values(backend, sql, values))
            .await?;
    }
    Ok(())
}

#[derive(Debug, FromQueryResult)]
struct Claimed {
    organiser_id: Uuid,
    id: Uuid,
    consumer: String,
    event_id: Uuid,
    tries: i64,
}

impl Store {
    /// Starts working off deliveries. The task ends when it is aborted; what it had claimed is taken up again when the lease is over.
    #[must_use]
    pub fn start_work(&self) -> JoinHandle<()> {
        let store = self.clone();
        tokio::spawn(async move {
            loop {
                match store.work_once().await {
                    Ok(true) => continue,
                    Ok(false) => {}
                    Err(error) => {
                        tracing::warn!(%error, "deliveries cannot be read; trying again");
                        tokio::time::sleep(Duration::from_secs(1)).await;
                    }
                }
                store.feed().woken_to_work().await;
            }
        })
    }

    /// Works off every delivery that is due: what a command does before it ends, and a test before it looks.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub async fn work_until_idle(&self) -> Result<(), Error> {
        while self.work_once().await? {}
        Ok(())
    }

    async fn work_once(&self) -> Result<bool, Error> {
        let Some(claimed) = self.claim().await? else {
            return Ok(false);
        };
        let organiser = OrganiserId(claimed.organiser_id);
        let cx = self.cx(
            Actor::System {
                job: "delivery",
                organiser,
            },
            Lang::Sv,
            claimed.id,
        );
        let done = write(&cx, async |tx: &Tx| self.handle(tx, &claimed).await).await;
        if let Err(Undelivered(error)) = done {
            tracing::warn!(%error, consumer = claimed.consumer, tries = claimed.tries, "a delivery failed and will be tried again");
            let pause = TimeDelta::seconds(1i64 << claimed.tries.clamp(0, 12));
            self.release(&claimed, cx.now + pause).await?;
        }
        Ok(true)
    }

    async fn handle(&self, tx: &Tx, claimed: &Claimed) -> Result<(), Undelivered> {
        let backend = tx.db().get_database_backend();
        let key = [claimed.organiser_id.into(), claimed.event_id.into()];
        let sql = match backend {
            DbBackend::Postgres => "SELECT * FROM outbox WHERE organiser_id = $1 AND id = $2",
            _ => "SELECT * FROM outbox WHERE organiser_id = ? AND id = ?",
        };
        let row = tx
            .db()
            .query_one_raw(Statement::from_sql_and_values(backend, sql, key))
            .await
            .map_err(Error::from)?;
        let happened = row
            .map(|row| Row::from_query_result(&row, ""))
            .transpose()
            .map_err(Error::from)?
            .and_then(Row::read);
        if let Some(happened) = &happened
            && let Some(consumer) = self.consumers().0.iter().find(|consumer| {
                consumer.name == claimed.consumer && consumer.event == happened.name
            })
        {
            (consumer.handler)(tx, happened)
                .await
                .map_err(Undelivered)?;
        }
        let sql = match backend {
            DbBackend::Postgres => "DELETE FROM delivery WHERE organiser_id = $1 AND id = $2",
            _ => "DELETE FROM delivery WHERE organiser_id = ? AND id = ?",
        };
        tx.db()
            .execute_raw(Statement::from_sql_and_values(
                backend,
                sql,
                [claimed.organiser_id.into(), claimed.id.into()],
            ))
            .await
            .map_err(Error::from)?;
        Ok(())
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "a claim is a transaction of its own, before the effect's"
    )]
    /// Takes the oldest due delivery whose subject has no older one waiting for the same consumer.
    async fn claim(&self) -> Result<Option<Claimed>, Error> {
        const OLDEST_DUE: &str = "FROM delivery d WHERE d.due_at <= {now} AND (d.leased_until IS NULL OR d.leased_until < {now}) \
             AND NOT EXISTS (SELECT 1 FROM delivery o WHERE o.organiser_id = d.organiser_id AND o.consumer = d.consumer AND o.subject_id = d.subject_id AND o.seq < d.seq) ORDER BY d.seq LIMIT 1";
        let now = self.clock().now();
        let statement = if self.is_postgres() {
            let due = OLDEST_DUE.replace("{now}", "$1");
            let sql = format!(
                "UPDATE delivery SET leased_until = $2, tries = tries + 1 WHERE (organiser_id, id) = (SELECT d.organiser_id, d.id {due} FOR UPDATE SKIP LOCKED) RETURNING organiser_id, id, consumer, event_id, tries"
            );
            Statement::from_sql_and_values(
                DbBackend::Postgres,
                sql,
                [now.into(), (now + LEASE).into()],
            )
        } else {
            // Looked for among the readers first, so that an idle house takes no write lock.
            let due = OLDEST_DUE.replace("{now}", "?1");
            let look = Statement::from_sql_and_values(
                DbBackend::Sqlite,
                format!("SELECT d.id {due}"),
                [now.into()],
            );
            if self.readers().query_one_raw(look).await?.is_none() {
                return Ok(None);
            }
            let sql = format!(
                "UPDATE delivery SET leased_until = ?2, tries = tries + 1 WHERE (organiser_id, id) = (SELECT d.organiser_id, d.id {due}) RETURNING organiser_id, id, consumer, event_id, tries"
            );
            Statement::from_sql_and_values(
                DbBackend::Sqlite,
                sql,
                [now.into(), (now + LEASE).into()],
            )
        };
        let transaction = self.writer().begin().await?;
        let row = transaction.query_one_raw(statement).await?;
        transaction.commit().await?;
        Ok(row
            .map(|row| Claimed::from_query_result(&row, ""))
            .transpose()?)
    }

    async fn release(&self, claimed: &Claimed, due_at: kit::Instant) -> Result<(), Error> {
        let (backend, sql) = if self.is_postgres() {
            (
                DbBackend::Postgres,
                "UPDATE delivery SET leased_until = NULL, due_at = $1 WHERE organiser_id = $2 AND id = $3",
            )
        } else {
            (
                DbBackend::Sqlite,
                "UPDATE delivery SET leased_until = NULL, due_at = ? WHERE organiser_id = ? AND id = ?",
            )
        };
        let values = [
            due_at.into(),
            claimed.organiser_id.into(),
            claimed.id.into(),
        ];
        self.writer()
            .execute_raw(Statement::from_sql_and_values(backend, sql, values))
            .await?;
        Ok(())
    }
}

#[derive(Debug)]
struct Undelivered(Failed);

impl From<Error> for Undelivered {
    fn from(error: Error) -> Self {
        Self(Box::new(error))
    }
}
