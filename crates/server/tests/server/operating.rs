//! What operators and networks do to a server: slow clients, other origins, stopping, a database that is gone.

use crate::{
    serving::{plain, start},
    wire::{read, send},
};
use server::{config::HttpConfig, http::Patience};
use std::sync::atomic::Ordering;
use tokio::{io::AsyncWriteExt, net::TcpStream};

#[tokio::test]
async fn refusals_speak_the_clients_language_and_carry_the_requests_id() {
    let serving = plain().await;
    let id = "0190163d-8694-739b-aea5-966c26f8ad91";
    for (accept, word) in [("sv-SE", "Frågan"), ("en", "request")] {
        let headers = [
            ("accept-language", accept),
            ("x-request-id", id),
            ("content-type", "application/json"),
        ];
        let answer = send(serving.at, "POST", "/graphql", &headers, b"[]x").await;
        let error = &answer.json()["errors"][0];
        assert!(error["message"].as_str().unwrap().contains(word), "{error}");
        assert_eq!(error["extensions"]["requestId"], id);
        assert_eq!(answer.header("x-request-id"), id);
    }
    let answer = send(
        serving.at,
        "GET",
        "/livez",
        &[("x-request-id", "<script>")],
        b"",
    )
    .await;
    let given = answer.header("x-request-id");
    assert_eq!(
        given.len(),
        36,
        "a new one in place of what is no id: {given}"
    );
}

#[tokio::test]
async fn pages_of_other_origins_are_let_in_only_by_configuration() {
    let named = "https://plan.example.se";
    let http = HttpConfig {
        origins: vec![named.to_owned()],
        ..HttpConfig::default()
    };
    let serving = start(http, Patience::default()).await;
    for (origin, allowed) in [(named, named), ("https://evil.example", "")] {
        let headers = [
            ("origin", origin),
            ("access-control-request-method", "POST"),
        ];
        let preflight = send(serving.at, "OPTIONS", "/graphql", &headers, b"").await;
        assert_eq!(
            preflight.header("access-control-allow-origin"),
            allowed,
            "{origin}"
        );
        assert_eq!(preflight.status == 204, !allowed.is_empty(), "{origin}");

        let headers = [("origin", origin)];
        let answer = send(serving.at, "GET", "/graphql?query=%7Bwho%7D", &headers, b"").await;
        assert_eq!(
            answer.header("access-control-allow-origin"),
            allowed,
            "{origin}"
        );
        assert_eq!(
            answer.header("access-control-allow-credentials"),
            "",
            "never a cookie"
        );
    }
}

#[tokio::test]
async fn a_client_that_sends_too_slowly_is_cut_off() {
    let http = HttpConfig {
        header_ms_max: 50,
        body_ms_max: 50,
        ..HttpConfig::default()
    };
    let serving = start(http, Patience::default()).await;

    let mut stream = TcpStream::connect(serving.at).await.unwrap();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{{",
        serving.at
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let answer = read(&mut stream).await;
    assert_eq!(answer.status, 408);
    let code = &answer.json()["errors"][0]["extensions"]["code"];
    assert_eq!(code, "BODY_TOO_SLOW");

    let mut stream = TcpStream::connect(serving.at).await.unwrap();
    stream
        .write_all(b"POST /graphql HTTP/1.1\r\nhost: x\r\n")
        .await
        .unwrap();
    let mut rest = Vec::new();
    tokio::io::AsyncReadExt::read_to_end(&mut stream, &mut rest)
        .await
        .unwrap();
    assert!(
        !rest.starts_with(b"HTTP/1.1 200"),
        "the connection ended without an answer to a question"
    );
}

#[tokio::test]
async fn what_was_begun_is_finished_when_its_client_goes_away() {
    let serving = plain().await;
    let body = br#"{"query": "mutation { writeSlowly }"}"#;
    let mut stream = TcpStream::connect(serving.at).await.unwrap();
    let head = format!(
        "POST /graphql HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(body).await.unwrap();
    serving.state.begun.notified().await;
    drop(stream);

    // The server stops, waits for it, and it is done.
    serving.stop.send(true).unwrap();
    serving.state.go.notify_one();
    serving.ended.await.unwrap();
    assert_eq!(serving.state.written.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn a_server_that_stops_says_so_first_and_finishes_what_it_does() {
    let serving = plain().await;
    let ready = send(serving.at, "GET", "/readyz", &[], b"").await;
    assert_eq!((ready.status, ready.text()), (200, "ready\n"));

    let at = serving.at;
    let headers = [("content-type", "application/json")];
    let under_way = tokio::spawn(async move {
        send(
            at,
            "POST",
            "/graphql",
            &headers,
            br#"{"query": "mutation { writeSlowly }"}"#,
        )
        .await
    });
    serving.state.begun.notified().await;

    serving.notice.send(true).unwrap();
    let ready = send(at, "GET", "/readyz", &[], b"").await;
    assert_eq!((ready.status, ready.text()), (503, "stopping\n"));
    assert_eq!(send(at, "GET", "/livez", &[], b"").await.status, 200);

    serving.stop.send(true).unwrap();
    serving.state.go.notify_one();
    let answer = under_way.await.unwrap();
    assert_eq!(answer.json()["data"]["writeSlowly"], 1);
    serving.ended.await.unwrap();
    assert!(
        TcpStream::connect(at).await.is_err(),
        "nothing new is taken"
    );
}

#[tokio::test]
async fn a_server_without_its_database_is_alive_and_not_ready() {
    let serving = plain().await;
    serving.db.store.close().await;
    let ready = send(serving.at, "GET", "/readyz", &[], b"").await;
    assert_eq!(
        (ready.status, ready.text()),
        (503, "the database does not answer\n")
    );
    assert_eq!(
        send(serving.at, "GET", "/livez", &[], b"").await.status,
        200
    );
}

#[tokio::test]
async fn the_public_keys_are_told() {
    let serving = plain().await;
    let answer = send(serving.at, "GET", "/.well-known/jwks.json", &[], b"").await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/jwk-set+json");
    assert_eq!(answer.json()["keys"][0]["kid"], "k1");
}

#[tokio::test]
async fn a_server_is_ready_while_something_long_is_written() {
    let serving = plain().await;
    let cx = serving.db.cx(kit::Actor::Anonymous);
    let ready = store::write(&cx, async |_: &store::Tx| {
        let ready = send(serving.at, "GET", "/readyz", &[], b"").await;
        Ok::<_, store::Error>(ready)
    })
    .await
    .unwrap();
    assert_eq!((ready.status, ready.text()), (200, "ready\n"));
}
