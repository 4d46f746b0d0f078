//! Every effect at most once: what a phone sends again, and again at the same time, happens once.

use serde_json::{Value, json};
use std::sync::Arc;
use tests::ask::code_of;
use tests::client::Client;
use tests::race::{Outcome, race};
use tests::server::Server;
use tests::world::{World, content, in_world, new_id, step};

/// Sends the same mutation fifty times at once; what each answers.
async fn fifty(
    client: &Client,
    verb: &'static str,
    input: Value,
    selection: &'static str,
) -> Vec<Value> {
    let client = Arc::new(client.clone());
    let race = race(50, 50, move |_| {
        let (client, input) = (Arc::clone(&client), input.clone());
        async move {
            let payload = client.tell(verb, input, selection).await;
            match code_of(&payload).as_str() {
                "OK" => Outcome::Acknowledged(payload),
                code => Outcome::Refused(code.to_owned()),
            }
        }
    })
    .await;
    assert_eq!(race.acknowledged.len(), 50, "{verb}: {race}");
    race.acknowledged
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_parallel_duplicates_make_one_effect() {
    in_world(async |_: &mut Server, world: &World| {
        let anna = &world.anna;
        let mine = async || {
            let query = "{ rubrics(filter: {mine: true}, first: 100) { nodes { id } } }";
            anna.client.ask(query, Value::Null).await["rubrics"]["nodes"].clone()
        };
        let make = json!({"id": new_id(), "unit": world.school, "content": content("En gång")});
        let made = fifty(&anna.client, "createRubric", make, "rubric { id version }").await;
        assert!(made.iter().all(|one| one["rubric"] == made[0]["rubric"]), "{made:?}");
        assert_eq!(mine().await.as_array().unwrap().len(), 1);

        let rubric = made[0]["rubric"]["id"].as_str().unwrap().to_owned();
        let at = made[0]["rubric"]["version"].as_i64().unwrap();
        let publish = step(&rubric, at, &json!({"idempotencyKey": new_id()}));
        fifty(&anna.client, "publishRubric", publish, "rubric { version }").await;
        let seen = anna.sees(&rubric).await;
        assert_eq!((&seen["version"], &seen["current"]["number"]), (&json!(at + 1), &json!("1.0")), "published once");

        let share = step(&rubric, at + 1, &json!({"scope": "PEOPLE", "people": [world.cecilia.id], "idempotencyKey": new_id()}));
        fifty(&anna.client, "shareRubric", share, "rubric { version }").await;
        assert_eq!(anna.sees(&rubric).await["version"], at + 2);

        let revised = anna.step("reviseRubric", &rubric, at + 2, json!({})).await;
        let save = json!({"rubric": rubric, "version": revised, "content": content("En gång till"), "idempotencyKey": new_id()});
        fifty(&anna.client, "saveRubricDraft", save, "rubric { version }").await;
        let saves = "query($id: ID!) { rubric(id: $id) { saves(first: 10) { nodes { title { sv } } } } }";
        let saves = anna.client.ask(saves, json!({"id": rubric})).await["rubric"]["saves"]["nodes"].to_string();
        assert_eq!(saves.matches("En gång till").count(), 1, "{saves}");

        let team = json!({"id": new_id(), "name": "Lärgrupp ett", "kind": "LEARNING_GROUP"});
        fifty(&world.coordinator.client, "createTeam", team, "team { id }").await;
        let teams = "{ teams(kind: LEARNING_GROUP, first: 10) { nodes { name } } }";
        let teams = anna.client.ask(teams, Value::Null).await;
        assert_eq!(teams["teams"]["nodes"], json!([{"name": "Lärgrupp ett"}]));

        let invite = json!({
            "id": new_id(), "name": "Nora Ny", "address": "nora.ny@skola.example", "unit": world.school,
            "roles": [{"role": "TEACHER", "unit": world.school}],
        });
        let invited = fifty(&world.principal.client, "invitePerson", invite, "invitation { link person { id } }").await;
        let links = invited.iter().filter(|one| one["invitation"]["link"].is_string()).count();
        assert_eq!(links, 1, "the link is shown the first time only");

        let file = "Rubric Name,Criteria Name,Criteria Description,Criteria Enable Range,Rating Name,Rating Description,Rating Points,Rating Name,Rating Description,Rating Points\nSamma fil,Kriterium,,false,Ja,,1,Nej,,0\n";
        let import = json!({"unit": world.school, "text": file, "take": true});
        fifty(&world.bo.client, "importRubrics", import, "rubrics { outcome }").await;
        let query = "{ rubrics(filter: {mine: true}, first: 100) { nodes { id } } }";
        let found = world.bo.client.ask(query, Value::Null).await;
        assert_eq!(found["rubrics"]["nodes"].as_array().unwrap().len(), 1, "the same file at the same time");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_cannot_be_kept_is_refused_and_a_public_id_is_one() {
    in_world(async |_: &mut Server, world: &World| {
        let team = |id: &str| json!({"id": id, "name": "Lärgrupp två", "kind": "LEARNING_GROUP"});
        let leader = &world.coordinator.client;
        assert_eq!(leader.refusal("createTeam", team("lag-2")).await, "BAD_ID");
        let id = "team_01h455vb4pex5vsknk084sn02q";
        for _ in 0..2 {
            let made = leader.effect("createTeam", team(id), "team { id }").await;
            assert_eq!(made["team"]["id"], id);
        }
        let (rubric, at) = world.anna.draft(&world.school, "Nyckel").await;
        let publish = step(&rubric, at, &json!({"idempotencyKey": "en gång"}));
        let code = world.anna.client.refusal("publishRubric", publish).await;
        assert_eq!(code, "BAD_ID");
        assert_eq!(world.anna.sees(&rubric).await["current"], Value::Null);
    })
    .await;
}
