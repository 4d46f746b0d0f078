//! `GET /graphql/ws`: the handshake of a WebSocket that carries subscriptions.

use super::{
    Door, Served,
    ask::Sender,
    cors,
    graphql::{client, device, refuse},
    negotiate::{self, Media},
    observe::RequestId,
    refusal::Refusal,
    socket,
};
use crate::listen::Place;
use axum::{
    extract::{
        ConnectInfo, Extension, State,
        ws::{WebSocketUpgrade, rejection::WebSocketUpgradeRejection},
    },
    http::HeaderMap,
    response::Response,
};
use std::{net::SocketAddr, time::Duration};

/// The subprotocol, as the library `graphql-ws` defines it.
const PROTOCOL: &str = "graphql-transport-ws";

/// How long a WebSocket waits for its client.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For `connection_init`.
    pub init: Duration,
    /// Between two pings of ours.
    pub ping: Duration,
    /// For any sign of life.
    pub silence: Duration,
    /// For the client to take one message.
    pub send: Duration,
    /// Between two looks at whether the sign-in still lives.
    pub alive: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            init: Duration::from_secs(3),
            ping: Duration::from_secs(20),
            silence: Duration::from_mins(1),
            send: Duration::from_secs(10),
            alive: Duration::from_secs(5),
        }
    }
}

/// Takes the handshake: of our own pages and of programs, and only for the one subprotocol.
pub(crate) async fn ws<D: Door>(
    State(served): State<Served<D>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(place): Extension<Place>,
    RequestId(request): RequestId,
    headers: HeaderMap,
    upgrade: Result<WebSocketUpgrade, WebSocketUpgradeRejection>,
) -> Response {
    let sender = Sender {
        lang: negotiate::lang(&headers),
        request,
        client: client(&headers, peer, served.http.proxies),
        device: device(&headers),
    };
    let refuse = |refusal| refuse(&refusal, Media::Json, sender.lang, request);
    if !cors::may_connect(&headers, &served.http, &served.public_url) {
        return refuse(Refusal::Origin);
    }
    let Ok(upgrade) = upgrade else {
        return refuse(Refusal::Protocol);
    };
    let bytes_max = usize::try_from(served.body_bytes_max).unwrap_or(usize::MAX);
    let upgrade = upgrade
        .protocols([PROTOCOL])
        .max_message_size(bytes_max)
        .max_frame_size(bytes_max);
    if upgrade.selected_protocol().is_none() {
        return refuse(Refusal::Protocol);
    }
    upgrade.on_upgrade(async move |socket| {
        socket::run(socket, served, sender).await;
        drop(place);
    })
}
