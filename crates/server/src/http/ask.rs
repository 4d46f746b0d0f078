//! The parameters of a GraphQL request, from a body, an address or a WebSocket message.

use super::refusal::Refusal;
use api::Ask;
use async_graphql::Variables;
use axum::extract::Query;
use axum::http::Uri;
use kit::Lang;
use serde_json::{Map, Value};
use std::net::IpAddr;
use uuid::Uuid;

/// What a request says beside its parameters.
#[derive(Debug, Clone)]
pub(crate) struct Sender {
    pub lang: Lang,
    pub request: Uuid,
    pub client: IpAddr,
    pub device: String,
}

/// What is asked, in the names of the GraphQL over HTTP specification.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Parameters {
    query: String,
    operation: Option<String>,
    variables: Variables,
}

impl Parameters {
    /// Of a body's bytes.
    pub(crate) fn of_body(body: &[u8]) -> Result<Self, Refusal> {
        let text = std::str::from_utf8(body).map_err(|_| Refusal::BadUtf8)?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        match serde_json::from_str(text).map_err(|error| Refusal::BadJson(error.to_string()))? {
            Value::Object(object) => Self::of_object(object),
            Value::Array(_) => Err(Refusal::Batch),
            _ => Err(Refusal::NotAnObject),
        }
    }

    /// Of a JSON object. What it has beside the parameters is left to the future.
    pub(crate) fn of_object(mut object: Map<String, Value>) -> Result<Self, Refusal> {
        let query = match object.remove("query") {
            Some(Value::String(query)) => query,
            None | Some(Value::Null) => return Err(Refusal::NoQuery),
            Some(_) => return Err(Refusal::BadParameter("query")),
        };
        let operation = match object.remove("operationName") {
            Some(Value::String(name)) => Some(name).filter(|name| !name.is_empty()),
            None | Some(Value::Null) => None,
            Some(_) => return Err(Refusal::BadParameter("operationName")),
        };
        let variables = map("variables", object.remove("variables"))?;
        map("extensions", object.remove("extensions"))?;
        Ok(Self {
            query,
            operation,
            variables: Variables::from_json(Value::Object(variables)),
        })
    }

    /// Of an address.
    pub(crate) fn of_address(uri: &Uri) -> Result<Self, Refusal> {
        let Query(pairs): Query<Vec<(String, String)>> =
            Query::try_from_uri(uri).map_err(|_| Refusal::BadUtf8)?;
        let raw = uri.query().unwrap_or_default();
        // What was no UTF-8 is decoded to this sign, which the address may also hold in earnest.
        let is_replaced = !raw.to_ascii_uppercase().contains("%EF%BF%BD")
            && pairs.iter().any(|(_, value)| value.contains('\u{fffd}'));
        if is_replaced {
            return Err(Refusal::BadUtf8);
        }
        let mut object = Map::new();
        for (name, value) in pairs {
            let Some(name) = ["query", "operationName", "variables", "extensions"]
                .into_iter()
                .find(|known| *known == name)
            else {
                continue;
            };
            let value = match name {
                "query" | "operationName" => Value::String(value),
                _ if value.is_empty() => Value::Null,
                name => serde_json::from_str(&value).map_err(|_| Refusal::BadParameter(name))?,
            };
            if object.insert(name.to_owned(), value).is_some() {
                return Err(Refusal::Twice(name));
            }
        }
        if object.get("query") == Some(&Value::String(String::new())) {
            return Err(Refusal::NoQuery);
        }
        Self::of_object(object)
    }

    /// The request, with who sent it.
    pub(crate) fn ask(self, sender: Sender, read_only: bool) -> Ask {
        Ask {
            query: self.query,
            operation: self.operation,
            variables: self.variables,
            lang: sender.lang,
            request: sender.request,
            read_only,
            client: sender.client,
            device: sender.device,
        }
    }
}

fn map(name: &'static str, value: Option<Value>) -> Result<Map<String, Value>, Refusal> {
    match value {
        Some(Value::Object(map)) => Ok(map),
        None | Some(Value::Null) => Ok(Map::new()),
        Some(_) => Err(Refusal::BadParameter(name)),
    }
}
