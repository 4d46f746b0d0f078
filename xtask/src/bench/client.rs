//! One connection to the server, kept open: what is measured is the server, so the client does as little as HTTP allows.

use crate::Error;
use http_body_util::{BodyExt, Full};
use hyper::{
    Method, Request, StatusCode,
    body::Bytes,
    client::conn::http1::{SendRequest, handshake},
    header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST},
};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use tokio::net::TcpStream;

/// A connection that carries one request at a time.
pub(crate) struct Client {
    sender: SendRequest<Full<Bytes>>,
    address: SocketAddr,
}

/// A GraphQL request as bytes, made once and sent many times.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    pub body: Bytes,
    pub bearer: Option<String>,
}

impl Ask {
    /// The document with its variables, from whoever holds `bearer`.
    pub(crate) fn new(query: &str, variables: &serde_json::Value, bearer: Option<&str>) -> Self {
        let body = serde_json::json!({ "query": query, "variables": variables });
        Self {
            body: body.to_string().into(),
            bearer: bearer.map(|token| format!("Bearer {token}")),
        }
    }
}

impl Client {
    pub(crate) async fn connect(address: SocketAddr) -> Result<Self, Error> {
        let stream = TcpStream::connect(address).await.map_err(broken)?;
        stream.set_nodelay(true).map_err(broken)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await.map_err(broken)?;
        // It ends with the connection; whoever waits for an answer is told why by `send`.
        tokio::spawn(connection);
        Ok(Self { sender, address })
    }

    /// Whether the server is ready to serve.
    pub(crate) async fn is_ready(&mut self) -> Result<bool, Error> {
        let (status, _) = self.send(Method::GET, "/readyz", None).await?;
        Ok(status == StatusCode::OK)
    }

    /// The answer to a GraphQL request.
    pub(crate) async fn ask(&mut self, ask: &Ask) -> Result<Bytes, Error> {
        let (status, body) = self.send(Method::POST, "/graphql", Some(ask)).await?;
        if status == StatusCode::OK {
            Ok(body)
        } else {
            Err(Error::Unexpected(format!(
                "the server answered {status}: {}",
                String::from_utf8_lossy(&body)
            )))
        }
    }

    async fn send(
        &mut self,
        method: Method,
        path: &str,
        ask: Option<&Ask>,
    ) -> Result<(StatusCode, Bytes), Error> {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, self.address.to_string())
            .header(CONTENT_TYPE, "application/json")
            .header(ACCEPT, "application/graphql-response+json");
        if let Some(bearer) = ask.and_then(|ask| ask.bearer.as_ref()) {
            request = request.header(AUTHORIZATION, bearer);
        }
        let body = ask.map(|ask| ask.body.clone()).unwrap_or_default();
        let request = request.body(Full::new(body)).map_err(broken)?;
        self.sender.ready().await.map_err(broken)?;
        let answer = self.sender.send_request(request).await.map_err(broken)?;
        let status = answer.status();
        let body = answer.into_body().collect().await.map_err(broken)?;
        Ok((status, body.to_bytes()))
    }
}

fn broken(error: impl std::fmt::Display) -> Error {
    Error::Unexpected(format!("the server could not be asked: {error}"))
}
