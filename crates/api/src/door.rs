//! The one door: who asks, what is asked, and everything that is refused before anything is executed.

use crate::{
    Cursors,
    caller::{Caller, anonymous_may},
    files::{About, Files},
    library_words,
    loader::Loaders,
    loading::Loading,
    preflight::{self, Documents, Limits, Passed},
    schema::{KollegiumSchema, schema},
};
use async_graphql::{
    ErrorExtensionValues, Request, Response, ServerError, Value, Variables,
    parser::types::OperationType,
};
use chrono::TimeDelta;
use futures_util::{Stream, StreamExt, stream};
use identity::Identity;
use kit::{Actor, Fault, Lang};
use organisation::ActorCache;
use std::{fmt, net::IpAddr, sync::Arc, time::Duration};
use store::{Cx, Store};
use uuid::Uuid;

/// How many people's roles and audiences are remembered.
const ACTORS: usize = 10_000;

/// The API of one replica. Cheap to clone.
#[derive(Clone)]
pub struct Api(Arc<Inner>);

struct Inner {
    schema: KollegiumSchema,
    store: Store,
    identity: Arc<Identity>,
    actors: Arc<ActorCache>,
    documents: Documents,
    limits: Limits,
    files: Files,
}

impl fmt::Debug for Api {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Api")
    }
}

/// What the API is made of.
#[derive(Debug)]
pub struct Parts {
    /// Where the facts are.
    pub store: Store,
    /// Accounts, tokens and their keys.
    pub identity: Arc<Identity>,
    /// The key that cursors are sealed with.
    pub cursors: Cursors,
    /// The bounds of a request.
    pub limits: Limits,
    /// Where people reach this server, without a slash at the end: one-time links begin with it.
    pub public_url: String,
    /// For how long a share can be undone; nobody is told of it before.
    pub share_undo: TimeDelta,
    /// Where files lie, and how much may come in.
    pub files: Files,
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

/// Where a request came from: what sign-in needs to know.
#[derive(Debug, Clone)]
pub(crate) struct Origin {
    pub client: IpAddr,
    pub device: String,
}

/// Where people reach this server.
#[derive(Debug, Clone)]
pub(crate) struct PublicUrl(pub String);

/// For how long a share can be undone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ShareUndo(pub TimeDelta);

impl Api {
    /// An API over these parts.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let actors = Arc::new(ActorCache::new(ACTORS));
        let own = actors.clone();
        parts
            .store
            .feed()
            .hear_at_once(move |happened| own.hear(happened));
        let schema = schema()
            .data(parts.identity.clone())
            .data(parts.cursors)
            .data(parts.limits.clone())
            .data(PublicUrl(parts.public_url))
            .data(ShareUndo(parts.share_undo))
            .data(parts.files.clone())
            .finish();
        Self(Arc::new(Inner {
            schema,
            store: parts.store,
            identity: parts.identity,
            actors,
            documents: Documents::new(&parts.limits),
            limits: parts.limits,
            files: parts.files,
        }))
    }

    pub(crate) fn files(&self) -> &Files {
        &self.0.files
    }

    pub(crate) fn cx(&self, actor: Actor, about: About) -> Cx {
        self.0.store.cx(actor, about.lang, about.request)
    }

