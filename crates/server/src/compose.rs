//! Where the rooms become one program: what is opened, and in which order.

use crate::{
    config::Config,
    exit::Failure,
    http::{Ask, Door},
};
use async_graphql::{EmptyMutation, EmptySubscription, Object, Request, Response, Schema};
use futures_util::{Stream, stream};
use kit::Clock;
use std::{sync::Arc, time::Duration};
use store::{Consumers, Ids, Secret, Store};

/// Opens the database. Nothing is migrated.
pub(crate) async fn open(config: &Config) -> Result<Store, Failure> {
    Store::open(
        &config.database,
        Clock::system(),
        Ids::system(),
        Secret(Arc::from([])),
        Consumers::default(),
    )
    .await
    .map_err(|error| Failure::database(&config.database.url, error))
}

/// The schema in GraphQL's own language.
pub(crate) fn sdl() -> String {
    ServerInfoOnly::new().0.sdl()
}

/// The API of this replica. There is no room behind it yet: it tells its version.
#[derive(Clone)]
pub(crate) struct ServerInfoOnly(Schema<Query, EmptyMutation, EmptySubscription>);

impl ServerInfoOnly {
    pub(crate) fn new() -> Self {
        Self(Schema::new(Query, EmptyMutation, EmptySubscription))
    }
}

impl Door for ServerInfoOnly {
    type Caller = ();

    fn authenticate(&self, _bearer: Option<&str>) -> Result<(), Box<Response>> {
        Ok(())
    }

    async fn execute(&self, (): (), ask: Ask) -> Response {
        let mut request = Request::new(ask.query).variables(ask.variables);
        request.operation_name = ask.operation;
        self.0.execute(request).await
    }

    fn subscribe(&self, (): (), _ask: Ask) -> impl Stream<Item = Response> + Send + 'static {
        stream::empty()
    }

    async fn is_alive(&self, (): &()) -> bool {
        true
    }

    fn expires_in(&self, (): &()) -> Option<Duration> {
        None
    }
}

pub(crate) struct Query;

#[Object]
impl Query {
    /// What this server is.
    async fn server_info(&self) -> ServerInfo {
        ServerInfo
    }
}

struct ServerInfo;

#[Object]
impl ServerInfo {
    /// The release of Kollegium that answers.
    async fn version(&self) -> &'static str {
        env!("CARGO_PKG_VERSION")
    }
}
