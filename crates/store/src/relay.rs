//! How a replica hears what happened: it tails the outbox and hands each event to whoever listens in this process.
//!
//! Sequence alone is no position, because it is taken before commit. On PostgreSQL only rows of transactions that are older than every running
//! one are read, in order of (transaction, sequence); SQLite's single writer commits in order.

use crate::{Error, Occurrence, Store, event::Row};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, Statement};
use std::{
    fmt,
    sync::{Arc, OnceLock},
    time::Duration,
};
use tokio::sync::{Notify, broadcast};
use tokio::task::JoinHandle;

/// How often a replica looks by itself, when nobody woke it.
const POLL: Duration = Duration::from_millis(250);
/// At most one message to the other replicas in this time.
const NOTIFY_PAUSE: Duration = Duration::from_millis(20);
/// How many events a slow listener may fall behind before it must read again from the start.
const BACKLOG: usize = 1_024;
const BATCH: i64 = 500;
const CHANNEL: &str = "kollegium_outbox";

/// Who hears of this replica's own effects at once.
struct AtOnce(Box<dyn Fn(&Occurrence) + Send + Sync>);

impl fmt::Debug for AtOnce {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AtOnce")
    }
}

/// Where a replica's listeners hear events.
#[derive(Debug)]
pub struct Feed {
    sender: broadcast::Sender<Arc<Occurrence>>,
    written: Notify,
    tell_others: Notify,
    work: Arc<Notify>,
    at_once: OnceLock<AtOnce>,
}

/// A listener's ear. [`broadcast::error::RecvError::Lagged`] means: read again from the start.
pub type Heard = broadcast::Receiver<Arc<Occurrence>>;

impl Feed {
    pub(crate) fn new() -> Self {
        Self {
            sender: broadcast::channel(BACKLOG).0,
            written: Notify::new(),
            tell_others: Notify::new(),
            work: Arc::default(),
            at_once: OnceLock::new(),
        }
    }

    /// Hears everything from now on. Subscribe first, then [`crate::replay`], and drop what is met twice.
    #[must_use]
    pub fn listen(&self) -> Heard {
        self.sender.subscribe()
    }

    /// Lets `hear` know of this replica's own effects before their answer goes out, so that whoever changed a role sees it changed. Other replicas' come
    /// by the feed. It must be quick; the first one given stays.
    pub fn hear_at_once(&self, hear: impl Fn(&Occurrence) + Send + Sync + 'static) {
        let _ = self.at_once.set(AtOnce(Box::new(hear)));
    }

    /// After a commit of this replica: look now, and tell the others.
    pub(crate) fn committed(&self, happened: &[Occurrence]) {
        if let Some(AtOnce(hear)) = self.at_once.get() {
            happened.iter().for_each(hear);
        }
        self.written.notify_one();
        self.tell_others.notify_one();
        self.work.notify_one();
    }

    pub(crate) async fn woken_to_work(&self) {
        tokio::select! {
            () = self.work.notified() => {}
            () = tokio::time::sleep(POLL) => {}
        }
    }
}

/// Everything up to here was heard: transaction and sequence.
#[derive(Debug, Clone, Copy)]
struct Heading {
    tx: i64,
    seq: i64,
}

impl Store {
    /// Starts hearing, from now on. The task ends when it is aborted.
    ///
    /// # Errors
    ///
    /// Those of the database, when the present end of the outbox cannot be read.
    pub async fn start_feed(&self) -> Result<Vec<JoinHandle<()>>, Error> {
        let mut heading = self.head().await?;
        let store = self.clone();
        let mut tasks = vec![tokio::spawn(async move {
            loop {
                match store.hear(heading).await {
                    Ok((reached, more)) => {
                        heading = reached;
                        if more {
                            continue;
                        }
                    }
                    Err(error) => tracing::warn!(%error, "the outbox cannot be read; trying again"),
                }
                tokio::select! {
                    () = store.feed().written.notified() => {}
                    () = tokio::time::sleep(POLL) => {}
                }
            }
        })];
        if self.is_postgres() {
            tasks.push(tokio::spawn(tell_others(self.clone())));
            tasks.push(tokio::spawn(hear_others(self.clone())));
        }
        Ok(tasks)
    }

    async fn head(&self) -> Result<Heading, Error> {
        let (backend, sql) = if self.is_postgres() {
            (
                DbBackend::Postgres,
                "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint - 1 AS tx, 9223372036854775807 AS seq",
            )
        } else {
            (
                DbBackend::Sqlite,
                "SELECT 0 AS tx, COALESCE(MAX(seq), 0) AS seq FROM outbox",
            )
        };
        let row = self
            .writer()
            .query_one_raw(Statement::from_string(backend, sql))
            .await?
            .ok_or_else(|| Error::Unreadable("no position".to_owned()))?;
        Ok(Heading {
            tx: row.try_get("", "tx")?,
            seq: row.try_get("", "seq")?,
        })
    }

    async fn hear(&self, from: Heading) -> Result<(Heading, bool), Error> {
        let (backend, sql) = if self.is_postgres() {
            (
                DbBackend::Postgres,
                "SELECT * FROM outbox WHERE (tx, seq) > ($1, $2) AND tx < pg_snapshot_xmin(pg_current_snapshot())::text::bigint ORDER BY tx, seq LIMIT $3",
            )
        } else {
            (
                DbBackend::Sqlite,
                "SELECT * FROM outbox WHERE (tx, seq) > (?, ?) ORDER BY tx, seq LIMIT ?",
            )
        };
        let statement = Statement::from_sql_and_values(
            backend,
            sql,
            [from.tx.into(), from.seq.into(), BATCH.into()],
        );
        let rows = self.readers().query_all_raw(statement).await?;
        let more = i64::try_from(rows.len()).is_ok_and(|read| read == BATCH);
        let mut reached = from;
        for row in rows {
            let row = Row::from_query_result(&row, "")?;
            reached = Heading {
                tx: row.tx,
                seq: row.seq,
            };
            if let Some(happened) = row.read() {
                // Nobody listening is no failure.
                let _ = self.feed().sender.send(Arc::new(happened));
            }
        }
        Ok((reached, more))
    }
}

/// Tells the other replicas, in a statement of its own: inside the domain transaction it would serialise all commits.
async fn tell_others(store: Store) {
    loop {
        store.feed().tell_others.notified().await;
        if let Err(error) = store
            .writer()
            .execute_unprepared(&format!("NOTIFY {CHANNEL}"))
            .await
        {
            tracing::debug!(%error, "the other replicas were not told; they poll");
        }
        tokio::time::sleep(NOTIFY_PAUSE).await;
    }
}

async fn hear_others(store: Store) {
    loop {
        let heard = async {
            let mut listener = sqlx::postgres::PgListener::connect_with(
                store.writer().get_postgres_connection_pool(),
            )
            .await?;
            listener.listen(CHANNEL).await?;
            loop {
                listener.recv().await?;
                store.feed().written.notify_one();
                store.feed().work.notify_one();
            }
        };
        let ended: Result<(), sqlx::Error> = heard.await;
        if let Err(error) = ended {
            tracing::debug!(%error, "not listening to the other replicas; polling meanwhile");
        }
        tokio::time::sleep(POLL).await;
    }
}
