//! A hundred rows cost as many statements as three, at every level of every list, and a large rubric as many as a small one.

use crate::completeness::{
    house::{Fault, House},
    world::{World, content, known, name, ours},
};
use api::preflight::Limits;
use curriculum::{SchoolForm, Year};
use kit::{Actor, Lang, Role};
use organisation::{CreateTeam, CreateUnit, Invite, NewRole, TeamKind, UnitKind};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::{Consumers, Tx};
use testkit::on_both_with;
use tests::{
    documents::{Document, Documents},
    schema::Schema,
    world::new_id,
};

const FEW: u32 = 3;
const MANY: u32 = 100;

/// Where there is little, some reads have nothing to read and are left out: a few statements fewer.
/// A statement per row would be ninety-seven more, and one per criterion forty-eight.
const LEFT_OUT: u64 = 8;

/// Pages of a hundred within pages of a hundred cost more than a client may ask for. Whether they are cheap all the same is the question.
fn unbounded() -> Limits {
    Limits {
        cost_max: u64::MAX,
        ..Limits::default()
    }
}

/// Every document of the schema for the world's grown things, with pages of three.
fn documents(world: &World<'_>) -> Vec<Document> {
    let schema = Schema::parse(&api::sdl()).unwrap();
    let rubrics = world
        .ids_of("rubric")
        .into_iter()
        .take(100)
        .collect::<Vec<_>>();
    let arguments = |root: &str, name: &str, _: &str| match (root, name) {
        (_, "first") => Some(json!(FEW)),
        (_, "search") => Some(json!("kanarie")),
        ("unit" | "node:Unit", "id") => Some(json!(world.id("ekskolan"))),
        ("team" | "node:Team", "id") => Some(json!(world.id("arbetslag"))),
        ("node:Collection", "id") => Some(json!(world.id("egen-hylla"))),
        ("node:Person", "id") => Some(json!(world.id("anna"))),
        ("rubricVersion" | "node:RubricVersion", "id") => Some(json!(world.id("till-alla/1"))),
        ("rubric" | "node:Rubric", "id") => Some(json!(world.id("till-alla"))),
        (_, "ids") => Some(json!(rubrics)),
        _ => None,
    };
    Documents::of(&schema, &arguments).all
}

/// The same variables with pages of a hundred.
fn grown(few: &Value) -> Value {
    let mut many = few.clone();
    for value in many.as_object_mut().unwrap().values_mut() {
        if *value == json!(FEW) {
            *value = json!(MANY);
        }
    }
    many
}

impl World<'_> {
    /// A hundred of everything that stands in a list.
    async fn grow(&mut self) {
        let cx = self.house.db.cx(Actor::System {
            job: "test",
            organiser: ours(),
        });
        let made = store::write(&cx, async |tx: &Tx| {
            for n in 0..100 {
                organisation::create_unit(tx, &unit(n)).await?;
                organisation::create_team(tx, &team(n)).await?;
                organisation::invite(tx, &person(n)).await?;
            }
            Ok::<_, Fault>(())
        });
        made.await.unwrap();
        let to_anna = json!({"scope": "PEOPLE", "people": [self.id("anna")]});
        for n in 0..100 {
            self.shared("bo", "ekskolan", &format!("till-anna-{n}"), to_anna.clone())
                .await;
            self.put("anna", "egen-hylla", &format!("till-anna-{n}"))
                .await;
        }
        // As many as one has at most.
        for n in 1..50 {
            let own = json!({"owner": "PERSON"});
            self.shelf("anna", &format!("hylla-{n}"), own).await;
            self.put("anna", &format!("hylla-{n}"), "till-alla").await;
        }
        self.says("anna", "till-alla", "samtal-langt", json!({}))
            .await;
        for n in 0..100 {
            let mention = json!({"mentions": [self.id("bo"), known::<kit::PersonId>(&format!("kollega {n}")).to_string()]});
            self.says("anna", "till-alla", &format!("samtal-{n}"), mention)
                .await;
            // Her own: an inbox with a hundred notices of one rubric would be asked for a hundred times a hundred comments.
            let answer = json!({"replyTo": self.id("samtal-langt")});
            self.says("anna", "till-alla", &format!("svar-{n}"), answer)
                .await;
            self.suggests("anna", "arbetslag", "till-alla", &format!("bank-{n}"))
                .await;
        }
        for n in 0..100 {
            let words = format!("Exempel {n}");
            let file = self.house.file(self.caller("anna"), &words).await;
            let sample =
                json!({"why": "Därför", "file": file, "rubricVersion": self.id("till-alla/1")});
            self.exemplar("anna", "till-alla", sample).await;
        }
        for _ in 0..100 {
            let link = json!({"rubric": self.id("till-alla")});
            let anna = self.caller("anna");
            self.house
                .effect(anna, "createRubricLink", link, "link { id }")
                .await;
            self.step("anna", "reviseRubric", "till-alla", json!({}))
                .await;
            self.step("anna", "publishRubric", "till-alla", json!({}))
                .await;
        }
        self.house.learn().await;
    }
}

