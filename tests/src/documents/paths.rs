//! Every way from a root to a leaf, two entities deep.

use super::tree::{Bounds, Chosen, Given, PAGE, Step};
use super::{Arguments, Uncovered};
use crate::schema::{FieldOf, Schema, is_required, named_type};
use async_graphql::parser::types::{FieldDefinition, InputValueDefinition};
use serde_json::json;
use std::collections::BTreeMap;

/// How many edges from one entity to the next a document follows.
const EDGES_MAX: usize = 2;

/// Walks the schema and gathers paths.
///
/// An *entity* is a type that implements `Node`: it can be asked for alone, so that following two edges from each is enough. What
/// is no entity (a criterion, a text in two languages, a page of a list) is part of the thing that holds it and is taken whole.
pub(super) struct Walk<'a> {
    pub schema: &'a Schema,
    pub arguments: &'a dyn Arguments,
    /// What could not be asked for, and why.
    pub uncovered: BTreeMap<FieldOf, String>,
    pub paths: Vec<Vec<Step>>,
    /// The steps to where the walk stands, and the types it passed.
    steps: Vec<Step>,
    passed: Vec<String>,
}

/// Whether what is selected is the thing whole, or only its leaves because such a thing is there whole beside or above it.
#[derive(Clone, Copy, PartialEq)]
enum Extent {
    Whole,
    Leaves,
}

impl<'a> Walk<'a> {
    pub(super) fn new(schema: &'a Schema, arguments: &'a dyn Arguments) -> Self {
        Self {
            schema,
            arguments,
            uncovered: BTreeMap::new(),
            paths: Vec::new(),
            steps: Vec::new(),
            passed: Vec::new(),
        }
    }

    /// Gathers the paths of one root field. `only` chooses one of the types that the root can answer with.
    ///
    /// # Errors
    ///
    /// The root with the required argument that has no value.
    pub(super) fn root(
        &mut self,
        root: &FieldDefinition,
        only: Option<&str>,
    ) -> Result<(), Uncovered> {
        let name = root.name.node.as_str();
        let labels: Vec<String> = only
            .map(|only| format!("{name}:{only}"))
            .into_iter()
            .chain([name.to_owned()])
            .collect();
        let given = self
            .given(&labels, "", root)
            .map_err(|argument| Uncovered {
                what: labels.first().cloned().unwrap_or_default(),
                why: format!("no value for its argument `{argument}`"),
            })?;
        let ty = named_type(&root.ty.node);
        let on = self.schema.query().to_owned();
        self.steps.push(Step::Field(Chosen {
            on,
            name: name.to_owned(),
            alias: None,
            arguments: given,
            is_leaf: self.schema.is_leaf(ty),
        }));
        match only {
            _ if self.schema.is_leaf(ty) => self.arrive(),
            Some(only) => self.on(only, &[], 0, Extent::Whole),
            None => self.object(ty, 0, Extent::Whole),
        }
        self.steps.pop();
        Ok(())
    }

    /// The arguments of a field, or the name of a required one without a value.
    fn given(
        &self,
        labels: &[String],
        prefix: &str,
        field: &FieldDefinition,
    ) -> Result<Vec<Given>, String> {
        let mut given = Vec::new();
        for argument in &field.arguments {
            let argument: &InputValueDefinition = &argument.node;
            let (name, ty) = (argument.name.node.as_str(), argument.ty.node.to_string());
            let asked = labels
                .iter()
                .find_map(|label| self.arguments.argument(label, name, &ty));
            let page = (name == "first").then(|| json!(PAGE));
            match asked.or(page) {
                Some(value) => given.push(Given {
                    name: name.to_owned(),
                    variable: format!("{prefix}{name}"),
                    ty,
                    value,
                }),
                None if is_required(argument) => return Err(name.to_owned()),
                None => {}
            }
        }
        Ok(given)
    }

    fn arrive(&mut self) {
        let depth = self
            .steps
            .iter()
            .filter(|step| matches!(step, Step::Field(_)))
            .count() as u64;
        if depth <= Bounds::default().depth {
            self.paths.push(self.steps.clone());
        }
    }

