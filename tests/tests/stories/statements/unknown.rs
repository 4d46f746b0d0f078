//! An id of somebody else's takes as many statements as one that nobody has, and gets the same answer: neither what is said nor what it
//! costs tells that something is there.

use super::asks::asks;
use crate::completeness::{house::House, world::World};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    str::FromStr,
};
use store::Consumers;
use testkit::on_both_with;
use tests::{
    ask::{code_of, mutation},
    documents::{Document, Documents},
    schema::{Schema, named_type},
};

/// A well-formed id that nobody has, with the prefix of another.
fn never(like: &str) -> String {
    format!("{}_01h455vb4pex5vsknk084sn02q", prefix(like))
}

fn prefix(id: &str) -> &str {
    id.split_once('_').map_or(id, |(prefix, _)| prefix)
}

/// Ids that the callers of this story may not know, by prefix: the neighbour's, and colleagues' own.
struct Hidden(BTreeMap<String, Vec<String>>);

impl Hidden {
    async fn new(world: &mut World<'_>) -> Self {
        world.draft("pelle", "larkan", "pelles").await;
        let mut hidden = BTreeMap::<String, Vec<String>>::new();
        let mut add = |id: &str| {
            hidden
                .entry(prefix(id).to_owned())
                .or_default()
                .push(id.to_owned());
        };
        for record in [
            "grannskolan",
            "grannlag",
            "nils",
            "grannens",
            "grannens/1",
            "pelles",
            "pelles/1",
            "tillbakatagen/open",
        ] {
            add(world.id(record));
        }
        let own = "{ mySignIns { id } inbox { nodes { id } } }";
        let rolf = world
            .house
            .send(world.caller("rolf"), own, &Value::Null)
            .await;
        add(rolf["data"]["mySignIns"][0]["id"].as_str().unwrap());
        add(rolf["data"]["inbox"]["nodes"][0]["id"].as_str().unwrap());
        let theirs = "{ people { nodes { roles { id } } } }";
        let gun = world
            .house
            .send(world.caller("gun"), theirs, &Value::Null)
            .await;
        add(gun["data"]["people"]["nodes"][0]["roles"][0]["id"]
            .as_str()
            .unwrap());
        let account = json!({"name": "Grannens", "scopes": ["people:read"], "expiresAt": "2027-06-01T00:00:00Z"});
        let made = world
            .house
            .effect(
                world.caller("gun"),
                "createServiceAccount",
                account,
                "created { serviceAccount { id } }",
            )
            .await;
        add(made["created"]["serviceAccount"]["id"].as_str().unwrap());
        world
            .shelf("pelle", "pelles-hylla", json!({"owner": "PERSON"}))
            .await;
        add(world.id("pelles-hylla"));
        for id in travels(world).await {
            add(&id);
        }
        for id in [talk(world).await, exemplar(world).await.into()].concat() {
            add(&id);
        }
        Self(hidden)
    }

    fn like(&self, id: &str) -> &[String] {
        self.0.get(prefix(id)).map_or(&[], Vec::as_slice)
    }
}

/// What only Bo, Rolf and Pelle know of: a use, a proposal and a link.
async fn travels(world: &mut World<'_>) -> Vec<String> {
    let school = json!({"scope": "UNIT", "unit": world.id("larkan")});
    world
        .shared("pelle", "larkan", "pelles-oppna", school)
        .await;
    world
        .step("rolf", "reviseRubric", "skyddad-kopia", json!({}))
        .await;
    world
        .rewrite("rolf", "skyddad-kopia", "skyddad-kopia-ny")
        .await;
    let query =
        "query($id: ID!) { rubric(id: $id) { origin { use { id } } draft { criteria { id } } } }";
    let of = async |who: &str, record: &str| {
        let id = json!({"id": world.id(record)});
        let seen = world.house.send(world.caller(who), query, &id).await;
        seen["data"]["rubric"].clone()
    };
    let (bos, rolfs) = (
        of("bo", "kopia-delad").await,
        of("rolf", "skyddad-kopia").await,
    );
    let ask = json!({"rubric": world.id("skyddad-kopia"), "criteria": [rolfs["draft"]["criteria"][0]["id"]], "message": "Därför"});
    let proposed = world
        .house
        .effect(
            world.caller("rolf"),
            "proposeRubricChanges",
            ask,
            "proposal { id }",
        )
        .await;
    let ask = json!({"rubric": world.id("pelles-oppna")});
    let opened = world
        .house
        .effect(
            world.caller("pelle"),
            "createRubricLink",
            ask,
            "link { id }",
        )
        .await;
    let ids = [
        &bos["origin"]["use"]["id"],
        &proposed["proposal"]["id"],
        &opened["link"]["id"],
    ];
    ids.map(|id| id.as_str().unwrap().to_owned()).into()
}

