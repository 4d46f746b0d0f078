//! An operator's own hand on a database, to take it away from a server and to give it back.

use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection};

/// One connection beside the server's.
#[derive(Debug)]
pub struct Operator(DatabaseConnection);

impl Operator {
    /// Connects to the database at `url`, once.
    ///
    /// # Panics
    ///
    /// If the database does not answer.
    pub async fn at(url: &str) -> Self {
        let mut options = ConnectOptions::new(url);
        options.max_connections(1).min_connections(1);
        Self(
            Database::connect(options)
                .await
                .expect("the database answers the operator"),
        )
    }

    /// Does what `sql` says.
    ///
    /// # Panics
    ///
    /// If the database refuses it.
    pub async fn run(&self, sql: &str) {
        self.0
            .execute_unprepared(sql)
            .await
            .expect("the operator may do this");
    }
}
