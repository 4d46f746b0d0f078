//! Everybody is answered in their own language: the person's, or before that the browser's.

use serde_json::{Value, json};
use tests::ask::{mutation, text};
use tests::server::Server;
use tests::world::{World, in_world, step};

#[tokio::test(flavor = "multi_thread")]
async fn errors_speak_the_persons_language_and_before_signing_in_the_browsers() {
    in_world(async |server: &mut Server, world: &World| {
        let nothing = step(&format!("rubric_{}", "0".repeat(26)), 1, &json!({}));
        let said = async || {
            let refused = world.anna.client.tell("publishRubric", nothing.clone(), "rubric { id }").await;
            let broken = world.anna.client.send("{ rubrics(first: 10, after: \"?\") { nodes { id } } }", Value::Null).await;
            (text(&refused, "userErrors.0.message"), text(&broken.body, "errors.0.message"))
        };
        let misspelt = async || text(&world.anna.client.send("{ viewer { nothing } }", Value::Null).await.body, "errors.0.message");
        assert_eq!(misspelt().await, "Fältet \"nothing\" finns inte på typen \"Viewer\". Fälten står i schemat.");
        let (sv, sv_of_request) = said().await;
        assert!(sv.contains("Matrisen finns inte"), "{sv}");
        world.anna.client.effect("updateMe", json!({"language": "EN"}), "person { id }").await;
        let (en, en_of_request) = said().await;
        assert!(en.contains("no such rubric"), "{en}");
        assert_ne!(sv_of_request, en_of_request);
        assert_eq!(misspelt().await, "Unknown field \"nothing\" on type \"Viewer\".");

        let wrong = json!({"address": "ingen@skola.example", "password": "fel lösenord, helt fel"});
        let http = reqwest::Client::new();
        let mut heard = Vec::new();
        for language in ["sv-SE,sv;q=0.9,en;q=0.5", "en-GB"] {
            let answer = http
                .post(format!("{}/graphql", server.client().base_url()))
                .header("accept-language", language)
                .json(&json!({"query": mutation("signIn", "__typename"), "variables": {"input": wrong}}))
                .send()
                .await
                .unwrap();
            let answer: Value = answer.json().await.unwrap();
            heard.push(text(&answer, "data.signIn.userErrors.0.message"));
        }
        assert!(heard[0].contains("lösenordet") && heard[1].contains("password"), "{heard:?}");
    })
    .await;
}
