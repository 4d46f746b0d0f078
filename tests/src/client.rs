//! A client as an integrator would write it: GraphQL over HTTP, and nothing that knows the server from inside.

use serde_json::{Value, json};
use std::time::Duration;

/// How long a story waits for an answer: far longer than the server's own limit, so that it is the server that gives up.
const ANSWER_MAX: Duration = Duration::from_mins(1);

/// A client of one server, signed in or not. Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
    base_url: String,
    bearer: Option<String>,
}

/// An answer over HTTP.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// The body: an object with `data`, `errors` and `extensions`, or null if it was no JSON.
    pub body: Value,
}

/// Why there is no answer: the server could not be reached, or went away before it had answered.
pub type Unanswered = reqwest::Error;

impl Client {
    /// A client that is not signed in, of the server at an address such as `http://127.0.0.1:4000`.
    #[must_use]
    pub fn new(base_url: &str) -> Self {
        Self {
            http: reqwest::Client::new(),
            base_url: base_url.trim_end_matches('/').to_owned(),
            bearer: None,
        }
    }

    /// The same client with an access token or a service key.
    #[must_use]
    pub fn as_bearer(&self, token: &str) -> Self {
        Self {
            bearer: Some(token.to_owned()),
            ..self.clone()
        }
    }

    /// Where the server is, without a slash at the end.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The token that it shows.
    #[must_use]
    pub fn bearer(&self) -> Option<&str> {
        self.bearer.as_deref()
    }

    /// A request to another address of the server than GraphQL's, with the bearer.
    ///
    /// # Panics
    ///
    /// If the method is none.
    pub fn request(&self, method: &str, path: &str) -> reqwest::RequestBuilder {
        let method = method.parse().expect("a method's name");
        let request = self
            .http
            .request(method, format!("{}{path}", self.base_url))
            .timeout(ANSWER_MAX);
        match &self.bearer {
            Some(token) => request.bearer_auth(token),
            None => request,
        }
    }

    /// Sends a query or a mutation, with an object of variables or null.
    ///
    /// # Panics
    ///
    /// If no answer comes. Where that is part of the story, [`Client::try_send`] says so.
    pub async fn send(&self, query: &str, variables: Value) -> Answer {
        let answer = self.try_send(query, variables).await;
        answer.expect("a story's server is there until the story ends it")
    }

    /// Sends a query or a mutation to a server that may be gone.
    ///
    /// # Errors
    ///
    /// [`Unanswered`]: then nobody knows whether it was done.
    pub async fn try_send(&self, query: &str, variables: Value) -> Result<Answer, Unanswered> {
        let request = self
            .http
            .post(format!("{}/graphql", self.base_url))
            .header("Accept", "application/graphql-response+json")
            .timeout(ANSWER_MAX)
            .json(&json!({"query": query, "variables": variables}));
        let request = match &self.bearer {
            Some(token) => request.bearer_auth(token),
            None => request,
        };
        let response = request.send().await?;
        let status = response.status().as_u16();
        let body = response.bytes().await?;
        Ok(Answer {
            status,
            body: serde_json::from_slice(&body).unwrap_or(Value::Null),
        })
    }
}

impl Answer {
    /// What stands at a path in `data`, field names and places in lists between dots (`rubrics.nodes.0.title`); null if nothing
    /// does.
    #[must_use]
    pub fn data(&self, path: &str) -> &Value {
        path.split('.')
            .filter(|step| !step.is_empty())
            .fold(&self.body["data"], |value, step| {
                match step.parse::<usize>() {
                    Ok(place) => &value[place],
                    Err(_) => &value[step],
                }
            })
    }

    /// The codes of `userErrors`, of all mutations of the request in order of their names.
    #[must_use]
    pub fn user_error_codes(&self) -> Vec<&str> {
        let roots = self.body["data"]
            .as_object()
            .into_iter()
            .flat_map(|data| data.values());
        let errors = roots
            .filter_map(|payload| payload["userErrors"].as_array())
            .flatten();
        errors.filter_map(|error| error["code"].as_str()).collect()
    }

    /// The code of the first GraphQL error, if the request or a field failed.
    #[must_use]
    pub fn error_code(&self) -> Option<&str> {
        self.body["errors"][0]["extensions"]["code"].as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;
    use tokio::task::JoinHandle;

    /// A server for one request: gives `answer`, and returns what it was sent.
    async fn server(answer: String) -> (String, JoinHandle<String>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        let served = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"}}") {
                assert_ne!(
                    stream.read_buf(&mut request).await.unwrap(),
                    0,
                    "the client went away"
                );
            }
            stream.write_all(answer.as_bytes()).await.unwrap();
            String::from_utf8(request).unwrap()
        });
        (address, served)
    }

    fn http(status: &str, body: &str) -> String {
        format!(
            "HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
    }

    #[tokio::test]
    async fn a_request_is_graphql_over_http_with_its_bearer() {
        let (address, served) = server(http(
            "200 OK",
            r#"{"data":{"rubrics":{"nodes":[{"title":"Läsning"}]}}}"#,
        ))
        .await;
        let client = Client::new(&address).as_bearer("token-1");
        let answer = client
            .send("{ rubrics { nodes { title } } }", json!({"first": 5}))
            .await;

        assert_eq!(
            (answer.status, answer.data("rubrics.nodes.0.title")),
            (200, &json!("Läsning"))
        );
        assert_eq!(answer.data("rubrics.nodes.1.title"), &Value::Null);
        assert_eq!(
            (answer.error_code(), answer.user_error_codes()),
            (None, vec![])
        );
        let request = served.await.unwrap();
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("POST /graphql HTTP/1.1\r\n"), "{head}");
        for header in [
            "authorization: bearer token-1",
            "accept: application/graphql-response+json",
            "content-type: application/json",
        ] {
            assert!(head.to_lowercase().contains(header), "{head}");
        }
        let body: Value = serde_json::from_str(body).unwrap();
        assert_eq!(
            body,
            json!({"query": "{ rubrics { nodes { title } } }", "variables": {"first": 5}})
        );
    }

    #[tokio::test]
    async fn refusals_are_read_by_their_codes() {
        let body = r#"{"data":{"a":{"userErrors":[{"code":"NOT_FOUND"}]},"b":{"userErrors":[]},"c":{"userErrors":[{"code":"ID_TAKEN"}]},"d":null}}"#;
        let (address, _served) = server(http("200 OK", body)).await;
        assert_eq!(
            Client::new(&address)
                .send("{}", json!({}))
                .await
                .user_error_codes(),
            ["NOT_FOUND", "ID_TAKEN"]
        );

        let body = r#"{"errors":[{"message":"no","extensions":{"code":"UNAUTHENTICATED"}}]}"#;
        let (address, _served) = server(http("401 Unauthorized", body)).await;
        let answer = Client::new(&address).send("{}", json!({})).await;
        assert_eq!(
            (answer.status, answer.error_code()),
            (401, Some("UNAUTHENTICATED"))
        );

        let (address, _served) = server(http("502 Bad Gateway", "<html>")).await;
        let answer = Client::new(&address).send("{}", json!({})).await;
        assert_eq!(
            answer,
            Answer {
                status: 502,
                body: Value::Null
            }
        );
    }

    #[tokio::test]
    async fn a_server_that_dies_before_the_end_has_not_answered() {
        let (address, _served) =
            server("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"data\"".to_owned()).await;
        assert!(
            Client::new(&address)
                .try_send("{}", json!({}))
                .await
                .is_err()
        );
    }
}
