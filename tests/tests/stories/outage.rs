//! The database is gone for a while: everybody is told to come back, nothing is half done, and the server goes on without a restart.

use serde_json::{Value, json};
use testkit::Operator;
use tests::client::{Answer, Client};
use tests::server::{Server, on_postgres, on_sqlite};
use tests::subscription::Told;
use tests::world::{World, content, new_id};

fn is_unavailable(answer: &Answer) {
    let extensions = &answer.body["errors"][0]["extensions"];
    assert_eq!(extensions["code"], "UNAVAILABLE", "{answer:?}");
    assert!(
        extensions["retryAfter"]
            .as_u64()
            .is_some_and(|seconds| seconds > 0),
        "{answer:?}"
    );
}

fn create(world: &World, id: &str) -> Value {
    json!({"input": {"id": id, "unit": world.school, "content": content("Under avbrottet")}})
}

async fn status(client: &Client, path: &str) -> u16 {
    let url = format!("{}{path}", client.base_url());
    reqwest::get(url).await.unwrap().status().as_u16()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_gone_is_told_and_taken_up_again() {
    on_postgres(&async |server: &mut Server| {
        let world = World::make(server).await;
        let anna = &world.anna.client;
        let (rubric, at) = world.anna.shared(&world.school, "Före avbrottet").await;
        let (house, name) = server.database_url.rsplit_once('/').unwrap();
        let operator = Operator::at(&format!("{house}/postgres")).await;
        let allow = async |allowed: bool| {
            let sql = format!("ALTER DATABASE {name} ALLOW_CONNECTIONS {allowed}");
            operator.run(&sql).await;
        };
        let follow =
            "subscription($id: ID!) { rubricChanged(rubric: $id, after: 0) { kind event } }";
        let mut following = anna.subscribe(follow, json!({"id": rubric})).await.unwrap();
        for past in ["rubric.created", "rubric.published", "rubric.shared"] {
            let told = following.next().await;
            assert!(
                matches!(&told, Told::Next(next) if next["data"]["rubricChanged"]["event"] == past),
                "{told:?}"
            );
        }

        allow(false).await;
        let cut = format!(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        );
        operator.run(&cut).await;
        let query = "{ viewer { person { name } } rubrics(first: 5) { nodes { id } } }";
        let id = new_id();
        for _ in 0..3 {
            is_unavailable(&anna.send(query, Value::Null).await);
            let made = anna
                .send(
                    &tests::ask::mutation("createRubric", "rubric { id }"),
                    create(&world, &id),
                )
                .await;
            is_unavailable(&made);
        }
        let wrong =
            json!({"input": {"address": world.bo.address, "password": tests::world::PASSWORD}});
        is_unavailable(
            &server
                .client()
                .send(&tests::ask::mutation("signIn", "__typename"), wrong)
                .await,
        );
        assert_eq!(
            (status(anna, "/livez").await, status(anna, "/readyz").await),
            (200, 503)
        );

        allow(true).await;
        anna.ask(query, Value::Null).await;
        anna.effect(
            "createRubric",
            create(&world, &id)["input"].clone(),
            "rubric { id }",
        )
        .await;
        assert_eq!(status(anna, "/readyz").await, 200);
        world
            .anna
            .step("retireRubric", &rubric, at, json!({}))
            .await;
        // The socket lived on, and hears what happens afterwards.
        match following.next().await {
            Told::Next(next) => {
                let kind = &next["data"]["rubricChanged"]["kind"];
                assert!(kind == "CHANGED" || kind == "RESYNC", "{next}");
            }
            other => panic!("{other:?}"),
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_somebody_else_holds_is_told_and_taken_up_again() {
    on_sqlite(&async |server: &mut Server| {
        let world = World::make(server).await;
        let anna = &world.anna.client;
        let operator = Operator::at(&server.database_url).await;
        operator.run("BEGIN IMMEDIATE").await;
        let id = new_id();
        let made = anna
            .send(
                &tests::ask::mutation("createRubric", "rubric { id }"),
                create(&world, &id),
            )
            .await;
        is_unavailable(&made);
        anna.ask("{ viewer { person { name } } }", Value::Null)
            .await;

        operator.run("ROLLBACK").await;
        anna.effect(
            "createRubric",
            create(&world, &id)["input"].clone(),
            "rubric { id }",
        )
        .await;
    })
    .await;
}