    /// Everything of a value whose static type is `ty`, after `edges` edges.
    fn object(&mut self, ty: &str, edges: usize, extent: Extent) {
        if self.schema.is_abstract(ty) {
            let possible: Vec<String> = self
                .schema
                .possible(ty)
                .into_iter()
                .map(str::to_owned)
                .collect();
            for member in &possible {
                self.on(member, &possible, edges, extent);
            }
        } else {
            self.fields(ty, &[], edges, extent);
        }
    }

    /// What a value has if it is of the type `member`. Where one of the types `beside` it has the same field in another form, the
    /// field gets a name of its own.
    fn on(&mut self, member: &str, beside: &[String], edges: usize, extent: Extent) {
        self.steps.push(Step::On(member.to_owned()));
        self.fields(member, beside, edges, extent);
        self.steps.pop();
    }

    fn fields(&mut self, on: &str, beside: &[String], edges: usize, extent: Extent) {
        let schema = self.schema;
        self.passed.push(on.to_owned());
        for field in schema.fields(on) {
            let name = field.name.node.as_str();
            let ty = named_type(&field.ty.node);
            let is_leaf = schema.is_leaf(ty);
            let Some((edges, extent)) = (if is_leaf {
                Some((edges, extent))
            } else {
                self.ahead(on, name, ty, edges, extent)
            }) else {
                continue;
            };
            let arguments =
                match self.given(&[format!("{on}.{name}")], &format!("{on}_{name}_"), field) {
                    Ok(arguments) => arguments,
                    Err(argument) => {
                        self.uncovered.insert(
                            FieldOf::new(on, name),
                            format!("no value for its argument `{argument}`"),
                        );
                        continue;
                    }
                };
            let others = beside.iter().filter(|other| *other != on);
            let differs = others
                .filter_map(|other| schema.field(other, name))
                .any(|other| {
                    other.ty.node != field.ty.node
                        || !other.arguments.is_empty()
                        || !field.arguments.is_empty()
                });
            self.steps.push(Step::Field(Chosen {
                on: on.to_owned(),
                name: name.to_owned(),
                alias: differs.then(|| format!("{name}_{on}")),
                arguments,
                is_leaf,
            }));
            if is_leaf {
                self.arrive();
            } else {
                self.object(ty, edges, extent);
            }
            self.steps.pop();
        }
        self.passed.pop();
    }

    /// How many edges it takes to follow a field to the type `ty`, and how much to take there. `None`: not from here.
    fn ahead(
        &self,
        on: &str,
        name: &str,
        ty: &str,
        edges: usize,
        extent: Extent,
    ) -> Option<(usize, Extent)> {
        // A page holds its things twice. Whole they stand in `nodes`; the edges show that they hold the same.
        let extent = if is_page(self.schema, on) && name == "edges" {
            Extent::Leaves
        } else {
            extent
        };
        let is_entity = self
            .schema
            .possible(ty)
            .iter()
            .any(|object| self.schema.implements(object, "Node"));
        if is_edge(on) && name == "node"
            || is_page(self.schema, on) && matches!(name, "nodes" | "edges")
        {
            // The edge was counted where the walk entered the page.
            return Some((edges, extent));
        }
        if extent == Extent::Leaves {
            return None;
        }
        if is_entity || is_page(self.schema, ty) {
            return (edges < EDGES_MAX).then_some((edges + 1, extent));
        }
        let again = self
            .schema
            .possible(ty)
            .iter()
            .all(|object| self.passed.iter().any(|passed| passed == object));
        Some((edges, if again { Extent::Leaves } else { extent }))
    }
}

/// Whether a type is a page of a list that can grow.
fn is_page(schema: &Schema, ty: &str) -> bool {
    ty.ends_with("Connection") && schema.field(ty, "edges").is_some()
}

fn is_edge(ty: &str) -> bool {
    ty.ends_with("Edge")
}
