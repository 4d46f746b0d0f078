//! Queries that ask for everything: made from the schema's text, so that a field added tomorrow is asked for tomorrow.
//!
//! The completeness test sends them as every kind of caller. Whatever comes back must be in the table of who may see what, and
//! every field must have shown a value to somebody.
//!
//! ```text
//! schema ──paths──▶ each way from a root to a leaf ──split──▶ documents within the server's limits
//!                   two entities deep                          each knows its fields, and reads them out of an answer
//! ```

#[cfg(test)]
mod library;
mod paths;
#[cfg(test)]
mod tests;
mod tree;
mod values;

use self::paths::Walk;
use self::tree::{Bounds, Branch, Step};
use crate::schema::{FieldOf, Schema, named_type};
use serde_json::{Map, Value};
use std::collections::BTreeSet;
use std::fmt;

/// The values of arguments: the ids and filters of the world that the documents are sent to.
pub trait Arguments {
    /// The value of the argument `name` of the GraphQL type `ty` (`ID!`), or `None` to leave it out.
    ///
    /// `root` is the root field (`rubric`), where it can answer with several types first the root with the type (`node:Rubric`),
    /// and for a field further in its type and name (`Unit.people`). An argument `first` without a value is 5.
    fn argument(&self, root: &str, name: &str, ty: &str) -> Option<Value>;
}

impl<F: Fn(&str, &str, &str) -> Option<Value>> Arguments for F {
    fn argument(&self, root: &str, name: &str, ty: &str) -> Option<Value> {
        self(root, name, ty)
    }
}

/// A query to send.
#[derive(Debug, Clone)]
pub struct Document {
    /// The root field, and where it can answer with several types the one that is meant: `node:Rubric`.
    pub root: String,
    /// The text of the query.
    pub query: String,
    /// An object with its variables.
    pub variables: Value,
    tree: Branch,
}

/// What is not asked for, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncovered {
    /// A root (`rubric`, `node:Rubric`) or a field (`Rubric.title`).
    pub what: String,
    /// Why not, as a sentence without a full stop.
    pub why: String,
}

impl fmt::Display for Uncovered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.what, self.why)
    }
}

/// All documents of a schema.
#[derive(Debug, Clone)]
pub struct Documents {
    /// The documents, by root in the order of the schema.
    pub all: Vec<Document>,
    /// What a query could reach and none of them asks for. Empty when the harness is complete.
    pub uncovered: Vec<Uncovered>,
}

impl Documents {
    /// Makes the documents: for each root field, and for each type that a root can answer with where it is an interface or a union
    /// (so for each type through `node`), everything two entities deep.
    #[must_use]
    pub fn of(schema: &Schema, arguments: &dyn Arguments) -> Self {
        let mut walk = Walk::new(schema, arguments);
        let mut all = Vec::new();
        let mut uncovered = Vec::new();
        for field in schema.fields(schema.query()) {
            let ty = named_type(&field.ty.node);
            let only: Vec<Option<&str>> = if schema.is_abstract(ty) {
                schema.possible(ty).into_iter().map(Some).collect()
            } else {
                vec![None]
            };
            for only in only {
                let name = field.name.node.as_str();
                let root = only.map_or_else(|| name.to_owned(), |only| format!("{name}:{only}"));
                uncovered.extend(walk.root(field, only).err());
                let trees = split(&std::mem::take(&mut walk.paths));
                all.extend(trees.into_iter().map(|tree| Document::new(&root, tree)));
            }
        }
        let asked: BTreeSet<FieldOf> = all.iter().flat_map(Document::fields).collect();
        for field in schema.queryable().difference(&asked) {
            let why = walk
                .uncovered
                .get(field)
                .map_or("no document reaches it", String::as_str);
            uncovered.push(Uncovered {
                what: field.to_string(),
                why: why.to_owned(),
            });
        }
        Self { all, uncovered }
    }

    /// Every field that some document asks for.
    #[must_use]
    pub fn fields(&self) -> BTreeSet<FieldOf> {
        self.all.iter().flat_map(Document::fields).collect()
    }

    /// The fields that nobody could read with a value, given all that was ever seen ([`Document::values`]): they are broken, nobody
    /// may read them, or the world of the test lacks something.
    #[must_use]
    pub fn silent(&self, seen: &BTreeSet<FieldOf>) -> Vec<FieldOf> {
        self.fields().difference(seen).cloned().collect()
    }
}

/// Puts paths together as long as the server would take the query.
fn split(paths: &[Vec<Step>]) -> Vec<Branch> {
    let bounds = Bounds::default();
    let mut trees: Vec<Branch> = Vec::new();
    let mut open: Option<Branch> = None;
    for path in paths {
        if let Some(tree) = &open {
            let mut larger = tree.clone();
            larger.add(path);
            if larger.fits(&bounds) {
                open = Some(larger);
                continue;
            }
        }
        trees.extend(open.take());
        open = Branch::of(path).filter(|tree| tree.fits(&bounds));
    }
    trees.extend(open);
    trees
}

impl Document {
    fn new(root: &str, tree: Branch) -> Self {
        let mut variables = Map::new();
        let mut declared = Vec::new();
        for given in tree.given() {
            if variables
                .insert(given.variable.clone(), given.value.clone())
                .is_none()
            {
                declared.push(format!("${}: {}", given.variable, given.ty));
            }
        }
        let declared = if declared.is_empty() {
            String::new()
        } else {
            format!(" ({})", declared.join(", "))
        };
        let mut query = format!("query{declared} {{\n");
        tree.write(&mut query, 1);
        query.push_str("}\n");
        Self {
            root: root.to_owned(),
            query,
            variables: Value::Object(variables),
            tree,
        }
    }

    /// The fields that it asks for.
    #[must_use]
    pub fn fields(&self) -> BTreeSet<FieldOf> {
        let mut found = BTreeSet::new();
        let mut ahead = vec![&self.tree];
        while let Some(branch) = ahead.pop() {
            if let Step::Field(field) = &branch.step {
                found.insert(FieldOf::new(&field.on, &field.name));
            }
            ahead.extend(&branch.below);
        }
        found
    }

    /// The fields that have a value in its answer: not null, and no list without one.
    #[must_use]
    pub fn values(&self, answer: &Value) -> BTreeSet<FieldOf> {
        let mut found = BTreeSet::new();
        values::read(&self.tree, &answer["data"], &mut found);
        found
    }
}
