//! One WebSocket and its subscriptions, by the protocol `graphql-transport-ws`.
//!
//! ```text
//! opened ──connection_init──▶ acknowledged ──subscribe──▶ next* ──▶ complete | error
//!   └─ 4408 after 3 s           └─ 4401 when the sign-in ends       (each by its id)
//! ```

use super::{
    Door, Served,
    answer::{Written, is_request_error},
    ask::{Parameters, Sender},
    graphql::token,
};
use async_graphql::{ErrorExtensionValues, Response, ServerError};
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::{Sink, SinkExt, StreamExt};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use std::{collections::HashMap, pin::pin, time::Duration};
use tokio::{
    sync::mpsc,
    task::{self, AbortHandle, JoinSet},
    time::{Instant, interval_at, sleep_until, timeout},
};

/// How many subscriptions one socket may have at a time.
const SUBSCRIPTIONS_MAX: usize = 20;
/// How many messages may wait for a client before its subscriptions wait too.
const QUEUE: usize = 64;
/// How long a client may take to answer that the socket is closed.
const LINGER: Duration = Duration::from_secs(1);

/// Why a socket ends, as the client is told.
#[derive(Debug, Clone, Copy)]
struct Close(u16, &'static str);

const GOING_AWAY: Close = Close(1001, "The server stops: connect again");
const TOO_BIG: Close = Close(1009, "The message is too long");
const BAD_MESSAGE: Close = Close(4400, "The message is none of graphql-transport-ws");
const NOT_INITIALISED: Close = Close(4401, "Unauthorized: send connection_init first");
const EXPIRED: Close = Close(4401, "Unauthorized: the access token has expired");
const SIGNED_OUT: Close = Close(4401, "Unauthorized: the sign-in has ended");
const FORBIDDEN: Close = Close(4403, "Forbidden: the access token is not valid");
const INIT_TIMEOUT: Close = Close(4408, "Connection initialisation timeout");
const TOO_MANY_INITS: Close = Close(4429, "Too many initialisation requests");
const ID_IN_USE: Close = Close(4409, "Subscriber already exists: choose another id");

/// What a client says.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Said {
    ConnectionInit {
        payload: Option<Map<String, Value>>,
    },
    Ping {
        payload: Option<Map<String, Value>>,
    },
    Pong {},
    Subscribe {
        id: String,
        payload: Map<String, Value>,
    },
    Complete {
        id: String,
    },
}

