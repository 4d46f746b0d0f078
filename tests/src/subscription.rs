//! A subscription as an integrator would follow it, over `graphql-transport-ws`.

use crate::client::Client;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use std::fmt;
use std::time::Duration;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout_at};
use tokio_tungstenite::tungstenite::{Message, client::IntoClientRequest, protocol::CloseFrame};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

/// The subprotocol, as the library `graphql-ws` defines it.
const PROTOCOL: &str = "graphql-transport-ws";
/// How long a story waits for what must come. It only ends what has gone wrong.
const NEXT_MAX: Duration = Duration::from_secs(20);

/// A subscription that runs.
#[derive(Debug)]
pub struct Subscription {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

/// What a subscription was told.
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    /// An answer, with `data` or `errors`.
    Next(Value),
    /// The subscription was refused: a list of errors.
    Refused(Value),
    /// It came to its end; nothing more follows.
    Complete,
    /// The server closed the socket, with this code (4401 when the sign-in ended, 1006 if it just went away) and reason.
    Closed(u16, String),
    /// Nothing came within the time.
    Silence,
}

/// Why a subscription could not begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotBegun {
    /// There is no server, or it refused the handshake.
    Handshake(String),
    /// It closed the socket, or answered something else than that it takes us.
    NotAcknowledged(String),
}

impl fmt::Display for NotBegun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Handshake(reason) => write!(f, "no WebSocket: {reason}"),
            Self::NotAcknowledged(reason) => write!(f, "not acknowledged: {reason}"),
        }
    }
}

impl Client {
    /// Begins a subscription on a socket of its own, with the client's token.
    ///
    /// # Errors
    ///
    /// [`NotBegun`], if the server takes neither the socket nor the token. What it says of the subscription itself comes by
    /// [`Subscription::next`].
    pub async fn subscribe(&self, query: &str, variables: Value) -> Result<Subscription, NotBegun> {
        let handshake = |error: &dyn fmt::Display| NotBegun::Handshake(error.to_string());
        let address = format!("{}/graphql/ws", self.base_url().replacen("http", "ws", 1));
        let mut request = address
            .into_client_request()
            .map_err(|error| handshake(&error))?;
        let protocol = PROTOCOL.parse().map_err(|error| handshake(&error))?;
        request
            .headers_mut()
            .insert("Sec-WebSocket-Protocol", protocol);
        let (socket, _) = connect_async(request)
            .await
            .map_err(|error| handshake(&error))?;
        let mut subscription = Subscription { socket };
        let payload = match self.bearer() {
            Some(token) => json!({"authorization": format!("Bearer {token}")}),
            None => json!({}),
        };
        subscription
            .say(&json!({"type": "connection_init", "payload": payload}))
            .await?;
        match subscription.hear(Instant::now() + NEXT_MAX).await {
            Heard::Said(said) if said["type"] == "connection_ack" => {}
            other => return Err(NotBegun::NotAcknowledged(format!("{other:?}"))),
        }
        let payload = json!({"query": query, "variables": variables});
        subscription
            .say(&json!({"id": "1", "type": "subscribe", "payload": payload}))
            .await?;
        Ok(subscription)
    }
}

/// What came over the socket.
#[derive(Debug)]
enum Heard {
    Said(Value),
    Closed(u16, String),
    Silence,
}

impl Subscription {
    /// What the server tells next. Waits 20 s at most.
    pub async fn next(&mut self) -> Told {
        self.next_within(NEXT_MAX).await
    }

    /// What the server tells within the time.
    pub async fn next_within(&mut self, time: Duration) -> Told {
        let until = Instant::now() + time;
        loop {
            let said = match self.hear(until).await {
                Heard::Said(said) => said,
                Heard::Closed(code, reason) => return Told::Closed(code, reason),
                Heard::Silence => return Told::Silence,
            };
            match said["type"].as_str() {
                Some("next") => return Told::Next(said["payload"].clone()),
                Some("error") => return Told::Refused(said["payload"].clone()),
                Some("complete") => return Told::Complete,
                Some("ping") if self.say(&json!({"type": "pong"})).await.is_err() => return gone(),
                _ => {}
            }
        }
    }

    /// Ends the subscription from this side, and the socket with it.
    pub async fn end(mut self) {
        // A server that is gone already has ended it too.
        let _ = self.say(&json!({"id": "1", "type": "complete"})).await;
        let _ = self.socket.close(None).await;
    }

    async fn say(&mut self, message: &Value) -> Result<(), NotBegun> {
        let sent = self.socket.send(Message::text(message.to_string())).await;
        sent.map_err(|error| NotBegun::NotAcknowledged(error.to_string()))
    }

    async fn hear(&mut self, until: Instant) -> Heard {
        loop {
            match timeout_at(until, self.socket.next()).await {
                Err(_) => return Heard::Silence,
                Ok(Some(Ok(Message::Text(text)))) => {
                    return Heard::Said(serde_json::from_str(&text).unwrap_or(Value::Null));
                }
                Ok(Some(Ok(Message::Close(Some(CloseFrame { code, reason }))))) => {
                    return Heard::Closed(code.into(), reason.to_string());
                }
                Ok(None | Some(Err(_) | Ok(Message::Close(None)))) => {
                    return Heard::Closed(1006, String::new());
                }
                Ok(Some(Ok(_))) => {}
            }
        }
    }
}

