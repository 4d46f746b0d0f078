//! Connections: accepted in bounded number, cut off when slow, let go of when the server stops.

use crate::{
    config::{HttpConfig, ms},
    exit::{Exit, Failure},
    patience::Patient,
};
use axum::{Router, body::Body, extract::ConnectInfo};
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{net::SocketAddr, pin::pin, sync::Arc};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::{OwnedSemaphorePermit, Semaphore, watch},
    time::{sleep, timeout},
};
use tower::ServiceExt;

/// A connection's place among those that are held at once. Whoever keeps a clone is waited for when the server stops.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    _permit: Arc<OwnedSemaphorePermit>,
}

/// Takes the address, or says in one line why it cannot be taken. `key` is the configuration's name for it.
///
/// # Errors
///
/// [`Exit::Address`].
pub async fn bind(address: SocketAddr, key: &str) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        Failure::new(
            Exit::Address,
            format!("cannot listen on {address} ({key}): {error}"),
        )
    })
}

/// Serves connections until `stop` says so, and then until each has finished what it is doing or `drain_ms_max` has passed.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    config: Arc<HttpConfig>,
    stop: watch::Receiver<bool>,
) {
    let places = config.connections_max;
    let room = Arc::new(Semaphore::new(places as usize));
    loop {
        let accepted = async {
            let permit = room.clone().acquire_owned().await;
            let permit = permit.expect("the semaphore is never closed");
            (permit, listener.accept().await)
        };
        let (permit, accepted) = tokio::select! {
            () = told(stop.clone()) => break,
            accepted = accepted => accepted,
        };
        match accepted {
            Ok((stream, peer)) => {
                let place = Place {
                    _permit: Arc::new(permit),
                };
                let (router, config, stop) = (router.clone(), config.clone(), stop.clone());
                tokio::spawn(async move {
                    connection(stream, peer, place, router, &config, stop).await;
                });
            }
            Err(error) => {
                // Out of files, mostly: what is open must first be closed.
                tracing::warn!(%error, "no connection can be accepted");
                sleep(ms(100)).await;
            }
        }
    }
    drop(listener);
    // Every place is free again when every connection, socket and request has ended.
    let finished = timeout(ms(config.drain_ms_max), room.acquire_many(places)).await;
    if finished.is_err() {
        let left = places as usize - room.available_permits();
        tracing::warn!(left, "not everything finished in time");
    }
}

/// Ends when the server is to stop; whoever could say so being gone means the same.
pub(crate) async fn told(mut stop: watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    place: Place,
    router: Router,
    config: &HttpConfig,
    stop: watch::Receiver<bool>,
) {
    let _ = stream.set_nodelay(true);
    let io = TokioIo::new(Patient::new(stream, ms(config.send_ms_max)));
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        request.extensions_mut().insert(place.clone());
        router.clone().oneshot(request)
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(ms(config.header_ms_max))
        .serve_connection(io, service)
        .with_upgrades();
    let mut served = pin!(served);
    let ended = tokio::select! {
        ended = served.as_mut() => ended,
        () = told(stop) => {
            served.as_mut().graceful_shutdown();
            served.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke");
    }
}
