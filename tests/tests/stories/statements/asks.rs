//! Every mutation that takes an id, as somebody may send it. A test finds the mutation that is missing here.

use crate::completeness::world::World;
use serde_json::{Value, json};
use tests::world::step;

/// Every mutation that takes an id, as somebody may send it.
#[expect(clippy::too_many_lines, reason = "a table")]
pub(super) async fn asks(world: &World<'_>) -> Vec<(&'static str, &'static str, Value)> {
    let (unit, person, team) = (world.id("ekskolan"), world.id("bo"), world.id("arbetslag"));
    let own = "{ mySignIns { id } inbox { nodes { id } } }";
    let anna = world
        .house
        .send(world.caller("anna"), own, &Value::Null)
        .await;
    let theirs = "{ people(first: 40) { nodes { roles { id } } } serviceAccounts { id } }";
    let astrid = world
        .house
        .send(world.caller("astrid"), theirs, &Value::Null)
        .await;
    let account = &astrid["data"]["serviceAccounts"][0]["id"];
    let mut asks = vec![
        (
            "astrid",
            "addTeamMember",
            json!({"team": world.id("amneslag"), "person": person}),
        ),
        (
            "astrid",
            "assignRole",
            json!({"person": person, "role": {"role": "LEAD_TEACHER", "unit": unit}}),
        ),
        (
            "anna",
            "createRubric",
            json!({"unit": unit, "content": {"kind": "CHECKLIST", "title": {"sv": "Ny"}}}),
        ),
        (
            "anna",
            "createRubricFromCriteria",
            json!({"unit": unit, "subject": "EN", "stage": "MELLANSTADIET"}),
        ),
        (
            "astrid",
            "createServiceAccount",
            json!({"name": "Ny", "scopes": ["people:read"], "expiresAt": "2027-06-01T00:00:00Z", "units": [unit]}),
        ),
        ("astrid", "createSignInLink", json!({"person": person})),
        (
            "astrid",
            "createTeam",
            json!({"kind": "WORK_TEAM", "name": "Nya laget", "unit": unit}),
        ),
        (
            "astrid",
            "createUnit",
            json!({"kind": "SCHOOL", "name": "Nya skolan", "parent": world.id("omrade")}),
        ),
        (
            "astrid",
            "endRole",
            json!({"role": astrid["data"]["people"]["nodes"][0]["roles"][0]["id"]}),
        ),
        (
            "astrid",
            "endServiceAccount",
            json!({"serviceAccount": account}),
        ),
        (
            "anna",
            "endSignIn",
            json!({"signIn": anna["data"]["mySignIns"][0]["id"]}),
        ),
        (
            "anna",
            "importRubrics",
            json!({"unit": unit, "text": "Rubric Name,Criteria Name"}),
        ),
        (
            "astrid",
            "invitePerson",
            json!({"name": "Ny", "address": "ny@example.org", "unit": unit, "teams": [team], "roles": [{"role": "TEACHER", "unit": unit}]}),
        ),
        (
            "anna",
            "markRead",
            json!({"notices": [anna["data"]["inbox"]["nodes"][0]["id"]]}),
        ),
        (
            "astrid",
            "removeTeamMember",
            json!({"team": team, "person": world.id("mia")}),
        ),
        (
            "astrid",
            "rotateServiceKey",
            json!({"serviceAccount": account}),
        ),
        (
            "astrid",
            "setProtectionGuard",
            json!({"person": world.id("bertil"), "named": true}),
        ),
        (
            "astrid",
            "updatePerson",
            json!({"person": person, "version": 1, "unit": world.id("bjorkskolan")}),
        ),
        (
            "astrid",
            "updateTeam",
            json!({"team": team, "version": 1, "unit": world.id("bjorkskolan")}),
        ),
        (
            "astrid",
            "updateUnit",
            json!({"unit": unit, "version": 1, "parent": world.id("omrade")}),
        ),
    ];
    let rubrics = [
        (
            "addRubricAuthor",
            "privat",
            json!({"author": {"person": person}}),
        ),
        (
            "addRubricAuthor",
            "privat",
            json!({"author": {"team": team}}),
        ),
        ("archiveRubric", "pensionerad", json!({})),
        ("deleteRubricDraft", "utkast", json!({})),
        ("publishRubric", "utkast", json!({})),
        (
            "removeRubricAuthor",
            "samskriven",
            json!({"author": {"person": person}}),
        ),
        (
            "removeRubricAuthor",
            "samskriven",
            json!({"author": {"team": world.id("amneslag")}}),
        ),
        ("restoreRubric", "raderat", json!({})),
        ("retireRubric", "privat", json!({})),
        (
            "reviewRubric",
            "i-granskning",
            json!({"verdict": "APPROVE"}),
        ),
        ("reviseRubric", "privat", json!({})),
        (
            "saveRubricDraft",
            "utkast",
            json!({"content": {"kind": "CHECKLIST", "title": {"sv": "Ny"}}}),
        ),
        (
            "shareRubric",
            "privat",
            json!({"scope": "PEOPLE", "people": [person]}),
        ),
        (
            "shareRubric",
            "privat",
            json!({"scope": "TEAM", "team": team}),
        ),
        (
            "shareRubric",
            "privat",
            json!({"scope": "UNIT", "unit": unit}),
        ),
        ("undoShare", "samskriven", json!({})),
        (
            "submitRubricForReview",
            "utkast",
            json!({"reviewer": person}),
        ),
    ];
    asks.extend(shelves(world));
    asks.extend(travels(world).await);
    asks.extend(talk(world).await);
    asks.extend(catalogue(world).await);
    asks.extend(exemplars(world).await);
    for (verb, record, more) in rubrics {
        let who = if verb == "reviewRubric" {
            "rolf"
        } else {
            "anna"
        };
        let id = json!({"id": world.id(record)});
        let seen = world
            .house
            .send(
                world.caller(who),
                "query($id: ID!) { rubric(id: $id) { version } }",
                &id,
            )
            .await;
        let version = seen["data"]["rubric"]["version"].as_i64().unwrap();
        asks.push((who, verb, step(world.id(record), version, &more)));
    }
    asks
}

