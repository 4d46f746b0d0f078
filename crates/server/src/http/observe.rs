//! A request's id, its line in the log and its figures. No query text, no address, no person.

use axum::{
    body::Body,
    extract::{FromRequestParts, MatchedPath},
    http::{HeaderValue, Request, StatusCode, request::Parts},
    middleware::Next,
    response::Response,
};
use std::time::Instant;
use store::Ids;
use uuid::Uuid;

const REQUEST_ID: &str = "x-request-id";

/// The request's id: the client's, if it sent a UUID, or else a new one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RequestId(pub Uuid);

impl<S: Sync> FromRequestParts<S> for RequestId {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, StatusCode> {
        // Every router is made with `observe` around it.
        parts
            .extensions
            .get()
            .copied()
            .ok_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

/// Gives every request an id, tells it to the client, logs one line and counts.
pub(crate) async fn observe(ids: Ids, mut request: Request<Body>, next: Next) -> Response {
    let id = request
        .headers()
        .get(REQUEST_ID)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| Uuid::parse_str(value).ok())
        .unwrap_or_else(|| ids.random());
    request.extensions_mut().insert(RequestId(id));
    let method = request.method().clone();
    // The pattern, not what was typed: that may hold anything.
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "-".to_owned(), |path| path.as_str().to_owned());
    let start = Instant::now();

    let mut response = next.run(request).await;

    let elapsed = start.elapsed();
    let ms = u64::try_from(elapsed.as_millis()).unwrap_or(u64::MAX);
    let status = response.status().as_u16();
    tracing::info!(%method, path, status, ms, request = %id, "answered");
    let labels = [("path", path), ("status", status.to_string())];
    metrics::counter!("kollegium_http_requests_total", &labels).increment(1);
    metrics::histogram!("kollegium_http_request_seconds", &labels).record(elapsed.as_secs_f64());
    if let Ok(id) = HeaderValue::from_str(&id.to_string()) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}