/// Serves one socket until one side ends it.
pub(crate) async fn run<D: Door>(socket: WebSocket, served: Served<D>, sender: Sender) {
    metrics::gauge!("kollegium_sockets").increment(1);
    let begun = Instant::now();
    let request = sender.request;
    let patience = served.patience;
    let (sink, mut incoming) = socket.split();
    let (out, queue) = mpsc::channel(QUEUE);
    let writer = tokio::spawn(write(sink, queue, patience.send));
    let mut session = Session {
        door: served.door.clone(),
        sender,
        ids: served.ids.clone(),
        out,
        caller: None,
        expires: None,
        tasks: JoinSet::new(),
        running: HashMap::new(),
    };
    let mut heard = begun;
    let mut pings = interval_at(begun + patience.ping, patience.ping);
    let mut looks = interval_at(begun + patience.alive, patience.alive);
    let close = loop {
        let is_new = session.caller.is_none();
        let expires = session.expires;
        tokio::select! {
            message = incoming.next() => {
                heard = Instant::now();
                let outcome = match message {
                    Some(Ok(Message::Text(text))) => session.hear(text.as_str()).await,
                    Some(Ok(Message::Binary(_))) => Err(BAD_MESSAGE),
                    Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(()),
                    Some(Err(error)) if is_too_big(&error) => Err(TOO_BIG),
                    None | Some(Ok(Message::Close(_)) | Err(_)) => break None,
                };
                if let Err(close) = outcome {
                    break Some(close);
                }
            }
            Some(ended) = session.tasks.join_next_with_id() => session.ended(ended).await,
            () = sleep_until(begun + patience.init), if is_new => break Some(INIT_TIMEOUT),
            () = sleep_until(expires.unwrap_or(begun)), if expires.is_some() => break Some(EXPIRED),
            _ = looks.tick(), if !is_new => {
                if !session.is_alive().await {
                    break Some(SIGNED_OUT);
                }
            }
            _ = pings.tick() => {
                if heard.elapsed() > patience.silence {
                    break None;
                }
                session.send(Message::Ping(Vec::new().into())).await;
            }
            // The writer gave up: the client does not read.
            () = session.out.closed() => break None,
            () = served.readiness.stopped() => break Some(GOING_AWAY),
        }
    };
    session.tasks.abort_all();
    let code = close.map(|Close(code, _)| code);
    if let Some(Close(code, reason)) = close {
        let frame = CloseFrame {
            code,
            reason: reason.into(),
        };
        session.send(Message::Close(Some(frame))).await;
    }
    drop(session);
    // What was queued still goes out; then the client's own close is awaited, so that it hears ours.
    let _ = timeout(patience.send, writer).await;
    if close.is_some() {
        let _ = timeout(LINGER, async {
            while let Some(Ok(_)) = incoming.next().await {}
        })
        .await;
    }
    tracing::info!(%request, code, seconds = begun.elapsed().as_secs(), "socket ended");
    metrics::gauge!("kollegium_sockets").decrement(1);
}

/// Writes what is queued, and gives up when the client takes a message too slowly.
async fn write(
    mut sink: impl Sink<Message> + Unpin,
    mut queue: mpsc::Receiver<Message>,
    send_max: Duration,
) {
    while let Some(message) = queue.recv().await {
        if !matches!(timeout(send_max, sink.send(message)).await, Ok(Ok(()))) {
            return;
        }
    }
}

struct Session<D: Door> {
    door: D,
    sender: Sender,
    ids: store::Ids,
    out: mpsc::Sender<Message>,
    /// Who asks, once `connection_init` has said so.
    caller: Option<D::Caller>,
    expires: Option<Instant>,
    tasks: JoinSet<Option<Response>>,
    running: HashMap<String, AbortHandle>,
}

impl<D: Door> Session<D> {
    async fn hear(&mut self, text: &str) -> Result<(), Close> {
        match serde_json::from_str(text).map_err(|_| BAD_MESSAGE)? {
            Said::ConnectionInit { payload } => self.init(payload.unwrap_or_default()).await,
            Said::Ping { payload } => {
                self.tell("pong", None, payload.map(Value::Object)).await;
                Ok(())
            }
            Said::Pong {} => Ok(()),
            Said::Subscribe { id, payload } => self.subscribe(id, payload).await,
            Said::Complete { id } => {
                if let Some(task) = self.running.remove(&id) {
                    task.abort();
                }
                Ok(())
            }
        }
    }

