//! Pages of other origins: refused by the browser, unless the configuration names them.

use crate::config::HttpConfig;
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use std::sync::Arc;

/// Lets pages of configured origins call the API. They bring a bearer, never a cookie.
pub(crate) async fn cors(
    State(http): State<Arc<HttpConfig>>,
    request: Request<Body>,
    next: Next,
) -> Response {
    let allowed = origin(request.headers())
        .filter(|origin| http.origins.iter().any(|named| named == origin))
        .and_then(|origin| HeaderValue::from_str(origin).ok());
    let Some(origin) = allowed else {
        return next.run(request).await;
    };
    let is_preflight = request.method() == Method::OPTIONS
        && request
            .headers()
            .contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let mut response = if is_preflight {
        let answers = [
            (header::ACCESS_CONTROL_ALLOW_METHODS, "GET, POST"),
            (
                header::ACCESS_CONTROL_ALLOW_HEADERS,
                "accept, accept-language, authorization, content-type, idempotency-key, if-none-match, x-request-id",
            ),
            (header::ACCESS_CONTROL_MAX_AGE, "600"),
            (header::VARY, "origin"),
        ];
        (StatusCode::NO_CONTENT, answers).into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("content-disposition, etag, location, retry-after, x-request-id"),
    );
    response
}

/// Whether a page may open a WebSocket: one of our own host, or of a configured origin. What is no page sends no origin.
pub(crate) fn may_connect(headers: &HeaderMap, http: &HttpConfig, public_url: &str) -> bool {
    if !headers.contains_key(header::ORIGIN) {
        return true;
    }
    let Some(origin) = origin(headers) else {
        return false;
    };
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let is_own = matches!(
        origin.split_once("://"),
        Some(("http" | "https", from)) if host.is_some_and(|host| host.eq_ignore_ascii_case(from))
    );
    is_own || origin == public_url || http.origins.iter().any(|named| named == origin)
}

fn origin(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::ORIGIN)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pages_of_our_own_host_and_of_configured_origins_connect() {
        let http = HttpConfig {
            origins: vec!["https://plan.example.se".to_owned()],
            ..HttpConfig::default()
        };
        let cases = [
            (None, true),
            (Some("http://api.example.se"), true),
            (Some("https://API.example.se"), true),
            (Some("https://public.example.se"), true),
            (Some("https://plan.example.se"), true),
            (Some("https://plan.example.se.evil.example"), false),
            (Some("https://api.example.se:8443"), false),
            (Some("ftp://api.example.se"), false),
            (Some("null"), false),
            (Some(""), false),
        ];
        for (origin, expected) in cases {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, HeaderValue::from_static("api.example.se"));
            if let Some(origin) = origin {
                headers.insert(header::ORIGIN, HeaderValue::from_static(origin));
            }
            let may = may_connect(&headers, &http, "https://public.example.se");
            assert_eq!(may, expected, "{origin:?}");
        }
    }
}
