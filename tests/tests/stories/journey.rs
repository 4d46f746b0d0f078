//! A rubric across schools: published at one, forked at another, brought up to date in part, improved and given back.

use serde_json::{Value, json};
use tests::ask::text;
use tests::inbox::told;
use tests::server::Server;
use tests::world::{Person, World, in_world, new_id, step};

/// What the criteria of a version say, and the version's number.
async fn says(person: &Person, version: &str) -> (Value, Vec<String>) {
    let query =
        "query($id: ID!) { rubricVersion(id: $id) { number criteria { description { sv } } } }";
    let seen = person.client.ask(query, json!({"id": version})).await["rubricVersion"].clone();
    let criteria = seen["criteria"].as_array().unwrap();
    let said = criteria.iter().map(|one| text(one, "description.sv"));
    (seen["number"].clone(), said.collect())
}

/// Saves a draft whose three criteria say this; answers with the rubric's version from then on.
async fn write(person: &Person, rubric: &str, at: i64, ids: &[String], said: [&str; 3]) -> i64 {
    let mut content = tests::world::content("Argumentera");
    let criteria = ids.iter().zip(said).map(|(id, said)| {
        let mut criterion = content["criteria"][0].clone();
        criterion["id"] = json!(id);
        // A level's id is the criterion's with its number in front: the same in every save.
        for level in 0..2 {
            criterion["levels"][level]["id"] = json!(format!("{level}{}", id.get(1..).unwrap()));
        }
        criterion["description"] = json!({"sv": said});
        criterion
    });
    content["criteria"] = criteria.collect();
    person
        .step("saveRubricDraft", rubric, at, json!({"content": content}))
        .await
}

async fn rubric(person: &Person, id: &str, fields: &str) -> Value {
    let query = format!("query($id: ID!) {{ rubric(id: $id) {{ {fields} }} }}");
    person.client.ask(&query, json!({"id": id})).await["rubric"].clone()
}

