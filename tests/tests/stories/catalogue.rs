//! The open catalogue across organisers: another one finds only what is open, builds on it with its credit line, and sees nothing else of the first.

use serde_json::{Value, json};
use std::time::{Duration, Instant};
use tests::ask::text;
use tests::inbox;
use tests::server::Server;
use tests::world::{Person, World, in_world, new_id, step};

const LIST: &str = "query($search: String) { openRubrics(search: $search) { nodes { id number title { sv } credit { line } buildsOn { line } copyCount viewerCan { fork hide } } } }";

async fn list(person: &Person, search: &str) -> Vec<Value> {
    let found = person.client.ask(LIST, json!({"search": search})).await;
    found["openRubrics"]["nodes"].as_array().unwrap().clone()
}

async fn rubric(person: &Person, id: &str, fields: &str) -> Value {
    let query = format!("query($id: ID!) {{ rubric(id: $id) {{ {fields} }} }}");
    person.client.ask(&query, json!({"id": id})).await["rubric"].clone()
}

/// Puts the version in use in the catalogue, and answers its id there.
async fn opened(person: &Person, id: &str, at: i64, more: &Value) -> String {
    let done = person
        .client
        .effect(
            "publishToCatalogue",
            step(id, at, more),
            "rubric { inCatalogue { item state isBehind } }",
        )
        .await;
    assert_eq!(text(&done, "rubric.inCatalogue.state"), "SHOWN");
    assert_eq!(done["rubric"]["inCatalogue"]["isBehind"], false);
    text(&done, "rubric.inCatalogue.item")
}