fn gone() -> Told {
    Told::Closed(1006, String::new())
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;
    use tokio::task::JoinHandle;
    use tokio_tungstenite::accept_hdr_async;
    use tokio_tungstenite::tungstenite::handshake::server::{ErrorResponse, Request, Response};

    #[expect(
        clippy::result_large_err,
        clippy::unnecessary_wraps,
        reason = "the library's callback has this shape"
    )]
    fn greet(request: &Request, mut response: Response) -> Result<Response, ErrorResponse> {
        assert_eq!(request.uri().path(), "/graphql/ws");
        let protocol = request.headers()["Sec-WebSocket-Protocol"].clone();
        assert_eq!(protocol, PROTOCOL);
        response
            .headers_mut()
            .insert("Sec-WebSocket-Protocol", protocol);
        Ok(response)
    }

    /// A server for one socket: answers the client's messages one by one with these, and returns what it was sent.
    async fn server(answers: Vec<Vec<Message>>) -> (Client, JoinHandle<Vec<Value>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = Client::new(&format!("http://{}", listener.local_addr().unwrap()));
        let served = tokio::spawn(async move {
            let (stream, _) = listener.accept().await.unwrap();
            let mut socket = accept_hdr_async(stream, greet).await.unwrap();
            let mut heard = Vec::new();
            for answer in answers {
                let Some(Ok(Message::Text(text))) = socket.next().await else {
                    return heard;
                };
                heard.push(serde_json::from_str(&text).unwrap());
                for message in answer {
                    socket.send(message).await.unwrap();
                }
            }
            while let Some(Ok(message)) = socket.next().await {
                if let Message::Text(text) = message {
                    heard.push(serde_json::from_str(&text).unwrap());
                }
            }
            heard
        });
        (client, served)
    }

    fn text(value: Value) -> Message {
        Message::text(value.to_string())
    }

    fn ack() -> Vec<Message> {
        vec![text(json!({"type": "connection_ack"}))]
    }

    #[tokio::test]
    async fn what_is_told_comes_in_order_and_pings_are_answered() {
        let (client, served) = server(vec![
            ack(),
            vec![
                text(json!({"id": "1", "type": "next", "payload": {"data": {"n": 1}}})),
                Message::Ping(b"still there?".to_vec().into()),
                text(json!({"type": "ping"})),
                text(json!({"id": "1", "type": "error", "payload": [{"message": "no"}]})),
                text(json!({"id": "1", "type": "complete"})),
            ],
        ])
        .await;
        let variables = json!({"rubric": "rubric_1"});
        let mut subscription = client
            .as_bearer("token-1")
            .subscribe("subscription { n }", variables.clone())
            .await
            .unwrap();
        assert_eq!(
            subscription.next().await,
            Told::Next(json!({"data": {"n": 1}}))
        );
        assert_eq!(
            subscription.next().await,
            Told::Refused(json!([{"message": "no"}]))
        );
        assert_eq!(subscription.next().await, Told::Complete);
        assert_eq!(
            subscription.next_within(Duration::ZERO).await,
            Told::Silence
        );
        subscription.end().await;

        assert_eq!(
            served.await.unwrap(),
            [
                json!({"type": "connection_init", "payload": {"authorization": "Bearer token-1"}}),
                json!({"id": "1", "type": "subscribe", "payload": {"query": "subscription { n }", "variables": variables}}),
                json!({"type": "pong"}),
                json!({"id": "1", "type": "complete"}),
            ]
        );
    }

    #[tokio::test]
    async fn a_socket_that_is_closed_says_why() {
        let close = CloseFrame {
            code: 4401.into(),
            reason: "Unauthorized: the sign-in has ended".into(),
        };
        let (client, _served) = server(vec![ack(), vec![Message::Close(Some(close))]]).await;
        let mut subscription = client
            .subscribe("subscription { n }", json!({}))
            .await
            .unwrap();
        assert_eq!(
            subscription.next().await,
            Told::Closed(4401, "Unauthorized: the sign-in has ended".to_owned())
        );
    }

    #[tokio::test]
    async fn a_token_that_is_not_taken_begins_nothing() {
        let close = CloseFrame {
            code: 4403.into(),
            reason: "Forbidden".into(),
        };
        let (client, _served) = server(vec![vec![Message::Close(Some(close))]]).await;
        let refused = client
            .as_bearer("old")
            .subscribe("subscription { n }", json!({}))
            .await
            .unwrap_err();
        assert!(refused.to_string().contains("4403"), "{refused}");
    }

    #[tokio::test]
    async fn without_a_server_there_is_no_handshake() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = Client::new(&format!("http://{}", listener.local_addr().unwrap()));
        drop(listener);
        assert!(matches!(
            client.subscribe("subscription { n }", json!({})).await,
            Err(NotBegun::Handshake(_))
        ));
    }
}
