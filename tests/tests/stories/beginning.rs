//! The first ten minutes: a teacher looks up grading criteria and makes a rubric of them, or takes a template. A list that is replaced
//! changes no rubric.

use curriculum::ListKind;
use serde_json::{Value, json};
use std::path::Path;
use std::process::Output;
use tests::ask::{code_of, text};
use tests::server::Server;
use tests::world::{World, in_world, new_id};

const CRITERIA: &str = "query($subject: String!) { gradingCriteria(subject: $subject, stage: \"MELLANSTADIET\") { \
    subject { shortName { sv } } year { code } source { isVerified title { sv } } aspects { title { sv } levels { grade text { sv } } } } }";
const DRAFT: &str = "rubric { id version title { sv } description { sv } subjects years draft { kind points \
    criteria { title { sv } levels { label { sv } descriptor { sv } } } } }";

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

async fn import(server: &Server, file: &Path, take: bool) -> (bool, String) {
    let mut words = vec!["import", "--reference", file.to_str().unwrap()];
    words.extend(take.then_some("--take"));
    let output = server.run(&words).await;
    (output.status.success(), said(&output))
}

/// What each aspect asks for, in the order of the levels.
fn asked(aspects: &Value, levels: &str) -> Vec<(String, Vec<String>)> {
    let aspects = aspects.as_array().unwrap().iter();
    let words = |aspect: &Value| {
        let levels_of = aspect["levels"].as_array().unwrap().iter();
        levels_of.map(|level| text(level, levels)).collect()
    };
    aspects
        .map(|aspect| (text(aspect, "title.sv"), words(aspect)))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_criteria_for_english_become_a_rubric_that_a_colleague_finds() {
    in_world(async |server: &mut Server, world: &World| {
        let (anna, bo) = (&world.anna, &world.bo);
        let read = anna.client.ask(CRITERIA, json!({"subject": "EN"})).await["gradingCriteria"].clone();
        assert_eq!(text(&read, "subject.shortName.sv"), "En");
        assert_eq!(text(&read, "year.code"), "6");
        assert_eq!(read["source"]["isVerified"], false, "what ships is a sample, and says so");

        let input = json!({"id": new_id(), "unit": world.school, "subject": "EN", "stage": "MELLANSTADIET"});
        let made = anna.client.effect("createRubricFromCriteria", input.clone(), DRAFT).await;
        let again = anna.client.effect("createRubricFromCriteria", input.clone(), DRAFT).await;
        assert_eq!(made, again, "sent twice, made once");
        assert_eq!(text(&made, "rubric.title.sv"), "Engelska, årskurs 6");
        assert_eq!(made["rubric"]["draft"]["points"], false);
        let drafted = &made["rubric"]["draft"]["criteria"];
        assert_eq!(asked(drafted, "descriptor.sv"), asked(&read["aspects"], "text.sv"));
        assert_eq!(asked(drafted, "label.sv")[0].1, ["E", "C", "A"]);
        let note = text(&made, "rubric.description.sv");
        assert!(note.contains(&text(&read, "source.title.sv")) && note.contains("inte jämförts"), "{note}");

        let rubric = text(&made, "rubric.id");
        assert_eq!(bo.sees(&rubric).await, Value::Null, "a draft is its author's");
        let version = made["rubric"]["version"].as_i64().unwrap();
        let version = anna.step("publishRubric", &rubric, version, json!({})).await;
        anna.step("shareRubric", &rubric, version, json!({"scope": "UNIT", "unit": world.school})).await;
        let find = "{ rubrics(filter: {subjects: [\"EN\"], years: [\"6\"]}) { nodes { id } } }";
        let found = bo.client.ask(find, Value::Null).await;
        assert_eq!(text(&found, "rubrics.nodes.0.id"), rubric);

        let none = json!({"unit": world.school, "subject": "BL", "stage": "MELLANSTADIET"});
        assert_eq!(anna.client.refusal("createRubricFromCriteria", none).await, "RUBRIC_NO_GRADING_CRITERIA");
        let elsewhere = json!({"unit": world.neighbour_school, "subject": "EN", "stage": "MELLANSTADIET"});
        assert_eq!(anna.client.refusal("createRubricFromCriteria", elsewhere).await, "RUBRIC_NOT_HERE");

        // The operator replaces the list beside the running server.
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("criteria.json");
        let mut list: Value = serde_json::from_str(ListKind::Criteria.bundled()).unwrap();
        let english = list["entries"].as_array_mut().unwrap().iter_mut();
        let mut english = english.filter(|entry| entry["subject"] == "EN" && entry["year"] == "6");
        english.next().unwrap()["aspects"][0]["levels"][0]["text"]["sv"] = json!("Ny ordalydelse.");
        std::fs::write(&file, list.to_string()).unwrap();
        let first = async || {
            let read = anna.client.ask(CRITERIA, json!({"subject": "EN"})).await;
            text(&read, "gradingCriteria.aspects.0.levels.0.text.sv")
        };
        let before = first().await;
        let (done, told) = import(server, &file, false).await;
        assert!(done && told.contains("changed: EN/GRUNDSKOLA/MELLANSTADIET"), "{told}");
        assert_eq!(first().await, before, "a dry run changes nothing");
        let (done, told) = import(server, &file, true).await;
        assert!(done && told.contains("in use now"), "{told}");
        assert_eq!(first().await, "Ny ordalydelse.");
        let (done, told) = import(server, &file, true).await;
        assert!(done && told.contains("nothing to do"), "{told}");
        let kept = anna.client.effect("createRubricFromCriteria", input, DRAFT).await;
        assert_eq!(text(&kept, "rubric.id"), rubric, "the same ask is still that rubric");
        let read = "query($id: ID!) { rubric(id: $id) { current { criteria { levels { descriptor { sv } } } } } }";
        let read = anna.client.ask(read, json!({"id": rubric})).await;
        assert_eq!(text(&read, "rubric.current.criteria.0.levels.0.descriptor.sv"), before, "a rubric keeps its words");

        list["entries"][0]["aspects"][2]["levels"] = json!([]);
        list["entries"][1]["subject"] = json!("LATIN");
        std::fs::write(&file, list.to_string()).unwrap();
        let (done, told) = import(server, &file, true).await;
        assert!(!done, "{told}");
        for pointer in ["/entries/0/aspects/2/levels", "/entries/1/subject"] {
            assert!(told.contains(pointer), "{pointer} in {told}");
        }
        assert_eq!(first().await, "Ny ordalydelse.");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_template_becomes_a_rubric_that_could_be_published() {
    in_world(async |_: &mut Server, world: &World| {
        let anna = &world.anna;
        let read = "{ rubricTemplates { code name { sv } kind criteria { sv } levels { sv } } }";
        let templates = anna.client.ask(read, Value::Null).await["rubricTemplates"].clone();
        let codes: Vec<_> = templates
            .as_array()
            .unwrap()
            .iter()
            .map(|template| text(template, "code"))
            .collect();
        assert_eq!(codes, ["GRADES", "FOUR_STEPS", "SINGLE_POINT", "CHECKLIST"]);
        for template in templates.as_array().unwrap() {
            let input = json!({"id": new_id(), "unit": world.school, "template": template["code"]});
            let made = anna
                .client
                .effect("createRubric", input.clone(), DRAFT)
                .await;
            assert_eq!(made, anna.client.effect("createRubric", input, DRAFT).await);
            assert_eq!(made["rubric"]["title"], template["name"]);
            let draft = &made["rubric"]["draft"];
            assert_eq!(draft["kind"], template["kind"]);
            let titles: Vec<_> = draft["criteria"]
                .as_array()
                .unwrap()
                .iter()
                .map(|criterion| criterion["title"].clone())
                .collect();
            assert_eq!(json!(titles), template["criteria"]);
            let version = made["rubric"]["version"].as_i64().unwrap();
            anna.step(
                "publishRubric",
                &text(&made, "rubric.id"),
                version,
                json!({}),
            )
            .await;
        }
        let content = tests::world::content("Båda");
        for input in [
            json!({"unit": world.school}),
            json!({"unit": world.school, "template": "GRADES", "content": content}),
        ] {
            let refused = anna
                .client
                .tell("createRubric", input, "rubric { id }")
                .await;
            assert_eq!(code_of(&refused), "BAD_CONTENT");
            assert_eq!(refused["userErrors"][0]["path"], json!(["content"]));
        }
    })
    .await;
}
