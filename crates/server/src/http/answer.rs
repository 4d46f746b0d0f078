//! How a GraphQL response goes out: which status, which headers, and whether it has `data` at all.

use super::negotiate::Media;
use async_graphql::{Response, ServerError, Value};
use axum::{
    body::Body,
    http::{HeaderValue, StatusCode, header},
    response::Response as HttpResponse,
};
use serde::Serialize;
use std::collections::BTreeMap;

/// A response as it is written: a request error has no `data`, which is not the same as `null`.
#[derive(Serialize)]
pub(crate) struct Written<'r> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'r Value>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'r [ServerError],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'r BTreeMap<String, Value>,
}

impl<'r> From<&'r Response> for Written<'r> {
    fn from(response: &'r Response) -> Self {
        Self {
            data: (!is_request_error(response)).then_some(&response.data),
            errors: &response.errors,
            extensions: &response.extensions,
        }
    }
}

/// Whether nothing was executed. The library does not say; but an error that arose in a field names its path.
pub(crate) fn is_request_error(response: &Response) -> bool {
    response.data == Value::Null
        && !response.errors.is_empty()
        && response.errors.iter().all(|error| error.path.is_empty())
}

/// The stable code of a response's first error.
pub(crate) fn code(response: &Response) -> Option<&str> {
    match extension(response, "code") {
        Some(Value::String(code)) => Some(code),
        _ => None,
    }
}

fn extension<'r>(response: &'r Response, name: &str) -> Option<&'r Value> {
    response.errors.first()?.extensions.as_ref()?.get(name)
}

/// The status that fits a response in this media type.
pub(crate) fn status(response: &Response, media: Media) -> StatusCode {
    if media == Media::Json || !is_request_error(response) {
        return StatusCode::OK;
    }
    match code(response) {
        Some("UNAUTHENTICATED" | "SIGN_IN_ENDED") => StatusCode::UNAUTHORIZED,
        Some("LIMITED") => StatusCode::TOO_MANY_REQUESTS,
        Some("UNAVAILABLE" | "TIMEOUT") => StatusCode::SERVICE_UNAVAILABLE,
        Some("INTERNAL") => StatusCode::INTERNAL_SERVER_ERROR,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// Writes a response.
pub(crate) fn write(response: &Response, media: Media, status: StatusCode) -> HttpResponse {
    let body = serde_json::to_vec(&Written::from(response))
        .expect("a response has string keys and finite numbers");
    let mut http = HttpResponse::new(Body::from(body));
    *http.status_mut() = status;
    let headers = http.headers_mut();
    headers.insert(header::CONTENT_TYPE, media.header());
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(
        header::VARY,
        HeaderValue::from_static("accept, accept-language, authorization, origin"),
    );
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    if status == StatusCode::METHOD_NOT_ALLOWED {
        headers.insert(header::ALLOW, HeaderValue::from_static("POST"));
    }
    if let Some(Value::Number(seconds)) = extension(response, "retryAfter")
        && let Some(seconds) = seconds.as_u64()
    {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    http
}
