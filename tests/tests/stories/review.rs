//! A colleague reviews a draft: asked, told, approved or returned; and an organiser that demands it.

use serde_json::{Value, json};
use tests::inbox::{inbox, told};
use tests::server::Server;
use tests::world::{World, in_world, step};

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_is_asked_told_and_answers() {
    in_world(async |_: &mut Server, world: &World| {
        let (anna, bo) = (&world.anna, &world.bo);
        let (rubric, read) = anna.draft(&world.school, "Läslogg").await;
        let own = step(&rubric, read, &json!({"reviewer": anna.id}));
        assert_eq!(
            anna.client.refusal("submitRubricForReview", own).await,
            "RUBRIC_OWN_REVIEW"
        );
        let read = anna
            .step(
                "submitRubricForReview",
                &rubric,
                read,
                json!({"reviewer": bo.id}),
            )
            .await;

        let notices = told(bo, 1).await;
        assert_eq!(notices[0]["kind"], "REVIEW_ASKED");
        assert_eq!(notices[0]["subject"]["id"], rubric.as_str());
        assert_eq!(
            bo.sees(&rubric).await["id"],
            rubric.as_str(),
            "as long as they are asked"
        );
        assert_eq!(
            world.lead.sees(&rubric).await,
            Value::Null,
            "nobody else sees it"
        );
        let save =
            json!({"rubric": rubric, "version": read, "content": tests::world::content("Nytt")});
        assert_eq!(
            anna.client.refusal("saveRubricDraft", save).await,
            "RUBRIC_NOT_DRAFT",
            "it does not change meanwhile"
        );
        assert_eq!(
            anna.client
                .refusal(
                    "reviewRubric",
                    step(&rubric, read, &json!({"verdict": "APPROVE"}))
                )
                .await,
            "RUBRIC_OWN_REVIEW"
        );

        let back = step(
            &rubric,
            read,
            &json!({"verdict": "RETURN", "note": "Skriv ut nivåerna."}),
        );
        let payload = bo
            .client
            .effect("reviewRubric", back, "rubric { id }")
            .await;
        assert_eq!(
            payload["rubric"],
            Value::Null,
            "returned, it is out of the reviewer's sight"
        );
        assert_eq!(bo.sees(&rubric).await, Value::Null);
        assert_eq!(
            inbox(bo).await[0]["subject"],
            Value::Null,
            "the notice shows what may be seen today"
        );
        let query = "query($id: ID!) { rubric(id: $id) { version draft { reviewNote } } }";
        let mine = anna.client.ask(query, json!({"id": rubric})).await;
        assert_eq!(mine["rubric"]["draft"]["reviewNote"], "Skriv ut nivåerna.");
        assert_eq!(told(anna, 1).await[0]["kind"], "REVIEW_RETURNED");

        let read = mine["rubric"]["version"].as_i64().unwrap();
        let read = anna
            .step(
                "submitRubricForReview",
                &rubric,
                read,
                json!({"reviewer": bo.id}),
            )
            .await;
        bo.step("reviewRubric", &rubric, read, json!({"verdict": "APPROVE"}))
            .await;
        let seen = anna.sees(&rubric).await;
        assert_eq!(
            seen["current"],
            json!({"number": "1.0", "isReviewed": true})
        );
        assert_eq!(told(anna, 2).await[0]["kind"], "REVIEW_APPROVED");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organiser_can_demand_a_review_before_everybody_sees_it() {
    in_world(async |_: &mut Server, world: &World| {
        let version = "{ viewer { organiser { version } } }";
        let version =
            world.admin.client.ask(version, Value::Null).await["viewer"]["organiser"]["version"]
                .clone();
        let demand = json!({"version": version, "reviewDemanded": true});
        assert_eq!(
            world
                .anna
                .client
                .refusal("updateOrganiser", demand.clone())
                .await,
            "ORGANISATION_NOT_YOURS"
        );
        world
            .admin
            .client
            .effect("updateOrganiser", demand, "organiser { reviewDemanded }")
            .await;

        let (rubric, read) = world.anna.published(&world.school, "Utan granskning").await;
        let everybody = step(&rubric, read, &json!({"scope": "ORGANISER"}));
        assert_eq!(
            world.anna.client.refusal("shareRubric", everybody).await,
            "RUBRIC_REVIEW_DEMANDED"
        );
        assert_eq!(world.cecilia.sees(&rubric).await, Value::Null);

        let read = world
            .anna
            .step("reviseRubric", &rubric, read, json!({}))
            .await;
        let read = world
            .anna
            .step(
                "submitRubricForReview",
                &rubric,
                read,
                json!({"reviewer": world.bo.id}),
            )
            .await;
        world
            .bo
            .step("reviewRubric", &rubric, read, json!({"verdict": "APPROVE"}))
            .await;
        let read = world.anna.sees(&rubric).await["version"].as_i64().unwrap();
        world
            .anna
            .step("shareRubric", &rubric, read, json!({"scope": "ORGANISER"}))
            .await;
        assert_eq!(world.cecilia.sees(&rubric).await["id"], rubric.as_str());
    })
    .await;
}
