//! Work on a draft: nobody's words are overwritten, a stale write gets what is there now, and what was put away comes back.

use serde_json::{Value, json};
use tests::ask::{code_of, text};
use tests::server::Server;
use tests::world::{World, content, in_world, new_id, step};

const READ: &str = "query($id: ID!) { rubric(id: $id) { version state draft { headRevision criteria { id revision title { sv } levels { id } } } } }";
const SAVED: &str = "rubric { version } draft { title { sv } criteria { id revision title { sv } } } conflicts { path revision yours { title { sv } } theirs { title { sv } } title { sv } }";

fn criterion(title: &str) -> Value {
    let mut criterion = content("")["criteria"][0].clone();
    criterion["title"]["sv"] = json!(title);
    criterion
}

#[tokio::test(flavor = "multi_thread")]
async fn a_save_that_read_something_older_returns_both_texts() {
    in_world(async |_: &mut Server, world: &World| {
        let anna = &world.anna;
        let (rubric, _) = anna.draft(&world.school, "Resonemang").await;
        let read = anna.client.ask(READ, json!({"id": rubric})).await;
        let id = text(&read, "rubric.draft.criteria.0.id");
        let revision = read["rubric"]["draft"]["criteria"][0]["revision"].clone();
        let save = |id: &str, revision: Value, title: &str| {
            json!({"rubric": rubric, "criteria": [{"id": id, "revision": revision, "content": criterion(title)}]})
        };

        // The desk saves; the phone still has what it read before, and adds a criterion of its own.
        anna.client.effect("saveRubricDraft", save(&id, revision.clone(), "Från datorn"), SAVED).await;
        let mut phone = save(&id, revision, "Från telefonen");
        let own = new_id();
        phone["criteria"].as_array_mut().unwrap().push(json!({"id": own, "content": criterion("Bara på telefonen")}));
        let partly = anna.client.effect("saveRubricDraft", phone, SAVED).await;
        let conflict = &partly["conflicts"][0];
        assert_eq!(conflict["path"], json!(["criteria", "0"]));
        assert_eq!(text(conflict, "yours.title.sv"), "Från telefonen");
        assert_eq!(text(conflict, "theirs.title.sv"), "Från datorn");
        let titles: Vec<_> = partly["draft"]["criteria"].as_array().unwrap().iter().map(|criterion| text(criterion, "title.sv")).collect();
        assert_eq!(titles, ["Från datorn", "Bara på telefonen"], "what fits is stored, the rest overwrites nothing");

        let none = anna.client.tell("saveRubricDraft", save(&id, json!(1), "Igen"), SAVED).await;
        assert_eq!(code_of(&none), "STALE_VERSION", "no part fitted: {none}");
        assert_eq!(text(&none, "conflicts.0.yours.title.sv"), "Igen");
        let merged = save(&id, conflict["revision"].clone(), "Från båda");
        anna.client.effect("saveRubricDraft", merged, SAVED).await;

        let history = "query($id: ID!) { rubric(id: $id) { saves(first: 50) { nodes { by { name } criteria { title { sv } } } } } }";
        let history = anna.client.ask(history, json!({"id": rubric})).await;
        let words = history["rubric"]["saves"]["nodes"].to_string();
        for kept in ["Från datorn", "Bara på telefonen", "Från båda"] {
            assert!(words.contains(kept), "{kept} in {words}");
        }
        assert!(!words.contains("Från telefonen"), "what was not acknowledged is not there: {words}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_step_returns_the_rubric_as_it_is_now() {
    in_world(async |_: &mut Server, world: &World| {
        let anna = &world.anna;
        let (rubric, old) = anna.draft(&world.school, "Först").await;
        let words = json!({"rubric": rubric, "version": old, "content": content("Sedan")});
        anna.client
            .effect("saveRubricDraft", words, "rubric { version }")
            .await;
        let steps = [
            ("publishRubric", json!({})),
            ("saveRubricDraft", json!({"content": content("För sent")})),
            ("deleteRubricDraft", json!({})),
            ("shareRubric", json!({"scope": "TEAM", "team": world.team})),
            ("submitRubricForReview", json!({"reviewer": world.bo.id})),
        ];
        for (verb, more) in steps {
            let stale = anna
                .client
                .tell(
                    verb,
                    step(&rubric, old, &more),
                    "rubric { version title { sv } }",
                )
                .await;
            assert_eq!(code_of(&stale), "STALE_VERSION", "{verb}");
            assert_eq!(text(&stale, "rubric.title.sv"), "Sedan", "{verb}: {stale}");
            assert_eq!(stale["rubric"]["version"], old + 1, "{verb}");
        }
        let renamed = json!({"version": 1, "name": "Ny"});
        let organiser = "organiser { version name }";
        world
            .admin
            .client
            .effect("updateOrganiser", renamed.clone(), organiser)
            .await;
        let stale = world
            .admin
            .client
            .tell("updateOrganiser", renamed, organiser)
            .await;
        assert_eq!(
            (code_of(&stale).as_str(), &stale["organiser"]["version"]),
            ("STALE_VERSION", &json!(2)),
            "{stale}"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_deleted_or_archived_comes_back() {
    in_world(async |_: &mut Server, world: &World| {
        let anna = &world.anna;
        let (rubric, read) = anna.draft(&world.school, "Slängd").await;
        let read = anna
            .step("deleteRubricDraft", &rubric, read, json!({}))
            .await;
        assert_eq!(anna.sees(&rubric).await["state"], "DELETED");
        let restored = step(&rubric, read, &json!({}));
        assert_eq!(
            world.bo.client.refusal("restoreRubric", restored).await,
            "NOT_FOUND"
        );
        let read = anna.step("restoreRubric", &rubric, read, json!({})).await;
        assert!(anna.sees(&rubric).await["draft"].is_object());
        let nothing = step(&rubric, read, &json!({}));
        assert_ne!(
            anna.client.refusal("restoreRubric", nothing).await,
            "OK",
            "nothing is left to bring back"
        );

        let (rubric, read) = anna.shared(&world.school, "Arkiverad").await;
        let early = step(&rubric, read, &json!({}));
        assert_eq!(
            anna.client.refusal("archiveRubric", early).await,
            "RUBRIC_NOT_RETIRED"
        );
        let read = anna.step("retireRubric", &rubric, read, json!({})).await;
        assert_eq!(
            world.cecilia.sees(&rubric).await["state"],
            "RETIRED",
            "whoever could see it still can"
        );
        let read = anna.step("archiveRubric", &rubric, read, json!({})).await;
        assert_eq!(world.cecilia.sees(&rubric).await, Value::Null);
        anna.step("restoreRubric", &rubric, read, json!({})).await;
        assert_eq!(world.cecilia.sees(&rubric).await["state"], "RETIRED");
    })
    .await;
}
