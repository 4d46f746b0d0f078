//! The power fails a hundred times while sixteen devices write: what was acknowledged is there, and what nobody answered can be sent again.

use serde_json::{Value, json};
use tests::ask::{code_of, mutation};
use tests::client::Client;
use tests::server::{Server, on_sqlite};
use tests::world::{Person, World, content, new_id, new_word};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

const ROUNDS: usize = 100;
const WRITERS: usize = 16;

/// What a device sends until it has an answer: the same ask each time.
#[derive(Debug, Clone)]
struct Ask {
    verb: &'static str,
    input: Value,
}

/// What the server confirmed, kept here and not there.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kept {
    Rubric { id: String, title: String },
    Save { rubric: String, title: String },
}

/// Sends an ask to a server that may die meanwhile; `None` when nothing was acknowledged: the answer broke off, or the database was too
/// busy to be waited for.
async fn send(client: &Client, ask: &Ask) -> Option<Value> {
    let query = mutation(ask.verb, "rubric { id version }");
    let answer = client
        .try_send(&query, json!({"input": ask.input}))
        .await
        .ok()?;
    let body = answer.body;
    let failed = body["errors"][0]["extensions"]["code"].as_str();
    if body.is_null() || matches!(failed, Some("UNAVAILABLE" | "TIMEOUT")) {
        return None;
    }
    let payload = body["data"][ask.verb].clone();
    assert_eq!(code_of(&payload), "OK", "{ask:?}: {body}");
    Some(payload)
}

/// Keeps making rubrics until the server is gone; gives back the ask that it got no answer to.
async fn make(client: Client, unit: String, told: mpsc::UnboundedSender<Kept>) -> Ask {
    loop {
        let title = format!("Matris {}", new_word());
        let input = json!({"id": new_id(), "unit": unit, "content": content(&title)});
        let ask = Ask {
            verb: "createRubric",
            input,
        };
        let Some(payload) = send(&client, &ask).await else {
            return ask;
        };
        let id = payload["rubric"]["id"].as_str().unwrap().to_owned();
        told.send(Kept::Rubric { id, title }).unwrap();
    }
}

/// Keeps saving one draft until the server is gone; gives back the ask that it got no answer to.
async fn save(
    client: Client,
    rubric: String,
    mut at: i64,
    told: mpsc::UnboundedSender<Kept>,
) -> Ask {
    loop {
        let title = format!("Sparning {}", new_word());
        let ask = Ask {
            verb: "saveRubricDraft",
            input: json!({"rubric": rubric, "version": at, "content": content(&title), "idempotencyKey": new_id()}),
        };
        let Some(payload) = send(&client, &ask).await else {
            return ask;
        };
        at = payload["rubric"]["version"].as_i64().unwrap();
        told.send(Kept::Save {
            rubric: rubric.clone(),
            title,
        })
        .unwrap();
    }
}

/// Asserts that each of these is there.
async fn found(client: &Client, kept: &[Kept]) {
    let rubrics = kept.iter().filter_map(|one| match one {
        Kept::Rubric { id, title } => Some((id, title)),
        Kept::Save { .. } => None,
    });
    let rubrics: Vec<_> = rubrics.collect();
    for some in rubrics.chunks(100) {
        let ids: Vec<_> = some.iter().map(|(id, _)| id).collect();
        let query =
            "query($ids: [ID!]!) { nodes(ids: $ids) { id ... on Rubric { title { sv } } } }";
        let there = client.ask(query, json!({"ids": ids})).await;
        let expected: Vec<_> = some
            .iter()
            .map(|(id, title)| json!({"id": id, "title": {"sv": title}}))
            .collect();
        assert_eq!(there["nodes"], json!(expected));
    }
    for one in kept {
        if let Kept::Save { rubric, title } = one {
            let query = "query($id: ID!) { rubric(id: $id) { saves(first: 100) { nodes { title { sv } } } } }";
            let saves = client.ask(query, json!({"id": rubric})).await.to_string();
            assert!(saves.contains(title), "{title} in {saves}");
        }
    }
}

/// The drafts that are saved, with their versions as they are now.
async fn versions(client: &Client, drafts: &[String]) -> Vec<(String, i64)> {
    let query = "query($ids: [ID!]!) { nodes(ids: $ids) { ... on Rubric { id version } } }";
    let there = client.ask(query, json!({"ids": drafts})).await;
    let nodes = there["nodes"].as_array().unwrap().iter();
    nodes
        .map(|node| {
            (
                node["id"].as_str().unwrap().to_owned(),
                node["version"].as_i64().unwrap(),
            )
        })
        .collect()
}

/// One power cut, after so many acknowledgements.
async fn cut(
    server: &mut Server,
    anna: &Person,
    unit: &str,
    drafts: &[String],
    after: usize,
) -> Vec<Kept> {
    let (told, mut telling) = mpsc::unbounded_channel();
    let mut writers = JoinSet::new();
    for (rubric, at) in versions(&anna.at(server), drafts).await {
        writers.spawn(save(anna.at(server), rubric, at, told.clone()));
    }
    for _ in drafts.len()..WRITERS {
        writers.spawn(make(anna.at(server), unit.to_owned(), told.clone()));
    }
    drop(told);
    let mut kept = Vec::new();
    while kept.len() < after {
        kept.push(telling.recv().await.unwrap());
    }
    server.kill_9().await;
    let unanswered = writers.join_all().await;
    while let Some(one) = telling.recv().await {
        kept.push(one);
    }
    server.restart().await;
    let client = anna.at(server);
    found(&client, &kept).await;
    assert_eq!(unanswered.len(), WRITERS, "each had a write in flight");
    for ask in &unanswered {
        send(&client, ask).await.unwrap();
    }
    kept
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_power_cuts_lose_no_acknowledged_write() {
    on_sqlite(&async |server: &mut Server| {
        let world = World::make(server).await;
        let (anna, unit) = (&world.anna, &world.school);
        let mut drafts = Vec::new();
        for _ in 0..WRITERS / 2 {
            drafts.push(anna.draft(unit, "Början").await.0);
        }
        let mut rubrics = Vec::new();
        for round in 0..ROUNDS {
            let kept = cut(server, anna, unit, &drafts, 1 + round % 32).await;
            rubrics.extend(kept.into_iter().filter(|one| matches!(one, Kept::Rubric { .. })));
        }
        found(&anna.at(server), &rubrics).await;
        let mine = "query($after: String) { rubrics(filter: {mine: true}, first: 100, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }";
        let (mut count, mut after) = (0, Value::Null);
        loop {
            let page = anna.at(server).ask(mine, json!({"after": after})).await["rubrics"].clone();
            count += page["nodes"].as_array().unwrap().len();
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        let again = ROUNDS * (WRITERS - drafts.len());
        assert_eq!(count, drafts.len() + rubrics.len() + again, "what was sent again was made once");
    })
    .await;
}