/// The origin at its first version, the ids of its criteria, and the version.
async fn published(world: &World) -> (String, i64, Vec<String>, String) {
    let anna = &world.anna;
    let (origin, at) = anna.draft(&world.school, "Argumentera").await;
    let ids: Vec<String> = (0..3).map(|_| new_id()).collect();
    let at = write(anna, &origin, at, &ids, ["tes", "argument", "språk"]).await;
    let at = anna.step("publishRubric", &origin, at, json!({})).await;
    let scope = json!({"scope": "ORGANISER"});
    let at = anna.step("shareRubric", &origin, at, scope).await;
    let seen = rubric(anna, &origin, "current { id }").await;
    (origin, at, ids, text(&seen, "current.id"))
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::too_many_lines, reason = "one journey, told in its order")]
async fn a_rubric_travels_across_schools_and_comes_back_better() {
    in_world(async |_: &mut Server, world: &World| {
        let (anna, cecilia) = (&world.anna, &world.cecilia);
        let (origin, at, ids, first) = published(world).await;

        // Another school goes on from it: where she works is known.
        let input = json!({"id": new_id(), "rubric": origin});
        let selection = "rubric { id version unit { id } draft { id } origin { number authors { name } forkedBy { name } use { id } } }";
        let made = cecilia.client.effect("forkRubric", input.clone(), selection).await;
        let again = cecilia.client.effect("forkRubric", input, selection).await;
        assert_eq!(made, again, "sent twice, it is one fork");
        let fork = text(&made, "rubric.id");
        assert_eq!(made["rubric"]["unit"]["id"], world.other_school.as_str());
        let credit = &made["rubric"]["origin"];
        assert_eq!(credit["number"], "1.0");
        assert_eq!(credit["authors"][0]["name"], anna.name.as_str());
        assert_eq!(credit["forkedBy"]["name"], cecilia.name.as_str());
        assert_eq!(anna.sees(&fork).await, Value::Null, "a draft is its author's");
        let mine = ["tes", "argument", "språk, och källor"];
        let read = write(cecilia, &fork, 1, &ids, mine).await;

        // Three changes.
        let at = anna.step("reviseRubric", &origin, at, json!({})).await;
        let at = write(anna, &origin, at, &ids, ["tes!", "argument!", "språk!"]).await;
        anna.step("publishRubric", &origin, at, json!({})).await;
        let fields = "updateAvailable { id number }";
        let seen = rubric(cecilia, &fork, fields).await;
        assert_eq!(seen["updateAvailable"]["number"], "1.1");
        let second = text(&seen, "updateAvailable.id");
        let query = "query($id: ID!) { rubricChangesToPull(id: $id) { criterion isConflict change { texts { words { kind text } } } } }";
        let seen = cecilia.client.ask(query, json!({"id": fork})).await;
        let offers = seen["rubricChangesToPull"].as_array().unwrap();
        let others = anna.client.ask(query, json!({"id": fork})).await;
        assert_eq!(others["rubricChangesToPull"], Value::Null);
        let conflicts: Vec<_> = offers.iter().map(|offer| &offer["isConflict"]).collect();
        assert_eq!(conflicts, [false, false, true]);
        assert_eq!(
            offers[0]["change"]["texts"][0]["words"],
            json!([{"kind": "REMOVED", "text": "tes"}, {"kind": "ADDED", "text": "tes!"}])
        );

        let diff = "query($from: ID!, $to: ID!) { rubricDiff(from: $from, to: $to) { impact criteria { id impact } } }";
        let versions = json!({"from": first, "to": second});
        let seen = cecilia.client.ask(diff, versions.clone()).await;
        assert_eq!(seen["rubricDiff"]["impact"], "WORDING");
        assert_eq!(seen["rubricDiff"]["criteria"].as_array().unwrap().len(), 3);
        let foreign = world.neighbour.client.ask(diff, versions).await;
        assert_eq!(foreign["rubricDiff"], Value::Null);

        // Two of them.
        let pull = |read: i64, choices: Value| json!({"rubric": fork, "version": read, "from": second, "criteria": choices});
        let two = json!([
            {"criterion": ids[0], "choice": "TAKE"},
            {"criterion": ids[1], "choice": "TAKE"},
            {"criterion": ids[2], "choice": "TAKE"},
        ]);
        let selection = "rubric { version draft { id } updateAvailable { id } } conflicts { criterion ours { description { sv } } theirs { description { sv } } } open { criterion }";
        let pulled = cecilia
            .client
            .effect("pullRubricChanges", pull(read, two), selection)
            .await;
        let conflict = &pulled["conflicts"][0];
        assert_eq!(conflict["ours"]["description"]["sv"], "språk, och källor");
        assert_eq!(conflict["theirs"]["description"]["sv"], "språk!");
        let read = pulled["rubric"]["version"].as_i64().unwrap();
        let keep = json!([{"criterion": ids[2], "choice": "KEEP"}]);
        let pulled = cecilia
            .client
            .effect("pullRubricChanges", pull(read, keep), selection)
            .await;
        assert_eq!(pulled["rubric"]["updateAvailable"], Value::Null);
        let draft = text(&pulled, "rubric.draft.id");
        let mine = vec!["tes!", "argument!", "språk, och källor"];
        assert_eq!(says(cecilia, &draft).await.1, mine);

        // One of hers goes back, and is taken.
        let input = json!({"id": new_id(), "rubric": fork, "criteria": ids, "message": "Källorna gör skillnad."});
        let selection = "proposal { id isAnswered parts { criterion } }";
        let made = cecilia.client.effect("proposeRubricChanges", input, selection).await;
        let parts = made["proposal"]["parts"].as_array().unwrap();
        assert_eq!(parts.len(), 1, "what the origin says already is left out");
        let notice = told(anna, 1).await[0].clone();
        assert_eq!(notice["kind"], "RUBRIC_PROPOSED");
        assert_eq!(notice["subject"]["id"], origin.as_str());
        let fields = "proposals { nodes { id message by { name } fork { id } } }";
        let listed = rubric(anna, &origin, fields).await["proposals"]["nodes"][0].clone();
        assert_eq!(listed["message"], "Källorna gör skillnad.");
        assert_eq!(listed["fork"], Value::Null, "the fork is still hers alone");
        let hers = rubric(&world.bo, &origin, fields).await;
        assert_eq!(hers["proposals"]["nodes"], json!([]), "between the two");
        let take = json!([{"criterion": ids[2], "choice": "TAKE"}]);
        let input = json!({"proposal": listed["id"], "criteria": take});
        assert_eq!(
            world.bo.client.refusal("answerRubricProposal", input.clone()).await,
            "NOT_FOUND"
        );
        let selection = "proposal { isAnswered } rubric { version draft { id } } conflicts { criterion }";
        let done = anna.client.effect("answerRubricProposal", input, selection).await;
        assert_eq!(done["proposal"]["isAnswered"], true);
        assert_eq!(told(cecilia, 1).await[0]["kind"], "RUBRIC_PROPOSAL_ANSWERED");
        let third = text(&done, "rubric.draft.id");
        let at = done["rubric"]["version"].as_i64().unwrap();
        anna.step("publishRubric", &origin, at, json!({})).await;

        // Each version is still what it was.
        let number = |number: &str| json!(number);
        assert_eq!(
            says(cecilia, &first).await,
            (number("1.0"), vec!["tes".into(), "argument".into(), "språk".into()])
        );
        assert_eq!(says(cecilia, &second).await.0, "1.1");
        assert_eq!(
            says(cecilia, &third).await,
            (number("1.2"), mine.iter().map(|said| (*said).to_owned()).collect())
        );
        given_thanks(world, &origin, &fork).await;
        narrowed(world, &origin, &fork, &first).await;
    })
    .await;
}

