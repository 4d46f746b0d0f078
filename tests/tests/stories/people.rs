//! Who is here: guests, colleagues with protected identity, and those who leave.

use serde_json::{Value, json};
use tests::client::Client;
use tests::server::Server;
use tests::world::{World, in_days, in_world};

async fn names(client: &Client, query: &str, variables: Value) -> String {
    client.ask(query, variables).await.to_string()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_guest_sees_their_team_and_no_list_beyond_it() {
    in_world(async |_: &mut Server, world: &World| {
        let guest = &world.guest.client;
        let people = names(
            guest,
            "{ people(first: 50) { nodes { name } } }",
            Value::Null,
        )
        .await;
        for colleague in [&world.anna, &world.bo, &world.lead] {
            assert!(people.contains(&colleague.name), "{people}");
        }
        for stranger in [&world.cecilia, &world.principal, &world.admin, &world.head] {
            assert!(
                !people.contains(&stranger.name),
                "{}: {people}",
                stranger.name
            );
            let query = "query($id: ID!) { node(id: $id) { id } }";
            let found = guest.ask(query, json!({"id": stranger.id})).await;
            assert_eq!(found["node"], Value::Null, "{}", stranger.name);
        }
        let teams = guest
            .ask("{ teams(first: 50) { nodes { id } } }", Value::Null)
            .await;
        assert_eq!(teams["teams"]["nodes"], json!([{"id": world.team}]));

        let endless = json!({
            "name": "Utan Slut", "address": "utan.slut@skola.example", "teams": [world.team],
            "roles": [{"role": "GUEST", "unit": world.school}],
        });
        assert_eq!(
            world.admin.client.refusal("invitePerson", endless).await,
            "ORGANISATION_GUEST_NEEDS_END"
        );
        let (rubric, _) = world.anna.shared(&world.school, "För kollegor").await;
        assert_eq!(
            world.guest.sees(&rubric).await,
            Value::Null,
            "a guest is no colleague of the organiser"
        );
        let own = json!({"unit": world.school, "content": tests::world::content("Gästens")});
        assert_eq!(
            world.guest.client.refusal("createRubric", own).await,
            "RUBRIC_NOT_HERE"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_protected_colleague_is_known_to_their_team_and_to_nobody_else() {
    in_world(async |_: &mut Server, world: &World| {
        let (protected, name) = (&world.protected, "Sanna");
        let (rubric, _) = protected.shared(&world.school, "Skyddad upphovsperson").await;
        let query = "query($id: ID!, $person: ID!, $unit: ID!) {
            rubric(id: $id) { title { sv } authors { name person { id name } } unit { name } }
            node(id: $person) { id }
            people(first: 100) { nodes { name } }
            byName: people(name: \"Sanna\", first: 10) { nodes { name } }
            byRole: people(role: TEACHER, first: 100) { nodes { name } }
            byAuthor: rubrics(filter: {author: $person}, first: 10) { nodes { id } }
            byUnit: rubrics(filter: {unit: $unit}, first: 10) { nodes { id } }
        }";
        let variables = json!({"id": rubric, "person": protected.id, "unit": world.school});
        for (who, person) in world.people() {
            let seen = person.client.ask(query, variables.clone()).await;
            let is_near = ["Anna", "Bo", "lead teacher", "protected"].contains(&who);
            let is_named = seen.to_string().contains(name);
            match who {
                "guest" => {}
                // Administrators who are named for it find the person, never by what they wrote.
                "admin" => assert_eq!(seen["rubric"], Value::Null, "{seen}"),
                _ if is_near => {
                    assert!(is_named, "{who}: {seen}");
                    assert_eq!(seen["byAuthor"]["nodes"], json!([{"id": rubric}]), "{who}");
                    assert_eq!(seen["byUnit"]["nodes"], json!([{"id": rubric}]), "{who}");
                }
                _ => {
                    assert!(!is_named, "{who}: {seen}");
                    assert_eq!(seen["node"], Value::Null, "{who}");
                    assert_eq!(seen["byAuthor"]["nodes"], json!([]), "{who}");
                    assert_eq!(seen["byUnit"]["nodes"], json!([]), "{who}");
                    if seen["rubric"] != Value::Null {
                        let expected = json!({"title": {"sv": "Skyddad upphovsperson"}, "authors": [{"name": "En kollega", "person": null}], "unit": null});
                        assert_eq!(seen["rubric"], expected, "{who}");
                    }
                }
            }
        }
        let version = "query($id: ID!) { node(id: $id) { ... on Person { record { version isProtected } } } }";
        let record = world.admin.client.ask(version, json!({"id": protected.id})).await;
        let lift = json!({"person": protected.id, "version": record["node"]["record"]["version"], "isProtected": false});
        assert_eq!(world.principal.client.refusal("updatePerson", lift.clone()).await, "NOT_FOUND");
        world.admin.client.effect("updatePerson", lift, "person { id }").await;
        let seen = world.cecilia.client.ask(query, variables).await;
        assert!(seen.to_string().contains(name), "lifted, they are a colleague like others: {seen}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_leaves_is_out_at_once_and_their_words_stay() {
    in_world(async |server: &mut Server, world: &World| {
        let (rubric, _) = world.bo.shared(&world.school, "Bos matris").await;
        let version = "query($id: ID!) { node(id: $id) { ... on Person { record { version } } } }";
        let record = world.admin.client.ask(version, json!({"id": world.bo.id})).await;
        let last = |day: Value| json!({"person": world.bo.id, "version": record["node"]["record"]["version"], "lastDay": day});
        assert_eq!(world.anna.client.refusal("updatePerson", last(json!(in_days(1)))).await, "ORGANISATION_NOT_YOURS");
        world.admin.client.effect("updatePerson", last(json!("2026-01-07")), "person { hasLeft }").await;

        let answer = world.bo.client.send("{ viewer { isService } }", Value::Null).await;
        assert_eq!(answer.error_code(), Some("SIGN_IN_ENDED"), "{:?}", answer.body);
        let again = json!({"address": world.bo.address, "password": tests::world::PASSWORD});
        assert_eq!(server.client().refusal("signIn", again).await, "SIGN_IN_FAILED");
        let people = names(&world.anna.client, "{ people(first: 50) { nodes { name } } }", Value::Null).await;
        assert!(!people.contains("Bo Bok"), "{people}");
        let query = "query($id: ID!) { rubric(id: $id) { authors { name } } }";
        let seen = world.cecilia.client.ask(query, json!({"id": rubric})).await;
        assert_eq!(seen["rubric"]["authors"][0]["name"], "Bo Bok");
    })
    .await;
}