    /// The bounds of a request.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.0.limits
    }

    /// Forgets cached actors when roles, teams or sign-ins change. Ends when it is aborted.
    pub async fn keep_actors_fresh(&self) {
        let mut heard = self.0.store.feed().listen();
        loop {
            match heard.recv().await {
                Ok(happened) => self.0.actors.hear(&happened),
                Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => self.0.actors.clear(),
                Err(tokio::sync::broadcast::error::RecvError::Closed) => return,
            }
        }
    }

    /// Who a bearer is. Access tokens are verified without the database; nobody without one is anonymous.
    ///
    /// # Errors
    ///
    /// A response with `SIGN_IN_ENDED`, in `lang` and with the id of the request, when the token is damaged, expired or not ours.
    pub fn authenticate(
        &self,
        bearer: Option<&str>,
        lang: Lang,
        request: Uuid,
    ) -> Result<Caller, Box<Response>> {
        let now = self.0.store.clock().now();
        Caller::read(&self.0.identity, bearer, now)
            .map_err(|fault| Box::new(refused(&fault, lang, request)))
    }

    /// Answers a query or mutation.
    pub async fn execute(&self, caller: Caller, ask: Ask) -> Response {
        let request = ask.request;
        match self
            .prepare(&caller, ask, |kind| kind != OperationType::Subscription)
            .await
        {
            Err(response) => *response,
            Ok(Prepared {
                ready,
                loading,
                asked,
                ..
            }) => {
                let time = Duration::from_millis(self.0.limits.request_ms_max);
                let answer = loading.within(self.0.schema.execute(ready));
                match tokio::time::timeout(time, answer).await {
                    Ok(Some(response)) => finish(response, asked, request),
                    Ok(None) | Err(_) => refusal(
                        "TIMEOUT",
                        asked.lang.pick(
                            "Frågan tog för lång tid och avbröts. Be om mindre åt gången.",
                            "The request took too long and was given up. Ask for less at a time.",
                        ),
                        request,
                        None,
                    ),
                }
            }
        }
    }

    /// Answers a subscription with a stream, and anything else with a stream of one answer.
    pub fn subscribe(
        &self,
        caller: Caller,
        ask: Ask,
    ) -> impl Stream<Item = Response> + Send + use<> {
        let api = self.clone();
        let request = ask.request;
        stream::once(async move {
            let prepared = match api.prepare(&caller, ask.clone(), |_| true).await {
                Err(response) => return stream::once(async move { *response }).boxed(),
                Ok(prepared) => prepared,
            };
            if prepared.kind != OperationType::Subscription {
                // In a task of its own: a client that leaves cancels no effect half-way.
                let response = tokio::spawn(async move { api.execute(caller, ask).await }).await;
                let response = response.unwrap_or_else(|_| refusal("INTERNAL", "", request, None));
                return stream::once(async move { response }).boxed();
            }
            let asked = prepared.asked;
            prepared
                .loading
                .within_each(api.0.schema.execute_stream(prepared.ready))
                .map(move |response| finish(response, asked, request))
                .boxed()
        })
        .flatten()
    }

    /// Whether the caller is still who they were: the sign-in lives and the person is there.
    ///
    /// A database that is away ends nobody's sign-in.
    pub async fn is_alive(&self, caller: &Caller) -> bool {
        let cx = self.0.store.cx(Actor::Anonymous, Lang::Sv, Uuid::nil());
        match self.actor(&cx, caller).await {
            Ok(_) => true,
            Err(fault) => fault.kind() != kit::Kind::Unauthenticated,
        }
    }

    async fn prepare(
        &self,
        caller: &Caller,
        ask: Ask,
        allowed: impl Fn(OperationType) -> bool,
    ) -> Result<Prepared, Box<Response>> {
        let inner = &self.0;
        let Passed {
            document,
            kind,
            cost,
            roots,
            fields,
            is_introspection,
        } = preflight::check(
            &inner.limits,
            &inner.documents,
            &ask.query,
            ask.operation.as_deref(),
            &ask.variables,
        )
        .map_err(|refused| {
            refusal(
                refused.code(),
                &refused.message(ask.lang == Lang::Sv),
                ask.request,
                None,
            )
        })?;
        if ask.read_only && kind != OperationType::Query || !allowed(kind) {
            return Err(Box::new(refusal(
                "WRONG_TRANSPORT",
                ask.lang.pick(
                    "Den här sortens operation skickas på ett annat sätt: mutationer med POST, prenumerationer över WebSocket.",
                    "This kind of operation is sent in another way: mutations by POST, subscriptions over WebSocket.",
                ),
                ask.request,
                None,
            )));
        }
        if matches!(caller, Caller::Anonymous)
            && !is_introspection
            && let Some(root) = roots.iter().find(|root| !anonymous_may(root))
        {
            let message = ask.lang.pick(
                format!("Logga in först: `{root}` är bara för den som är inloggad."),
                format!("Sign in first: `{root}` is only for those who are signed in."),
            );
            return Err(Box::new(refusal(
                "UNAUTHENTICATED",
                &message,
                ask.request,
                None,
            )));
        }
        let cx = inner.store.cx(Actor::Anonymous, ask.lang, ask.request);
        let cx = match caller {
            Caller::Anonymous => cx,
            _ if is_introspection => cx,
            caller => self
                .actor(&cx, caller)
                .await
                .map_err(|fault| Box::new(refused(&*fault, ask.lang, ask.request)))?,
        };
        let asked = Asked {
            cost,
            lang: cx.lang,
            fields,
        };
        let renewal = Renewal {
            api: self.clone(),
            caller: caller.clone(),
            lang: ask.lang,
            request: ask.request,
        };
        let loading = Loading::default();
        let mut ready = Request::new(String::new())
            .variables(ask.variables)
            .data(Loaders::new(&cx, loading.clone()))
            .data(renewal)
            .data(Origin {
                client: ask.client,
                device: ask.device,
            })
            .data(caller.clone())
            .data(cx);
        if let Some(operation) = ask.operation {
            ready = ready.operation_name(operation);
        }
        ready.set_parsed_query(Arc::unwrap_or_clone(document));
        Ok(Prepared {
            ready,
            loading,
            kind,
            asked,
        })
    }

    /// The context of a caller, with the roles and audiences of this moment.
    pub(crate) async fn actor(&self, cx: &Cx, caller: &Caller) -> Result<Cx, Box<dyn Fault>> {
        let actor = caller.load(cx, &self.0.actors).await?;
        let lang = match &actor {
            Actor::Person(person) => person.lang,
            _ => cx.lang,
        };
        Ok(cx.acting_as(actor).speaking(lang))
    }
}

