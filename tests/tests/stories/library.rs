//! Journey 1's beginning: a rubric file is imported, published and shared; a colleague in another school finds it by searching, and another
//! organiser never learns that it exists.

use serde_json::{Value, json};
use tests::ask::text;
use tests::server::Server;
use tests::world::{World, in_world, sees};

const FILE: &str = "\
Rubric Name,Criteria Name,Criteria Description,Criteria Enable Range,Rating Name,Rating Description,Rating Points,Rating Name,Rating Description,Rating Points
Argumenterande text,Tes,Vad skribenten vill ha sagt,false,Säker,Tesen bär hela texten,4,På väg,Tesen syns i inledningen,2
Argumenterande text,Argument,Skälen för tesen,false,Säker,Flera skäl som hänger ihop,4,På väg,Ett skäl,2
Muntlig bedömning,Kontakt,Hur lyssnarna nås,false,Säker,Söker publikens blick,2,På väg,Läser innantill,1
";

const SEARCH: &str = "query($search: String) { rubrics(search: $search, first: 20) { nodes { id title { sv } authors { name } unit { name } current { criteria { title { sv } levels { points { min } } } } } } }";

async fn found(client: &tests::client::Client, words: &str) -> Vec<Value> {
    let answer = client.ask(SEARCH, json!({"search": words})).await;
    let nodes = answer["rubrics"]["nodes"].as_array().cloned();
    nodes.unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_imported_rubric_is_found_in_another_school_and_refused_to_another_organiser() {
    in_world(async |_: &mut Server, world: &World| {
        let anna = &world.anna.client;
        let ask = |take: bool| json!({"unit": world.school, "text": FILE, "take": take});
        let outcome = "rubrics { name criteria outcome rubric { id version title { sv } draft { state criteria { id } } } } messages { code }";

        let looked = anna.effect("importRubrics", ask(false), outcome).await;
        assert_eq!(looked["rubrics"][0]["outcome"], "NEW", "{looked}");
        assert!(found(anna, "").await.is_empty(), "looking makes nothing");

        let taken = anna.effect("importRubrics", ask(true), outcome).await;
        let names: Vec<_> = ["0", "1"].map(|n| text(&taken, &format!("rubrics.{n}.name"))).into();
        assert_eq!(names, ["Argumenterande text", "Muntlig bedömning"]);
        assert_eq!(taken["rubrics"][0]["rubric"]["draft"]["state"], "DRAFT");
        assert_eq!(taken["rubrics"][0]["criteria"], 2);

        let again = anna.effect("importRubrics", ask(true), outcome).await;
        assert_eq!(again["rubrics"][0]["outcome"], "PRESENT", "the same file twice changes nothing");
        assert_eq!(found(anna, "").await.len(), 2);

        let rubric = text(&taken, "rubrics.0.rubric.id");
        let read = taken["rubrics"][0]["rubric"]["version"].as_i64().unwrap();
        let everybody_else = [&world.bo, &world.cecilia, &world.neighbour];
        for person in everybody_else {
            assert!(found(&person.client, "argumenterande").await.is_empty(), "a draft is its author's: {}", person.name);
        }

        let read = world.anna.step("publishRubric", &rubric, read, json!({})).await;
        assert!(found(&world.cecilia.client, "argumenterande").await.is_empty(), "published, but not shared yet");
        world.anna.step("shareRubric", &rubric, read, json!({"scope": "ORGANISER"})).await;

        let hits = found(&world.cecilia.client, "argumenterande text").await;
        assert_eq!(hits.len(), 1, "a colleague in another school finds it");
        assert_eq!(hits[0]["authors"][0]["name"], world.anna.name.as_str());
        assert_eq!(hits[0]["unit"]["name"], "Ekskolan");
        assert_eq!(hits[0]["current"]["criteria"][1]["levels"][0]["points"]["min"], 4.0);

        let neighbour = &world.neighbour.client;
        assert!(found(neighbour, "argumenterande").await.is_empty());
        assert_eq!(sees(neighbour, &rubric).await, Value::Null);
        let node = neighbour.ask("query($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }", json!({"id": rubric})).await;
        assert_eq!(node, json!({"node": null, "nodes": [null]}));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_library_is_found_by_words_and_by_what_rubrics_are_about() {
    in_world(async |_: &mut Server, world: &World| {
        world.anna.shared(&world.school, "Bedömning av läsning").await;
        world.bo.shared(&world.school, "Åskådliga försök i naturkunskap").await;
        let titles = async |words: &str, filter: Value| {
            let query = "query($words: String, $filter: RubricFilter!) { rubrics(search: $words, filter: $filter, first: 10) { nodes { title { sv } } } }";
            let answer = world.cecilia.client.ask(query, json!({"words": words, "filter": filter})).await;
            let nodes = answer["rubrics"]["nodes"].as_array().unwrap().clone();
            nodes.iter().map(|node| text(node, "title.sv")).collect::<Vec<_>>()
        };
        assert_eq!(titles("bedömning", json!({})).await, ["Bedömning av läsning"]);
        assert_eq!(titles("bedom", json!({})).await, [""; 0], "å, ä and ö are letters");
        assert_eq!(titles("åskådliga", json!({})).await.len(), 1);
        assert_eq!(titles("", json!({"author": world.bo.id})).await, ["Åskådliga försök i naturkunskap"]);
        assert_eq!(titles("", json!({"subjects": ["MA"]})).await, [""; 0]);
        assert_eq!(titles("", json!({"subjects": ["SV"], "years": ["4"]})).await.len(), 2);
        assert_eq!(titles("", json!({"unit": world.other_school})).await, [""; 0]);
        assert_eq!(titles("", json!({"mine": true})).await, [""; 0]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn each_order_is_paged_through_without_a_gap_or_a_double() {
    in_world(async |_: &mut Server, world: &World| {
        let mut made = Vec::new();
        for number in 0..5 {
            let title = format!("Matris {number}");
            made.push(world.anna.shared(&world.school, &title).await.0);
        }
        made.reverse();
        for (search, order) in [(None, "RELEVANCE"), (None, "NEWEST"), (Some("matris"), "RELEVANCE"), (Some("matris"), "NEWEST")] {
            let query = "query($search: String, $order: RubricOrder!, $after: String) {
                rubrics(search: $search, order: $order, first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
            }";
            let (mut read, mut after) = (Vec::new(), Value::Null);
            loop {
                let variables = json!({"search": search, "order": order, "after": after});
                let page = world.bo.client.ask(query, variables).await["rubrics"].clone();
                read.extend(page["nodes"].as_array().unwrap().iter().map(|node| text(node, "id")));
                after = page["pageInfo"]["endCursor"].clone();
                if page["pageInfo"]["hasNextPage"] == false {
                    break;
                }
            }
            assert_eq!(read, made, "{search:?} {order}");
        }
    })
    .await;
}
