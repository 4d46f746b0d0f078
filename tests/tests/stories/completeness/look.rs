//! Asking for everything: the documents of the schema, sent as somebody for everything that there is.

use super::world::World;
use api::Caller;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::{
    documents::{Document, Documents},
    schema::{FieldOf, Schema},
};

/// The documents, and for what each is sent.
pub(crate) struct Look {
    all: Vec<Sent>,
    /// Every field that they ask for.
    asked: BTreeSet<FieldOf>,
}

struct Sent {
    document: Document,
    /// Its variables, once for everything that its root can be asked for.
    variables: Vec<Value>,
}

/// What somebody was shown.
#[derive(Default)]
pub(crate) struct Seen {
    /// The records of which something stood in an answer.
    pub records: BTreeSet<String>,
    /// The fields that had a value.
    pub filled: BTreeSet<FieldOf>,
    /// The answers themselves.
    pub answers: Vec<Value>,
}

impl Look {
    pub(crate) fn new(world: &World<'_>) -> Self {
        let schema = Schema::parse(&api::sdl()).unwrap();
        let everything = |root: &str| {
            let (_, ty) = root.split_once(':').unwrap_or(("", root));
            match root {
                "rubricChangesToPull" => world.ids_of("rubric"),
                "whoSees" => [world.ids_of("rubric"), world.ids_of("rubricversion")].concat(),
                "openRubric" | "node:OpenRubric" | "nodes:OpenRubric" => world.ids_of("open"),
                _ => world.ids_of(&ty.to_lowercase()),
            }
        };
        let arguments = |root: &str, name: &str, _: &str| match (root, name) {
            ("rubrics", "filter") => {
                Some(json!({"states": ["ACTIVE", "RETIRED", "ARCHIVED", "DELETED"]}))
            }
            ("inbox" | "openRubrics" | "people" | "rubrics" | "teams" | "units", "first") => {
                Some(json!(40))
            }
            ("gradingCriteria", "subject") => Some(json!("SV")),
            ("gradingCriteria", "stage") => Some(json!("MELLANSTADIET")),
            ("rubricDiff", "from") => Some(json!(world.id("ursprung/1"))),
            ("rubricDiff", "to") => Some(json!(world.id("ursprung/2"))),
            // What is narrowed has somebody who loses it, and forks that stay.
            ("audiencePreview", "rubric") => Some(json!(world.id("ursprung"))),
            ("audiencePreview", "scope") => {
                Some(json!({"scope": "TEAM", "team": world.id("amneslag")}))
            }
            ("rubricByLink", "token") => Some(json!(world.token)),
            (_, "id") => everything(root).first().map(|id| json!(id)),
            (_, "ids") => Some(json!(everything(root))),
            _ => None,
        };
        let documents = Documents::of(&schema, &arguments);
        assert_eq!(documents.uncovered, [], "what no document asks for");
        let asked = documents.fields();
        let mut first_of = BTreeSet::new();
        let all = documents.all.into_iter().map(|document| {
            let variables = match document.root.as_str() {
                root if document.variables.get("id").is_some() => {
                    // What stands below a thing is the same by whichever root it was found, and `nodes` asks for all of it of everything.
                    let is_first = first_of.insert(root.to_owned());
                    let ids = everything(root).into_iter();
                    let ids = ids.take(if is_first { usize::MAX } else { 1 });
                    ids.map(|id| with(&document, "id", json!(id))).collect()
                }
                _ => vec![document.variables.clone()],
            };
            Sent {
                document,
                variables,
            }
        });
        let mut all: Vec<Sent> = all.collect();
        all.extend(searching(&schema, &arguments));
        Self { all, asked }
    }

    /// Everything that somebody is shown.
    pub(crate) async fn all(&self, world: &World<'_>, caller: &Caller) -> Seen {
        let mut seen = Seen::default();
        for Sent {
            document,
            variables,
        } in &self.all
        {
            for variables in variables {
                let mut answer = world.house.send(caller, &document.query, variables).await;
                let refused = answer["errors"].to_string();
                let is_anonymous = matches!(caller, Caller::Anonymous);
                assert!(
                    answer["errors"].is_null()
                        || is_anonymous && refused.contains("UNAUTHENTICATED"),
                    "{} {variables}: {refused}",
                    document.query
                );
                seen.filled.extend(document.values(&answer));
                // What a request costs is no record's number.
                answer["extensions"].take();
                seen.records.extend(world.canaries.seen(&answer));
                seen.answers.push(answer);
            }
        }
        seen
    }

    /// The fields that showed nobody a value.
    pub(crate) fn silent(&self, filled: &BTreeSet<FieldOf>) -> Vec<FieldOf> {
        self.asked.difference(filled).cloned().collect()
    }
}

fn with(document: &Document, name: &str, value: Value) -> Value {
    let mut variables = document.variables.clone();
    variables[name] = value;
    variables
}

/// The library once more, by a word that every canary has: search answers by an index of its own.
fn searching(schema: &Schema, arguments: &dyn Fn(&str, &str, &str) -> Option<Value>) -> Vec<Sent> {
    let searching = |root: &str, name: &str, ty: &str| match (root, name) {
        ("openRubrics" | "rubrics", "search") => Some(json!("kanarie")),
        _ => arguments(root, name, ty),
    };
    let documents = Documents::of(schema, &searching).all.into_iter();
    let documents =
        documents.filter(|document| matches!(document.root.as_str(), "openRubrics" | "rubrics"));
    documents
        .map(|document| Sent {
            variables: vec![document.variables.clone()],
            document,
        })
        .collect()
}
