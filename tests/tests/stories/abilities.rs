//! What the page offers is what the server allows: `viewerCan` is true exactly where the mutation is not refused by policy.

use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::server::Server;
use tests::world::{Person, World, content, in_world, step};

/// Each ability, its mutation, and what else it takes.
fn verbs(world: &World) -> Vec<(&'static str, &'static str, Value)> {
    vec![
        (
            "save",
            "saveRubricDraft",
            json!({"content": content("Prövad")}),
        ),
        (
            "submit",
            "submitRubricForReview",
            json!({"reviewer": world.lead.id}),
        ),
        ("review", "reviewRubric", json!({"verdict": "APPROVE"})),
        ("sendBack", "reviewRubric", json!({"verdict": "RETURN"})),
        ("publish", "publishRubric", json!({})),
        ("revise", "reviseRubric", json!({})),
        ("retire", "retireRubric", json!({})),
        ("archive", "archiveRubric", json!({})),
        ("share", "shareRubric", json!({"scope": "PRIVATE"})),
        ("delete", "deleteRubricDraft", json!({})),
        ("restore", "restoreRubric", json!({})),
        (
            "addAuthor",
            "addRubricAuthor",
            json!({"author": {"person": world.cecilia.id}}),
        ),
        // It names a version of the content, and none means the one in use.
        ("link", "createRubricLink", json!({"version": null})),
        (
            "comment",
            "commentOnRubric",
            json!({"version": null, "text": "Hej"}),
        ),
        ("open", "publishToCatalogue", json!({"licence": "CC_BY"})),
    ]
}

/// A fresh rubric of Anna's in each state of its life, by name.
async fn in_every_state(world: &World) -> BTreeMap<&'static str, (String, i64)> {
    let anna = &world.anna;
    let unit = &world.school;
    let mut made = BTreeMap::new();
    made.insert("a draft", anna.draft(unit, "Utkast").await);
    made.insert("published for all", anna.shared(unit, "Delad").await);

    let (rubric, at) = anna.draft(unit, "På granskning").await;
    let at = anna
        .step(
            "submitRubricForReview",
            &rubric,
            at,
            json!({"reviewer": world.bo.id}),
        )
        .await;
    made.insert("in review", (rubric, at));
    let (rubric, at) = anna.shared(unit, "Omarbetad").await;
    let at = anna.step("reviseRubric", &rubric, at, json!({})).await;
    made.insert("published with a draft", (rubric.clone(), at));
    let (rubric, at) = anna.shared(unit, "Omarbetad på granskning").await;
    let at = anna.step("reviseRubric", &rubric, at, json!({})).await;
    let at = anna
        .step(
            "submitRubricForReview",
            &rubric,
            at,
            json!({"reviewer": world.bo.id}),
        )
        .await;
    made.insert("published with a draft in review", (rubric, at));
    let (rubric, at) = anna.draft(unit, "Slängd").await;
    let at = anna.step("deleteRubricDraft", &rubric, at, json!({})).await;
    made.insert("deleted", (rubric, at));
    let (rubric, at) = anna.shared(unit, "Ur bruk").await;
    let at = anna.step("retireRubric", &rubric, at, json!({})).await;
    made.insert("retired", (rubric, at));
    let (rubric, at) = anna.shared(unit, "Arkiverad").await;
    let at = anna.step("retireRubric", &rubric, at, json!({})).await;
    let at = anna.step("archiveRubric", &rubric, at, json!({})).await;
    made.insert("archived", (rubric, at));
    made
}

async fn can(person: &Person, rubric: &str) -> Value {
    let query = "query($id: ID!) { rubric(id: $id) { viewerCan { save submit review sendBack publish revise retire archive share delete restore readHistory link addAuthor comment open } saves(first: 1) { nodes { revision } } } }";
    person.client.ask(query, json!({"id": rubric})).await["rubric"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_is_offered_is_exactly_what_one_may() {
    in_world(async |_: &mut Server, world: &World| {
        // How often each answer was met: a rule that always says no would prove nothing.
        let mut tried: BTreeMap<(&str, bool), usize> = BTreeMap::new();
        let reviewers = [("Anna", &world.anna), ("Bo", &world.bo)];
        for (ability, verb, more) in verbs(world) {
            for (state, (rubric, at)) in in_every_state(world).await {
                // Those who can do nothing first: they change nothing.
                let others = world
                    .people()
                    .into_iter()
                    .filter(|(who, _)| !["Anna", "Bo"].contains(who));
                let bo_first = reviewers.iter().rev().copied();
                for (who, person) in others.chain(bo_first) {
                    let said = can(person, &rubric).await;
                    let at = person.sees(&rubric).await["version"].as_i64().unwrap_or(at);
                    let code = person.client.refusal(verb, step(&rubric, at, &more)).await;
                    let expected = if said == Value::Null {
                        Value::Null
                    } else {
                        said["viewerCan"][ability].clone()
                    };
                    let case = format!("{who}: {verb} of one that is {state}: {code}");
                    match &expected {
                        Value::Null => assert_eq!(code, "NOT_FOUND", "{case}"),
                        Value::Bool(offered) => {
                            assert_eq!(*offered, code == "OK", "{case}");
                            *tried.entry((ability, *offered)).or_default() += 1;
                            let history = said["viewerCan"]["readHistory"] == true;
                            assert_eq!(history, said["saves"] != Value::Null, "{case}");
                        }
                        other => panic!("{case}: {other}"),
                    }
                    assert_ne!(code, "STALE_VERSION", "{case}");
                    if code == "OK" {
                        break;
                    }
                }
            }
        }
        for (ability, _, _) in verbs(world) {
            for offered in [true, false] {
                assert!(
                    tried.contains_key(&(ability, offered)),
                    "{ability} was never {offered}: {tried:?}"
                );
            }
        }
    })
    .await;
}
