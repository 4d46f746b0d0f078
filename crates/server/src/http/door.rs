//! What the HTTP layer asks of the API. `compose` puts the API behind it; the tests a schema of their own.

use api::{About, Ask, KeptFile, Refused, SentFile, ShownFile};
use async_graphql::Response;
use futures_util::Stream;
use kit::Lang;
use std::{future::Future, time::Duration};
use uuid::Uuid;

/// The one door to the API. Cheap to clone.
pub trait Door: Clone + Send + Sync + 'static {
    /// Who asks, as a bearer says without the database.
    type Caller: Clone + Send + Sync + 'static;

    /// Who a bearer is; nobody without one is anonymous.
    ///
    /// # Errors
    ///
    /// A response with `SIGN_IN_ENDED`, in `lang` and with the id of the request, when the bearer is damaged, expired or not ours.
    fn authenticate(
        &self,
        bearer: Option<&str>,
        lang: Lang,
        request: Uuid,
    ) -> Result<Self::Caller, Box<Response>>;

    /// Answers a query or mutation.
    fn execute(&self, caller: Self::Caller, ask: Ask) -> impl Future<Output = Response> + Send;

    /// Answers a subscription with a stream, and anything else with a stream of one answer.
    fn subscribe(
        &self,
        caller: Self::Caller,
        ask: Ask,
    ) -> impl Stream<Item = Response> + Send + 'static;

    /// Whether the caller may send in files at all.
    ///
    /// # Errors
    ///
    /// A refusal, when they may not.
    fn may_send_file(
        &self,
        caller: &Self::Caller,
        about: About,
    ) -> impl Future<Output = Result<(), Box<Refused>>> + Send;

    /// Strips a file and keeps it.
    ///
    /// # Errors
    ///
    /// A refusal, when it is not kept.
    fn keep_file(
        &self,
        caller: Self::Caller,
        sent: SentFile,
        about: About,
    ) -> impl Future<Output = Result<KeptFile, Box<Refused>>> + Send;

    /// A file that the caller may see.
    ///
    /// # Errors
    ///
    /// A refusal, the same for one that never was.
    fn show_file(
        &self,
        caller: Self::Caller,
        id: String,
        about: About,
    ) -> impl Future<Output = Result<ShownFile, Box<Refused>>> + Send;

    /// Whether the caller is still who they were: the sign-in lives and the person is there.
    fn is_alive(&self, caller: &Self::Caller) -> impl Future<Output = bool> + Send;

    /// How long the caller's bearer still holds; `None` when it does not end.
    fn expires_in(&self, caller: &Self::Caller) -> Option<Duration>;
}
