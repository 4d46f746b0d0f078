//! The schema, one file per change, both databases from one source. Tables are named by string: a migration never changes with the code.

mod m0001_store;
mod m0002_reach;
mod m0003_identity;
mod m0004_organisation;
mod m0005_rubrics;
mod m0006_notices;
mod m0007_forgetting;
mod m0008_forks;
mod m0009_rubric_link;
mod m0010_curriculum;
mod m0011_sharing;
mod m0012_catalogue;
mod m0013_talk;
mod m0014_files;
mod m0015_shelves;
mod m0016_counts;
mod shape;
#[cfg(test)]
mod tenancy;

use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, EntityTrait, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use sea_orm_migration::{
    IntoSchemaManagerConnection, MigrationTrait, MigratorTrait, SchemaManager,
    async_trait::async_trait, seaql_migrations,
};
use store::Store;

/// Tables of the whole deployment, not of one organiser. Every other table leads its primary key, unique indexes and foreign keys with `organiser_id`.
pub const GLOBAL_TABLES: &[&str] = &[
    "account",
    "known_place",
    "open_facet",
    "open_rubric",
    "open_search",
    "open_version",
    "organiser",
    "reference_list",
    "seaql_migrations",
    "sign_in",
    "sign_in_link",
    "throttle",
];

struct Migrator;

#[async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_store::Migration),
            Box::new(m0002_reach::Migration),
            Box::new(m0003_identity::Migration),
            Box::new(m0004_organisation::Migration),
            Box::new(m0005_rubrics::Migration),
            Box::new(m0006_notices::Migration),
            Box::new(m0007_forgetting::Migration),
            Box::new(m0008_forks::Migration),
            Box::new(m0009_rubric_link::Migration),
            Box::new(m0010_curriculum::Migration),
            Box::new(m0011_sharing::Migration),
            Box::new(m0012_catalogue::Migration),
            Box::new(m0013_talk::Migration),
            Box::new(m0014_files::Migration),
            Box::new(m0015_shelves::Migration),
            Box::new(m0016_counts::Migration),
        ]
    }
}

/// Why the schema could not be brought up to date. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A newer release has been here.
    #[error(
        "the database was migrated by a newer release of Kollegium (it has `{0}`); start that release, or restore a backup"
    )]
    Newer(String),
    /// The database refused.
    #[error("the database could not be migrated: {0}")]
    Db(#[from] DbErr),
}

/// What separates the schema from this release.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State {
    /// Changes that are not applied yet, in order.
    pub pending: Vec<String>,
    /// Changes that this release does not know: a newer one has been here.
    pub unknown: Vec<String>,
}

/// Looks at the schema without changing it, and without waiting for whoever writes.
///
/// # Errors
///
/// Those of the database.
pub async fn state(store: &Store) -> Result<State, DbErr> {
    read(store.readers()).await
}

async fn read<'c>(db: impl IntoSchemaManagerConnection<'c>) -> Result<State, DbErr> {
    let known: Vec<String> = Migrator::migrations()
        .iter()
        .map(|migration| migration.name().to_owned())
        .collect();
    let manager = SchemaManager::new(db);
    let applied: Vec<String> = if manager.has_table("seaql_migrations").await? {
        seaql_migrations::Entity::find()
            .all(manager.get_connection())
            .await?
            .into_iter()
            .map(|row| row.version)
            .collect()
    } else {
        Vec::new()
    };
    Ok(State {
        pending: known
            .iter()
            .filter(|name| !applied.contains(name))
            .cloned()
            .collect(),
        unknown: applied
            .into_iter()
            .filter(|name| !known.contains(name))
            .collect(),
    })
}

/// Applies what is pending, all of it or nothing, while no other process can. Returns how many changes were applied.
///
/// # Errors
///
/// [`Error::Newer`] when the schema is ahead of this release, otherwise those of the database.
#[expect(
    clippy::disallowed_methods,
    reason = "a migration is no effect of a person"
)]
pub async fn up(store: &Store) -> Result<usize, Error> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..Default::default()
    };
    let transaction = store.writer().begin_with_options(options).await?;
    if transaction.get_database_backend() == DbBackend::Postgres {
        transaction
            .execute_unprepared("SELECT pg_advisory_xact_lock(7015646544217489)")
            .await?;
    }
    let State { pending, unknown } = read(&transaction).await?;
    if let Some(name) = unknown.into_iter().next() {
        return Err(Error::Newer(name));
    }
    if !pending.is_empty() {
        Migrator::up(&transaction, None).await?;
    }
    transaction.commit().await?;
    Ok(pending.len())
}