fn unit(n: u32) -> CreateUnit {
    CreateUnit {
        id: known(&format!("enhet-{n}")),
        kind: UnitKind::School,
        name: name(&format!("Skolan {n}")),
        parent: Some(known("omrade")),
        school_forms: vec![SchoolForm::CompulsorySchool],
        years: vec![Year::Y1],
        from_day: None,
        to_day: None,
    }
}

fn team(n: u32) -> CreateTeam {
    CreateTeam {
        id: known(&format!("lag {n}")),
        kind: TeamKind::WorkTeam,
        name: name(&format!("Laget {n}")),
        unit: Some(known(&format!("enhet-{n}"))),
        ends_on: None,
    }
}

/// A colleague at a unit of their own, in Anna's team.
fn person(n: u32) -> Invite {
    let home = Some(known(&format!("enhet-{n}")));
    Invite {
        person: known(&format!("kollega {n}")),
        name: name(&format!("Kollega {n}")),
        lang: Lang::Sv,
        address: format!("kollega-{n}@example.org"),
        secret_hash: n.to_be_bytes().to_vec(),
        unit: home,
        roles: vec![NewRole {
            id: known(&format!("roll {n}")),
            role: Role::Teacher,
            unit: home,
            from_day: None,
            to_day: None,
        }],
        teams: vec![known("arbetslag"), known(&format!("lag {n}"))],
        protected: false,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_rows_take_as_many_statements_as_three_at_every_level() {
    on_both_with(&Consumers(notices::consumers()), async |db| {
        let mut world = World::new(House::with(db, unbounded()).await).await;
        Box::pin(world.write_rubrics()).await;
        Box::pin(world.write_forks()).await;
        Box::pin(world.open_to_pupils()).await;
        Box::pin(world.talk()).await;
        Box::pin(world.open_catalogue()).await;
        Box::pin(world.add_exemplars()).await;
        Box::pin(world.fill_shelves()).await;
        Box::pin(world.grow()).await;
        let mut grew = BTreeSet::new();
        for Document {
            root,
            query,
            variables,
            ..
        } in documents(&world)
        {
            let many = grown(&variables);
            for who in ["anna", "astrid"] {
                let ask = async |variables: &Value| {
                    // Twice: what is read of somebody protected is noted once an hour.
                    let caller = world.caller(who);
                    world.house.send(caller, &query, variables).await;
                    world.house.measure(caller, &query, variables).await
                };
                let (three, small) = ask(&variables).await;
                let (hundred, large) = ask(&many).await;
                assert_eq!(large["errors"], Value::Null, "{query}");
                let place = db.kind();
                assert!(
                    hundred <= three + LEFT_OUT,
                    "{place}: {who}: {three}, {hundred}: {query}"
                );
                if large.to_string().len() > 10 * small.to_string().len() {
                    grew.insert(root.clone());
                }
            }
        }
        let lists = [
            "collections",
            "inbox",
            "node:Collection",
            "node:Rubric",
            "node:Team",
            "people",
            "rubric",
            "rubrics",
            "team",
            "teams",
            "units",
        ];
        let lists = lists.map(str::to_owned);
        assert!(lists.iter().all(|list| grew.contains(list)), "{grew:?}");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rubric_of_500_cells_takes_as_many_statements_as_one_of_four() {
    on_both_with(&Consumers(notices::consumers()), async |db| {
        let mut world = World::new(House::with(db, unbounded()).await).await;
        let small = content(&world.canaries.of("liten"));
        let mut large = small.clone();
        let mut criterion = large["criteria"][0].clone();
        criterion["levels"] = json!(vec![criterion["levels"][0].clone(); 10]);
        large["criteria"] = json!(vec![criterion; 50]);
        let schema = Schema::parse(&api::sdl()).unwrap();
        let mut counts = Vec::new();
        for content in [small, large] {
            let id = new_id();
            let input = json!({"id": id, "unit": world.id("ekskolan"), "content": content});
            let made = world
                .house
                .effect(world.caller("anna"), "createRubric", input, "rubric { id }")
                .await;
            let id = made["rubric"]["id"].clone();
            let arguments = |_: &str, name: &str, _: &str| match name {
                "id" => Some(id.clone()),
                "ids" => Some(json!([id])),
                _ => None,
            };
            let documents = Documents::of(&schema, &arguments).all;
            let rubric = documents
                .iter()
                .filter(|document| document.root == "rubric");
            let mut of_this = Vec::new();
            for document in rubric {
                let measured = world
                    .house
                    .measure(world.caller("anna"), &document.query, &document.variables)
                    .await;
                assert!(measured.1["data"]["rubric"].is_object(), "{}", measured.1);
                of_this.push(measured.0);
            }
            counts.push(of_this);
        }
        for (small, large) in counts[0].iter().zip(&counts[1]) {
            assert!(*large <= small + LEFT_OUT, "{}: {counts:?}", db.kind());
        }
    })
    .await;
}
