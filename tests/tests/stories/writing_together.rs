//! Colleagues who write a rubric together, look before they share it, and take a share back.

use crate::completeness::{
    house::{House, SHARE_UNDO},
    world::World as Municipality,
};
use chrono::TimeDelta;
use serde_json::{Value, json};
use store::Consumers;
use testkit::on_both_with;
use tests::ask::text;
use tests::inbox::{inbox, told};
use tests::server::Server;
use tests::world::{Person, World, in_world, new_id, step};

const PREVIEW: &str = "query($rubric: ID!, $scope: AudienceScopeInput!) { audiencePreview(rubric: $rubric, scope: $scope) { audience { who sees people units named { name } } gaining losing loses keeps warnings { code message blocks } undoSeconds } }";
const WHO_SEES: &str =
    "query($id: ID!) { whoSees(id: $id) { who sees people units named { name person { id } } } }";

async fn preview(person: &Person, rubric: &str, scope: Value) -> Value {
    let variables = json!({"rubric": rubric, "scope": scope});
    person.client.ask(PREVIEW, variables).await["audiencePreview"].clone()
}

async fn who_sees(person: &Person, id: &str) -> Value {
    person.client.ask(WHO_SEES, json!({"id": id})).await["whoSees"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_is_taken_in_is_told_and_saves_without_overwriting() {
    in_world(async |_: &mut Server, world: &World| {
        let (anna, bo) = (&world.anna, &world.bo);
        let (rubric, at) = anna.draft(&world.school, "Tillsammans").await;
        let by_bo = json!({"author": {"person": bo.id}});
        let at = anna.step("addRubricAuthor", &rubric, at, by_bo.clone()).await;
        let notices = told(bo, 1).await;
        assert_eq!(notices[0]["kind"], "RUBRIC_AUTHOR_ADDED");
        assert_eq!(notices[0]["subject"]["id"], json!(rubric));
        assert_eq!(inbox(anna).await, [Value::Null; 0], "not who did it");

        let query = "query($id: ID!) { rubric(id: $id) { version authors { name } authorTeams { name } viewerCan { save addAuthor removeAuthor } draft { criteria { id revision title { sv } } } } }";
        let of = async |person: &Person| {
            let seen = person.client.ask(query, json!({"id": rubric})).await;
            seen["rubric"].clone()
        };
        let shown = of(bo).await;
        assert_eq!(shown["authors"], json!([{"name": "Anna Ask"}, {"name": "Bo Bok"}]));
        let can = json!({"save": true, "addAuthor": true, "removeAuthor": true});
        assert_eq!(shown["viewerCan"], can);

        // Both read the same criterion; the second to save gets both texts.
        let read = &shown["draft"]["criteria"][0];
        let patch = |title: &str| {
            let content = json!({"title": {"sv": title}, "levels": [{"label": {"sv": "E"}}, {"label": {"sv": "C"}}]});
            json!({"rubric": rubric, "criteria": [{"id": read["id"], "revision": read["revision"], "content": content}]})
        };
        let selection = "conflicts { __typename }";
        anna.client.effect("saveRubricDraft", patch("Annas ord"), selection).await;
        let refused = bo.client.refusal("saveRubricDraft", patch("Bos ord")).await;
        assert_eq!(refused, "STALE_VERSION");
        assert_eq!(of(bo).await["draft"]["criteria"][0]["title"]["sv"], "Annas ord");

        // A team comes in; a guest of it writes, and decides nothing about who else does.
        let version = async || of(anna).await["version"].as_i64().unwrap();
        let the_team = json!({"author": {"team": world.team}});
        anna.step("addRubricAuthor", &rubric, version().await, the_team.clone()).await;
        let can = json!({"save": true, "addAuthor": false, "removeAuthor": false});
        assert_eq!(of(&world.guest).await["viewerCan"], can);
        let shown = of(&world.protected).await;
        assert_eq!(shown["authorTeams"], json!([{"name": "Arbetslag 4–6"}]));
        let leave = json!({"team": world.team, "person": world.lead.id});
        world.admin.client.effect("removeTeamMember", leave, "__typename").await;
        assert_eq!(of(&world.lead).await, Value::Null, "who leaves the team is out at once");
        let reviewer = json!({"reviewer": world.protected.id});
        let asked = step(&rubric, version().await, &reviewer);
        let own = anna.client.refusal("submitRubricForReview", asked).await;
        assert_eq!(own, "RUBRIC_OWN_REVIEW", "nobody of the team reviews it");

        let refused = [
            (json!({"person": world.guest.id}), "RUBRIC_AUTHOR_UNFIT"),
            (json!({"person": world.admin.id}), "RUBRIC_AUTHOR_UNFIT"),
            (json!({"person": world.neighbour.id}), "NOT_FOUND"),
            (json!({"person": new_id()}), "NOT_FOUND"),
            (json!({"team": new_id()}), "RUBRIC_NOT_AMONG"),
        ];
        for (author, code) in refused {
            let asked = step(&rubric, version().await, &json!({"author": author}));
            assert_eq!(anna.client.refusal("addRubricAuthor", asked).await, code, "{author}");
        }
        let others = step(&rubric, at, &by_bo);
        let unseen = world.cecilia.client.refusal("addRubricAuthor", others).await;
        assert_eq!(unseen, "NOT_FOUND");

        // Whoever is left takes off the others, and the last one stays.
        for author in [the_team, json!({"author": {"person": anna.id}})] {
            let at = of(bo).await["version"].as_i64().unwrap();
            bo.step("removeRubricAuthor", &rubric, at, author).await;
        }
        assert_eq!(of(anna).await, Value::Null);
        let at = of(bo).await["version"].as_i64().unwrap();
        let last = bo.client.refusal("removeRubricAuthor", step(&rubric, at, &by_bo)).await;
        assert_eq!(last, "RUBRIC_LAST_AUTHOR");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_looks_in_words_and_numbers_before_one_shares() {
    in_world(async |_: &mut Server, world: &World| {
        let anna = &world.anna;
        let (rubric, _) = anna.shared(&world.school, "Delad").await;
        let fork = json!({"rubric": rubric, "unit": world.school});
        world
            .bo
            .client
            .effect("forkRubric", fork, "rubric { id }")
            .await;
        let link = json!({"rubric": rubric});
        let opened = world
            .bo
            .client
            .effect("createRubricLink", link, "link { id }")
            .await;

        let team = json!({"scope": "TEAM", "team": world.team});
        let shown = preview(anna, &rubric, team.clone()).await;
        assert_eq!(
            text(&shown, "audience.who"),
            "Alla i laget Arbetslag 4–6, även gäster."
        );
        // Bo, the lead teacher, the guest, and the colleague whose identity is protected, who is in the same team.
        assert_eq!(shown["audience"]["people"], 4, "{shown}");
        assert_eq!(shown["audience"]["units"], 1);
        // Of the seven other colleagues at the organiser three are in the team, and the guest comes to them.
        assert_eq!(shown["gaining"], 1, "{shown}");
        assert_eq!(shown["losing"], 5, "{shown}");
        assert_eq!(shown["keeps"].as_array().unwrap().len(), 3, "{shown}");
        assert_eq!(shown["warnings"][0]["code"], "PUBLIC_RECORD");
        assert_eq!(shown["undoSeconds"], 1);
        assert_eq!(
            anna.sees(&rubric).await["scope"],
            "ORGANISER",
            "only looked at"
        );

        let (draft, _) = anna.draft(&world.school, "Utkast").await;
        let waits = preview(anna, &draft, team).await;
        assert_eq!(
            waits["warnings"][0]["code"], "WAITS_FOR_PUBLICATION",
            "{waits}"
        );
        assert_eq!(waits["warnings"][0]["blocks"], false);
        let whole = preview(anna, &draft, json!({"scope": "ORGANISER"})).await;
        assert_eq!(
            whole["warnings"][0]["code"], "RUBRIC_NOT_PUBLISHED",
            "{whole}"
        );
        assert_eq!(whole["warnings"][0]["blocks"], true);

        // A circle that is not hers and one that never was are told alike, and not counted.
        let unit =
            async |id: &str| preview(anna, &rubric, json!({"scope": "UNIT", "unit": id})).await;
        let foreign = unit(&world.neighbour_school).await;
        assert_eq!(foreign["audience"]["people"], Value::Null);
        assert_eq!(foreign["warnings"][0]["code"], "RUBRIC_NOT_AMONG");
        assert_eq!(foreign, unit(&new_id()).await);
        assert_eq!(foreign, unit(&world.other_school).await);
        for scope in [
            json!({"scope": "PEOPLE", "people": [world.neighbour.id]}),
            json!({"scope": "PEOPLE", "people": [new_id()]}),
        ] {
            let unknown = preview(anna, &rubric, scope).await;
            assert_eq!(unknown["warnings"][0]["code"], "NOT_FOUND", "{unknown}");
            assert_eq!(unknown["audience"]["named"], Value::Null);
        }
        for (who, person) in world.people() {
            if who != "Anna" {
                let shown = preview(person, &rubric, json!({"scope": "PRIVATE"})).await;
                assert_eq!(shown, Value::Null, "{who}: only who may share looks");
            }
        }
        let page = who_sees(&world.bo, &text(&opened, "link.id")).await;
        assert!(
            text(&page, "who").starts_with("Alla som har adressen"),
            "{page}"
        );
        let hidden = who_sees(&world.cecilia, &text(&opened, "link.id")).await;
        assert_eq!(hidden, Value::Null);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_sees_a_thing_is_told_as_far_as_it_is_theirs_to_know() {
    in_world(async |_: &mut Server, world: &World| {
        let anna = &world.anna;
        let (rubric, at) = anna.published(&world.school, "Till två").await;
        let two = json!({"scope": "PEOPLE", "people": [world.bo.id, world.protected.id]});
        let at = anna.step("shareRubric", &rubric, at, two).await;
        let shown = who_sees(anna, &rubric).await;
        assert_eq!(shown["people"], 2, "{shown}");
        let named: Vec<_> = shown["named"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
        assert!(named.contains(&json!("Bo Bok")) && named.contains(&json!("Sanna Skyddad")));
        // Whoever is named learns that some were, and neither who nor how many.
        let shown = who_sees(&world.bo, &rubric).await;
        assert_eq!(text(&shown, "who"), "De som skriver den och personer som de har namngett.");
        assert_eq!((&shown["people"], &shown["named"]), (&Value::Null, &Value::Null));
        assert_eq!(who_sees(&world.cecilia, &rubric).await, Value::Null);

        // A circle's size is for those who belong to it.
        let across = json!({"scope": "TEAM", "team": world.across});
        let at = anna.step("shareRubric", &rubric, at, across).await;
        assert_eq!(who_sees(&world.cecilia, &rubric).await["people"], 2);
        let school = json!({"scope": "UNIT", "unit": world.school});
        anna.step("shareRubric", &rubric, at, school).await;
        // Anna, Bo, the lead teacher and the principal: to who shares no team with them, nobody is protected among them.
        assert_eq!(who_sees(&world.principal, &rubric).await["people"], 3);
        assert_eq!(who_sees(&world.bo, &rubric).await["people"], 4);
        let version = anna.client.ask("query($id: ID!) { rubric(id: $id) { current { id } } }", json!({"id": rubric})).await;
        let version = text(&version, "rubric.current.id");
        assert_eq!(who_sees(&world.bo, &version).await, who_sees(&world.bo, &rubric).await);
        for id in [new_id(), "rubric_01h455vb4pex5vsknk084sn02q".to_owned(), world.bo.id.clone(), world.team.clone(), "x".to_owned()] {
            assert_eq!(who_sees(anna, &id).await, Value::Null, "{id}");
        }
        let english = anna.client.ask("mutation($input: UpdateMeInput!) { updateMe(input: $input) { userErrors { code } } }", json!({"input": {"language": "EN"}})).await;
        assert_eq!(english["updateMe"]["userErrors"], json!([]));
        let shown = who_sees(anna, &rubric).await;
        assert_eq!(text(&shown, "who"), "Every colleague at Ekskolan and at the units below it.");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_share_is_taken_back_in_time_and_not_after() {
    in_world(async |server: &mut Server, world: &World| {
        let (rubric, at) = world.anna.published(&world.school, "För fort").await;
        let to_bo = json!({"scope": "PEOPLE", "people": [world.bo.id]});
        let at = world.anna.step("shareRubric", &rubric, at, to_bo.clone()).await;
        // Told is who is told when it can no longer be undone.
        assert_eq!(told(&world.bo, 1).await[0]["kind"], "SHARED");
        let late = step(&rubric, at, &json!({}));
        assert_eq!(world.anna.client.refusal("undoShare", late).await, "RUBRIC_UNDO_OVER");

        server.restart_undoing_for(600).await;
        let (anna, bo) = (world.anna.at(server), world.bo.at(server));
        let query = "query($id: ID!) { rubric(id: $id) { version scope undoShareUntil viewerCan { undoShare } } }";
        let id = json!({"id": rubric});
        let wide = step(&rubric, at, &json!({"scope": "ORGANISER"}));
        anna.effect("shareRubric", wide, "rubric { id }").await;
        let shown = anna.ask(query, id.clone()).await["rubric"].clone();
        assert!(shown["undoShareUntil"].is_string(), "{shown}");
        assert_eq!(shown["viewerCan"]["undoShare"], true);
        let others = bo.ask(query, id.clone()).await["rubric"].clone();
        assert_eq!(others["undoShareUntil"], Value::Null);
        assert_eq!(others["viewerCan"]["undoShare"], false);
        let at = shown["version"].as_i64().unwrap();
        let theirs = step(&rubric, at, &json!({}));
        assert_eq!(bo.refusal("undoShare", theirs.clone()).await, "RUBRIC_NOT_YOURS");
        let cecilia = world.cecilia.at(server);
        let unit = json!({"rubric": rubric, "unit": world.other_school});
        let fork = cecilia.effect("forkRubric", unit, "rubric { id }").await;

        let key = json!({"idempotencyKey": new_id()});
        let ask = step(&rubric, at, &key);
        let undone = anna.effect("undoShare", ask.clone(), "rubric { scope version }").await;
        assert_eq!(undone["rubric"]["scope"], "PEOPLE");
        let again = anna.effect("undoShare", ask, "rubric { scope version }").await;
        assert_eq!(again, undone, "sent twice, undone once");
        assert_eq!(cecilia.ask(query, id).await["rubric"], Value::Null);
        let kept = json!({"id": fork["rubric"]["id"]});
        assert_eq!(cecilia.ask(query, kept).await["rubric"]["scope"], "PRIVATE", "the fork stays");
        let at = undone["rubric"]["version"].as_i64().unwrap();
        let twice = step(&rubric, at, &json!({}));
        assert_eq!(anna.refusal("undoShare", twice).await, "RUBRIC_NOTHING_TO_UNDO");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_told_before_the_time_to_undo_has_passed() {
    on_both_with(&Consumers(notices::consumers()), async |db| {
        let mut world = Municipality::new(House::new(db).await).await;
        world.draft("anna", "ekskolan", "utkast").await;
        world
            .step("anna", "publishRubric", "utkast", json!({}))
            .await;
        let to_bo = json!({"scope": "PEOPLE", "people": [world.id("bo")]});
        let inbox = async |world: &Municipality<'_>| {
            db.store.work_until_idle().await.unwrap();
            let query = "{ inbox(first: 5) { nodes { kind } } }";
            let seen = world
                .house
                .send(world.caller("bo"), query, &Value::Null)
                .await;
            seen["data"]["inbox"]["nodes"].clone()
        };
        let wait = |time: TimeDelta| db.clock.pass(time);

        world
            .step("anna", "shareRubric", "utkast", to_bo.clone())
            .await;
        wait(SHARE_UNDO - TimeDelta::seconds(2));
        assert_eq!(inbox(&world).await, json!([]), "{}: not yet", db.kind());
        world.step("anna", "undoShare", "utkast", json!({})).await;
        wait(SHARE_UNDO);
        assert_eq!(inbox(&world).await, json!([]), "{}: never", db.kind());

        world.step("anna", "shareRubric", "utkast", to_bo).await;
        // What else happens to the rubric meanwhile is told at once.
        let author = json!({"author": {"person": world.id("bo")}});
        world
            .step("anna", "addRubricAuthor", "utkast", author)
            .await;
        let added = json!({"kind": "RUBRIC_AUTHOR_ADDED"});
        assert_eq!(inbox(&world).await, json!([added]), "{}", db.kind());
        wait(SHARE_UNDO);
        let shared = json!({"kind": "SHARED"});
        assert_eq!(
            inbox(&world).await,
            json!([shared, added]),
            "{}: once",
            db.kind()
        );
    })
    .await;
}
