//! Subscriptions over a WebSocket: the protocol `graphql-transport-ws`, step by step.

use crate::{
    serving::{Serving, plain, start},
    wire::send,
};
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use server::{config::HttpConfig, http::Patience};
use std::{sync::atomic::Ordering, time::Duration};
use tokio::net::TcpStream;
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest, http::HeaderValue},
};

type Socket = WebSocketStream<TcpStream>;

async fn open(serving: &Serving) -> Socket {
    let mut request = format!("ws://{}/graphql/ws", serving.at)
        .into_client_request()
        .unwrap();
    let protocol = HeaderValue::from_static("graphql-transport-ws");
    request
        .headers_mut()
        .insert("sec-websocket-protocol", protocol);
    let stream = TcpStream::connect(serving.at).await.unwrap();
    let (socket, response) = client_async(request, stream).await.unwrap();
    assert_eq!(
        response.headers()["sec-websocket-protocol"],
        "graphql-transport-ws"
    );
    socket
}

async fn say(socket: &mut Socket, message: &Value) {
    socket
        .send(Message::text(message.to_string()))
        .await
        .unwrap();
}

/// The next message, or the code and reason that the server closes with.
async fn hear(socket: &mut Socket) -> Result<Value, (u16, String)> {
    loop {
        match socket.next().await.expect("the server says why it ends") {
            Ok(Message::Text(text)) => return Ok(serde_json::from_str(&text).unwrap()),
            Ok(Message::Close(Some(frame))) => {
                return Err((frame.code.into(), frame.reason.to_string()));
            }
            Ok(_) => {}
            Err(error) => return Err((0, error.to_string())),
        }
    }
}

async fn opened(serving: &Serving, bearer: Option<&str>) -> Socket {
    let mut socket = open(serving).await;
    let payload = bearer.map(|bearer| json!({"Authorization": format!("Bearer {bearer}")}));
    say(
        &mut socket,
        &json!({"type": "connection_init", "payload": payload}),
    )
    .await;
    assert_eq!(
        hear(&mut socket).await,
        Ok(json!({"type": "connection_ack"}))
    );
    socket
}

fn subscribe(id: &str, query: &str) -> Value {
    json!({"type": "subscribe", "id": id, "payload": {"query": query}})
}

fn next(id: &str, data: &Value) -> Value {
    json!({"type": "next", "id": id, "payload": {"data": data}})
}

