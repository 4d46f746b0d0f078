use super::*;
use api::preflight;
use async_graphql::Variables;
use serde_json::json;

const SDL: &str = r#"
type Query {
  "One rubric."
  rubric(id: ID!): Rubric
  rubrics(first: Int!, after: String, filter: RubricFilter): RubricConnection!
  node(id: ID!): Node
  nodes(ids: [ID!]!): [Node]!
  search(words: String!): [Hit!]!
  serverInfo: ServerInfo!
  round(term: Term!): Round
}
interface Node { id: ID! }
union Hit = Rubric | Team
enum Term { HT VT }
scalar Date
input RubricFilter { mine: Boolean }
type ServerInfo { version: String! limits: Limits! }
type Limits { depth: Int! }
type Round { term: Term! }
type PageInfo { hasNextPage: Boolean! endCursor: String }
type RubricConnection { edges: [RubricEdge!]! nodes: [Rubric!]! pageInfo: PageInfo! }
type RubricEdge { cursor: String! node: Rubric! }
type Rubric implements Node {
  id: ID!
  title: Bilingual!
  author: Person
  kind: Term
  criteria: [Criterion!]!
  related(first: Int!): RubricConnection!
}
type Criterion { id: ID! text: Bilingual! levels: [Level!]! parent: Criterion }
type Level { label: String! points: Float }
type Bilingual { sv: String en: String }
type Person implements Node { id: ID! name: String! teams: [Team!]! on(day: Date!): String }
type Team implements Node { id: ID! title: String! kind(sv: Boolean): Term! members(first: Int! = 20): PersonConnection! }
type PersonConnection { edges: [PersonEdge!]! nodes: [Person!]! pageInfo: PageInfo! }
type PersonEdge { cursor: String! node: Person! }
"#;

pub(super) fn argument(root: &str, name: &str, _: &str) -> Option<Value> {
    match (root, name) {
        ("rubric" | "node:Rubric", "id") => Some(json!("rubric_1")),
        ("node:Team", "id") => Some(json!("team_1")),
        ("node:Person", "id") => Some(json!("person_1")),
        ("nodes", "ids") => Some(json!(["rubric_1", "team_1", "team_1"])),
        ("search", "words") => Some(json!("bedömning")),
        ("Person.on", "day") => Some(json!("2026-11-02")),
        ("round", "term") => Some(json!("HT")),
        _ => None,
    }
}

fn documents() -> Documents {
    Documents::of(&Schema::parse(SDL).unwrap(), &argument)
}

fn passes(document: &Document) -> preflight::Passed {
    let limits = preflight::Limits::default();
    let known = preflight::Documents::new(&limits);
    let variables = Variables::from_json(document.variables.clone());
    preflight::check(&limits, &known, &document.query, None, &variables)
        .unwrap_or_else(|refusal| panic!("{refusal:?}\n{}", document.query))
}

#[test]
fn every_field_of_the_schema_is_asked_for() {
    let documents = documents();
    assert_eq!(documents.uncovered, []);
    assert_eq!(documents.fields(), Schema::parse(SDL).unwrap().queryable());
    let mut roots: Vec<&str> = documents
        .all
        .iter()
        .map(|document| document.root.as_str())
        .collect();
    roots.dedup();
    assert_eq!(
        roots,
        [
            "rubric",
            "rubrics",
            "node:Person",
            "node:Rubric",
            "node:Team",
            "nodes:Person",
            "nodes:Rubric",
            "nodes:Team",
            "search:Rubric",
            "search:Team",
            "serverInfo",
            "round"
        ]
    );
}

