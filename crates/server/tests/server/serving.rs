//! A server on a port of its own, with a small API behind the door.

use api::preflight::{Documents, Limits, Refusal, check};
use api::{About, Ask, KeptFile, Refused, SentFile, ShownFile};
use async_graphql::parser::types::OperationType;
use async_graphql::{
    ErrorExtensionValues, Object, Request, Response, Result, Schema, ServerError, Subscription,
};
use futures_util::{Stream, StreamExt, stream};
use server::{
    config::HttpConfig,
    http::{Door, Patience, Readiness, Served, router},
    listen,
};
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU32, Ordering},
    },
    time::Duration,
};
use store::{Consumers, Ids};
use testkit::TestDb;
use tokio::{sync::Notify, sync::watch, task::JoinHandle};

/// A server under test.
pub(crate) struct Serving {
    pub at: SocketAddr,
    pub state: Arc<State>,
    pub notice: watch::Sender<bool>,
    pub stop: watch::Sender<bool>,
    pub ended: JoinHandle<()>,
    pub db: TestDb,
}

/// What the tests see of the API, and set.
#[derive(Default)]
pub(crate) struct State {
    /// How many mutations were executed.
    pub written: AtomicU32,
    /// Whether sign-ins have ended.
    pub signed_out: AtomicBool,
    /// Told when a slow field has begun, and what lets it end.
    pub begun: Notify,
    pub go: Notify,
    /// Told when a subscription was dropped.
    pub dropped: Notify,
}

/// Starts a server as `serve` does, on a port that the system chooses.
pub(crate) async fn start(http: HttpConfig, patience: Patience) -> Serving {
    let db = TestDb::sqlite(&Consumers::default()).await;
    let state = Arc::new(State::default());
    let listener = listen::bind("127.0.0.1:0".parse().unwrap(), "http.listen")
        .await
        .unwrap();
    let at = listener.local_addr().unwrap();
    let (notice, noticed) = watch::channel(false);
    let (stop, stopped) = watch::channel(false);
    // No test may pass because the server lost its patience with what should have ended.
    let http = Arc::new(HttpConfig {
        drain_ms_max: 600_000,
        ..http
    });
    let served = Served {
        door: SmallDoor::new(state.clone()),
        http: http.clone(),
        public_url: http.public_url(at).into(),
        files: Arc::default(),
        body_bytes_max: 4_096,
        readiness: Readiness::new(db.store.clone(), noticed),
        patience,
        jwks: Arc::new(|| r#"{"keys":[{"kid":"k1"}]}"#.to_owned()),
        ids: Ids::system(),
    };
    let ended = tokio::spawn(listen::serve(listener, router(served), http, stopped));
    Serving {
        at,
        state,
        notice,
        stop,
        ended,
        db,
    }
}

/// As [`start`], with everything as it is by default.
pub(crate) async fn plain() -> Serving {
    start(HttpConfig::default(), Patience::default()).await
}

#[derive(Clone)]
struct SmallDoor {
    schema: Schema<Query, Mutation, Subscriptions>,
    state: Arc<State>,
}

impl SmallDoor {
    fn new(state: Arc<State>) -> Self {
        let schema = Schema::build(Query, Mutation, Subscriptions)
            .data(state.clone())
            .finish();
        Self { schema, state }
    }

    /// As the API does before it executes anything.
    fn check(ask: &Ask) -> Result<OperationType, Refusal> {
        let limits = Limits::default();
        let operation = ask.operation.as_deref();
        check(
            &limits,
            &Documents::new(&limits),
            &ask.query,
            operation,
            &ask.variables,
        )
        .map(|passed| passed.kind)
    }
}

/// A refusal of the API, as it words them.
fn refused(code: &str) -> Response {
    let mut error = ServerError::new("refused", None);
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", code);
    if code == "UNAVAILABLE" {
        extensions.set("retryAfter", 2);
    }
    error.extensions = Some(extensions);
    Response::from_errors(vec![error])
}

/// The small API keeps no files.
fn no_files() -> Box<Refused> {
    Box::new(Refused {
        kind: kit::Kind::NotFound,
        response: refused("NOT_FOUND"),
    })
}

/// How the small API is asked to refuse: by an operation of that name.
const REFUSALS: [&str; 4] = ["UNAUTHENTICATED", "LIMITED", "UNAVAILABLE", "INTERNAL"];

fn request(caller: &'static str, ask: Ask) -> Request {
    let mut request = Request::new(ask.query)
        .variables(ask.variables)
        .data(caller)
        .data(ask.lang);
    request.operation_name = ask.operation;
    request
}

impl Door for SmallDoor {
    type Caller = &'static str;

    fn authenticate(
        &self,
        bearer: Option<&str>,
        _: kit::Lang,
        _: uuid::Uuid,
    ) -> Result<&'static str, Box<Response>> {
        match bearer {
            None => Ok("nobody"),
            Some("good") => Ok("anna"),
            Some("short") => Ok("short"),
            Some(_) => Err(Box::new(refused("UNAUTHENTICATED"))),
        }
    }

    async fn execute(&self, caller: &'static str, ask: Ask) -> Response {
        match Self::check(&ask) {
            Err(refusal) => return refused(refusal.code()),
            Ok(OperationType::Query) => {}
            Ok(_) if ask.read_only => return refused("WRONG_TRANSPORT"),
            Ok(_) => {}
        }
        match ask.operation.as_deref() {
            Some(name) if REFUSALS.contains(&name) => refused(name),
            _ => self.schema.execute(request(caller, ask)).await,
        }
    }

    fn subscribe(
        &self,
        caller: &'static str,
        ask: Ask,
    ) -> impl Stream<Item = Response> + Send + 'static {
        let door = self.clone();
        if Self::check(&ask) == Ok(OperationType::Subscription) {
            self.schema.execute_stream(request(caller, ask)).boxed()
        } else {
            stream::once(async move { door.execute(caller, ask).await }).boxed()
        }
    }

    async fn may_send_file(&self, _: &&'static str, _: About) -> Result<(), Box<Refused>> {
        Err(no_files())
    }

    async fn keep_file(
        &self,
        _: &'static str,
        _: SentFile,
        _: About,
    ) -> Result<KeptFile, Box<Refused>> {
        Err(no_files())
    }

    async fn show_file(
        &self,
        _: &'static str,
        _: String,
        _: About,
    ) -> Result<ShownFile, Box<Refused>> {
        Err(no_files())
    }

    async fn is_alive(&self, _caller: &&'static str) -> bool {
        !self.state.signed_out.load(Ordering::SeqCst)
    }

    fn expires_in(&self, caller: &&'static str) -> Option<Duration> {
        (*caller == "short").then_some(Duration::from_millis(20))
    }
}

