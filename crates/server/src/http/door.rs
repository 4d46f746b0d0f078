//! What the HTTP layer asks of the API. `compose` puts the API behind it; the tests a schema of their own.

use async_graphql::{Response, Variables};
use futures_util::Stream;
use kit::Lang;
use std::{future::Future, net::IpAddr, time::Duration};
use uuid::Uuid;

/// The one door to the API. Cheap to clone.
pub trait Door: Clone + Send + Sync + 'static {
    /// Who asks, as a bearer says without the database.
    type Caller: Clone + Send + Sync + 'static;

    /// Who a bearer is; nobody without one is anonymous.
    ///
    /// # Errors
    ///
    /// A response with `UNAUTHENTICATED` when the bearer is damaged, expired or not ours.
    fn authenticate(&self, bearer: Option<&str>) -> Result<Self::Caller, Box<Response>>;

    /// Answers a query or mutation.
    fn execute(&self, caller: Self::Caller, ask: Ask) -> impl Future<Output = Response> + Send;

    /// Answers a subscription with a stream, and anything else with a stream of one answer.
    fn subscribe(
        &self,
        caller: Self::Caller,
        ask: Ask,
    ) -> impl Stream<Item = Response> + Send + 'static;

    /// Whether the caller is still who they were: the sign-in lives and the person is there.
    fn is_alive(&self, caller: &Self::Caller) -> impl Future<Output = bool> + Send;

    /// How long the caller's bearer still holds; `None` when it does not end.
    fn expires_in(&self, caller: &Self::Caller) -> Option<Duration>;
}

/// One request, as a door understood it.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The document.
    pub query: String,
    /// The operation of the document that is meant.
    pub operation: Option<String>,
    /// Its variables.
    pub variables: Variables,
    /// The language the client prefers; a person's own choice goes before it.
    pub lang: Lang,
    /// The request's id, as the log carries it.
    pub request: Uuid,
    /// Whether only reading is allowed, because the request came by GET.
    pub read_only: bool,
    /// Where the request came from, for throttling.
    pub client: IpAddr,
    /// What the client calls itself (`User-Agent`), as the label of a sign-in.
    pub device: String,
}
