//! Somebody's inbox, as a story reads it.

use crate::subscription::Told;
use crate::world::Person;
use serde_json::{Value, json};

/// Their notices, the newest first.
///
/// # Panics
///
/// If the inbox cannot be read.
pub async fn inbox(person: &Person) -> Vec<Value> {
    let query = "{ inbox(first: 20) { nodes { kind isRead subject { id } } } }";
    let answer = person.client.ask(query, Value::Null).await;
    answer["inbox"]["nodes"]
        .as_array()
        .expect("an inbox has nodes")
        .clone()
}

/// Waits for the inbox to have as many notices: they are told after the effect, by the outbox.
///
/// # Panics
///
/// If it ends before it has.
pub async fn told(person: &Person, many: usize) -> Vec<Value> {
    let query = "subscription { inboxChanged(after: 0) { number unread } }";
    let change = person.client.subscribe(query, json!({})).await;
    let mut change = change.expect("a story's server is there until the story ends it");
    loop {
        let found = inbox(person).await;
        if found.len() >= many {
            change.end().await;
            return found;
        }
        let next = change.next().await;
        assert!(matches!(next, Told::Next(_)), "{next:?}");
    }
}