#[test]
fn a_document_reads_as_a_person_would_write_it() {
    let documents = documents();
    let info = documents
        .all
        .iter()
        .find(|document| document.root == "serverInfo")
        .unwrap();
    assert_eq!(
        info.query,
        "query {\n  serverInfo {\n    __typename\n    version\n    limits {\n      __typename\n      depth\n    }\n  }\n}\n"
    );
    let team = documents
        .all
        .iter()
        .find(|document| document.root == "node:Team")
        .unwrap();
    assert!(
        team.query
            .starts_with("query ($id: ID!, $Team_members_first: Int!"),
        "{}",
        team.query
    );
    assert!(
        team.query
            .contains("    ... on Team {\n      __typename\n      id\n      title\n      kind\n"),
        "{}",
        team.query
    );
    assert_eq!(
        (&team.variables["id"], &team.variables["Team_members_first"]),
        (&json!("team_1"), &json!(5))
    );
}

#[test]
fn two_edges_are_followed_and_no_third() {
    let documents = documents();
    let rubric = documents
        .all
        .iter()
        .find(|document| document.root == "rubric")
        .unwrap();
    // Rubric → author → teams, and there the walk ends: a team's members are asked for from the team.
    assert!(rubric.query.contains("teams {"), "{}", rubric.query);
    assert!(!rubric.query.contains("members"), "{}", rubric.query);
    // A criterion is part of its rubric and taken whole; one within a criterion shows its leaves, and ends there.
    assert!(rubric.query.contains("points"), "{}", rubric.query);
    assert!(
        rubric
            .query
            .contains("parent {\n        __typename\n        id\n      }"),
        "{}",
        rubric.query
    );
}

#[test]
fn the_servers_own_limits_take_every_document() {
    for document in &documents().all {
        passes(document);
    }
}

#[test]
fn what_is_too_large_is_split_and_loses_nothing() {
    let fields = |name: &str| {
        let fields: Vec<String> = (0..400).map(|n| format!("{name}{n}: String")).collect();
        fields.join("\n")
    };
    let sdl = format!(
        "type Query {{ unit(id: ID!): Unit  units(first: Int!): UnitConnection! }}
         interface Node {{ id: ID! }}
         type Unit implements Node {{ id: ID! {} parts: [Part!]! units(first: Int!): UnitConnection! }}
         type Part {{ {} }}
         type UnitConnection {{ nodes: [Unit!]! edges: [UnitEdge!]! }}
         type UnitEdge {{ node: Unit! }}",
        fields("a"),
        fields("b"),
    );
    let schema = Schema::parse(&sdl).unwrap();
    let documents = Documents::of(&schema, &|_: &str, name: &str, _: &str| {
        (name == "id").then(|| json!("unit_1"))
    });
    assert_eq!(documents.uncovered, []);
    assert!(documents.all.len() > 10, "{}", documents.all.len());
    let most = documents
        .all
        .iter()
        .map(|document| passes(document).cost)
        .max();
    assert!(
        most > Some(2_000),
        "pages within pages cost much, and the documents use what they may: {most:?}"
    );
}

#[test]
fn many_arguments_are_split_before_their_words_are_too_many() {
    let fields: Vec<String> = (0..300)
        .map(|n| format!("at{n}(day: Date): String"))
        .collect();
    let sdl = format!(
        "type Query {{ unit: Unit }} scalar Date type Unit {{ {} }}",
        fields.join(" ")
    );
    let day = |_: &str, _: &str, _: &str| Some(json!("2026-11-02"));
    let documents = Documents::of(&Schema::parse(&sdl).unwrap(), &day);
    assert_eq!(documents.uncovered, []);
    documents
        .all
        .iter()
        .for_each(|document| drop(passes(document)));
}

#[test]
fn many_names_of_their_own_are_split_before_they_are_too_many() {
    let fields = |ty: &str| -> String {
        let fields: Vec<String> = (0..40).map(|n| format!("f{n}: {ty}")).collect();
        fields.join(" ")
    };
    let (rubric, team) = (fields("Int"), fields("String"));
    let sdl = format!(
        "type Query {{ hits: Hits }} type Hits {{ all: [Hit!]! }} union Hit = Rubric | Team
         type Rubric {{ {rubric} }} type Team {{ {team} }}"
    );
    let schema = Schema::parse(&sdl).unwrap();
    let documents = Documents::of(&schema, &|_: &str, _: &str, _: &str| None);
    assert_eq!(documents.uncovered, []);
    for document in &documents.all {
        passes(document);
    }
    assert_eq!(documents.all.len(), 3, "80 names, 30 at most in each");
}