/// What Rolf says about his draft beside what all see, what Pelle says where Pelle works, and what the neighbour's team suggests.
async fn talk(world: &mut World<'_>) -> Vec<String> {
    let draft = json!({"version": world.id("skyddad-kopia/2")});
    world
        .says("rolf", "skyddad-kopia", "samtal-rolfs", draft)
        .await;
    world
        .says("pelle", "pelles-oppna", "samtal-pelles", json!({}))
        .await;
    world
        .suggests("nils", "grannlag", "grannens", "bank-grannens")
        .await;
    ["samtal-rolfs", "samtal-pelles", "bank-grannens"]
        .map(|record| world.id(record).to_owned())
        .into()
}

/// An exemplar that only Pelle's preschool knows of, and a file of his.
async fn exemplar(world: &World<'_>) -> [String; 2] {
    let pelle = world.caller("pelle");
    let file = world.house.file(pelle, "Pelles egen.").await;
    let exemplar = world
        .exemplar(
            "pelle",
            "pelles-oppna",
            json!({"why": "Därför", "text": "Vi lekte."}),
        )
        .await;
    [exemplar, file]
}

/// What is asked with ids that are hidden: documents for every root, each with the id wherever an id can stand.
fn documents(schema: &Schema, id: &str) -> Vec<Document> {
    let arguments = |_: &str, name: &str, ty: &str| match (name, ty) {
        ("filter", "RubricFilter" | "RubricFilter!") => {
            Some(json!({"author": id, "team": id, "unit": id}))
        }
        ("scope", _) => Some(json!({"scope": "PEOPLE", "people": [id]})),
        // Of a criterion's and a level's ids nobody can hold another's; and a bank is a team's.
        ("criterion" | "level", _) => None,
        ("team", "ID") if prefix(id) != "team" => None,
        (_, "ID" | "ID!") => Some(json!(id)),
        (_, "[ID!]!") => Some(json!([id, id])),
        _ => None,
    };
    let mut all = Documents::of(schema, &arguments).all;
    all.retain(|document| document.variables.to_string().contains(id));
    all
}

/// The same without its cursors: the same place is sealed anew every time.
fn unsealed((sent, mut answer): (u64, Value)) -> (u64, Value) {
    unseal(&mut answer);
    (sent, answer)
}

