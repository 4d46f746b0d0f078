//! What a server does by itself from time to time: it forgets what has run out. Every replica does it; done twice it does no harm.

use kit::{Actor, Lang};
use std::time::Duration;
use store::{Store, Tx, write};
use uuid::Uuid;

/// How often.
const PAUSE: Duration = Duration::from_hours(1);

/// Forgets, an hour after the start and every hour from then on. Ends when it is aborted.
pub(crate) async fn forget_hourly(store: Store) {
    loop {
        tokio::time::sleep(PAUSE).await;
        match forget(&store).await {
            Ok(rows) => tracing::info!(rows, "forgot what had run out"),
            Err(error) => {
                tracing::warn!(%error, "what has run out could not be forgotten; trying again in an hour");
            }
        }
    }
}

async fn forget(store: &Store) -> Result<u64, identity::Error> {
    let cx = store.cx(Actor::Anonymous, Lang::Sv, Uuid::nil());
    let secrets = write(&cx, async |tx: &Tx| identity::clean(tx).await).await?;
    Ok(secrets + store.forget_old().await?)
}
