//! Following a rubric and an inbox over a socket: in order, without a gap, and not a step beyond what one may see.

use serde_json::{Value, json};
use tests::client::Client;
use tests::server::Server;
use tests::subscription::{Subscription, Told};
use tests::world::{Person, World, content, in_world};

const FOLLOW: &str = "subscription($id: ID!, $after: Int) { rubricChanged(rubric: $id, after: $after) { kind number event rubric { title { sv } } } }";

async fn follow(client: &Client, rubric: &str, after: Value) -> Subscription {
    let variables = json!({"id": rubric, "after": after});
    client.subscribe(FOLLOW, variables).await.unwrap()
}

/// The number of what last happened to the rubric, as its author reads it.
async fn last_event(author: &Person, rubric: &str) -> Value {
    let query = "query($id: ID!) { rubric(id: $id) { lastEvent } }";
    let read = author.client.ask(query, json!({"id": rubric})).await;
    read["rubric"]["lastEvent"].clone()
}

async fn change(following: &mut Subscription) -> Value {
    match following.next().await {
        Told::Next(next) => next["data"]["rubricChanged"].clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_author_resumes_behind_what_they_know_without_a_gap() {
    in_world(async |_: &mut Server, world: &World| {
        let anna = &world.anna;
        let (rubric, mut at) = anna.draft(&world.school, "Noll").await;
        let last = last_event(anna, &rubric).await;
        let start = last.as_i64().unwrap();
        let mut first = follow(&anna.client, &rubric, last).await;
        let save = async |at: i64, title: &str| {
            anna.step(
                "saveRubricDraft",
                &rubric,
                at,
                json!({"content": content(title)}),
            )
            .await
        };

        at = save(at, "Ett").await;
        let heard = change(&mut first).await;
        assert_eq!(
            (heard["number"].as_i64(), &heard["rubric"]["title"]["sv"]),
            (Some(start + 1), &json!("Ett")),
            "{heard}"
        );
        first.end().await;
        for number in 2..=20 {
            at = save(at, &format!("Sparning {number}")).await;
        }
        // Back again, while more is being saved.
        let mut again = follow(&anna.client, &rubric, heard["number"].clone()).await;
        for number in 21..=40 {
            at = save(at, &format!("Sparning {number}")).await;
        }
        let mut numbers = Vec::new();
        while numbers.len() < 39 {
            let heard = change(&mut again).await;
            assert_eq!(heard["kind"], "CHANGED", "{heard}");
            numbers.push(heard["number"].as_i64().unwrap());
        }
        assert_eq!(
            numbers,
            (start + 2..=start + 40).collect::<Vec<_>>(),
            "each once, in order"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_hears_what_is_published_and_is_gone_when_it_is_narrowed() {
    in_world(async |_: &mut Server, world: &World| {
        let anna = &world.anna;
        let (rubric, at) = anna.shared(&world.school, "Före").await;
        // From here on, however late the sockets get to it.
        let last = last_event(anna, &rubric).await;
        let mut reading = follow(&world.cecilia.client, &rubric, last.clone()).await;
        let mut own = follow(&anna.client, &rubric, last).await;

        let at = anna.step("reviseRubric", &rubric, at, json!({})).await;
        let at = anna
            .step(
                "saveRubricDraft",
                &rubric,
                at,
                json!({"content": content("Efter")}),
            )
            .await;
        let at = anna.step("publishRubric", &rubric, at, json!({})).await;
        let heard = change(&mut reading).await;
        assert_eq!(
            (&heard["event"], &heard["rubric"]["title"]["sv"]),
            (&json!("rubric.published"), &json!("Efter")),
            "nothing of the draft: {heard}"
        );

        anna.step(
            "shareRubric",
            &rubric,
            at,
            json!({"scope": "TEAM", "team": world.team}),
        )
        .await;
        let heard = change(&mut reading).await;
        assert_eq!(
            (&heard["kind"], &heard["rubric"], &heard["number"]),
            (&json!("GONE"), &Value::Null, &Value::Null),
            "{heard}"
        );
        assert_eq!(reading.next().await, Told::Complete);
        for event in [
            "rubric.revised",
            "rubric.saved",
            "rubric.published",
            "rubric.shared",
        ] {
            assert_eq!(change(&mut own).await["event"], event);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_inbox_tells_by_itself_and_resumes() {
    in_world(async |_: &mut Server, world: &World| {
        let query = "subscription($after: Int) { inboxChanged(after: $after) { number unread } }";
        let inbox = async |after: Value| {
            world
                .bo
                .client
                .subscribe(query, json!({"after": after}))
                .await
                .unwrap()
        };
        let next = async |inbox: &mut Subscription| match inbox.next().await {
            Told::Next(next) => next["data"]["inboxChanged"].clone(),
            other => panic!("{other:?}"),
        };
        let share = async |title: &str| {
            let (rubric, at) = world.anna.published(&world.school, title).await;
            world
                .anna
                .step(
                    "shareRubric",
                    &rubric,
                    at,
                    json!({"scope": "PEOPLE", "people": [world.bo.id]}),
                )
                .await;
        };
        let mut open = inbox(json!(0)).await;
        share("En").await;
        let first = next(&mut open).await;
        assert_eq!(first["unread"], 1, "{first}");
        open.end().await;
        share("Två").await;
        let mut open = inbox(first["number"].clone()).await;
        let second = next(&mut open).await;
        assert_eq!(
            second["number"].as_i64(),
            first["number"].as_i64().map(|number| number + 1)
        );

        let notices = "{ inbox(unread: true, first: 10) { nodes { id kind } } }";
        let unread = world.bo.client.ask(notices, Value::Null).await["inbox"]["nodes"].clone();
        assert_eq!(
            (unread.as_array().unwrap().len(), &unread[0]["kind"]),
            (2, &json!("SHARED"))
        );
        let one = json!({"notices": [unread[0]["id"]]});
        world
            .anna
            .client
            .tell("markRead", one.clone(), "unread")
            .await;
        let marked = world.bo.client.effect("markRead", one, "unread").await;
        assert_eq!(marked["unread"], 1, "nobody marks another's");
        assert_eq!(next(&mut open).await["unread"], 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_closes_when_its_sign_in_ends() {
    in_world(async |_: &mut Server, world: &World| {
        let (rubric, _) = world.anna.shared(&world.school, "Följd").await;
        let mut open = follow(&world.anna.client, &rubric, json!(0)).await;
        for past in ["rubric.created", "rubric.published", "rubric.shared"] {
            assert_eq!(change(&mut open).await["event"], past);
        }
        let out = world
            .anna
            .client
            .send("mutation { signOutEverywhere { ended } }", Value::Null)
            .await;
        assert_eq!(out.data("signOutEverywhere.ended"), &json!(1));
        let mut told = open.next().await;
        if told == Told::Complete {
            told = open.next().await;
        }
        assert!(matches!(&told, Told::Closed(4401, _)), "{told:?}");
        let mut again = follow(&world.anna.client, &rubric, Value::Null).await;
        match again.next().await {
            Told::Refused(errors) => {
                assert_eq!(errors[0]["extensions"]["code"], "SIGN_IN_ENDED", "{errors}");
            }
            told => assert!(matches!(&told, Told::Closed(4401, _)), "{told:?}"),
        }
    })
    .await;
}
