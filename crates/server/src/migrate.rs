//! `kollegium migrate`, and what `serve` asks of a schema.

use crate::{
    compose,
    config::Config,
    exit::{Exit, Failure},
    folder, say,
};
use store::Store;

pub(crate) async fn migrate(config: &Config) -> Result<(), Failure> {
    folder::of_database(&config.database.url)?;
    let store = compose::open_schema(config).await?;
    let applied = up(&store).await;
    store.close().await;
    match applied? {
        0 => say("the schema was up to date"),
        1 => say("the schema is up to date: 1 change applied"),
        count => say(&format!(
            "the schema is up to date: {count} changes applied"
        )),
    }
}

/// Applies what is pending.
pub(crate) async fn up(store: &Store) -> Result<usize, Failure> {
    migrations::up(store).await.map_err(|error| {
        let exit = match error {
            migrations::Error::Newer(_) => Exit::Newer,
            migrations::Error::Db(_) => Exit::Failed,
        };
        Failure::new(exit, error)
    })
}

/// Refuses a schema that this release does not know how to use.
pub(crate) async fn current(store: &Store) -> Result<(), Failure> {
    let state = migrations::state(store)
        .await
        .map_err(|error| Failure::new(Exit::Database, error))?;
    if let Some(name) = state.unknown.into_iter().next() {
        return Err(Failure::new(Exit::Newer, migrations::Error::Newer(name)));
    }
    if state.pending.is_empty() {
        Ok(())
    } else {
        Err(Failure::new(
            Exit::Pending,
            format!(
                "the database has to be migrated first ({} changes are pending): run `kollegium migrate`, or start with --migrate",
                state.pending.len()
            ),
        ))
    }
}