    async fn init(&mut self, payload: Map<String, Value>) -> Result<(), Close> {
        if self.caller.is_some() {
            return Err(TOO_MANY_INITS);
        }
        let authorization = payload
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("authorization"));
        let bearer = match authorization {
            Some((_, Value::String(authorization))) => Some(token(authorization)),
            None | Some((_, Value::Null)) => None,
            Some(_) => return Err(BAD_MESSAGE),
        };
        let caller = self
            .door
            .authenticate(bearer, self.sender.lang, self.sender.request)
            .map_err(|_| FORBIDDEN)?;
        self.expires = self
            .door
            .expires_in(&caller)
            .map(|left| Instant::now() + left);
        self.caller = Some(caller);
        self.tell("connection_ack", None, None).await;
        Ok(())
    }

    async fn subscribe(&mut self, id: String, payload: Map<String, Value>) -> Result<(), Close> {
        let caller = self.caller.clone().ok_or(NOT_INITIALISED)?;
        if id.is_empty() {
            return Err(BAD_MESSAGE);
        }
        if self.running.contains_key(&id) {
            return Err(ID_IN_USE);
        }
        let parameters = Parameters::of_object(payload).map_err(|_| BAD_MESSAGE)?;
        let sender = Sender {
            request: self.ids.random(),
            ..self.sender.clone()
        };
        if self.running.len() >= SUBSCRIPTIONS_MAX {
            let refusal = self.too_many(&sender);
            self.tell_error(&id, &refusal).await;
            return Ok(());
        }
        let answers = self.door.subscribe(caller, parameters.ask(sender, false));
        let (out, name) = (self.out.clone(), id.clone());
        let task = self.tasks.spawn(async move {
            let mut answers = pin!(answers);
            while let Some(response) = answers.next().await {
                if is_request_error(&response) {
                    return Some(response);
                }
                let message =
                    json!({"type": "next", "id": name, "payload": Written::from(&response)});
                if out.send(Message::text(message.to_string())).await.is_err() {
                    break;
                }
            }
            None
        });
        self.running.insert(id, task);
        Ok(())
    }

    /// Tells the client that a subscription has ended, unless the client ended it.
    async fn ended(&mut self, ended: Result<(task::Id, Option<Response>), task::JoinError>) {
        let task = match &ended {
            Ok((task, _)) => *task,
            Err(error) => error.id(),
        };
        let found = self
            .running
            .iter()
            .find(|(_, running)| running.id() == task);
        let Some(id) = found.map(|(id, _)| id.clone()) else {
            return;
        };
        self.running.remove(&id);
        match ended {
            Ok((_, None)) => self.tell("complete", Some(&id), None).await,
            Ok((_, Some(refusal))) => self.tell_error(&id, &refusal).await,
            Err(error) => {
                tracing::error!(request = %self.sender.request, %error, "a subscription panicked");
                let refusal = super::refusal::Refusal::Internal;
                let refusal = refusal.response(self.sender.lang, self.sender.request);
                self.tell_error(&id, &refusal).await;
            }
        }
    }

    fn too_many(&self, sender: &Sender) -> Response {
        let message = self.sender.lang.pick(
            format!("En anslutning har högst {SUBSCRIPTIONS_MAX} prenumerationer. Avsluta någon, eller öppna en anslutning till."),
            format!("A connection has at most {SUBSCRIPTIONS_MAX} subscriptions. End one, or open another connection."),
        );
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", "LIMITED");
        extensions.set("requestId", sender.request.to_string());
        let mut error = ServerError::new(message, None);
        error.extensions = Some(extensions);
        Response::from_errors(vec![error])
    }

    async fn is_alive(&self) -> bool {
        match &self.caller {
            Some(caller) => self.door.is_alive(caller).await,
            None => true,
        }
    }

    async fn tell_error(&self, id: &str, refusal: &Response) {
        self.tell("error", Some(id), Some(json!(refusal.errors)))
            .await;
    }

    async fn tell(&self, kind: &str, id: Option<&str>, payload: Option<Value>) {
        let mut message = json!({"type": kind});
        if let Some(id) = id {
            message["id"] = id.into();
        }
        if let Some(payload) = payload {
            message["payload"] = payload;
        }
        self.send(Message::text(message.to_string())).await;
    }

    /// Queues a message. A client that is gone is noticed by the loop.
    async fn send(&self, message: Message) {
        let _ = self.out.send(message).await;
    }
}

/// Whether a message was refused for its length.
fn is_too_big(error: &axum::Error) -> bool {
    let mut source: Option<&(dyn std::error::Error + 'static)> = Some(error);
    while let Some(error) = source {
        if error.to_string().contains("too long") || error.to_string().contains("too big") {
            return true;
        }
        source = error.source();
    }
    false
}
