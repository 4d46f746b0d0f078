//! For whom a rubric is: every circle, widened and narrowed, as everybody here sees it.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::server::Server;
use tests::world::{World, in_world, new_id, step};

/// Who of the municipality sees it; the neighbour never does.
async fn seen_by(world: &World, rubric: &str) -> BTreeSet<&'static str> {
    assert_eq!(world.neighbour.sees(rubric).await, Value::Null);
    assert_eq!(world.neighbour_admin.sees(rubric).await, Value::Null);
    let mut seen = BTreeSet::new();
    for (who, person) in world.people() {
        if person.sees(rubric).await != Value::Null {
            seen.insert(who);
        }
    }
    seen
}

#[tokio::test(flavor = "multi_thread")]
async fn each_circle_opens_a_rubric_to_its_people_and_narrowing_closes_it_at_once() {
    in_world(async |_: &mut Server, world: &World| {
        let anna = &world.anna;
        let (rubric, read) = anna.draft(&world.school, "Respons").await;
        assert_eq!(
            seen_by(world, &rubric).await,
            ["Anna"].into(),
            "a draft is its author's"
        );
        let whole = step(&rubric, read, &json!({"scope": "ORGANISER"}));
        assert_eq!(
            anna.client.refusal("shareRubric", whole).await,
            "RUBRIC_NOT_PUBLISHED"
        );

        let mut read = anna.step("publishRubric", &rubric, read, json!({})).await;
        let colleagues = [
            "Anna",
            "Bo",
            "Cecilia",
            "coordinator",
            "lead teacher",
            "organiser head",
            "preschool teacher",
            "principal",
            "protected",
        ];
        let circles: [(Value, &[&str]); 8] = [
            (json!({"scope": "PRIVATE"}), &["Anna"]),
            (
                json!({"scope": "PEOPLE", "people": [world.cecilia.id, world.guest.id]}),
                &["Anna", "Cecilia", "guest"],
            ),
            (
                json!({"scope": "TEAM", "team": world.team}),
                &["Anna", "Bo", "guest", "lead teacher", "protected"],
            ),
            (
                json!({"scope": "TEAM", "team": world.across}),
                &["Anna", "Cecilia", "coordinator"],
            ),
            (
                json!({"scope": "UNIT", "unit": world.school}),
                &["Anna", "Bo", "lead teacher", "principal", "protected"],
            ),
            (json!({"scope": "ORGANISER"}), &colleagues),
            (
                json!({"scope": "PEOPLE", "people": [world.bo.id]}),
                &["Anna", "Bo"],
            ),
            (json!({"scope": "PRIVATE"}), &["Anna"]),
        ];
        for (circle, expected) in circles {
            read = anna
                .step("shareRubric", &rubric, read, circle.clone())
                .await;
            let expected: BTreeSet<_> = expected.iter().copied().collect();
            assert_eq!(seen_by(world, &rubric).await, expected, "{circle}");
        }

        let refused = [
            (json!({"scope": "PEOPLE", "people": []}), "RUBRIC_PEOPLE"),
            (
                json!({"scope": "PEOPLE", "people": [world.neighbour.id]}),
                "NOT_FOUND",
            ),
            (
                json!({"scope": "UNIT", "unit": world.other_school}),
                "RUBRIC_NOT_AMONG",
            ),
            // No answer tells another organiser's unit from one that never was.
            (
                json!({"scope": "UNIT", "unit": world.neighbour_school}),
                "RUBRIC_NOT_AMONG",
            ),
            (
                json!({"scope": "UNIT", "unit": new_id()}),
                "RUBRIC_NOT_AMONG",
            ),
            (
                json!({"scope": "TEAM", "team": new_id()}),
                "RUBRIC_NOT_AMONG",
            ),
        ];
        for (circle, code) in refused {
            let asked = step(&rubric, read, &circle);
            assert_eq!(
                anna.client.refusal("shareRubric", asked).await,
                code,
                "{circle}"
            );
        }
        let others = step(&rubric, read, &json!({"scope": "PRIVATE"}));
        assert_eq!(
            world.bo.client.refusal("shareRubric", others).await,
            "NOT_FOUND",
            "what is not seen is not there"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_beside_what_is_published_stays_its_authors_own() {
    in_world(async |_: &mut Server, world: &World| {
        let (rubric, read) = world.anna.shared(&world.school, "Version ett").await;
        let read = world.anna.step("reviseRubric", &rubric, read, json!({})).await;
        let words = json!({"rubric": rubric, "version": read, "content": tests::world::content("Version två, hemlig än")});
        world.anna.client.effect("saveRubricDraft", words, "rubric { id }").await;

        let mine = world.anna.sees(&rubric).await;
        let draft = mine["draft"]["id"].clone();
        assert!(draft.is_string(), "{mine}");
        for (who, person) in world.people() {
            let seen = person.sees(&rubric).await;
            if who == "Anna" || seen == Value::Null {
                continue;
            }
            assert_eq!(seen["draft"], Value::Null, "{who}");
            assert_eq!(seen["version"], Value::Null, "{who}: it would tell of work on a draft");
            assert_eq!(seen["title"]["sv"], "Version ett", "{who}");
            let query = "query($id: ID!) { rubricVersion(id: $id) { id } node(id: $id) { id } }";
            let version = person.client.ask(query, json!({"id": draft})).await;
            assert_eq!(version, json!({"rubricVersion": null, "node": null}), "{who}");
            let search = "{ rubrics(search: \"hemlig\", first: 5) { nodes { id } } }";
            assert_eq!(person.client.ask(search, Value::Null).await["rubrics"]["nodes"], json!([]), "{who}");
            let saves = "query($id: ID!) { rubric(id: $id) { saves { nodes { revision } } } }";
            assert_eq!(person.client.ask(saves, json!({"id": rubric})).await["rubric"]["saves"], Value::Null, "{who}");
        }
    })
    .await;
}