#[test]
fn our_own_measure_is_the_servers() {
    for document in &documents().all {
        let bounds = |cost| Bounds {
            cost,
            ..Bounds::default()
        };
        let cost = passes(document).cost;
        assert!(document.tree.fits(&bounds(cost)), "{}", document.query);
        assert!(!document.tree.fits(&bounds(cost - 1)), "{}", document.query);
    }
}

#[test]
fn a_required_argument_without_a_value_leaves_its_root_uncovered() {
    let known = |root: &str, name: &str, ty: &str| {
        argument(root, name, ty).filter(|_| root != "round" && root != "Person.on")
    };
    let documents = Documents::of(&Schema::parse(SDL).unwrap(), &known);
    let uncovered: Vec<String> = documents
        .uncovered
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        uncovered,
        [
            "round: no value for its argument `term`",
            "Person.on: no value for its argument `day`",
            "Query.round: no document reaches it",
            "Round.term: no document reaches it",
        ]
    );
    assert!(
        documents
            .all
            .iter()
            .all(|document| document.root != "round")
    );
}

#[test]
fn where_types_share_a_name_for_different_fields_each_gets_its_own() {
    let sdl = "
        type Query { notice: Notice }
        type Notice { subject: Subject }
        union Subject = Rubric | Team
        type Rubric { id: ID! title: Bilingual! }
        type Team { id: ID! title: String! }
        type Bilingual { sv: String }";
    let documents = Documents::of(
        &Schema::parse(sdl).unwrap(),
        &|_: &str, _: &str, _: &str| None,
    );
    let [document] = &documents.all[..] else {
        panic!("{documents:?}")
    };
    assert!(
        document.query.contains("title_Rubric: title {"),
        "{}",
        document.query
    );
    assert!(
        document.query.contains("title_Team: title\n"),
        "{}",
        document.query
    );
    assert!(!document.query.contains("id_"), "{}", document.query);

    let answer = json!({"data": {"notice": {"subject": {"__typename": "Team", "id": "team_1", "title_Team": "Ma"}}}});
    let seen: Vec<String> = document
        .values(&answer)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        seen,
        ["Notice.subject", "Query.notice", "Team.id", "Team.title"]
    );
}

#[test]
fn a_field_is_silent_until_somebody_reads_a_value() {
    let sdl = "
        type Query { people: [Person!]! }
        type Person { name: String  mail: String  roles: [String!]!  years: [[Int]]  team: Team }
        type Team { title: String }";
    let documents = Documents::of(
        &Schema::parse(sdl).unwrap(),
        &|_: &str, _: &str, _: &str| None,
    );
    let document = &documents.all[0];
    let mut seen = document.values(&json!({"data": {"people": [
        {"name": null, "mail": null, "roles": [], "years": [[null]], "team": null},
        {"name": "Åsa", "mail": null, "roles": [], "years": [], "team": {"title": null}},
    ]}}));
    let silent = |seen: &BTreeSet<FieldOf>| -> Vec<String> {
        documents
            .silent(seen)
            .iter()
            .map(ToString::to_string)
            .collect()
    };
    assert_eq!(
        silent(&seen),
        ["Person.mail", "Person.roles", "Person.years", "Team.title"]
    );

    seen.extend(
        document
            .values(&json!({"data": {"people": [{"roles": ["TEACHER"], "years": [[null, 7]]}]}})),
    );
    assert_eq!(silent(&seen), ["Person.mail", "Team.title"]);
    assert_eq!(
        document.values(&json!({"data": null, "errors": [{"message": "no"}]})),
        BTreeSet::new()
    );
}
