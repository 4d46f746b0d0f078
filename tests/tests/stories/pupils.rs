//! A rubric is opened to pupils: by an address that nobody guesses, in words for them alone, until the school year ends or somebody closes it.

use serde_json::{Value, json};
use tests::ask::text;
use tests::server::Server;
use tests::world::{World, content, in_days, in_world, new_id};

const SHOWN: &str = "query($token: String!) { rubricByLink(token: $token) { title { sv } kind endsOn criteria { title { sv } wording { sv } levels { label { sv } wording { sv } points { max } } } } }";

/// What somebody who has not signed in gets by a token.
async fn shown(server: &Server, token: &str) -> Value {
    let answer = server.client().ask(SHOWN, json!({"token": token})).await;
    answer["rubricByLink"].clone()
}

/// The page as a browser gets it: its status, what its headers say, and the page.
async fn page(address: &str) -> (u16, reqwest::header::HeaderMap, String) {
    let response = reqwest::get(address).await.unwrap();
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    (status, headers, response.text().await.unwrap())
}

fn token(address: &str) -> &str {
    address.rsplit('/').next().unwrap()
}

/// A rubric with words for pupils beside those for colleagues.
fn for_pupils() -> Value {
    let mut content = content("Berätta så att andra ser det");
    content["description"] = json!({"sv": "Hemligt: till kollegor."});
    let criterion = &mut content["criteria"][0];
    criterion["guidance"] = json!({"sv": "Hemligt: så bedömer vi."});
    criterion["pupilWording"] = json!({"sv": "Vad får läsaren veta?"});
    criterion["levels"][0]["pupilWording"] = json!({"sv": "Jag berättar en del."});
    criterion["levels"][0]["suggestedFeedback"] = json!({"sv": "Hemligt: fråga vidare."});
    content
}

#[tokio::test(flavor = "multi_thread")]
async fn pupils_read_their_words_without_a_sign_in_until_it_is_closed() {
    in_world(async |server: &mut Server, world: &World| {
        let (anna, bo) = (&world.anna, &world.bo);
        let input = json!({"id": new_id(), "unit": world.school, "content": for_pupils()});
        let made = anna
            .client
            .effect("createRubric", input, "rubric { id version }")
            .await;
        let rubric = text(&made, "rubric.id");
        let at = made["rubric"]["version"].as_i64().unwrap();
        let at = anna.step("publishRubric", &rubric, at, json!({})).await;
        let scope = json!({"scope": "UNIT", "unit": world.school});
        let at = anna.step("shareRubric", &rubric, at, scope).await;

        let ask = json!({"id": new_id(), "rubric": rubric});
        let selection = "link { id address endsOn madeOn isOpen version { number } }";
        let made = bo
            .client
            .effect("createRubricLink", ask.clone(), selection)
            .await;
        let again = bo.client.effect("createRubricLink", ask, selection).await;
        assert_eq!(made, again, "sent twice, made once");
        assert_eq!(made["link"]["isOpen"], true);
        assert_eq!(text(&made, "link.version.number"), "1.0");
        assert!(text(&made, "link.endsOn") < in_days(400).to_string());
        let address = text(&made, "link.address");

        let words = shown(server, token(&address)).await;
        assert_eq!(text(&words, "title.sv"), "Berätta så att andra ser det");
        assert_eq!(
            text(&words, "criteria.0.wording.sv"),
            "Vad får läsaren veta?"
        );
        let level = |at: usize| text(&words, &format!("criteria.0.levels.{at}.wording.sv"));
        assert_eq!(level(0), "Jag berättar en del.");
        assert_eq!(level(1), "Återger textens helhet och poäng.");

        let (status, headers, html) = page(&address).await;
        assert_eq!(status, 200);
        assert!(html.contains("Jag berättar en del."), "{html}");
        assert!(
            !html.contains("Hemligt") && !html.contains(&anna.name),
            "{html}"
        );
        let header = |name: &str| headers[name].to_str().unwrap();
        assert!(header("x-robots-tag").contains("noindex"));
        assert_eq!(header("referrer-policy"), "no-referrer");
        assert_eq!(header("cache-control"), "no-store");

        // It holds its version when the rubric goes on, and when it is taken from its maker.
        let at = anna.step("reviseRubric", &rubric, at, json!({})).await;
        let newer = json!({"content": content("Ett annat namn")});
        let at = anna.step("saveRubricDraft", &rubric, at, newer).await;
        let at = anna.step("publishRubric", &rubric, at, json!({})).await;
        anna.step("shareRubric", &rubric, at, json!({"scope": "PRIVATE"}))
            .await;
        assert_eq!(shown(server, token(&address)).await, words);

        // Whoever made it closes it, although the rubric is gone for them.
        let close = json!({"link": made["link"]["id"]});
        let refused = world
            .cecilia
            .client
            .refusal("revokeRubricLink", close.clone())
            .await;
        assert_eq!(refused, "NOT_FOUND");
        let closed = bo
            .client
            .effect("revokeRubricLink", close, "link { isOpen }")
            .await;
        assert_eq!(closed["link"]["isOpen"], false);

        let unknown = format!("{}/r/krl_{}", server.client().base_url(), "A".repeat(43));
        let (status, _, nothing) = page(&unknown).await;
        assert_eq!(status, 404);
        assert!(nothing.contains("Länken går inte att öppna"), "{nothing}");
        assert_eq!(
            page(&address).await.2,
            nothing,
            "closed and unknown are alike"
        );
        for token in [token(&address), token(&unknown), "x", ""] {
            assert_eq!(shown(server, token).await, Value::Null, "{token}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_made_a_link_sees_it_and_an_author_sees_that_it_is_there() {
    in_world(async |_: &mut Server, world: &World| {
        let (rubric, _) = world.anna.shared(&world.school, "Delad").await;
        let ask = json!({"rubric": rubric});
        let made = world
            .bo
            .client
            .effect("createRubricLink", ask.clone(), "link { id }")
            .await;
        let query = "query($id: ID!) { rubric(id: $id) { viewerCan { link } links(first: 5) { nodes { id address } } } }";
        for (who, person) in world.people() {
            let seen = person.client.ask(query, json!({"id": rubric})).await;
            if seen["rubric"] == Value::Null {
                continue;
            }
            assert_eq!(seen["rubric"]["viewerCan"]["link"], true, "{who}");
            let links = seen["rubric"]["links"]["nodes"].as_array().unwrap();
            match who {
                "Bo" => assert!(links[0]["address"].is_string(), "{links:?}"),
                "Anna" => {
                    assert_eq!(links[0]["id"], made["link"]["id"]);
                    assert_eq!(links[0]["address"], Value::Null);
                }
                _ => assert_eq!(links.len(), 0, "{who}: {links:?}"),
            }
        }
        for (who, person, expected) in [
            ("the neighbour", &world.neighbour, "NOT_FOUND"),
            ("the administrator", &world.admin, "NOT_FOUND"),
            ("the guest", &world.guest, "NOT_FOUND"),
        ] {
            let refused = person.client.refusal("createRubricLink", ask.clone()).await;
            assert_eq!(refused, expected, "{who}");
        }
    })
    .await;
}
