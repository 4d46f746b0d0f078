//! `POST /files` and `GET /files/{id}`: bytes in and out, beside GraphQL and with the same bearer.

use super::{
    Door, Served, answer,
    graphql::{READ_ON, bearer, refuse},
    negotiate::{self, Media},
    observe::RequestId,
    refusal::Refusal,
};
use crate::{config::ms, listen::Place};
use api::{About, KeptFile, Refused, SentFile, ShownFile};
use axum::{
    body::Body,
    extract::{Extension, Path, Query, State},
    http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode, header},
    response::Response,
};
use http_body_util::BodyExt;
use kit::Kind;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use records::files::FilesConfig;
use serde_json::json;
use std::{fs, io};
use tokio::io::AsyncWriteExt;

const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// What the address says of a file that comes.
#[derive(Debug, Default, serde::Deserialize)]
pub(crate) struct Said {
    id: Option<String>,
    name: Option<String>,
}

/// Takes a file in: to a place of its own while it comes, and from there, whole and stripped, to where it is kept.
pub(crate) async fn receive<D: Door>(
    State(served): State<Served<D>>,
    RequestId(request): RequestId,
    Extension(place): Extension<Place>,
    http: Request<Body>,
) -> Response {
    let (head, body) = http.into_parts();
    let about = About {
        lang: negotiate::lang(&head.headers),
        request,
    };
    let refuse = |refusal: Refusal| refuse(&refusal, Media::Json, about.lang, request);
    let caller = match served
        .door
        .authenticate(bearer(&head.headers), about.lang, request)
    {
        Ok(caller) => caller,
        Err(response) => return answer::write(&response, Media::Json, StatusCode::UNAUTHORIZED),
    };
    // Whoever may not send anything in is not listened to for long.
    if let Err(refused) = served.door.may_send_file(&caller, about).await {
        return refusal(&refused);
    }
    let Ok(Query(said)) = Query::<Said>::try_from_uri(&head.uri) else {
        return refuse(Refusal::BadUtf8);
    };
    let named = head.headers.get(IDEMPOTENCY_KEY);
    let key = named.map(|key| key.to_str().unwrap_or_default().to_owned());
    if head
        .headers
        .get(header::CONTENT_ENCODING)
        .is_some_and(|encoding| encoding != "identity")
    {
        return refuse(Refusal::Encoded);
    }
    let content = match stage(&served.files, body).await {
        Ok(content) => content,
        Err(refusal) => return refuse(refusal),
    };
    let sent = SentFile {
        id: said.id.or(key),
        name: said.name,
        content,
    };
    let door = served.door.clone();
    // In a task of its own: what was begun is finished, even if the client goes away meanwhile.
    let kept = tokio::spawn(async move {
        let kept = door.keep_file(caller, sent, about).await;
        drop(place);
        kept
    });
    match kept.await {
        Ok(Ok(kept)) => created(&kept),
        Ok(Err(refused)) => refusal(&refused),
        Err(error) => {
            tracing::error!(%request, %error, "keeping a file panicked");
            refuse(Refusal::Internal)
        }
    }
}

/// Writes a body to a file without a name, in bounded time and space: whatever stops half-way leaves nothing.
async fn stage(config: &FilesConfig, body: Body) -> Result<fs::File, Refusal> {
    let failed = |error: io::Error| {
        tracing::error!(%error, "a file cannot be written while it comes");
        Refusal::Internal
    };
    let staged = tempfile::tempfile_in(&config.folder).map_err(failed)?;
    let mut staged = tokio::fs::File::from_std(staged);
    let max = config.bytes_max;
    let arrive = async {
        let mut body = body;
        let mut length = 0;
        while let Some(frame) = body.frame().await {
            let Ok(data) = frame.map_err(|_| Refusal::Broken)?.into_data() else {
                continue;
            };
            length += data.len() as u64;
            if length <= max {
                staged.write_all(&data).await.map_err(failed)?;
            } else if length > max.saturating_mul(READ_ON) {
                break;
            }
        }
        if length > max {
            return Err(Refusal::FileTooLarge(max));
        }
        staged.flush().await.map_err(failed)?;
        Ok(staged.into_std().await)
    };
    tokio::time::timeout(ms(config.send_ms_max), arrive)
        .await
        .map_err(|_| Refusal::TooSlow)?
}

