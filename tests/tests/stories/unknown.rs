//! What one may not see does not exist: the same answer for another organiser's id, for an unseen one and for one that never was.

use serde_json::{Value, json};
use tests::ask::code_of;
use tests::server::Server;
use tests::world::{World, content, in_world, new_id, step};

/// A well-formed id that nobody has, with the prefix of another.
fn never(like: &str) -> String {
    let (prefix, _) = like.split_once('_').unwrap();
    format!("{prefix}_{}", "01h455vb4pex5vsknk084sn02q")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_an_unseen_and_an_unknown_id_are_answered_alike() {
    in_world(async |_: &mut Server, world: &World| {
        let (foreign, _) = world.neighbour.published(&world.neighbour_school, "Grannens").await;
        let (unseen, at) = world.bo.draft(&world.school, "Bos utkast").await;
        let queries = [
            "query($id: ID!) { node(id: $id) { id } nodes(ids: [$id, $id]) { id } }",
            "query($id: ID!) { rubric(id: $id) { id } rubricVersion(id: $id) { id } unit(id: $id) { id } team(id: $id) { id } }",
            "query($id: ID!) { rubrics(filter: {author: $id}, first: 5) { nodes { id } } people(unit: $id, team: $id, first: 5) { nodes { id } } units(below: $id, first: 5) { nodes { id } } }",
        ];
        let foreign_things = [&foreign, &world.neighbour.id, &world.neighbour_school, &unseen];
        for query in queries {
            for thing in foreign_things {
                let answer = async |id: &str| world.anna.client.send(query, json!({"id": id})).await;
                let (seen, unknown) = (answer(thing).await, answer(&never(thing)).await);
                assert_eq!(seen, unknown, "{thing}: {query}");
                assert!(unknown.body["errors"].is_null(), "{:?}", unknown.body);
            }
        }
        let verbs = [
            ("saveRubricDraft", json!({"content": content("Inte min")})),
            ("deleteRubricDraft", json!({})),
            ("restoreRubric", json!({})),
            ("submitRubricForReview", json!({"reviewer": world.bo.id})),
            ("reviewRubric", json!({"verdict": "APPROVE"})),
            ("publishRubric", json!({})),
            ("reviseRubric", json!({})),
            ("retireRubric", json!({})),
            ("archiveRubric", json!({})),
            ("shareRubric", json!({"scope": "PRIVATE"})),
        ];
        for (verb, more) in &verbs {
            let tell = async |id: &str, at: i64| world.anna.client.tell(verb, step(id, at, more), "rubric { id }").await;
            let unknown = tell(&never(&foreign), 1).await;
            assert_eq!(code_of(&unknown), "NOT_FOUND", "{verb}: {unknown}");
            for (thing, at) in [(foreign.as_str(), 1), (foreign.as_str(), 99), (unseen.as_str(), at), ("rubric_!", 1), ("", 1)] {
                assert_eq!(tell(thing, at).await, unknown, "{verb} {thing}");
            }
        }
        let organisation = [
            ("updatePerson", json!({"person": world.neighbour.id, "version": 1}), "person"),
            ("updateUnit", json!({"unit": world.neighbour_school, "version": 1}), "unit"),
            ("createSignInLink", json!({"person": world.neighbour.id}), "person"),
            ("addTeamMember", json!({"team": world.team, "person": world.neighbour.id}), "person"),
        ];
        for (verb, input, field) in organisation {
            let mut unknown = input.clone();
            unknown[field] = json!(never(input[field].as_str().unwrap()));
            let tell = async |input: Value| world.admin.client.tell(verb, input, "__typename").await;
            let (foreign, unknown) = (tell(input).await, tell(unknown).await);
            assert_eq!((code_of(&unknown).as_str(), &foreign), ("NOT_FOUND", &unknown), "{verb}");
        }
        let mut follow = Vec::new();
        for id in [foreign.clone(), unseen, never(&foreign)] {
            let query = "subscription($id: ID!) { rubricChanged(rubric: $id) { kind } }";
            let mut heard = world.anna.client.subscribe(query, json!({"id": id})).await.unwrap();
            follow.push(heard.next().await);
        }
        assert_eq!(follow, [const { tests::subscription::Told::Complete }; 3]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_that_is_in_use_is_taken_and_tells_nothing() {
    in_world(async |_: &mut Server, world: &World| {
        let make = |id: &str, title: &str| json!({"id": id, "unit": world.school, "content": content(title)});
        let id = new_id();
        world.anna.client.effect("createRubric", make(&id, "Min"), "rubric { id }").await;
        let again = world.anna.client.effect("createRubric", make(&id, "Min"), "rubric { id title { sv } }").await;
        assert_eq!(again["rubric"]["title"]["sv"], "Min", "the same ask gets the thing as it is now");
        let other = world.anna.client.tell("createRubric", make(&id, "Något annat"), "rubric { id }").await;
        assert_eq!((code_of(&other).as_str(), &other["rubric"]), ("ID_TAKEN", &Value::Null));
        let bo = world.bo.client.tell("createRubric", make(&id, "Min"), "rubric { id }").await;
        assert_eq!((code_of(&bo).as_str(), &bo["rubric"]), ("ID_TAKEN", &Value::Null), "a clash with somebody else's");
        let neighbour = json!({"id": id, "unit": world.neighbour_school, "content": content("Min")});
        world.neighbour.client.effect("createRubric", neighbour, "rubric { id }").await;

        let team = |id: &str, name: &str| json!({"id": id, "name": name, "kind": "SUBJECT_TEAM"});
        let id = new_id();
        world.admin.client.effect("createTeam", team(&id, "Matematik"), "team { id }").await;
        world.admin.client.effect("createTeam", team(&id, "Matematik"), "team { id }").await;
        assert_eq!(world.admin.client.refusal("createTeam", team(&id, "Slöjd")).await, "ID_TAKEN");
    })
    .await;
}