/// Thanks are told to the author, who alone sees how many and what is adapted; both see the family.
async fn given_thanks(world: &World, origin: &str, fork: &str) {
    let (anna, cecilia) = (&world.anna, &world.cecilia);
    let input = json!({"rubric": origin});
    for _ in 0..2 {
        let thanked = cecilia
            .client
            .effect("thankForRubric", input.clone(), "rubric { id }");
        thanked.await;
    }
    assert_eq!(
        anna.client.refusal("thankForRubric", input).await,
        "RUBRIC_OWN"
    );
    assert_eq!(told(anna, 2).await[0]["kind"], "RUBRIC_THANKED");

    let at = cecilia.sees(fork).await["version"].as_i64().unwrap();
    let at = cecilia.step("publishRubric", fork, at, json!({})).await;
    let scope = json!({"scope": "ORGANISER"});
    cecilia.step("shareRubric", fork, at, scope).await;
    let fields = "thanks versionCount forkCount useCount adaptationHeat { forks } viewerCan { fork thank } lineage { hidden isCut relatives { parent rubric { id } } }";
    let seen = rubric(anna, origin, fields).await;
    assert_eq!(seen["thanks"], 1);
    assert_eq!(
        (&seen["versionCount"], &seen["forkCount"], &seen["useCount"]),
        (&json!(3), &json!(1), &json!(1))
    );
    assert_eq!(seen["adaptationHeat"], json!([{"forks": 1}]));
    let query = "{ rubrics(order: MOST_ADAPTED, first: 1) { nodes { id forkCount } } }";
    let ahead = cecilia.client.ask(query, Value::Null).await;
    let first = json!([{"id": origin, "forkCount": 1}]);
    assert_eq!(
        ahead["rubrics"]["nodes"], first,
        "told in order: what came before the thanks is counted"
    );
    assert_eq!(seen["viewerCan"], json!({"fork": true, "thank": false}));
    let family = json!([
        {"parent": null, "rubric": {"id": origin}},
        {"parent": origin, "rubric": {"id": fork}},
    ]);
    assert_eq!(seen["lineage"]["relatives"], family);
    let seen = rubric(cecilia, origin, fields).await;
    assert_eq!(
        (&seen["thanks"], &seen["adaptationHeat"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(seen["viewerCan"], json!({"fork": true, "thank": true}));
    assert_eq!(seen["lineage"]["relatives"], family);
}

/// The origin is taken back: the fork keeps what it holds, and moves only when it is asked to.
async fn narrowed(world: &World, origin: &str, fork: &str, first: &str) {
    let (anna, cecilia) = (&world.anna, &world.cecilia);
    let newest = text(&rubric(anna, origin, "current { id }").await, "current.id");
    let held = "origin { rubric { id } standsOn { id number } use { id } }";
    let before = rubric(cecilia, fork, held).await["origin"].clone();
    assert_eq!(before["standsOn"]["number"], "1.1");
    let move_to = |version: &str, preview: bool| json!({"use": before["use"]["id"], "version": version, "preview": preview});
    let selection = "use { id } diff { from { number } criteria { id } }";
    let preview = cecilia
        .client
        .effect("moveRubricUse", move_to(&newest, true), selection)
        .await;
    assert_eq!(preview["diff"]["from"]["number"], "1.1");
    assert_eq!(preview["diff"]["criteria"].as_array().unwrap().len(), 1);
    assert_eq!(
        anna.client
            .refusal("moveRubricUse", move_to(&newest, false))
            .await,
        "NOT_FOUND"
    );

    let at = anna.sees(origin).await["version"].as_i64().unwrap();
    let private = step(origin, at, &json!({"scope": "PRIVATE"}));
    anna.client
        .effect("shareRubric", private, "rubric { id }")
        .await;
    assert_eq!(cecilia.sees(origin).await, Value::Null);
    let after = rubric(cecilia, fork, held).await["origin"].clone();
    assert_eq!(after["rubric"], Value::Null);
    assert_eq!(
        after["standsOn"], before["standsOn"],
        "what is held stays readable"
    );
    let seen = rubric(
        &world.bo,
        fork,
        "origin { number authors { name } standsOn { id } }",
    )
    .await;
    assert_eq!(seen["origin"]["authors"][0]["name"], anna.name.as_str());
    assert_eq!(
        seen["origin"]["standsOn"],
        Value::Null,
        "who holds nothing reads nothing"
    );
    let query = "query($id: ID!) { rubricVersion(id: $id) { number } }";
    let gone = cecilia.client.ask(query, json!({"id": first})).await;
    assert_eq!(
        gone["rubricVersion"],
        Value::Null,
        "it no longer holds the first one"
    );
}
