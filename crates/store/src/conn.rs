//! Where a context's statements go: the readers, or the one open transaction. Each statement is counted.

use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult,
    QueryResult, Statement, prelude::async_trait::async_trait,
};
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

/// A connection that counts its statements, so that "no query per row" can be asserted.
#[derive(Clone, Debug)]
pub struct Conn {
    to: To,
    count: Arc<AtomicU64>,
    /// Those of every connection of the store.
    all: Arc<AtomicU64>,
}

#[derive(Clone, Debug)]
enum To {
    Pool(DatabaseConnection),
    Transaction(Arc<DatabaseTransaction>),
}

impl Conn {
    pub(crate) fn pool(pool: DatabaseConnection, all: Arc<AtomicU64>) -> Self {
        Self {
            to: To::Pool(pool),
            count: Arc::default(),
            all,
        }
    }

    /// The same count, inside a transaction.
    pub(crate) fn within(&self, transaction: Arc<DatabaseTransaction>) -> Self {
        Self {
            to: To::Transaction(transaction),
            count: self.count.clone(),
            all: self.all.clone(),
        }
    }

    /// Whether statements go into an open transaction: what a read must note then goes there too.
    #[must_use]
    pub fn is_transaction(&self) -> bool {
        matches!(self.to, To::Transaction(_))
    }

    /// How many statements were sent so far, `BEGIN` and `COMMIT` not counted.
    #[must_use]
    pub fn statements(&self) -> u64 {
        self.count.load(Ordering::Relaxed)
    }

    fn counted(&self) -> &To {
        self.count.fetch_add(1, Ordering::Relaxed);
        self.all.fetch_add(1, Ordering::Relaxed);
        &self.to
    }
}

#[async_trait]
impl ConnectionTrait for Conn {
    fn get_database_backend(&self) -> DbBackend {
        match &self.to {
            To::Pool(conn) => conn.get_database_backend(),
            To::Transaction(conn) => conn.get_database_backend(),
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self.counted() {
            To::Pool(conn) => conn.execute_raw(statement).await,
            To::Transaction(conn) => conn.execute_raw(statement).await,
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self.counted() {
            To::Pool(conn) => conn.execute_unprepared(sql).await,
            To::Transaction(conn) => conn.execute_unprepared(sql).await,
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self.counted() {
            To::Pool(conn) => conn.query_one_raw(statement).await,
            To::Transaction(conn) => conn.query_one_raw(statement).await,
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self.counted() {
            To::Pool(conn) => conn.query_all_raw(statement).await,
            To::Transaction(conn) => conn.query_all_raw(statement).await,
        }
    }
}
