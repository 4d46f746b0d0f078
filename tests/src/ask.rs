//! Asking in short: a query's data, a mutation's payload, or the code with which it was refused.

use crate::client::Client;
use serde_json::{Value, json};

impl Client {
    /// The `data` of a query that must succeed.
    ///
    /// # Panics
    ///
    /// If there is any error, with the whole answer.
    pub async fn ask(&self, query: &str, variables: Value) -> Value {
        let answer = self.send(query, variables).await;
        let body = answer.body;
        assert!(body["errors"].is_null(), "{query}: {body}");
        body["data"].clone()
    }

    /// The payload of a mutation, whatever became of it: `userErrors` with `code`, `message` and `path`, and what `selection` names. Where
    /// the whole request failed: `{"failed": …}` with its errors.
    pub async fn tell(&self, verb: &str, input: Value, selection: &str) -> Value {
        let answer = self
            .send(&mutation(verb, selection), json!({"input": input}))
            .await;
        match answer.body["data"][verb].clone() {
            Value::Null => json!({"failed": answer.body["errors"]}),
            payload => payload,
        }
    }

    /// The payload of a mutation that must be done.
    ///
    /// # Panics
    ///
    /// If it is not, with why.
    pub async fn effect(&self, verb: &str, input: Value, selection: &str) -> Value {
        let payload = self.tell(verb, input.clone(), selection).await;
        assert_eq!(code_of(&payload), "OK", "{verb} {input}: {payload}");
        payload
    }

    /// The code with which a mutation is refused, as a user error or as an error of the whole request; `OK` if it was done.
    pub async fn refusal(&self, verb: &str, input: Value) -> String {
        code_of(&self.tell(verb, input, "__typename").await)
    }
}

/// The text of a mutation with one input, its errors and what `selection` names.
#[must_use]
pub fn mutation(verb: &str, selection: &str) -> String {
    let mut letters = verb.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let input: String = first.chain(letters).collect();
    format!(
        "mutation($input: {input}Input!) {{ {verb}(input: $input) {{ {selection} userErrors {{ code message path }} }} }}"
    )
}

/// The code of a payload of [`Client::tell`]: of its first error, or `OK`.
#[must_use]
pub fn code_of(payload: &Value) -> String {
    let code = &payload["userErrors"][0]["code"];
    let failed = &payload["failed"][0]["extensions"]["code"];
    let code = code.as_str().or(failed.as_str());
    let unknown = if payload["failed"].is_null() {
        "OK"
    } else {
        "?"
    };
    code.unwrap_or(unknown).to_owned()
}

/// The text at a path of names and places in lists between dots.
///
/// # Panics
///
/// If there is no text.
#[must_use]
pub fn text(value: &Value, path: &str) -> String {
    let found = path
        .split('.')
        .fold(value, |value, step| match step.parse::<usize>() {
            Ok(place) => &value[place],
            Err(_) => &value[step],
        });
    let found = found.as_str().map(str::to_owned);
    assert!(found.is_some(), "{path} in {value}");
    found.unwrap_or_default()
}