/// What is said about rubrics, and suggested for them.
async fn talk(world: &World<'_>) -> Vec<(&'static str, &'static str, Value)> {
    let (origin, open) = (world.id("ursprung"), world.id("till-alla"));
    // A criterion is the rubric's own: it is named without what would say that it is one.
    let criterion = world.criterion("anna", "till-alla").await;
    let criterion: kit::CriterionId = criterion.as_str().unwrap().parse().unwrap();
    vec![
        (
            "anna",
            "commentOnRubric",
            json!({"rubric": origin, "version": world.id("ursprung/1"), "text": "Nytt", "mentions": [world.id("bo")]}),
        ),
        (
            "anna",
            "commentOnRubric",
            json!({"rubric": world.id("till-skolan"), "replyTo": world.id("samtal"), "text": "Svar"}),
        ),
        (
            "anna",
            "editRubricComment",
            json!({"comment": world.id("samtal-svar"), "version": 2, "text": "Nytt", "mentions": [world.id("bo")]}),
        ),
        (
            "anna",
            "resolveRubricComment",
            json!({"comment": world.id("samtal"), "resolved": true}),
        ),
        (
            "anna",
            "removeRubricComment",
            json!({"comment": world.id("samtal-svar")}),
        ),
        (
            "anna",
            "suggestComment",
            json!({"team": world.id("arbetslag"), "rubric": open, "criterion": criterion.uuid(), "text": {"sv": "Pröva"}}),
        ),
        (
            "anna",
            "removeSuggestedComment",
            json!({"suggestion": world.id("bank")}),
        ),
    ]
}

/// What is asked of samples of work. A criterion and a level are named by bare ids: nobody can hold another's, they are the rubric's own.
async fn exemplars(world: &World<'_>) -> Vec<(&'static str, &'static str, Value)> {
    let (rubric, version) = (world.id("till-alla"), world.id("till-alla/1"));
    let (criterion, level) = world.first_level("anna", "till-alla").await;
    let bare = |id: &str| id.parse::<kit::Thing>().unwrap().id.to_string();
    let file = world.house.file(world.caller("anna"), "Annas egen.").await;
    vec![
        (
            "anna",
            "addExemplar",
            json!({"rubric": rubric, "rubricVersion": version, "criterion": bare(&criterion), "level": bare(&level),
                "why": "Därför", "file": file, "anonymised": true}),
        ),
        (
            "anna",
            "removeExemplar",
            json!({"exemplar": world.id("exempel")}),
        ),
    ]
}

