//! Thirty-two devices save one draft ten thousand times: what was acknowledged is found, everything else was told to be stale.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tests::ask::code_of;
use tests::client::Client;
use tests::race::{Outcome, race};
use tests::server::Server;
use tests::world::{Person, World, content, in_world};

const CLIENTS: usize = 32;
const SAVES: usize = 10_000;

/// A device, with the version of the draft that it read last.
struct Device {
    client: Client,
    read: AtomicI64,
}

/// The titles in the history of a rubric, each page of it.
async fn history(author: &Person, rubric: &str) -> Vec<String> {
    let query = "query($id: ID!, $after: String) { rubric(id: $id) { saves(first: 100, after: $after) { nodes { title { sv } } pageInfo { hasNextPage endCursor } } } }";
    let (mut titles, mut after) = (Vec::new(), Value::Null);
    loop {
        let variables = json!({"id": rubric, "after": after});
        let page = author.client.ask(query, variables).await["rubric"]["saves"].clone();
        let nodes = page["nodes"].as_array().unwrap().iter();
        titles.extend(nodes.filter_map(|save| save["title"]["sv"].as_str().map(str::to_owned)));
        after = page["pageInfo"]["endCursor"].clone();
        if page["pageInfo"]["hasNextPage"] == false {
            return titles;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_ten_thousand_racing_saves_each_acknowledged_text_is_in_the_history() {
    in_world(async |server: &mut Server, world: &World| {
        let anna = &world.anna;
        let (rubric, at) = anna.draft(&world.school, "Början").await;
        // Each device has connections of its own.
        let devices = (0..CLIENTS).map(|_| Device {
            client: anna.at(server),
            read: AtomicI64::new(at),
        });
        let devices: Arc<Vec<Device>> = Arc::new(devices.collect());
        let raced = rubric.clone();
        let race = race(CLIENTS, SAVES, move |turn| {
            let (devices, rubric) = (Arc::clone(&devices), raced.clone());
            async move {
                let device = &devices[turn.client];
                let text = format!("Text {}", turn.request);
                let read = device.read.load(Ordering::Relaxed);
                let input = json!({"rubric": rubric, "version": read, "content": content(&text)});
                let payload = device
                    .client
                    .tell("saveRubricDraft", input, "rubric { version }")
                    .await;
                if let Some(now) = payload["rubric"]["version"].as_i64() {
                    device.read.store(now, Ordering::Relaxed);
                }
                match code_of(&payload).as_str() {
                    "OK" => Outcome::Acknowledged(text),
                    "?" => Outcome::Failed(payload.to_string()),
                    code => Outcome::Refused(code.to_owned()),
                }
            }
        })
        .await;

        race.assert_accounted(&["STALE_VERSION"]);
        let (acknowledged, stale) = (race.acknowledged.len(), race.refused["STALE_VERSION"]);
        assert!(
            acknowledged > CLIENTS && stale > CLIENTS,
            "they really raced: {race}"
        );
        let found = history(anna, &rubric).await;
        let texts: BTreeSet<_> = found
            .iter()
            .filter(|title| title.starts_with("Text "))
            .collect();
        let sent: BTreeSet<_> = race.acknowledged.iter().collect();
        assert_eq!(
            texts,
            sent,
            "on {}: every acknowledged text, and no other",
            server.kind()
        );
        assert_eq!(
            found.len(),
            texts.len() + 1,
            "each once, after the beginning"
        );
        let moved = i64::try_from(acknowledged).unwrap();
        assert_eq!(anna.sees(&rubric).await["version"], at + moved);
    })
    .await;
}