struct Prepared {
    ready: Request,
    loading: Loading,
    kind: OperationType,
    asked: Asked,
}

/// What is known of a request when it is answered.
#[derive(Clone, Copy)]
struct Asked {
    cost: u64,
    /// The language of whoever asks.
    lang: Lang,
    /// How many fields stand at its root.
    fields: u64,
}

/// Makes a context anew for somebody who stays: the time, the roles and the sign-in are those of the moment.
#[derive(Debug, Clone)]
pub(crate) struct Renewal {
    api: Api,
    caller: Caller,
    lang: Lang,
    request: Uuid,
}

impl Renewal {
    /// The context of now.
    pub(crate) async fn cx(&self) -> Result<Cx, Box<dyn Fault>> {
        let cx = self
            .api
            .0
            .store
            .cx(Actor::Anonymous, self.lang, self.request);
        self.api.actor(&cx, &self.caller).await
    }
}

/// Adds the cost, and to errors that the library made a code, and words that whoever asks understands.
fn finish(mut response: Response, asked: Asked, request: Uuid) -> Response {
    // A value that cannot be read is the request's fault, though the library finds it only where the field begins. With one field nothing was done yet.
    let is_unread = asked.fields == 1
        && response.errors.iter().all(|error| {
            error.path.len() == 1
                && error.extensions.is_none()
                && library_words::is_about_a_value(&error.message)
        });
    if is_unread && !response.errors.is_empty() {
        response.data = Value::Null;
        for error in &mut response.errors {
            error.path.clear();
        }
    }
    for error in &mut response.errors {
        let extensions = error
            .extensions
            .get_or_insert_with(ErrorExtensionValues::default);
        if extensions.get("code").is_none() {
            extensions.set("code", "BAD_REQUEST");
            extensions.set("requestId", request.to_string());
            if asked.lang == Lang::Sv {
                error.message = library_words::in_swedish(&error.message);
            }
        }
    }
    response.extension("cost", Value::from(asked.cost))
}

pub(crate) fn refused(fault: &dyn Fault, lang: Lang, request: Uuid) -> Response {
    if fault.kind() == kit::Kind::Internal {
        tracing::error!(%request, error = %fault, "internal failure");
    }
    refusal(
        fault.code(),
        &fault.message(lang),
        request,
        fault.retry_after(),
    )
}

/// A request that is not executed, with its code and what to do. Each is counted.
fn refusal(
    code: &'static str,
    message: &str,
    request: Uuid,
    retry_after: Option<Duration>,
) -> Response {
    metrics::counter!("kollegium_requests_refused_total", "code" => code).increment(1);
    let mut extensions = ErrorExtensionValues::default();
    extensions.set("code", code);
    extensions.set("requestId", request.to_string());
    if let Some(wait) = retry_after {
        extensions.set("retryAfter", wait.as_secs().max(1));
    }
    let mut error = ServerError::new(message, None);
    error.extensions = Some(extensions);
    Response::from_errors(vec![error])
}
