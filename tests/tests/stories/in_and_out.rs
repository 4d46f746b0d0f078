//! What comes in from elsewhere and what goes out, each by whom it is.

use serde_json::{Value, json};
use tests::ask::text;
use tests::server::Server;
use tests::world::{World, in_world, new_id};

const RICH: &str = "query($id: ID!) { rubric(id: $id) { draft { criteria { title { sv } levels { label { sv } descriptor { sv } points { min max } } } } } }";

#[tokio::test(flavor = "multi_thread")]
async fn a_table_from_a_spreadsheet_becomes_one_rubric_however_often_it_is_sent() {
    in_world(async |_: &mut Server, world: &World| {
        let anna = &world.anna.client;
        let id = new_id();
        let table = "\tE (1 p)\tC (2 p)\n\"Tes\nVad du vill\"\tEnkel\tUtvecklad\n";
        let ask = |take: bool, points: bool| json!({"id": id, "unit": world.school, "title": "Läslogg", "text": table, "points": points, "take": take});
        let fields = "preview { criteria { id title { sv } } } hasPoints messages { code row column } rubric { id }";
        let looked = anna.effect("createRubricFromTable", ask(false, false), fields).await;
        assert_eq!(looked["hasPoints"], true);
        assert_eq!(looked["messages"], json!([{"code": "POINTS_SEEN", "row": 1, "column": "B"}]));
        assert_eq!(looked["rubric"], Value::Null, "looking makes nothing");

        let made = anna.effect("createRubricFromTable", ask(true, true), fields).await;
        let again = anna.effect("createRubricFromTable", ask(true, true), fields).await;
        assert_eq!(made["rubric"], again["rubric"], "the same ask makes one rubric");
        assert_eq!(made["preview"]["criteria"], looked["preview"]["criteria"], "the preview has the draft's own ids");
        let rubric = text(&made, "rubric.id");
        let read = anna.ask(RICH, json!({"id": rubric})).await;
        assert_eq!(
            read["rubric"]["draft"]["criteria"],
            json!([{"title": {"sv": "Tes"}, "levels": [
                {"label": {"sv": "E"}, "descriptor": {"sv": "Enkel"}, "points": {"min": 1.0, "max": 1.0}},
                {"label": {"sv": "C"}, "descriptor": {"sv": "Utvecklad"}, "points": {"min": 2.0, "max": 2.0}},
            ]}])
        );
        assert_eq!(world.bo.client.ask(RICH, json!({"id": rubric})).await["rubric"], Value::Null, "a draft is its author's");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_that_is_none_or_stands_elsewhere_is_refused_with_its_place() {
    in_world(async |_: &mut Server, world: &World| {
        let anna = &world.anna.client;
        let cases = [
            (json!({"unit": world.school, "title": "T", "text": "bara text", "take": true}), "TABLE_MISSING"),
            (json!({"unit": world.school, "title": "T", "text": "\tE\n\ta\n", "take": true}), "CRITERION_NAME_MISSING"),
            (json!({"unit": world.school, "title": "T", "text": "\tE\nTes\t811218-9876\n", "take": true}), "RUBRIC_PERSONAL_NUMBER"),
            (json!({"unit": world.other_school, "title": "T", "text": "\tE\nTes\ta\n", "take": true}), "RUBRIC_NOT_HERE"),
            (json!({"unit": world.school, "title": "T", "take": true}), "BAD_INPUT"),
            (json!({"unit": world.school, "title": "å".repeat(201), "text": "\tE\nTes\ta\n"}), "BAD_TEXT"),
        ];
        for (input, code) in cases {
            assert_eq!(anna.refusal("createRubricFromTable", input).await, code);
        }
        let mine = anna.ask("{ rubrics(filter: {mine: true}, first: 10) { nodes { id } } }", Value::Null).await;
        assert_eq!(mine["rubrics"]["nodes"], json!([]), "nothing was made");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_format_cannot_carry_is_listed_before_there_is_a_file() {
    in_world(async |_: &mut Server, world: &World| {
        let (rubric, _) = world.anna.shared(&world.school, "Argumenterande text").await;
        let ask = |accept: bool| json!({"rubrics": [rubric], "format": "CANVAS_CSV", "acceptLosses": accept});
        let fields = "file { name mediaType text } losses { rubric kind }";
        // A colleague who sees it takes it out; nobody else can.
        let bo = &world.bo.client;
        let listed = bo.effect("exportRubrics", ask(false), fields).await;
        let losses = listed["losses"].as_array().unwrap();
        assert!(losses.contains(&json!({"rubric": rubric, "kind": "CODES"})), "{listed}");
        assert_eq!(listed["file"], Value::Null);
        let taken = bo.effect("exportRubrics", ask(true), fields).await;
        assert_eq!(taken["losses"], listed["losses"]);
        assert_eq!(text(&taken, "file.name"), "argumenterande-text.csv");
        assert!(text(&taken, "file.text").contains("Argumenterande text"));
        assert_eq!(world.neighbour.client.refusal("exportRubrics", ask(true)).await, "NOT_FOUND");
        let many = json!({"rubrics": vec![rubric.clone(); 101], "format": "MARKDOWN"});
        assert_eq!(bo.refusal("exportRubrics", many).await, "BAD_INPUT");
    })
    .await;
}