#[tokio::test(flavor = "multi_thread")]
async fn another_organiser_finds_only_the_open_one_builds_on_it_and_sees_nothing_else() {
    in_world(async |_: &mut Server, world: &World| {
        let (anna, neighbour) = (&world.anna, &world.neighbour);
        let (closed, _) = anna.shared(&world.school, "Sluten debattartikel").await;
        let (own, at) = anna.shared(&world.school, "Öppen debattartikel").await;
        assert!(list(neighbour, "debattartikel").await.is_empty());
        let terms = json!({"licence": "CC_BY_SA", "creditName": "Anna på Ekskolan"});
        let item = opened(anna, &own, at, &terms).await;
        assert!(item.starts_with("open_"), "{item}");

        let found = list(neighbour, "debattartikel").await;
        assert_eq!(found.len(), 1, "only the open one");
        assert_eq!(text(&found[0], "id"), item);
        let line = text(&found[0], "credit.line");
        assert!(line.starts_with("Anna på Ekskolan, ") && line.ends_with(" (CC BY-SA 4.0)"));
        for foreign in [&own, &closed] {
            assert_eq!(rubric(neighbour, foreign, "id").await, Value::Null);
        }
        let node = "query($id: ID!) { node(id: $id) { id ... on OpenRubric { criteria { title { sv } guidance { sv } } } } }";
        let read = neighbour.client.ask(node, json!({"id": item})).await;
        assert_eq!(text(&read, "node.id"), item);
        let guest = world.guest.client.ask(node, json!({"id": item})).await;
        assert_eq!(guest["node"], Value::Null, "a guest takes part in one team");
        assert!(list(&world.guest, "").await.is_empty());

        let ask = json!({"id": new_id(), "rubric": item});
        let selection = "rubric { id version origin { title { sv } } openOrigin { item isDirect isUpdateAvailable credits { line } openRubric { id } } }";
        let made = neighbour.client.effect("forkRubric", ask.clone(), selection).await;
        let again = neighbour.client.effect("forkRubric", ask, selection).await;
        assert_eq!(made, again, "sent twice, made once");
        assert_eq!(text(&made, "rubric.openOrigin.item"), item);
        assert_eq!(text(&made, "rubric.openOrigin.credits.0.line"), line);
        assert_eq!(made["rubric"]["origin"], Value::Null, "no row refers across");
        let counted = rubric(anna, &own, "forkCount useCount lineage { relatives { rubric { id } } hidden }").await;
        assert_eq!((&counted["forkCount"], &counted["useCount"]), (&json!(0), &json!(0)));
        assert_eq!(counted["lineage"]["hidden"], 0);
        assert_eq!(list(anna, "debattartikel").await[0]["copyCount"], 1);

        // The copy is shared on the same terms, with the credit of its origin.
        let copy = text(&made, "rubric.id");
        let at = made["rubric"]["version"].as_i64().unwrap();
        let at = neighbour.step("publishRubric", &copy, at, json!({})).await;
        let other = step(&copy, at, &json!({"licence": "CC_BY"}));
        let refused = neighbour.client.refusal("publishToCatalogue", other).await;
        assert_eq!(refused, "RUBRIC_SHARE_ALIKE");
        let theirs = opened(neighbour, &copy, at, &json!({"licence": "CC_BY_SA"})).await;
        let both = list(anna, "debattartikel").await;
        let theirs = both.iter().find(|open| text(open, "id") == theirs).unwrap();
        assert_eq!(text(theirs, "buildsOn.0.line"), line);

        // A newer version is told of, and what is taken back is gone while the copy keeps its credit.
        let at = rubric(anna, &own, "version").await["version"].as_i64().unwrap();
        let at = anna.step("reviseRubric", &own, at, json!({})).await;
        let content = json!({"content": tests::world::content("Ny debattartikel")});
        let at = anna.step("saveRubricDraft", &own, at, content).await;
        let at = anna.step("publishRubric", &own, at, json!({})).await;
        assert_eq!(rubric(anna, &own, "inCatalogue { isBehind }").await["inCatalogue"]["isBehind"], true);
        assert_eq!(opened(anna, &own, at, &terms).await, item);
        let origin = "openOrigin { isUpdateAvailable credits { line } openRubric { number } }";
        let seen = rubric(neighbour, &copy, origin).await;
        assert_eq!(seen["openOrigin"]["isUpdateAvailable"], true);
        assert_eq!(seen["openOrigin"]["openRubric"]["number"], 2);
        let back = json!({"rubric": own});
        let done = anna.client.effect("withdrawFromCatalogue", back, "rubric { inCatalogue { state } }").await;
        assert_eq!(text(&done, "rubric.inCatalogue.state"), "WITHDRAWN");
        let seen = rubric(neighbour, &copy, origin).await;
        assert_eq!(seen["openOrigin"]["openRubric"], Value::Null);
        assert_eq!(text(&seen, "openOrigin.credits.0.line"), line);
        let late = json!({"id": new_id(), "rubric": item});
        assert_eq!(neighbour.client.refusal("forkRubric", late).await, "NOT_FOUND");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_reported_reaches_administrators_without_a_name_and_what_they_hide_is_gone_at_once()
{
    in_world(async |_: &mut Server, world: &World| {
        let (anna, neighbour) = (&world.anna, &world.neighbour);
        let (own, at) = anna.shared(&world.school, "Debattartikel").await;
        let item = opened(anna, &own, at, &json!({"licence": "CC_BY"})).await;
        let report = json!({"id": item, "reason": "COPYRIGHT", "words": "Den står i vår lärobok."});
        for _ in 0..2 {
            neighbour.client.effect("reportContent", report.clone(), "content { id }").await;
        }
        let wordless = json!({"id": item, "reason": "OTHER"});
        assert_eq!(world.bo.client.refusal("reportContent", wordless).await, "RUBRIC_NEEDS_WORDS");
        let stranger = json!({"id": own, "reason": "MISLEADING"});
        assert_eq!(world.bo.client.refusal("reportContent", stranger).await, "NOT_FOUND");

        let query = "query($id: ID!) { openRubric(id: $id) { hidden { reason forEverybody } reports { nodes { reason words } } } }";
        for admin in [&world.admin, &world.neighbour_admin] {
            let told = inbox::told(admin, 1).await.remove(0);
            assert_eq!(told["kind"], "CONTENT_REPORTED");
            assert_eq!(told["subject"]["id"], item.as_str());
            assert!(!told.to_string().contains(&neighbour.name));
            let seen = admin.client.ask(query, json!({"id": item})).await;
            let reports = seen["openRubric"]["reports"]["nodes"].as_array().unwrap();
            assert_eq!(reports.len(), 1, "the same person reports once");
            assert_eq!(reports[0]["words"], "Den står i vår lärobok.");
        }
        let seen = anna.client.ask(query, json!({"id": item})).await;
        assert_eq!(seen["openRubric"]["reports"], Value::Null, "administrators'");

        // The neighbour hides it from its own people, and then its own organiser from everybody.
        let hide = |hidden: bool| json!({"id": item, "reason": "Texten är ett förlags.", "hidden": hidden});
        assert_eq!(anna.client.refusal("hideOpenRubric", hide(true)).await, "RUBRIC_NOT_KEEPER");
        let shown = "openRubric { hidden { forEverybody } }";
        world.neighbour_admin.client.effect("hideOpenRubric", hide(true), shown).await;
        assert!(list(neighbour, "").await.is_empty());
        assert_eq!(list(&world.bo, "").await.len(), 1);
        world.neighbour_admin.client.effect("hideOpenRubric", hide(false), shown).await;
        assert_eq!(list(neighbour, "").await.len(), 1);
        let done = world.admin.client.effect("hideOpenRubric", hide(true), shown).await;
        assert_eq!(done["openRubric"]["hidden"]["forEverybody"], true);
        assert!(list(neighbour, "").await.is_empty());
        assert!(list(&world.bo, "").await.is_empty());
        let told = inbox::told(anna, 1).await.remove(0);
        assert_eq!(told["kind"], "OPEN_RUBRIC_HIDDEN");
        assert_eq!(told["subject"]["id"], own.as_str());
        let standing = rubric(anna, &own, "inCatalogue { state reason }").await["inCatalogue"].clone();
        assert_eq!(standing, json!({"state": "HIDDEN", "reason": "Texten är ett förlags."}));
        world.admin.client.effect("hideOpenRubric", hide(false), shown).await;
        assert_eq!(list(neighbour, "").await.len(), 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organiser_that_keeps_out_is_out_at_once_and_a_protected_name_soon() {
    in_world(async |_: &mut Server, world: &World| {
        let (anna, neighbour, admin) = (&world.anna, &world.neighbour, &world.admin);
        let (own, at) = anna.shared(&world.school, "Debattartikel").await;
        let terms = json!({"licence": "CC_BY", "creditName": anna.name});
        let item = opened(anna, &own, at, &terms).await;
        let made = neighbour.client.effect("forkRubric", json!({"rubric": item}), "rubric { id }").await;
        let copy = text(&made, "rubric.id");

        let organiser = "{ viewer { organiser { version } } }";
        let switch = async |off: bool| {
            let version = admin.client.ask(organiser, Value::Null).await["viewer"]["organiser"]["version"].clone();
            let input = json!({"version": version, "catalogueOff": off});
            admin.client.effect("updateOrganiser", input, "organiser { version }").await;
        };
        switch(true).await;
        assert!(list(neighbour, "").await.is_empty());
        assert!(list(anna, "").await.is_empty());
        let refused = anna.client.refusal("publishToCatalogue", step(&own, at, &terms)).await;
        assert_eq!(refused, "RUBRIC_CATALOGUE_OFF");
        switch(false).await;
        assert_eq!(list(neighbour, "").await.len(), 1);

        let (theirs, at) = world.protected.shared(&world.school, "Skyddad").await;
        let refused = world.protected.client.refusal("publishToCatalogue", step(&theirs, at, &terms)).await;
        assert_eq!(refused, "RUBRIC_WITHOUT_NAME");

        let version = "query($id: ID!) { node(id: $id) { ... on Person { record { version } } } }";
        let seen = admin.client.ask(version, json!({"id": anna.id})).await;
        let marked = json!({"person": anna.id, "version": seen["node"]["record"]["version"], "isProtected": true});
        admin.client.effect("updatePerson", marked, "person { id }").await;
        let until = Instant::now() + Duration::from_mins(1);
        loop {
            let credit = text(&list(neighbour, "").await[0], "credit.line");
            let copied = rubric(neighbour, &copy, "openOrigin { credits { line } }").await;
            let copied = text(&copied, "openOrigin.credits.0.line");
            if !credit.contains(&anna.name) && !copied.contains(&anna.name) {
                assert!(credit.ends_with("(CC BY 4.0)") && copied == credit);
                break;
            }
            assert!(Instant::now() < until, "within a minute");
            tokio::task::yield_now().await;
        }
    })
    .await;
}
