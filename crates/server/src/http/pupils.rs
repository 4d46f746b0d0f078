//! The page for pupils: what a link opens, without a sign-in and without a script. Made from the query `rubricByLink`, like any integrator's page.

mod page;
mod qr;
mod shown;

use super::{
    Door, Served,
    ask::{Parameters, Sender},
    graphql::{client, device},
    observe::RequestId,
};
use axum::{
    body::Body,
    extract::{ConnectInfo, Path, State},
    http::{HeaderName, HeaderValue, Request, StatusCode, header},
    response::Response,
};
use kit::Lang;
use maud::Markup;
use serde_json::{Map, json};
use sha2::{Digest, Sha256};
use shown::Answer;
use std::{net::SocketAddr, sync::LazyLock};

const QUERY: &str = include_str!("pupils/rubric_by_link.graphql");

/// The page may show its own style and nothing else: no script, no picture from elsewhere, no frame around it.
static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let hash = STANDARD.encode(Sha256::digest(page::STYLE));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).expect("base64 is visible ASCII")
});

/// Shows what the link opens. What is unknown, closed or over looks the same.
pub(crate) async fn pupils<D: Door>(
    State(served): State<Served<D>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    RequestId(request): RequestId,
    Path(token): Path<String>,
    http: Request<Body>,
) -> Response {
    let wanted = http.uri().query().and_then(wanted);
    let sender = Sender {
        lang: wanted.unwrap_or_default(),
        request,
        client: client(http.headers(), peer, served.http.proxies),
        device: device(http.headers()),
    };
    let address = format!("{}/r/{token}", served.public_url);
    match ask(&served, sender, token).await {
        Ok(Some(rubric)) => {
            let lang = rubric.lang(wanted);
            write(StatusCode::OK, &page::rubric(&rubric, lang, &address))
        }
        Ok(None) => write(StatusCode::NOT_FOUND, &page::nothing()),
        Err(Unanswered) => write(StatusCode::SERVICE_UNAVAILABLE, &page::later()),
    }
}

/// The API could not answer now.
struct Unanswered;

async fn ask<D: Door>(
    served: &Served<D>,
    sender: Sender,
    token: String,
) -> Result<Option<shown::Rubric>, Unanswered> {
    let request = sender.request;
    let nobody = served
        .door
        .authenticate(None, sender.lang, request)
        .map_err(|_| Unanswered)?;
    let mut object = Map::new();
    object.insert("query".to_owned(), json!(QUERY));
    object.insert("variables".to_owned(), json!({ "token": token }));
    let parameters = Parameters::of_object(object).map_err(|_| Unanswered)?;
    let response = served
        .door
        .execute(nobody, parameters.ask(sender, true))
        .await;
    if !response.errors.is_empty() {
        return Err(Unanswered);
    }
    let answer = response
        .data
        .into_json()
        .and_then(serde_json::from_value::<Answer>);
    match answer {
        Ok(answer) => Ok(answer.rubric_by_link),
        Err(error) => {
            tracing::error!(%request, %error, "the page for pupils cannot read its own query");
            Err(Unanswered)
        }
    }
}

/// The language that the address names.
fn wanted(query: &str) -> Option<Lang> {
    let named = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("lang="))?;
    Lang::from_code(named)
}

fn write(status: StatusCode, page: &Markup) -> Response {
    let mut response = Response::new(Body::from(page.0.clone()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY.clone());
    let fixed = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        // A closed link is closed at once.
        (header::CACHE_CONTROL, "no-store"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        // The address is the key: it goes to no other site, and into no index.
        (header::REFERRER_POLICY, "no-referrer"),
        (
            HeaderName::from_static("x-robots-tag"),
            "noindex, nofollow, noarchive",
        ),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=()",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(header::RETRY_AFTER, HeaderValue::from_static("30"));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_names_a_language_or_none() {
        for (query, expected) in [
            ("lang=en", Some(Lang::En)),
            ("x=1&lang=sv", Some(Lang::Sv)),
            ("lang=xx", None),
            ("", None),
        ] {
            assert_eq!(wanted(query), expected, "{query}");
        }
    }

    #[test]
    fn every_page_says_that_it_is_to_stay_out_of_indexes_and_runs_nothing() {
        let response = write(StatusCode::NOT_FOUND, &page::nothing());
        let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        assert!(header("x-robots-tag").contains("noindex"));
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert_eq!(header("cache-control"), "no-store");
        let policy = header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains("script-src"));
    }
}
