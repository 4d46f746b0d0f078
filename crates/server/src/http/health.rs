//! Whether the server can answer: asked by load balancers and by whoever starts it.

use super::{Door, Served};
use crate::listen::told;
use axum::{extract::State, http::StatusCode};
use kit::{Actor, Lang};
use store::Store;
use tokio::sync::watch;
use uuid::Uuid;

/// Whether the server can answer, and whether it is to stop.
#[derive(Clone, Debug)]
pub struct Readiness {
    store: Store,
    stopping: watch::Receiver<bool>,
}

impl Readiness {
    /// Ready while `store` answers with a current schema and `stopping` is false.
    #[must_use]
    pub fn new(store: Store, stopping: watch::Receiver<bool>) -> Self {
        Self { store, stopping }
    }

    /// Ends when the server is to stop.
    pub(crate) async fn stopped(&self) {
        told(self.stopping.clone()).await;
    }

    async fn check(&self) -> Result<(), &'static str> {
        if *self.stopping.borrow() {
            return Err("stopping");
        }
        let cx = self.store.cx(Actor::Anonymous, Lang::En, Uuid::nil());
        cx.ping()
            .await
            .map_err(|_| "the database does not answer")?;
        match migrations::state(&self.store).await {
            Ok(state) if state.pending.is_empty() => Ok(()),
            Ok(_) => Err("the schema is not current"),
            Err(_) => Err("the database does not answer"),
        }
    }
}

/// 200 while requests can be answered, otherwise 503 and why.
pub(crate) async fn readyz<D: Door>(State(served): State<Served<D>>) -> (StatusCode, String) {
    match served.readiness.check().await {
        Ok(()) => (StatusCode::OK, "ready\n".to_owned()),
        Err(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("{why}\n")),
    }
}
