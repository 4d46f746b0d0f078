//! Journey 11's beginning: an integrator's program reads what it was granted, and nothing else.

use serde_json::{Value, json};
use tests::client::Client;
use tests::server::Server;
use tests::world::{SCOPES, World, in_days, in_world, new_id, sees};

/// How much of the organisation, of its people and of its rubrics the program sees.
async fn reads(client: &Client) -> [bool; 3] {
    let query = "{ units(first: 50) { nodes { id } } people(first: 50) { nodes { name } } rubrics(first: 50) { nodes { id } } }";
    let read = client.ask(query, Value::Null).await;
    assert!(
        !read.to_string().contains("Sanna"),
        "nobody protected: {read}"
    );
    ["units", "people", "rubrics"].map(|list| read[list]["nodes"] != json!([]))
}

#[tokio::test(flavor = "multi_thread")]
async fn each_scope_opens_its_own_and_no_other() {
    in_world(async |_: &mut Server, world: &World| {
        let (shared, _) = world.anna.shared(&world.school, "För alla").await;
        let (private, _) = world.anna.published(&world.school, "Bara Annas").await;
        for (place, scope) in SCOPES.into_iter().enumerate() {
            let service = world.service(&[scope], None).await;
            let mut expected = [false; 3];
            expected[place] = true;
            assert_eq!(reads(&service.client).await, expected, "{scope}");
        }
        let all = world.service(&SCOPES, None).await;
        assert_eq!(reads(&all.client).await, [true; 3]);
        assert_eq!(sees(&all.client, &shared).await["id"], shared.as_str());
        assert_eq!(sees(&all.client, &private).await, Value::Null);
        let viewer = all
            .client
            .ask(
                "{ viewer { isService person { id } abilities } }",
                Value::Null,
            )
            .await;
        assert_eq!(
            viewer["viewer"],
            json!({"isService": true, "person": null, "abilities": []})
        );

        let part = world
            .service(&["organisation:read"], Some(&[&world.other_school]))
            .await;
        let units = part
            .client
            .ask("{ units(first: 50) { nodes { id } } }", Value::Null)
            .await;
        assert_eq!(
            units["units"]["nodes"],
            json!([{"id": world.other_school}]),
            "its subtree alone"
        );

        let inbox = all
            .client
            .send(
                "{ inbox(first: 5) { nodes { id } } mySignIns { id } serviceAccounts { id } }",
                Value::Null,
            )
            .await;
        assert!(
            ["inbox.nodes", "mySignIns"]
                .iter()
                .all(|path| [&Value::Null, &json!([])].contains(&inbox.data(path))),
            "{:?}",
            inbox.body
        );
        assert_eq!(
            inbox.data("serviceAccounts"),
            &Value::Null,
            "{:?}",
            inbox.body
        );
        let make = json!({"unit": world.school, "content": tests::world::content("Maskinens")});
        assert_eq!(
            all.client.refusal("createRubric", make).await,
            "RUBRIC_NOT_HERE"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_confidential_is_not_grantable_and_a_key_ends_at_once() {
    in_world(async |_: &mut Server, world: &World| {
        let ask = |scope: &str, days: u64| {
            let expires = in_days(days).and_hms_opt(0, 0, 0).unwrap().and_utc();
            json!({"name": "Integration", "scopes": [scope], "expiresAt": expires})
        };
        let admin = &world.admin.client;
        let cases = [
            (ask("observations:read", 30), "SCOPE_NOT_GRANTABLE"),
            (ask("rubrics:write", 30), "SCOPE_NOT_GRANTABLE"),
            (ask("rubrics:read", 800), "SERVICE_ACCOUNT_EXPIRY"),
            (ask("rubrics:read", 0), "SERVICE_ACCOUNT_EXPIRY"),
        ];
        for (input, code) in cases {
            assert_eq!(
                admin.refusal("createServiceAccount", input.clone()).await,
                code,
                "{input}"
            );
        }
        for person in [
            &world.principal,
            &world.head,
            &world.data_protection_officer,
        ] {
            let code = person
                .client
                .refusal("createServiceAccount", ask("rubrics:read", 30))
                .await;
            assert_eq!(code, "SERVICE_ACCOUNT_ADMIN_ONLY", "{}", person.name);
        }

        let service = world.service(&["people:read"], None).await;
        assert!(reads(&service.client).await[1]);
        let account = json!({"serviceAccount": service.id});
        assert_eq!(
            world
                .neighbour_admin
                .client
                .refusal("rotateServiceKey", account.clone())
                .await,
            "NOT_FOUND"
        );
        let rotated = admin
            .effect("rotateServiceKey", account.clone(), "rotated { key }")
            .await;
        let renewed = admin.as_bearer(rotated["rotated"]["key"].as_str().unwrap());
        assert!(reads(&renewed).await[1]);
        let closed = async |client: &Client| {
            let answer = client.send("{ viewer { isService } }", Value::Null).await;
            answer.error_code().map(str::to_owned)
        };
        assert!(
            closed(&service.client).await.is_some(),
            "the old key is good no more"
        );
        admin
            .effect("endServiceAccount", account, "serviceAccount { hasEnded }")
            .await;
        assert!(closed(&renewed).await.is_some(), "nor is the new one");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_asked_for_twice_is_made_once_and_its_key_is_shown_once() {
    in_world(async |_: &mut Server, world: &World| {
        let admin = &world.admin.client;
        let expires = in_days(30).and_hms_opt(0, 0, 0).unwrap().and_utc();
        let mut input = json!({
            "id": new_id(), "name": "Integration", "scopes": ["people:read"], "expiresAt": expires,
        });
        let selection = "created { key } serviceAccount { id name }";
        let first = admin
            .effect("createServiceAccount", input.clone(), selection)
            .await;
        assert!(first["created"]["key"].is_string(), "{first}");
        let again = admin
            .effect("createServiceAccount", input.clone(), selection)
            .await;
        assert_eq!(again["created"], Value::Null, "{again}");
        assert_eq!(again["serviceAccount"], first["serviceAccount"]);

        input["name"] = json!("Another");
        assert_eq!(
            admin.refusal("createServiceAccount", input).await,
            "ID_TAKEN"
        );
        let living = admin.ask("{ serviceAccounts { name } }", Value::Null).await;
        assert_eq!(
            living,
            json!({"serviceAccounts": [{"name": "Integration"}]})
        );
    })
    .await;
}
