//! GraphQL over HTTP: `POST /graphql`, and `GET /graphql` for queries.

use super::{
    Door, Served, answer,
    ask::{Parameters, Sender},
    negotiate::{self, Media},
    observe::RequestId,
    refusal::Refusal,
};
use crate::{config::ms, listen::Place};
use axum::{
    body::{Body, Bytes},
    extract::{ConnectInfo, Extension, State},
    http::{HeaderMap, HeaderValue, Method, Request, StatusCode, header},
    response::Response as HttpResponse,
};
use bytes::BytesMut;
use http_body_util::BodyExt;
use kit::Lang;
use std::net::{IpAddr, SocketAddr};
use uuid::Uuid;

/// How much longer than allowed a body may be and still be read to its end, so that its sender hears why it is refused.
pub(crate) const READ_ON: u64 = 8;

/// Answers one request.
pub(crate) async fn graphql<D: Door>(
    State(served): State<Served<D>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    RequestId(request): RequestId,
    Extension(place): Extension<Place>,
    http: Request<Body>,
) -> HttpResponse {
    let (head, body) = http.into_parts();
    let sender = Sender {
        lang: negotiate::lang(&head.headers),
        request,
        client: client(&head.headers, peer, served.http.proxies),
        device: device(&head.headers),
    };
    let Some(media) = negotiate::media(&head.headers) else {
        return refuse(&Refusal::NotAcceptable, Media::Json, sender.lang, request);
    };
    let read_only = matches!(head.method, Method::GET | Method::HEAD);
    let parameters = if read_only {
        Parameters::of_address(&head.uri)
    } else if head.method == Method::POST {
        match body_of(&served, &head.headers, body).await {
            Ok(body) => Parameters::of_body(&body),
            Err(refusal) => Err(refusal),
        }
    } else {
        Err(Refusal::Method)
    };
    let lang = sender.lang;
    let parameters = match parameters {
        Ok(parameters) => parameters,
        Err(refusal) => return refuse(&refusal, media, lang, request),
    };
    // A bearer is the business of HTTP, whatever the media type of the answer.
    let caller = match served
        .door
        .authenticate(bearer(&head.headers), lang, request)
    {
        Ok(caller) => caller,
        Err(response) => return answer::write(&response, media, StatusCode::UNAUTHORIZED),
    };
    let ask = parameters.ask(sender, read_only);
    let door = served.door.clone();
    // In a task of its own: what was begun is finished, even if the client goes away meanwhile.
    let executed = tokio::spawn(async move {
        let response = door.execute(caller, ask).await;
        drop(place);
        response
    });
    let response = match executed.await {
        Ok(response) => response,
        Err(error) => {
            tracing::error!(%request, %error, "a request panicked");
            Refusal::Internal.response(lang, request)
        }
    };
    let status = if read_only && answer::code(&response) == Some("WRONG_TRANSPORT") {
        StatusCode::METHOD_NOT_ALLOWED
    } else {
        answer::status(&response, media)
    };
    answer::write(&response, media, status)
}

/// Reads a JSON body, in bounded time and space.
async fn body_of<D>(served: &Served<D>, headers: &HeaderMap, body: Body) -> Result<Bytes, Refusal> {
    if !negotiate::is_json(headers) {
        return Err(Refusal::NotJson);
    }
    if headers
        .get(header::CONTENT_ENCODING)
        .is_some_and(|encoding| encoding != "identity")
    {
        return Err(Refusal::Encoded);
    }
    let max = served.body_bytes_max;
    tokio::time::timeout(ms(served.http.body_ms_max), read(body, max))
        .await
        .map_err(|_| Refusal::TooSlow)?
}

async fn read(mut body: Body, max: u64) -> Result<Bytes, Refusal> {
    let mut read = BytesMut::new();
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| Refusal::Broken)?.into_data() else {
            continue;
        };
        length += data.len() as u64;
        if length <= max {
            read.extend_from_slice(&data);
        } else if length > max.saturating_mul(READ_ON) {
            break;
        }
    }
    if length > max {
        Err(Refusal::TooLarge(max))
    } else {
        Ok(read.freeze())
    }
}

pub(crate) fn refuse(refusal: &Refusal, media: Media, lang: Lang, request: Uuid) -> HttpResponse {
    let mut http = answer::write(&refusal.response(lang, request), media, refusal.status());
    let headers = http.headers_mut();
    match refusal {
        Refusal::Method => {
            headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD, POST"));
        }
        Refusal::NotJson => {
            headers.insert(
                "accept-post",
                HeaderValue::from_static("application/json; charset=utf-8"),
            );
        }
        // What is left of the body is not read, so the connection cannot carry another request.
        Refusal::TooLarge(_) | Refusal::FileTooLarge(_) | Refusal::TooSlow => {
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        _ => {}
    }
    http
}

/// The token of `Authorization: Bearer …`. Another scheme counts as a bearer that is not ours.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    headers
        .get(header::AUTHORIZATION)
        .map(|value| token(value.to_str().unwrap_or_default()))
}

/// The token of `Bearer …`; nothing of another scheme.
pub(crate) fn token(authorization: &str) -> &str {
    match authorization.trim().split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token.trim(),
        _ => "",
    }
}

/// Where a request came from: the peer, or what our own proxies say of it.
pub(crate) fn client(headers: &HeaderMap, peer: SocketAddr, proxies: usize) -> IpAddr {
    let said = || {
        let hops: Vec<&str> = headers
            .get_all("x-forwarded-for")
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .collect();
        let hop = hops.get(hops.len().checked_sub(proxies)?)?;
        hop.parse::<IpAddr>()
            .ok()
            .or_else(|| hop.parse::<SocketAddr>().ok().map(|hop| hop.ip()))
    };
    if proxies == 0 {
        peer.ip()
    } else {
        said().unwrap_or(peer.ip())
    }
}

/// What the client calls itself, cut to what a list of sign-ins can show.
pub(crate) fn device(headers: &HeaderMap) -> String {
    let name = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok());
    name.unwrap_or_default().chars().take(200).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_proxies_are_believed() {
        let peer = "10.0.0.1:4711".parse().unwrap();
        let cases = [
            (0, "192.0.2.7", "10.0.0.1"),
            (1, "192.0.2.7", "192.0.2.7"),
            (1, "198.51.100.9, 192.0.2.7", "192.0.2.7"),
            (2, "198.51.100.9, 192.0.2.7", "198.51.100.9"),
            (2, "192.0.2.7", "10.0.0.1"),
            (1, "[2001:db8::1]:443", "2001:db8::1"),
            (1, "unknown", "10.0.0.1"),
        ];
        for (proxies, said, expected) in cases {
            let headers = HeaderMap::from_iter([(
                header::HeaderName::from_static("x-forwarded-for"),
                HeaderValue::from_static(said),
            )]);
            let expected: IpAddr = expected.parse().unwrap();
            assert_eq!(
                client(&headers, peer, proxies),
                expected,
                "{proxies} {said}"
            );
        }
        assert_eq!(client(&HeaderMap::new(), peer, 1), peer.ip());
    }

    #[test]
    fn a_bearer_is_read_whatever_the_case_of_its_scheme() {
        let cases = [
            ("Bearer abc", "abc"),
            ("bearer  abc ", "abc"),
            ("Basic abc", ""),
            ("abc", ""),
        ];
        for (authorization, expected) in cases {
            assert_eq!(token(authorization), expected);
        }
    }
}
