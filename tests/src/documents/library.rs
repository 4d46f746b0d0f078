//! A small schema of the library itself, to hear what its validation and its execution say to the documents.

use super::tests::argument;
use super::*;
use async_graphql::connection::{Connection, Edge};
use async_graphql::{
    EmptyMutation, EmptySubscription, ID, Interface, Object, Request, Schema as Served,
    SimpleObject, Union, Variables,
};

#[derive(Clone, SimpleObject)]
struct Bilingual {
    sv: Option<String>,
    en: Option<String>,
}

#[derive(Clone)]
struct Rubric;

#[Object]
impl Rubric {
    async fn id(&self) -> ID {
        "rubric_1".into()
    }
    async fn title(&self) -> Bilingual {
        Bilingual {
            sv: Some("Läsning".to_owned()),
            en: None,
        }
    }
    async fn teams(&self, first: i32) -> Connection<usize, Team> {
        let mut page = Connection::new(false, false);
        page.edges
            .extend((0..usize::try_from(first).unwrap()).map(|n| Edge::new(n, Team)));
        page
    }
}

#[derive(Clone)]
struct Team;

#[Object]
impl Team {
    async fn id(&self) -> ID {
        "team_1".into()
    }
    async fn title(&self) -> &str {
        "Matematik"
    }
    async fn library(&self, first: i32, mine: Option<bool>) -> Vec<Hit> {
        let _ = (first, mine);
        vec![Hit::Rubric(Rubric), Hit::Team(Team)]
    }
}

#[derive(Interface)]
#[graphql(field(name = "id", ty = "ID"))]
enum Node {
    Rubric(Rubric),
    Team(Team),
}

#[derive(Union)]
enum Hit {
    Rubric(Rubric),
    Team(Team),
}

struct Query;

#[Object]
impl Query {
    async fn node(&self, id: ID) -> Option<Node> {
        match id.as_str() {
            "rubric_1" => Some(Rubric.into()),
            "team_1" => Some(Team.into()),
            _ => None,
        }
    }
    async fn notice(&self) -> Notice {
        Notice {
            subject: Hit::Team(Team),
        }
    }
}

#[derive(SimpleObject)]
struct Notice {
    subject: Hit,
}

#[tokio::test]
async fn the_library_takes_every_document_and_fills_every_field() {
    let served = Served::build(Query, EmptyMutation, EmptySubscription).finish();
    let schema = Schema::parse(&served.sdl()).unwrap();
    let documents = Documents::of(&schema, &argument);
    assert_eq!(documents.uncovered, []);
    let mut seen = BTreeSet::new();
    for document in &documents.all {
        let variables = Variables::from_json(document.variables.clone());
        let answer = served
            .execute(Request::new(&document.query).variables(variables))
            .await;
        assert_eq!(answer.errors, [], "{}", document.query);
        seen.extend(document.values(&serde_json::to_value(answer).unwrap()));
    }
    let silent: Vec<String> = documents
        .silent(&seen)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(silent, ["Bilingual.en"]);
}