fn unseal(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(unseal),
        Value::Object(fields) => {
            fields
                .retain(|name, _| !matches!(name.as_str(), "cursor" | "startCursor" | "endCursor"));
            fields.values_mut().for_each(unseal);
        }
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_id_in_a_query_costs_what_an_unknown_one_costs() {
    on_both_with(&Consumers(notices::consumers()), async |db| {
        let mut world = World::new(House::new(db).await).await;
        world.furnish().await;
        let hidden = Hidden::new(&mut world).await;
        let schema = Schema::parse(&api::sdl()).unwrap();
        let cecilia = world.caller("cecilia");
        for theirs in [
            "collection",
            "unit",
            "team",
            "person",
            "rubric",
            "rubricversion",
        ]
        .iter()
        .flat_map(|like| hidden.like(like))
        {
            let unknown = never(theirs);
            for (document, other) in documents(&schema, theirs)
                .iter()
                .zip(documents(&schema, &unknown))
            {
                let seen = world
                    .house
                    .measure(cecilia, &document.query, &document.variables)
                    .await;
                let nothing = world
                    .house
                    .measure(cecilia, &other.query, &other.variables)
                    .await;
                let (seen, nothing) = (unsealed(seen), unsealed(nothing));
                assert_eq!(seen, nothing, "{}: {theirs}: {}", db.kind(), other.query);
                assert_eq!(nothing.1["errors"], Value::Null, "{}", other.query);
            }
        }
    })
    .await;
}

/// Every place in an ask where an id stands, as a JSON pointer.
fn ids(at: &str, value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) if kit::Thing::from_str(text).is_ok() => found.push(at.to_owned()),
        Value::Array(items) => {
            for (n, item) in items.iter().enumerate() {
                ids(&format!("{at}/{n}"), item, found);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                ids(&format!("{at}/{name}"), field, found);
            }
        }
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hidden_id_in_a_mutation_costs_what_an_unknown_one_costs() {
    on_both_with(&Consumers(notices::consumers()), async |db| {
        let mut world = World::new(House::new(db).await).await;
        world.furnish().await;
        let hidden = Hidden::new(&mut world).await;
        let mut refused = BTreeSet::new();
        for (who, verb, ask) in asks(&world).await {
            let mut places = Vec::new();
            ids("", &ask, &mut places);
            for place in places {
                let ours = ask.pointer(&place).unwrap().as_str().unwrap();
                assert!(
                    !hidden.like(ours).is_empty(),
                    "{verb}{place}: nothing is hidden"
                );
                for theirs in hidden.like(ours) {
                    let tell = async |id: &str| {
                        let mut ask = ask.clone();
                        *ask.pointer_mut(&place).unwrap() = json!(id);
                        let (sent, answer) = world
                            .house
                            .measure(
                                world.caller(who),
                                &mutation(verb, "__typename"),
                                &json!({"input": ask}),
                            )
                            .await;
                        (sent, answer["data"][verb].clone())
                    };
                    let (seen, nothing) = (tell(theirs).await, tell(&never(theirs)).await);
                    assert_eq!(seen, nothing, "{}: {verb}{place}: {theirs}", db.kind());
                    refused.insert(code_of(&nothing.1));
                }
            }
        }
        // Where one may make a rubric and with whom one may share it are questions of where one works: they are answered before anything
        // is looked up. Notices that are nobody's are passed over, and a version to pull from that is not the origin's newest is an old one.
        let expected = [
            "COLLECTION_NOT_YOURS",
            "NOT_FOUND",
            "OK",
            "RUBRIC_NOT_AMONG",
            "RUBRIC_NOT_HERE",
            "RUBRIC_NOT_IN_TEAM",
            "STALE_VERSION",
        ];
        let expected = expected.map(str::to_owned);
        assert_eq!(refused, expected.into());
    })
    .await;
}

/// The ids that an input takes, its inputs' within; what it gives to the new thing or to the ask itself is not among them.
fn takes_an_id(schema: &Schema, input: &str) -> bool {
    schema.input_fields(input).any(|field| {
        let name = field.name.node.as_str();
        let ty = named_type(&field.ty.node);
        // Of a criterion's and a level's ids nobody can hold another's: they are the rubric's own.
        let is_own = matches!(name, "id" | "idempotencyKey" | "criteria" | "head");
        !is_own && (ty == "ID" || takes_an_id(schema, ty))
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mutation_that_takes_an_id_is_asked() {
    let db = testkit::TestDb::sqlite(&Consumers(notices::consumers())).await;
    let mut world = World::new(House::new(&db).await).await;
    world.furnish().await;
    let asked: BTreeSet<&str> = asks(&world)
        .await
        .into_iter()
        .map(|(_, verb, _)| verb)
        .collect();
    let schema = Schema::parse(&api::sdl()).unwrap();
    let mutations = schema.fields(schema.mutation().unwrap()).filter(|field| {
        field
            .arguments
            .iter()
            .any(|argument| takes_an_id(&schema, named_type(&argument.node.ty.node)))
    });
    let missing: Vec<&str> = mutations
        .map(|field| field.name.node.as_str())
        .filter(|verb| !asked.contains(verb))
        .collect();
    // Which organiser an account belongs to is told to who knows its password, and to nobody else.
    assert_eq!(missing, ["signIn"]);
    db.end().await;
}
