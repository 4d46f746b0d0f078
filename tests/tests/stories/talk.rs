//! Two colleagues talk about a rubric: a thread on a criterion, a mention, an edit, a settled question; and a team builds its comment bank.

use serde_json::{Value, json};
use tests::ask::{code_of, text};
use tests::inbox::{inbox, told};
use tests::server::Server;
use tests::world::{Person, SCOPES, World, in_world, new_id};

const THREADS: &str = "query($id: ID!, $criterion: ID, $resolved: Boolean) { rubric(id: $id) { commentCount comments(first: 20, criterion: $criterion, resolved: $resolved) { nodes { id isResolved resolvedBy { name } comment { id text criterion isRemoved version editedOn rubricVersion { number } by { name person { id } } mentions { name } viewerCan { edit remove reply } } replies(first: 20) { nodes { id text by { name } editedOn thread } } viewerCan { resolve reply } } } } }";

/// The threads about a rubric, as somebody reads them; null when the rubric is not there for them.
async fn threads(person: &Person, rubric: &str) -> Value {
    let seen = person.client.ask(THREADS, json!({"id": rubric})).await;
    seen["rubric"].clone()
}

async fn says(person: &Person, rubric: &str, more: Value) -> Value {
    let mut input = json!({"id": new_id(), "rubric": rubric});
    for (name, value) in more.as_object().unwrap() {
        input[name] = value.clone();
    }
    let selection = "comment { id thread text version mentions { name } } unreached { id name } warnings { code message path at words }";
    person
        .client
        .effect("commentOnRubric", input, selection)
        .await
}

async fn criterion(person: &Person, rubric: &str) -> (String, String) {
    let query = "query($id: ID!) { rubric(id: $id) { current { criteria { id levels { id } } } } }";
    let seen = person.client.ask(query, json!({"id": rubric})).await;
    let id = |path: &str| text(&seen, &format!("rubric.current.criteria.0.{path}"));
    (id("id"), id("levels.0.id"))
}

