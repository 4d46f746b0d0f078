//! A team puts rubrics on a shelf of its own, lead teachers choose favourites for all, and everybody finds what they used last.

use serde_json::{Value, json};
use tests::ask::text;
use tests::client::Client;
use tests::server::Server;
use tests::world::{Person, World, in_world, new_id};

const NODE: &str = "query($id: ID!) { node(id: $id) { ... on Collection { name owner version team { id } viewerCan { curate } rubrics(first: 10) { nodes { id } } } } }";

async fn made(person: &Person, mut input: Value) -> String {
    input["name"] = json!("Bra att ha");
    let made = person
        .client
        .effect("createCollection", input, "collection { id }")
        .await;
    text(&made, "collection.id")
}

/// What somebody finds on a shelf, in its order; nothing when the shelf does not exist for them.
async fn on(client: &Client, shelf: &str) -> Option<Vec<Value>> {
    let seen = client.ask(NODE, json!({"id": shelf})).await;
    let nodes = seen["node"]["rubrics"]["nodes"].as_array()?.iter();
    Some(nodes.map(|rubric| rubric["id"].clone()).collect())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_team_orders_its_shelf_and_each_sees_of_it_what_is_theirs() {
    in_world(async |_: &mut Server, world: &World| {
        let shelf = json!({"id": new_id(), "owner": "TEAM", "team": world.team});
        let shelf = made(&world.anna, shelf).await;
        let (open, _) = world.anna.shared(&world.school, "Öppen").await;
        let (own, at) = world.anna.published(&world.school, "Egen").await;
        let put = |rubric: &str, after: Option<&str>| json!({"collection": shelf, "rubric": rubric, "after": after});
        for input in [put(&open, None), put(&own, None), put(&own, Some(&open))] {
            world.anna.client.effect("addToCollection", input, "collection { id }").await;
        }
        for (who, person) in world.people() {
            let is_member = ["Anna", "Bo", "lead teacher", "guest", "protected"].iter().any(|member| who.starts_with(member));
            let expected = match who {
                "Anna" => Some(vec![json!(open), json!(own)]),
                // A guest reads what is shared with the team, not with all colleagues.
                "guest" => Some(vec![]),
                _ if is_member => Some(vec![json!(open)]),
                _ => None,
            };
            assert_eq!(on(&person.client, &shelf).await, expected, "{who}");
            let curates = match who {
                "guest" => Some("COLLECTION_NOT_YOURS"),
                _ if is_member => None,
                _ => Some("NOT_FOUND"),
            };
            let code = person.client.refusal("addToCollection", put(&open, None)).await;
            assert_eq!(code, curates.unwrap_or("OK"), "{who}");
            let seen = person.client.ask(NODE, json!({"id": shelf})).await;
            if is_member {
                assert_eq!(seen["node"]["viewerCan"]["curate"], curates.is_none(), "{who}");
            }
        }
        assert_eq!(on(&world.neighbour.client, &shelf).await, None);

        // Shared with the team it stands where it was put all along.
        let scope = json!({"scope": "TEAM", "team": world.team});
        world.anna.step("shareRubric", &own, at, scope).await;
        assert_eq!(on(&world.bo.client, &shelf).await, Some(vec![json!(open), json!(own)]));

        // A team that has ended orders nothing any longer; its members still read.
        let query = "query($id: ID!) { team(id: $id) { version } }";
        let seen = world.admin.client.ask(query, json!({"id": world.team})).await;
        let yesterday = tests::world::today().pred_opt().unwrap();
        let ended = json!({"team": world.team, "version": seen["team"]["version"], "endsOn": yesterday});
        world.admin.client.effect("updateTeam", ended, "team { id }").await;
        let code = world.bo.client.refusal("addToCollection", put(&open, None)).await;
        assert_eq!(code, "COLLECTION_NOT_YOURS");
        let seen = world.bo.client.ask(NODE, json!({"id": shelf})).await;
        assert_eq!(seen["node"]["viewerCan"]["curate"], false);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn favourites_for_all_are_chosen_by_lead_teachers_and_coordinators() {
    in_world(async |_: &mut Server, world: &World| {
        let shelf = made(&world.lead, json!({"owner": "ORGANISER"})).await;
        for (who, person) in world.people() {
            let input = json!({"owner": "ORGANISER", "name": "Mina val"});
            let code = person.client.refusal("createCollection", input).await;
            let chooses = ["lead teacher", "coordinator"].contains(&who);
            assert_eq!(code == "OK", chooses, "{who}: {code}");
        }
        assert_eq!(on(&world.cecilia.client, &shelf).await, Some(vec![]));
        assert_eq!(on(&world.guest.client, &shelf).await, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_input_is_refused_in_words() {
    in_world(async |_: &mut Server, world: &World| {
        let anna = &world.anna.client;
        let own = |name: &str| json!({"owner": "PERSON", "name": name});
        for (input, code) in [
            (own("  "), "BAD_TEXT"),
            (own("En\nrad till"), "BAD_TEXT"),
            (own("Elev 19121212-1212"), "RUBRIC_PERSONAL_NUMBER"),
            (json!({"owner": "TEAM", "name": "Utan lag"}), "BAD_ID"),
            (
                json!({"owner": "TEAM", "team": "x", "name": "Fel lag"}),
                "COLLECTION_NOT_YOURS",
            ),
        ] {
            assert_eq!(
                anna.refusal("createCollection", input.clone()).await,
                code,
                "{input}"
            );
        }
        let seen = anna
            .ask("{ collections(first: 5) { nodes { id } } }", Value::Null)
            .await;
        assert_eq!(seen["collections"]["nodes"], json!([]));
    })
    .await;
}