fn created(kept: &KeptFile) -> Response {
    let id = kept.id.to_string();
    let body = json!({
        "id": id,
        "name": kept.name,
        "mediaType": kept.media_type,
        "bytes": kept.bytes,
        "sha256": kept.sha256,
        "useBefore": kept.use_before.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
    });
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = StatusCode::CREATED;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, Media::Json.header());
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if let Ok(at) = HeaderValue::from_str(&format!("/files/{id}")) {
        headers.insert(header::LOCATION, at);
    }
    response
}

fn refusal(refused: &Refused) -> Response {
    let code = answer::code(&refused.response);
    let status = match (refused.kind, code) {
        (Kind::NotFound, _) => StatusCode::NOT_FOUND,
        (Kind::Denied, _) => StatusCode::FORBIDDEN,
        (Kind::Invalid, Some("FILE_NAME" | "BAD_ID")) => StatusCode::BAD_REQUEST,
        (Kind::Invalid, Some("FILE_TYPE" | "FILE_ENCRYPTED" | "FILE_ACTIVE")) => {
            StatusCode::UNSUPPORTED_MEDIA_TYPE
        }
        (Kind::Invalid, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (Kind::Taken | Kind::Stale, _) => StatusCode::CONFLICT,
        (Kind::Unauthenticated, _) => StatusCode::UNAUTHORIZED,
        (Kind::Limited, _) => StatusCode::TOO_MANY_REQUESTS,
        (Kind::Unavailable, _) => StatusCode::SERVICE_UNAVAILABLE,
        (Kind::Internal, _) => StatusCode::INTERNAL_SERVER_ERROR,
    };
    answer::write(&refused.response, Media::Json, status)
}

/// Shows a file to whoever sees what it hangs on. For anybody else it does not exist.
pub(crate) async fn show<D: Door>(
    State(served): State<Served<D>>,
    RequestId(request): RequestId,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Response {
    let about = About {
        lang: negotiate::lang(&headers),
        request,
    };
    let caller = match served
        .door
        .authenticate(bearer(&headers), about.lang, request)
    {
        Ok(caller) => caller,
        Err(response) => return answer::write(&response, Media::Json, StatusCode::UNAUTHORIZED),
    };
    match served.door.show_file(caller, id, about).await {
        Ok(shown) => write(shown, &headers),
        Err(refused) => refusal(&refused),
    }
}

fn write(shown: ShownFile, asked: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", shown.sha256);
    let is_known = asked
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(|known| known.trim().trim_start_matches("W/"))
        .any(|known| known == "*" || known == tag);
    let kind = match shown.media.name() {
        "text/plain" => "text/plain; charset=utf-8",
        name => name,
    };
    let how = if shown.media.is_image() {
        "inline"
    } else {
        "attachment"
    };
    let name = utf8_percent_encode(&shown.name, NON_ALPHANUMERIC);
    let ending = shown.media.ending();
    let disposition = format!("{how}; filename=\"fil.{ending}\"; filename*=UTF-8''{name}");
    let bytes = shown.bytes;
    let mut response = if is_known {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response
    } else {
        let mut response = Response::new(Body::from_stream(shown.pieces));
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(bytes));
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
        response
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::ETAG, tag),
        (header::CONTENT_DISPOSITION, disposition),
    ] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    let fixed = [
        // Kept by the reader alone, and asked for again each time: narrowing takes effect at once.
        (header::CACHE_CONTROL, "private, no-cache"),
        (header::VARY, "authorization, origin"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; frame-ancestors 'none'; sandbox",
        ),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::ACCEPT_RANGES, "none"),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("x-robots-tag"),
            "noindex, nofollow, noarchive",
        ),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