struct Query;

#[Object]
impl Query {
    async fn echo(&self, text: String) -> String {
        text
    }

    async fn who(&self, ctx: &async_graphql::Context<'_>) -> Result<&'static str> {
        ctx.data::<&'static str>().copied()
    }

    async fn lang(&self, ctx: &async_graphql::Context<'_>) -> Result<&'static str> {
        Ok(ctx.data::<kit::Lang>()?.code())
    }

    async fn part(&self) -> Option<Part> {
        Some(Part)
    }

    async fn fails_whole(&self) -> Result<i32> {
        Err("it failed".into())
    }

    async fn panics(&self) -> i32 {
        on_purpose()
    }
}

struct Part;

#[Object]
impl Part {
    async fn fails(&self) -> Result<i32> {
        Err("it failed".into())
    }
}

struct Mutation;

#[Object]
impl Mutation {
    async fn write(&self, ctx: &async_graphql::Context<'_>) -> Result<u32> {
        Ok(ctx
            .data::<Arc<State>>()?
            .written
            .fetch_add(1, Ordering::SeqCst)
            + 1)
    }

    async fn write_slowly(&self, ctx: &async_graphql::Context<'_>) -> Result<u32> {
        let state = ctx.data::<Arc<State>>()?;
        state.begun.notify_one();
        state.go.notified().await;
        Ok(state.written.fetch_add(1, Ordering::SeqCst) + 1)
    }
}

/// What a defect of ours would do.
fn on_purpose() -> i32 {
    panic!("on purpose")
}

struct Subscriptions;

/// Tells when it is dropped.
struct Guard(Arc<State>);

impl Drop for Guard {
    fn drop(&mut self) {
        self.0.dropped.notify_one();
    }
}

#[Subscription]
impl Subscriptions {
    async fn count(&self, to: i32) -> impl Stream<Item = i32> {
        stream::iter(1..=to)
    }

    async fn forever(&self, ctx: &async_graphql::Context<'_>) -> Result<impl Stream<Item = i32>> {
        let guard = Guard(ctx.data::<Arc<State>>()?.clone());
        Ok(stream::iter([0]).chain(stream::pending()).map(move |n| {
            let _ = &guard;
            n
        }))
    }

    /// Long texts, faster than anybody reads.
    async fn flood(&self) -> impl Stream<Item = String> {
        stream::repeat_with(|| "å".repeat(50_000))
    }

    async fn panics(&self) -> impl Stream<Item = i32> {
        stream::once(async { on_purpose() })
    }
}
