//! Everything that is answered over HTTP.

mod answer;
mod ask;
mod cors;
mod door;
mod files;
mod graphiql;
mod graphql;
mod health;
mod negotiate;
mod observe;
mod pupils;
mod refusal;
mod socket;
mod ws;

pub use door::Door;
pub use health::Readiness;
pub use ws::Patience;

use crate::config::HttpConfig;
use axum::{
    Router,
    body::Body,
    extract::State,
    http::{Request, StatusCode, header},
    middleware,
    response::{IntoResponse, Redirect, Response},
    routing::{any, get, post},
};
use records::files::FilesConfig;
use std::sync::Arc;
use store::Ids;
use tower_http::catch_panic::CatchPanicLayer;

/// What the routes share.
#[derive(Clone)]
pub struct Served<D> {
    /// The API.
    pub door: D,
    /// How the API is reached.
    pub http: Arc<HttpConfig>,
    /// Where people reach this server, without a slash at the end.
    pub public_url: Arc<str>,
    /// Where files lie, and how much may come in.
    pub files: Arc<FilesConfig>,
    /// How long a body or a WebSocket message may be, in bytes.
    pub body_bytes_max: u64,
    /// Whether the server can answer, and whether it is to stop.
    pub readiness: Readiness,
    /// How long a WebSocket waits for its client.
    pub patience: Patience,
    /// The public halves of the signing keys, as RFC 7517 writes them.
    pub jwks: Arc<dyn Fn() -> String + Send + Sync>,
    /// Where request ids come from.
    pub ids: Ids,
}

/// The routes of the API's port.
pub fn router<D: Door>(served: Served<D>) -> Router {
    let ids = served.ids.clone();
    let cors = middleware::from_fn_with_state(served.http.clone(), cors::cors);
    let graphql = any(graphql::graphql::<D>).layer(cors.clone());
    let files = Router::new()
        .route("/files", post(files::receive::<D>))
        .route("/files/{id}", get(files::show::<D>))
        .route_layer(cors);
    Router::new()
        .route("/", get(async || Redirect::temporary("/graphiql")))
        .route("/graphql", graphql)
        .merge(files)
        .route("/graphql/ws", get(ws::ws::<D>))
        .route("/graphiql", get(graphiql::page))
        .route("/graphiql/{file}", get(graphiql::file))
        .route("/r/{token}", get(pupils::pupils::<D>))
        .route("/livez", get(async || "alive\n"))
        .route("/readyz", get(health::readyz::<D>))
        .route("/.well-known/jwks.json", get(jwks::<D>))
        .layer(CatchPanicLayer::new())
        .layer(middleware::from_fn(move |request: Request<Body>, next| {
            observe::observe(ids.clone(), request, next)
        }))
        .with_state(served)
}

/// The routes of the operators' port.
pub fn metrics(render: impl Fn() -> String + Clone + Send + Sync + 'static) -> Router {
    let figures = move || {
        let render = render.clone();
        async move {
            let kind = [(
                header::CONTENT_TYPE,
                "text/plain; version=0.0.4; charset=utf-8",
            )];
            (kind, render()).into_response()
        }
    };
    Router::new().route("/metrics", get(figures))
}

async fn jwks<D: Door>(State(served): State<Served<D>>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/jwk-set+json"),
        (header::CACHE_CONTROL, "public, max-age=300"),
    ];
    (StatusCode::OK, headers, (served.jwks)()).into_response()
}
