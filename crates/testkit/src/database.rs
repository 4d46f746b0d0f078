//! A migrated database per test: a copied SQLite file, or a database made from a template.

use crate::{TestClock, cluster};
use kit::{Actor, Lang};
use sea_orm::{ConnectionTrait, Database, DbErr};
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use store::{Consumers, Cx, DbConfig, Ids, Secret, Store};
use tempfile::TempDir;
use tokio::sync::OnceCell;
use uuid::Uuid;

/// A database of one test, opened as in production.
#[derive(Debug)]
pub struct TestDb {
    /// The opened store.
    pub store: Store,
    /// Its clock.
    pub clock: TestClock,
    /// Where it is, for a second process or a second store.
    pub config: DbConfig,
    folder: Option<TempDir>,
    name: Option<String>,
}

/// Runs a test on SQLite and, where its programs are installed, on PostgreSQL.
pub async fn on_both(test: impl AsyncFn(&TestDb)) {
    on_both_with(&Consumers::default(), test).await;
}

/// As [`on_both`], with rooms that learn by events.
pub async fn on_both_with(consumers: &Consumers, test: impl AsyncFn(&TestDb)) {
    let db = TestDb::sqlite(consumers).await;
    test(&db).await;
    db.end().await;
    if let Some(db) = TestDb::postgres(consumers).await {
        test(&db).await;
        db.end().await;
    }
}

impl TestDb {
    /// A migrated SQLite file of its own.
    pub async fn sqlite(consumers: &Consumers) -> Self {
        static TEMPLATE: OnceCell<(TempDir, PathBuf)> = OnceCell::const_new();
        let (_, template) = TEMPLATE
            .get_or_init(async || {
                let folder = tempfile::tempdir().expect("a temporary folder can be made");
                let path = folder.path().join("template.db");
                let config = DbConfig {
                    url: format!("sqlite:{}", path.display()),
                    ..DbConfig::default()
                };
                let (store, _) = open(&config, &Consumers::default()).await;
                migrations::up(&store)
                    .await
                    .expect("the schema can be made");
                store.close().await;
                (folder, path)
            })
            .await;
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let path = folder.path().join("test.db");
        std::fs::copy(template, &path).expect("the template can be copied");
        let config = DbConfig {
            url: format!("sqlite:{}", path.display()),
            connections_max: 8,
            ..DbConfig::default()
        };
        let (store, clock) = open(&config, consumers).await;
        Self {
            store,
            clock,
            config,
            folder: Some(folder),
            name: None,
        }
    }

    /// A migrated PostgreSQL database of its own; `None` where PostgreSQL is not installed, which the cluster says on stderr.
    pub async fn postgres(consumers: &Consumers) -> Option<Self> {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let url = cluster::url()?;
        let template = template(url)
            .await
            .expect("the template database can be made");
        let name = format!(
            "test_{}_{}",
            std::process::id(),
            COUNT.fetch_add(1, Ordering::Relaxed)
        );
        run(
            url,
            &[&format!("CREATE DATABASE {name} TEMPLATE {template}")],
        )
        .await
        .expect("a test database can be made");
        let config = DbConfig {
            url: in_database(url, &name),
            connections_max: 8,
            acquire_ms_max: 20_000,
        };
        let (store, clock) = open(&config, consumers).await;
        Some(Self {
            store,
            clock,
            config,
            folder: None,
            name: Some(name),
        })
    }

    /// A context for `actor`, at the test's time, with readers of its own count.
    #[must_use]
    pub fn cx(&self, actor: Actor) -> Cx {
        self.store.cx(actor, Lang::En, Uuid::nil())
    }

    /// Which database it is, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        if self.store.is_postgres() {
            "PostgreSQL"
        } else {
            "SQLite"
        }
    }

    /// Closes and removes it.
    pub async fn end(self) {
        self.store.close().await;
        drop(self.folder);
        if let (Some(name), Some(url)) = (self.name, cluster::url()) {
            run(
                url,
                &[&format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)")],
            )
            .await
            .expect("a test database can be dropped");
        }
    }
}

async fn open(config: &DbConfig, consumers: &Consumers) -> (Store, TestClock) {
    let clock = TestClock::new();
    let secret = Secret(Arc::from(*b"a secret of the tests"));
    let store = Store::open(
        config,
        clock.clock(),
        Ids::system(),
        secret,
        consumers.clone(),
    )
    .await
    .expect("the test database opens");
    (store, clock)
}

/// The name of a migrated database, made once per build of the test program and shared by its processes.
#[expect(
    clippy::disallowed_methods,
    reason = "a lock among test processes is no effect"
)]
async fn template(url: &str) -> Result<&'static str, DbErr> {
    static NAME: OnceCell<String> = OnceCell::const_new();
    let name = NAME
        .get_or_try_init(async || {
            let name = format!("template_{:016x}", build());
            let admin = Database::connect(url).await?;
            // Another process may be making it: whoever comes second waits here and finds it made.
            admin.execute_unprepared("SELECT 1").await?;
            let lock = sea_orm::TransactionTrait::begin(&admin).await?;
            lock.execute_unprepared("SELECT pg_advisory_xact_lock(81)")
                .await?;
            let found = admin
                .query_one_raw(sea_orm::Statement::from_string(
                    sea_orm::DbBackend::Postgres,
                    format!("SELECT 1 FROM pg_database WHERE datname = '{name}'"),
                ))
                .await?;
            if found.is_none() {
                let draft = format!("{name}_draft");
                run(
                    url,
                    &[
                        &format!("DROP DATABASE IF EXISTS {draft} WITH (FORCE)"),
                        &format!("CREATE DATABASE {draft}"),
                    ],
                )
                .await?;
                let (store, _) = open(
                    &DbConfig {
                        url: in_database(url, &draft),
                        ..DbConfig::default()
                    },
                    &Consumers::default(),
                )
                .await;
                migrations::up(&store)
                    .await
                    .expect("the schema can be made");
                store.close().await;
                run(url, &[&format!("ALTER DATABASE {draft} RENAME TO {name}")]).await?;
            }
            lock.commit().await?;
            admin.close().await?;
            Ok::<_, DbErr>(name)
        })
        .await?;
    Ok(name)
}

/// Tells builds of the test program apart, since another build may have another schema.
fn build() -> u64 {
    let mut hasher = DefaultHasher::new();
    let program = std::env::current_exe().expect("a running program has a path");
    program.hash(&mut hasher);
    program
        .metadata()
        .and_then(|data| data.modified())
        .expect("a running program has a date")
        .hash(&mut hasher);
    hasher.finish()
}

async fn run(url: &str, statements: &[&str]) -> Result<(), DbErr> {
    let admin = Database::connect(url).await?;
    for sql in statements {
        admin.execute_unprepared(sql).await?;
    }
    admin.close().await
}

fn in_database(url: &str, name: &str) -> String {
    let (server, _) = url
        .rsplit_once('/')
        .expect("the cluster's address ends with a database");
    format!("{server}/{name}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_test_finds_a_migrated_database_of_each_kind_and_a_cx_reads_it() {
        on_both(async |db| {
            let cx = db.cx(Actor::Anonymous);
            cx.ping().await.unwrap();
            assert!(
                migrations::state(&db.store)
                    .await
                    .unwrap()
                    .pending
                    .is_empty(),
                "{}",
                db.kind()
            );
            assert_eq!(cx.db().statements(), 1);
        })
        .await;
    }
}