/// The kinds of what stands in an inbox, the newest first.
fn kinds(notices: &[Value]) -> Vec<&str> {
    notices
        .iter()
        .map(|notice| notice["kind"].as_str().unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn two_colleagues_talk_about_a_criterion_until_it_is_settled() {
    in_world(async |_: &mut Server, world: &World| {
        let (anna, bo) = (&world.anna, &world.bo);
        let (rubric, at) = anna.published(&world.school, "Resonemang").await;
        let scope = json!({"scope": "UNIT", "unit": world.school});
        let at = anna.step("shareRubric", &rubric, at, scope).await;
        let (about, _) = criterion(bo, &rubric).await;

        let ask = json!({"text": "Vad är *utvecklat*, tycker du?", "criterion": about, "mentions": [anna.id]});
        let asked = says(bo, &rubric, ask).await;
        assert_eq!(asked["unreached"], json!([]), "Anna sees her own");
        assert_eq!(asked["warnings"], json!([]));
        let thread = text(&asked, "comment.id");
        // She is mentioned, and it is her rubric: she is told once.
        assert_eq!(kinds(&told(anna, 1).await), ["MENTIONED"]);

        let answer = json!({"text": "Flera led i rad.", "replyTo": thread});
        let answer = says(anna, &rubric, answer).await;
        assert_eq!(text(&answer, "comment.thread"), thread);
        assert_eq!(kinds(&told(bo, 1).await), ["RUBRIC_REPLIED"]);
        assert_eq!(inbox(bo).await[0]["subject"]["id"], rubric);

        let edit = json!({"comment": answer["comment"]["id"], "version": 1, "text": "Flera led som hör ihop.", "idempotencyKey": new_id()});
        let selection = "comment { text editedOn version }";
        let edited = anna
            .client
            .effect("editRubricComment", edit.clone(), selection)
            .await;
        let again = anna
            .client
            .effect("editRubricComment", edit, selection)
            .await;
        assert_eq!(edited, again, "sent twice, done once");
        assert!(edited["comment"]["editedOn"].is_string());
        let stale = json!({"comment": answer["comment"]["id"], "version": 1, "text": "Nej."});
        let stale = anna
            .client
            .tell("editRubricComment", stale, selection)
            .await;
        assert_eq!(code_of(&stale), "STALE_VERSION");
        assert_eq!(text(&stale, "comment.text"), "Flera led som hör ihop.");

        let settle = json!({"comment": thread, "resolved": true});
        let selection = "thread { isResolved resolvedOn resolvedBy { name } }";
        let settled = bo
            .client
            .effect("resolveRubricComment", settle, selection)
            .await;
        assert_eq!(text(&settled, "thread.resolvedBy.name"), bo.name);

        let seen = threads(&world.principal, &rubric).await;
        assert_eq!(seen["commentCount"], 2);
        let begun = &seen["comments"]["nodes"][0];
        assert_eq!(begun["isResolved"], true);
        assert_eq!(text(begun, "comment.criterion"), about);
        assert_eq!(text(begun, "comment.rubricVersion.number"), "1.0");
        assert_eq!(text(begun, "comment.mentions.0.name"), anna.name);
        assert_eq!(text(begun, "replies.nodes.0.by.name"), anna.name);
        assert!(begun["replies"]["nodes"][0]["editedOn"].is_string());
        assert_eq!(begun["viewerCan"], json!({"resolve": false, "reply": true}));
        let open = json!({"id": rubric, "resolved": false});
        let open = bo.client.ask(THREADS, open).await;
        assert_eq!(open["rubric"]["comments"]["nodes"], json!([]));

        // Narrowing hides all of it at once, from whoever said it too.
        let at = anna
            .step("shareRubric", &rubric, at, json!({"scope": "PRIVATE"}))
            .await;
        for person in [bo, &world.principal, &world.cecilia] {
            assert_eq!(threads(person, &rubric).await, Value::Null);
        }
        let edit = json!({"comment": thread, "version": 1, "text": "Får jag?"});
        let refused = bo.client.refusal("editRubricComment", edit).await;
        assert_eq!(refused, "NOT_FOUND");
        assert_eq!(threads(anna, &rubric).await["commentCount"], 2);
        anna.step("shareRubric", &rubric, at, json!({"scope": "ORGANISER"}))
            .await;
        assert_eq!(threads(&world.cecilia, &rubric).await["commentCount"], 2);
        let removed = json!({"comment": thread});
        anna.client
            .effect("removeRubricComment", removed, "rubric { commentCount }")
            .await;
        let left = &threads(bo, &rubric).await["comments"]["nodes"][0];
        assert_eq!(left["comment"]["isRemoved"], true);
        assert_eq!(left["comment"]["by"], Value::Null);
        assert_eq!(left["comment"]["text"], Value::Null);
        let answer = text(left, "replies.nodes.0.text");
        assert_eq!(answer, "Flera led som hör ihop.");
        let program = world.service(&SCOPES, None).await;
        let seen = program.client.ask(THREADS, json!({"id": rubric})).await;
        assert_eq!(seen["rubric"]["comments"]["nodes"], json!([]));
        assert_eq!(seen["rubric"]["commentCount"], 0);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mention_reaches_whoever_may_see_it_and_tells_nothing_of_anybody_else() {
    in_world(async |_: &mut Server, world: &World| {
        let (anna, bo, cecilia) = (&world.anna, &world.bo, &world.cecilia);
        let (rubric, at) = anna.published(&world.school, "Samtal").await;
        let scope = json!({"scope": "TEAM", "team": world.team});
        let at = anna.step("shareRubric", &rubric, at, scope).await;

        let mention = json!({"text": "Vad säger ni?", "mentions": [cecilia.id, world.lead.id]});
        let asked = says(bo, &rubric, mention).await;
        assert_eq!(text(&asked, "unreached.0.name"), cecilia.name);
        assert_eq!(asked["unreached"].as_array().unwrap().len(), 1);
        assert_eq!(kinds(&told(&world.lead, 1).await), ["MENTIONED"]);
        assert_eq!(kinds(&told(anna, 1).await), ["RUBRIC_COMMENTED"]);
        assert_eq!(inbox(cecilia).await, [Value::Null; 0]);

        // Whom one may not know is not there: unknown, foreign and protected are alike.
        let everybody = json!({"scope": "ORGANISER"});
        anna.step("shareRubric", &rubric, at, everybody).await;
        let nobody = format!("person_{}", "0".repeat(26));
        let mut answers = Vec::new();
        for id in [&world.protected.id, &world.neighbour.id, &nobody] {
            let input = json!({"rubric": rubric, "text": "Hej", "mentions": [id]});
            let told = cecilia
                .client
                .tell("commentOnRubric", input, "unreached { id }");
            let mut told = told.await;
            assert_eq!(code_of(&told), "NOT_FOUND");
            assert_eq!(told["userErrors"][0]["path"], json!(["mentions", "0"]));
            answers.push(told.take());
        }
        assert_eq!(answers[0], answers[1]);
        assert_eq!(answers[0], answers[2]);
        assert_eq!(threads(cecilia, &rubric).await["commentCount"], 1);

        // Now that it is shared with her, Cecilia is told that she was mentioned.
        assert_eq!(kinds(&told(cecilia, 1).await), ["MENTIONED"]);

        // The own team may mention a protected colleague; others read that somebody is.
        let mention = json!({"text": "Du också?", "mentions": [world.protected.id]});
        let asked = says(bo, &rubric, mention).await;
        assert_eq!(
            text(&asked, "comment.mentions.0.name"),
            world.protected.name
        );
        let hidden = threads(cecilia, &rubric).await;
        let hidden = text(&hidden, "comments.nodes.0.comment.mentions.0.name");
        assert_eq!(hidden, "En kollega");

        // By name: with whom, the author alone is told.
        let (named, at) = anna.published(&world.school, "Namngiven").await;
        let scope = json!({"scope": "PEOPLE", "people": [bo.id]});
        anna.step("shareRubric", &named, at, scope).await;
        let mention = json!({"text": "Ser du?", "mentions": [cecilia.id]});
        let asked = says(bo, &named, mention.clone()).await;
        assert_eq!(asked["unreached"], Value::Null);
        let asked = says(anna, &named, mention).await;
        assert_eq!(text(&asked, "unreached.0.id"), cecilia.id);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_personal_number_is_stopped_and_a_pupils_name_is_pointed_out() {
    in_world(async |_: &mut Server, world: &World| {
        let (rubric, _) = world.anna.shared(&world.school, "Namn").await;
        let bo = &world.bo;
        let number = json!({"rubric": rubric, "text": "Fråga 19811218-9876."});
        let refused = bo.client.refusal("commentOnRubric", number).await;
        assert_eq!(refused, "RUBRIC_PERSONAL_NUMBER");
        for (input, code) in [
            (json!({"rubric": rubric, "text": " "}), "BAD_TEXT"),
            (json!({"rubric": rubric, "text": "a".repeat(2_001)}), "BAD_TEXT"),
            (json!({"rubric": rubric, "text": "Hej", "criterion": "x"}), "BAD_ID"),
            (json!({"rubric": rubric, "text": "Hej", "replyTo": new_id()}), "NOT_FOUND"),
            (json!({"rubric": "x", "text": "Hej"}), "NOT_FOUND"),
        ] {
            let refused = bo.client.refusal("commentOnRubric", input.clone()).await;
            assert_eq!(refused, code, "{input}");
        }
        assert_eq!(threads(bo, &rubric).await["commentCount"], 0);

        let ask = json!({"text": "Det här skrev eleven Alma. Eller hur, Anna?", "mentions": [world.anna.id]});
        let warned = says(bo, &rubric, ask).await;
        assert_eq!(warned["warnings"].as_array().unwrap().len(), 1);
        let warning = &warned["warnings"][0];
        assert_eq!(warning["code"], "NAME_LIKE");
        assert_eq!((&warning["at"], &warning["words"]), (&json!(21), &json!("Alma")));
        assert_eq!(warning["path"], json!(["text"]));
        assert!(text(warning, "message").contains("”Alma” ser ut som en elevs namn"));
        assert_eq!(threads(bo, &rubric).await["commentCount"], 1, "saved all the same");

        let (draft, at) = bo.draft(&world.school, "Utkast").await;
        let mut content = tests::world::content("Utkast");
        content["criteria"][0]["levels"][1]["descriptor"] = json!({"sv": "Som eleven Alma."});
        let input = json!({"rubric": draft, "version": at, "content": content});
        let saved = bo
            .client
            .effect("saveRubricDraft", input, "warnings { path words }")
            .await;
        let path = ["content", "criteria", "0", "levels", "1", "descriptor"];
        assert_eq!(saved["warnings"], json!([{"path": path, "words": "Alma"}]));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_team_builds_its_comment_bank() {
    in_world(async |_: &mut Server, world: &World| {
        let (anna, bo, cecilia) = (&world.anna, &world.bo, &world.cecilia);
        let (rubric, _) = anna.shared(&world.school, "Återkoppling").await;
        let (about, level) = criterion(bo, &rubric).await;
        let ask = json!({"id": new_id(), "team": world.team, "rubric": rubric, "criterion": about, "level": level, "text": {"sv": "Visa var i texten det står."}});
        let selection = "suggestion { id uses } warnings { words }";
        let made = bo
            .client
            .effect("suggestComment", ask.clone(), selection)
            .await;
        let again = bo
            .client
            .effect("suggestComment", ask.clone(), selection)
            .await;
        assert_eq!(made, again, "sent twice, made once");
        assert_eq!(made["suggestion"]["uses"], 0);
        let mut across = ask;
        across["id"] = json!(new_id());
        let refused = cecilia.client.refusal("suggestComment", across).await;
        assert_eq!(refused, "RUBRIC_NOT_IN_TEAM");

        let query = "query($id: ID!, $level: ID) { rubric(id: $id) { suggestedComments(first: 5, level: $level) { nodes { text { sv } level by { name } team { name } viewerCan { remove } } } } }";
        for (who, person) in world.people() {
            let seen = person.client.ask(query, json!({"id": rubric, "level": level})).await;
            if seen["rubric"] == Value::Null {
                continue;
            }
            let found = seen["rubric"]["suggestedComments"]["nodes"].as_array().unwrap();
            match who {
                "Anna" | "protected" | "Bo" | "lead teacher" => {
                    assert_eq!(text(&found[0], "text.sv"), "Visa var i texten det står.");
                    let may = matches!(who, "Bo" | "lead teacher");
                    assert_eq!(found[0]["viewerCan"]["remove"], may, "{who}");
                }
                _ => assert_eq!(found.len(), 0, "{who}: {found:?}"),
            }
        }
        let remove = json!({"suggestion": made["suggestion"]["id"]});
        for (person, code) in [
            (anna, "RUBRIC_NOT_YOUR_SUGGESTION"),
            (cecilia, "NOT_FOUND"),
            (&world.lead, "OK"),
            (bo, "NOT_FOUND"),
        ] {
            let refused = person.client.refusal("removeSuggestedComment", remove.clone()).await;
            assert_eq!(refused, code, "{}", person.name);
        }
    })
    .await;
}