/// A step of a conversation.
enum Step {
    Say(Value),
    Raw(Message),
    Hear(Value),
    /// An `error` for this id, whose first error has this code.
    Error(&'static str, &'static str),
    Closed(u16),
}
use Step::*;

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a table")]
async fn each_conversation_goes_as_the_protocol_says() {
    let init = || Say(json!({"type": "connection_init"}));
    let ack = || Hear(json!({"type": "connection_ack"}));
    let bearer =
        |value: Value| Say(json!({"type": "connection_init", "payload": {"authorization": value}}));
    let many = (0..21).map(|n| Say(subscribe(&format!("s{n}"), "subscription { forever }")));
    let firsts = (0..20).map(|n| Hear(next(&format!("s{n}"), &json!({"forever": 0}))));
    let cases: Vec<(&str, Vec<Step>)> = vec![
        (
            "a subscription runs to its end",
            vec![
                init(),
                ack(),
                Say(subscribe("1", "subscription { count(to: 2) }")),
                Hear(next("1", &json!({"count": 1}))),
                Hear(next("1", &json!({"count": 2}))),
                Hear(json!({"type": "complete", "id": "1"})),
                // Its id is free again.
                Say(subscribe("1", "subscription { count(to: 1) }")),
                Hear(next("1", &json!({"count": 1}))),
            ],
        ),
        (
            "a query is answered once",
            vec![
                bearer(json!("Bearer good")),
                ack(),
                Say(subscribe("q", "{ who }")),
                Hear(next("q", &json!({"who": "anna"}))),
                Hear(json!({"type": "complete", "id": "q"})),
            ],
        ),
        (
            "a client ends a subscription, and nothing more comes of it",
            vec![
                init(),
                ack(),
                Say(subscribe("1", "subscription { forever }")),
                Hear(next("1", &json!({"forever": 0}))),
                Say(json!({"type": "complete", "id": "1"})),
                Say(subscribe("1", "{ who }")),
                Hear(next("1", &json!({"who": "nobody"}))),
                Hear(json!({"type": "complete", "id": "1"})),
            ],
        ),
        (
            "an end of what never was is no harm",
            vec![
                init(),
                ack(),
                Say(json!({"type": "complete", "id": "x"})),
                Say(json!({"type": "ping"})),
                Hear(json!({"type": "pong"})),
            ],
        ),
        (
            "a ping is answered with its payload, also before init",
            vec![
                Say(json!({"type": "ping", "payload": {"n": 1}})),
                Hear(json!({"type": "pong", "payload": {"n": 1}})),
                Say(json!({"type": "pong", "payload": {}})),
                init(),
                ack(),
            ],
        ),
        (
            "a query that is none is an error of its id, and the socket goes on",
            vec![
                init(),
                ack(),
                Say(subscribe("1", "subscription { nothing }")),
                Error("1", ""),
                Say(subscribe("1", "{ who }")),
                Hear(next("1", &json!({"who": "nobody"}))),
            ],
        ),
        (
            "a panic is an error of its id, and the socket goes on",
            vec![
                init(),
                ack(),
                Say(subscribe("1", "subscription { panics }")),
                Error("1", "INTERNAL"),
                Say(subscribe("1", "{ who }")),
                Hear(next("1", &json!({"who": "nobody"}))),
            ],
        ),
        (
            "subscribing before init",
            vec![Say(subscribe("1", "{ who }")), Closed(4401)],
        ),
        ("two inits", vec![init(), ack(), init(), Closed(4429)]),
        (
            "a bearer that is not ours",
            vec![bearer(json!("Bearer forged")), Closed(4403)],
        ),
        (
            "another scheme",
            vec![bearer(json!("Basic good")), Closed(4403)],
        ),
        (
            "a bearer that is no text",
            vec![bearer(json!(7)), Closed(4400)],
        ),
        (
            "a bearer that ends",
            vec![bearer(json!("Bearer short")), ack(), Closed(4401)],
        ),
        (
            "an id twice",
            vec![
                init(),
                ack(),
                Say(subscribe("1", "subscription { forever }")),
                Hear(next("1", &json!({"forever": 0}))),
                Say(subscribe("1", "subscription { forever }")),
                Closed(4409),
            ],
        ),
        ("no JSON", vec![Raw(Message::text("hej")), Closed(4400)]),
        (
            "an unknown type",
            vec![Say(json!({"type": "start", "id": "1"})), Closed(4400)],
        ),
        ("no type", vec![Say(json!({"id": "1"})), Closed(4400)]),
        (
            "a subscription without id",
            vec![
                init(),
                ack(),
                Say(json!({"type": "subscribe", "payload": {"query": "{ who }"}})),
                Closed(4400),
            ],
        ),
        (
            "a subscription with an empty id",
            vec![init(), ack(), Say(subscribe("", "{ who }")), Closed(4400)],
        ),
        (
            "a subscription without query",
            vec![
                init(),
                ack(),
                Say(json!({"type": "subscribe", "id": "1", "payload": {}})),
                Closed(4400),
            ],
        ),
        (
            "a payload that is a list",
            vec![
                Say(json!({"type": "connection_init", "payload": []})),
                Closed(4400),
            ],
        ),
        (
            "bytes",
            vec![Raw(Message::binary(vec![1, 2])), Closed(4400)],
        ),
        (
            "a message that is too long",
            vec![Raw(Message::text("x".repeat(5_000))), Closed(1009)],
        ),
        (
            "one subscription too many",
            [init(), ack()]
                .into_iter()
                .chain(many.take(20))
                .chain(firsts)
                .chain([
                    Say(subscribe("s20", "subscription { forever }")),
                    Error("s20", "LIMITED"),
                    Say(json!({"type": "ping"})),
                    Hear(json!({"type": "pong"})),
                ])
                .collect(),
        ),
    ];
    let serving = plain().await;
    for (case, steps) in cases {
        let mut socket = open(&serving).await;
        let mut early = Vec::new();
        for step in steps {
            match step {
                Say(message) => say(&mut socket, &message).await,
                Raw(message) => socket.send(message).await.unwrap(),
                Hear(expected) => {
                    // Subscriptions run beside each other: what another said meanwhile is kept.
                    while !early.contains(&expected) {
                        let said = hear(&mut socket)
                            .await
                            .unwrap_or_else(|close| panic!("{case}: {close:?}"));
                        assert_eq!(
                            said.get("id").is_none(),
                            expected.get("id").is_none(),
                            "{case}: {said}"
                        );
                        early.push(said);
                    }
                    early.retain(|said| *said != expected);
                }
                Error(id, code) => {
                    let said = hear(&mut socket)
                        .await
                        .unwrap_or_else(|close| panic!("{case}: {close:?}"));
                    assert_eq!(
                        (&said["type"], &said["id"]),
                        (&json!("error"), &json!(id)),
                        "{case}"
                    );
                    let found = said["payload"][0]["extensions"]["code"]
                        .as_str()
                        .unwrap_or_default();
                    assert_eq!(found, code, "{case}: {said}");
                    assert!(said["payload"][0]["message"].is_string(), "{case}: {said}");
                }
                Closed(code) => {
                    let (found, reason) = hear(&mut socket).await.expect_err(case);
                    assert_eq!(found, code, "{case}: {reason}");
                    assert!(!reason.is_empty(), "{case}");
                }
            }
        }
        assert!(early.is_empty(), "{case}: {early:?}");
    }
}

