//! Opening the database, and the one object that everything shared hangs on.

use crate::{Conn, Consumers, Cx, Error, Feed, Ids};
use kit::{Actor, Clock, Lang};
use sea_orm::{ConnectOptions, Database, DatabaseConnection, DbBackend};
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use uuid::Uuid;

/// Where the data is kept.
#[derive(Debug, Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct DbConfig {
    /// `sqlite:PATH` or `postgres://USER:PASSWORD@HOST/DATABASE`.
    pub url: String,
    /// How many connections may read (SQLite) or be open at all (PostgreSQL).
    pub connections_max: u32,
    /// How long to wait for a free connection, in milliseconds, before the answer is `UNAVAILABLE`.
    pub acquire_ms_max: u64,
}

impl Default for DbConfig {
    fn default() -> Self {
        Self {
            url: "sqlite:data/kollegium.db".to_owned(),
            connections_max: 16,
            acquire_ms_max: 3_000,
        }
    }
}

/// Whether the address names a SQLite file.
#[must_use]
pub fn is_sqlite(url: &str) -> bool {
    url.starts_with("sqlite:")
}

/// A secret of the deployment: keys the hashes of asks. Never shown.
#[derive(Clone)]
pub struct Secret(pub Arc<[u8]>);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret")
    }
}

/// An opened database with what replicas share of it. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    writer: DatabaseConnection,
    readers: DatabaseConnection,
    statements: Arc<AtomicU64>,
    clock: Clock,
    ids: Ids,
    secret: Secret,
    consumers: Consumers,
    feed: Feed,
}

impl Store {
    /// Opens the database. A SQLite file and its folder are made when they do not exist; nothing is migrated.
    ///
    /// # Errors
    ///
    /// [`Error::Unavailable`] when the database does not answer or the file cannot be opened for writing.
    pub async fn open(
        config: &DbConfig,
        clock: Clock,
        ids: Ids,
        secret: Secret,
        consumers: Consumers,
    ) -> Result<Self, Error> {
        let (writer, readers) = if is_sqlite(&config.url) {
            sqlite(config).await?
        } else {
            postgres(config).await?
        };
        Ok(Self(Arc::new(Inner {
            writer,
            readers,
            statements: Arc::default(),
            clock,
            ids,
            secret,
            consumers,
            feed: Feed::new(),
        })))
    }

    /// A context for one request.
    #[must_use]
    pub fn cx(&self, actor: Actor, lang: Lang, request: Uuid) -> Cx {
        Cx {
            actor,
            now: self.0.clock.now(),
            lang,
            request,
            ids: self.0.ids.clone(),
            conn: Conn::pool(self.0.readers.clone(), self.0.statements.clone()),
            store: self.clone(),
        }
    }

    /// The connection that writes, for migrations.
    #[must_use]
    pub fn writer(&self) -> &DatabaseConnection {
        &self.0.writer
    }

    /// Whether PostgreSQL answers; otherwise SQLite does.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.0.writer.get_database_backend() == DbBackend::Postgres
    }

    /// How many statements all contexts of this store have sent together, `BEGIN` and `COMMIT` not counted: what a request costs the
    /// database is the difference that it makes. The store's own upkeep is not in it.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.0.statements.load(Ordering::Relaxed)
    }

    /// The clock that contexts are made with.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Where this replica hears what happened.
    #[must_use]
    pub fn feed(&self) -> &Feed {
        &self.0.feed
    }

    /// The connections that read, for looking at the schema.
    #[must_use]
    pub fn readers(&self) -> &DatabaseConnection {
        &self.0.readers
    }

    pub(crate) fn consumers(&self) -> &Consumers {
        &self.0.consumers
    }

    pub(crate) fn secret(&self) -> &[u8] {
        &self.0.secret.0
    }

    /// Closes every connection. SQLite folds its log into the file.
    pub async fn close(&self) {
        let _ = self.0.readers.clone().close().await;
        let _ = self.0.writer.clone().close().await;
    }
}

fn options(url: &str, connections: u32, config: &DbConfig) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(connections)
        .acquire_timeout(Duration::from_millis(config.acquire_ms_max))
        .connect_timeout(Duration::from_millis(config.acquire_ms_max))
        .test_before_acquire_if_idle_for(Duration::from_secs(2))
        .sqlx_logging(false);
    options
}

async fn sqlite(config: &DbConfig) -> Result<(DatabaseConnection, DatabaseConnection), Error> {
    let path = PathBuf::from(
        config
            .url
            .trim_start_matches("sqlite:")
            .trim_start_matches("//")
            .split('?')
            .next()
            .unwrap_or_default(),
    );
    let mut writer = options(&format!("sqlite://{}?mode=rwc", path.display()), 1, config);
    writer.map_sqlx_sqlite_opts(|options| {
        options
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", "FULL")
            .pragma("foreign_keys", "ON")
            .pragma("busy_timeout", "5000")
    });
    let writer = Database::connect(writer).await?;
    let mut readers = options(
        &format!("sqlite://{}?mode=ro", path.display()),
        config.connections_max,
        config,
    );
    readers.map_sqlx_sqlite_opts(|options| {
        options
            .pragma("busy_timeout", "5000")
            .pragma("query_only", "ON")
    });
    Ok((writer, Database::connect(readers).await?))
}

/// One pool. Its fixed statements keep one plan: planning array parameters anew costs as much as running them.
async fn postgres(config: &DbConfig) -> Result<(DatabaseConnection, DatabaseConnection), Error> {
    let mut pool = options(&config.url, config.connections_max, config);
    pool.map_sqlx_postgres_opts(|options| {
        options
            .options([("plan_cache_mode", "force_generic_plan")])
            .application_name("kollegium")
    });
    let pool = Database::connect(pool).await?;
    Ok((pool.clone(), pool))
}