/// What is asked of rubrics that travel, and of their links for pupils.
async fn travels(world: &World<'_>) -> Vec<(&'static str, &'static str, Value)> {
    let unit = world.id("ekskolan");
    let (origin, fork) = (world.id("ursprung"), world.id("kopia"));
    let query = "query($id: ID!) { rubric(id: $id) { version origin { use { id } } links { nodes { id } } current { id } proposals { nodes { id } } } }";
    let of = async |who: &str, id: &str| {
        let seen = world
            .house
            .send(world.caller(who), query, &json!({"id": id}))
            .await;
        seen["data"]["rubric"].clone()
    };
    let (copy, first) = (of("cecilia", fork).await, world.id("ursprung/1"));
    let (own, open) = (
        of("anna", origin).await,
        of("anna", world.id("for-elever")).await,
    );
    let newest = &own["current"]["id"];
    vec![
        (
            "anna",
            "createRubricFromTable",
            json!({"unit": unit, "title": "Ny", "text": "Kriterium\tE\nEtt\tnågot"}),
        ),
        (
            "anna",
            "exportRubrics",
            json!({"rubrics": [origin], "format": "MARKDOWN"}),
        ),
        (
            "bo",
            "forkRubric",
            json!({"rubric": origin, "version": first, "unit": unit}),
        ),
        (
            "cecilia",
            "moveRubricUse",
            json!({"use": copy["origin"]["use"]["id"], "version": newest, "preview": true}),
        ),
        (
            "cecilia",
            "proposeRubricChanges",
            json!({"rubric": fork, "criteria": [], "message": "Därför"}),
        ),
        (
            "cecilia",
            "pullRubricChanges",
            json!({"rubric": fork, "version": copy["version"], "from": newest, "criteria": []}),
        ),
        (
            "anna",
            "answerRubricProposal",
            json!({"proposal": own["proposals"]["nodes"][0]["id"], "criteria": []}),
        ),
        ("cecilia", "thankForRubric", json!({"rubric": origin})),
        (
            "anna",
            "createRubricLink",
            json!({"rubric": origin, "version": first}),
        ),
        (
            "anna",
            "revokeRubricLink",
            json!({"link": open["links"]["nodes"][0]["id"]}),
        ),
    ]
}

/// What is asked of the open catalogue.
async fn catalogue(world: &World<'_>) -> Vec<(&'static str, &'static str, Value)> {
    let (own, open) = (world.id("oppen"), world.id("oppen/open"));
    let query = "query($id: ID!) { rubric(id: $id) { version } }";
    let anna = world.caller("anna");
    let seen = world.house.send(anna, query, &json!({"id": own})).await;
    let version = &seen["data"]["rubric"]["version"];
    vec![
        (
            "anna",
            "publishToCatalogue",
            json!({"rubric": own, "version": version, "licence": "CC_BY"}),
        ),
        ("anna", "withdrawFromCatalogue", json!({"rubric": own})),
        (
            "astrid",
            "hideOpenRubric",
            json!({"id": open, "reason": "Därför"}),
        ),
        (
            "bo",
            "reportContent",
            json!({"id": open, "reason": "MISLEADING"}),
        ),
    ]
}

/// What is asked of collections.
fn shelves(world: &World<'_>) -> Vec<(&'static str, &'static str, Value)> {
    let (shelf, rubric) = (world.id("hylla"), world.id("till-laget"));
    vec![
        (
            "anna",
            "createCollection",
            json!({"owner": "TEAM", "team": world.id("arbetslag"), "name": "Ny"}),
        ),
        (
            "anna",
            "updateCollection",
            json!({"collection": shelf, "version": 1, "name": "Ny"}),
        ),
        (
            "anna",
            "addToCollection",
            json!({"collection": shelf, "rubric": rubric, "after": world.id("till-alla")}),
        ),
        (
            "anna",
            "removeFromCollection",
            json!({"collection": shelf, "rubric": rubric}),
        ),
        ("anna", "deleteCollection", json!({"collection": shelf})),
    ]
}