#[tokio::test]
async fn the_handshake_is_for_our_pages_and_for_the_one_protocol() {
    let serving = plain().await;
    let own = format!("http://{}", serving.at);
    let cases = [
        (
            "our own page",
            own.as_str(),
            "graphql-transport-ws",
            101,
            "",
        ),
        (
            "among other protocols",
            &own,
            "graphql-ws, graphql-transport-ws",
            101,
            "",
        ),
        (
            "another page",
            "https://evil.example",
            "graphql-transport-ws",
            403,
            "ORIGIN_REFUSED",
        ),
        (
            "a page of nowhere",
            "null",
            "graphql-transport-ws",
            403,
            "ORIGIN_REFUSED",
        ),
        (
            "the older protocol",
            &own,
            "graphql-ws",
            400,
            "WEBSOCKET_NEEDED",
        ),
    ];
    for (case, origin, protocol, status, code) in cases {
        let mut request = format!("ws://{}/graphql/ws", serving.at)
            .into_client_request()
            .unwrap();
        let headers = request.headers_mut();
        headers.insert("origin", HeaderValue::from_str(origin).unwrap());
        headers.insert(
            "sec-websocket-protocol",
            HeaderValue::from_str(protocol).unwrap(),
        );
        let stream = TcpStream::connect(serving.at).await.unwrap();
        match client_async(request, stream).await {
            Ok((_, response)) => assert_eq!(response.status().as_u16(), status, "{case}"),
            Err(tokio_tungstenite::tungstenite::Error::Http(response)) => {
                assert_eq!(response.status().as_u16(), status, "{case}");
                let body = response.body().clone().unwrap_or_default();
                assert!(
                    String::from_utf8_lossy(&body).contains(code),
                    "{case}: {body:?}"
                );
            }
            Err(error) => panic!("{case}: {error}"),
        }
    }
    let plain_get = send(serving.at, "GET", "/graphql/ws", &[], b"").await;
    assert_eq!(plain_get.status, 400);
    assert_eq!(
        plain_get.json()["errors"][0]["extensions"]["code"],
        "WEBSOCKET_NEEDED"
    );
}

#[tokio::test]
async fn a_client_that_does_not_say_who_it_is_is_closed() {
    let patience = Patience {
        init: Duration::from_millis(30),
        ..Patience::default()
    };
    let serving = start(HttpConfig::default(), patience).await;
    let mut socket = open(&serving).await;
    assert_eq!(hear(&mut socket).await.unwrap_err().0, 4408);
}

#[tokio::test]
async fn a_socket_ends_with_the_sign_in() {
    let patience = Patience {
        alive: Duration::from_millis(10),
        ..Patience::default()
    };
    let serving = start(HttpConfig::default(), patience).await;
    let mut socket = opened(&serving, Some("good")).await;
    say(&mut socket, &subscribe("1", "subscription { forever }")).await;
    assert_eq!(
        hear(&mut socket).await,
        Ok(next("1", &json!({"forever": 0})))
    );

    serving.state.signed_out.store(true, Ordering::SeqCst);
    let (code, reason) = hear(&mut socket).await.unwrap_err();
    assert_eq!(
        (code, reason.as_str()),
        (4401, "Unauthorized: the sign-in has ended")
    );
    serving.state.dropped.notified().await;
}

#[tokio::test]
async fn what_a_client_ends_or_leaves_is_let_go_of() {
    let serving = plain().await;
    for leaves in [false, true] {
        let mut socket = opened(&serving, None).await;
        say(&mut socket, &subscribe("1", "subscription { forever }")).await;
        assert_eq!(
            hear(&mut socket).await,
            Ok(next("1", &json!({"forever": 0})))
        );
        if leaves {
            drop(socket);
        } else {
            say(&mut socket, &json!({"type": "complete", "id": "1"})).await;
        }
        serving.state.dropped.notified().await;
    }
}

#[tokio::test]
async fn a_client_that_does_not_read_is_cut_off() {
    let patience = Patience {
        send: Duration::from_millis(50),
        ..Patience::default()
    };
    let serving = start(HttpConfig::default(), patience).await;
    let mut socket = opened(&serving, None).await;
    say(&mut socket, &subscribe("1", "subscription { flood }")).await;
    // Nothing is read here until the server, having given up, has also stopped.
    serving.stop.send(true).unwrap();
    serving.ended.await.unwrap();
    let mut heard = 0;
    while let Some(Ok(_)) = socket.next().await {
        heard += 1;
    }
    assert!(
        heard < 10_000,
        "a bounded part of an endless stream: {heard}"
    );
}

#[tokio::test]
async fn a_client_that_gives_no_sign_of_life_is_cut_off() {
    let patience = Patience {
        ping: Duration::from_millis(10),
        silence: Duration::from_millis(40),
        ..Patience::default()
    };
    let serving = start(HttpConfig::default(), patience).await;
    // This client reads nothing, so it answers no ping either.
    let socket = opened(&serving, None).await;
    serving.stop.send(true).unwrap();
    serving.ended.await.unwrap();
    drop(socket);
}

#[tokio::test]
async fn sockets_are_told_when_the_server_stops() {
    let serving = plain().await;
    let mut socket = opened(&serving, None).await;
    serving.notice.send(true).unwrap();
    assert_eq!(hear(&mut socket).await.unwrap_err().0, 1001);
    serving.stop.send(true).unwrap();
    serving.ended.await.unwrap();
}
