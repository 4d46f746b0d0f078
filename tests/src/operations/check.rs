//! An operation held against the schema's text.
//!
//! The server validates what it is sent; this finds a stale example without one. It looks at what grows stale: names, arguments,
//! variables and written values. Whether two fields can be merged, or a fragment can ever apply, is left to the server.

use crate::schema::{Schema, is_required, named_type};
use async_graphql::parser::{
    parse_query,
    types::{
        BaseType, ExecutableDocument, Field, InputValueDefinition, OperationType, Selection,
        SelectionSet, Type, TypeKind, VariableDefinition,
    },
};
use async_graphql::{Name, Positioned};
use async_graphql_value::Value;
use std::collections::BTreeSet;

/// What does not fit, a sentence each.
pub(super) fn misfits(schema: &Schema, text: &str) -> Vec<String> {
    let document = match parse_query(text) {
        Ok(document) => document,
        Err(error) => return vec![error.to_string()],
    };
    let mut found = Vec::new();
    for (_, operation) in document.operations.iter() {
        let operation = &operation.node;
        let root = match operation.ty {
            OperationType::Query => Some(schema.query()),
            OperationType::Mutation => schema.mutation(),
            OperationType::Subscription => schema.subscription(),
        };
        let Some(root) = root else {
            found.push(format!("the schema has no {}", operation.ty));
            continue;
        };
        let mut check = Check {
            schema,
            document: &document,
            variables: &operation.variable_definitions,
            used: BTreeSet::new(),
            spread: BTreeSet::new(),
            found: Vec::new(),
        };
        check.variables();
        check.set(root, &operation.selection_set.node);
        let unused = operation
            .variable_definitions
            .iter()
            .map(|variable| &variable.node.name.node);
        let unused: Vec<String> = unused
            .filter(|name| !check.used.contains(*name))
            .map(|name| format!("${name} is never used"))
            .collect();
        found.append(&mut check.found);
        found.extend(unused);
    }
    found
}

struct Check<'a> {
    schema: &'a Schema,
    document: &'a ExecutableDocument,
    variables: &'a [Positioned<VariableDefinition>],
    used: BTreeSet<Name>,
    /// The fragments looked into, so that each is told once and none leads in circles.
    spread: BTreeSet<Name>,
    found: Vec<String>,
}

impl Check<'_> {
    fn variables(&mut self) {
        for variable in self.variables {
            let (name, ty) = (&variable.node.name.node, &variable.node.var_type.node);
            let of = named_type(ty);
            let is_input = match self.schema.kind(of) {
                Some(kind) => matches!(
                    kind,
                    TypeKind::Scalar | TypeKind::Enum(_) | TypeKind::InputObject(_)
                ),
                None => self.schema.has(of),
            };
            if !is_input {
                self.found
                    .push(format!("${name}: {of} is no type of input"));
            } else if let Some(default) = &variable.node.default_value {
                self.value(&format!("${name}"), ty, &default.node.clone().into_value());
            }
        }
    }

    fn set(&mut self, on: &str, set: &SelectionSet) {
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => self.field(on, &field.node),
                Selection::InlineFragment(inline) => {
                    let condition = inline
                        .node
                        .type_condition
                        .as_ref()
                        .map(|condition| condition.node.on.node.as_str());
                    self.fragment(condition.unwrap_or(on), &inline.node.selection_set.node);
                }
                Selection::FragmentSpread(spread) => {
                    let name = &spread.node.fragment_name.node;
                    match self.document.fragments.get(name) {
                        None => self.found.push(format!("there is no fragment {name}")),
                        Some(fragment) if self.spread.insert(name.clone()) => {
                            let fragment = &fragment.node;
                            self.fragment(
                                &fragment.type_condition.node.on.node,
                                &fragment.selection_set.node,
                            );
                        }
                        Some(_) => {}
                    }
                }
            }
        }
    }

    fn fragment(&mut self, on: &str, set: &SelectionSet) {
        if self.schema.is_leaf(on) {
            self.found
                .push(format!("{on} is no type that a fragment can be on"));
        } else {
            self.set(on, set);
        }
    }

    fn field(&mut self, on: &str, field: &Field) {
        let name = field.name.node.as_str();
        // Of every type, and of the root: what introspection adds to every schema.
        if name == "__typename"
            || on == self.schema.query() && matches!(name, "__schema" | "__type")
        {
            return;
        }
        let Some(definition) = self.schema.field(on, name) else {
            self.found.push(format!("{on} has no field {name}"));
            return;
        };
        let place = format!("{on}.{name}");
        let given: Vec<(&Name, &Value)> = field
            .arguments
            .iter()
            .map(|(name, value)| (&name.node, &value.node))
            .collect();
        self.inputs(&place, "argument", &definition.arguments, &given);
        let ty = named_type(&definition.ty.node).to_owned();
        let set = &field.selection_set.node;
        match (self.schema.is_leaf(&ty), set.items.is_empty()) {
            (true, false) => self
                .found
                .push(format!("{place} is a {ty} and has no fields")),
            (false, true) => self
                .found
                .push(format!("{place} is a {ty}: which of its fields?")),
            (true, true) => {}
            (false, false) => self.set(&ty, set),
        }
    }

    /// Named values, against the arguments or the input fields that there are.
    fn inputs(
        &mut self,
        place: &str,
        what: &str,
        defined: &[Positioned<InputValueDefinition>],
        given: &[(&Name, &Value)],
    ) {
        for (name, value) in given {
            match defined.iter().find(|input| input.node.name.node == **name) {
                None => self.found.push(format!("{place} has no {what} {name}")),
                Some(input) => {
                    // Where there is a default, an optional variable may stand for what is required.
                    let mut ty = input.node.ty.node.clone();
                    ty.nullable |=
                        input.node.default_value.is_some() && matches!(value, Value::Variable(_));
                    self.value(&format!("{place}({name})"), &ty, value);
                }
            }
        }
        for input in defined
            .iter()
            .map(|input| &input.node)
            .filter(|input| is_required(input))
        {
            if !given.iter().any(|(name, _)| **name == input.name.node) {
                self.found
                    .push(format!("{place} needs its {what} {}", input.name.node));
            }
        }
    }

    fn value(&mut self, place: &str, ty: &Type, value: &Value) {
        match (&ty.base, value) {
            (_, Value::Variable(name)) => self.variable(place, ty, name),
            (_, Value::Null) => {
                if !ty.nullable {
                    self.found.push(format!("{place}: null is no {ty}"));
                }
            }
            (BaseType::List(item), Value::List(values)) => values
                .iter()
                .for_each(|value| self.value(place, item, value)),
            // One value stands for a list of one.
            (BaseType::List(item), value) => self.value(place, item, value),
            (BaseType::Named(name), value) => self.named(place, name, value),
        }
    }

    fn named(&mut self, place: &str, name: &Name, value: &Value) {
        let fits = match (self.schema.kind(name), value) {
            (Some(TypeKind::InputObject(input)), Value::Object(fields)) => {
                let given: Vec<(&Name, &Value)> = fields.iter().collect();
                self.inputs(&format!("{place}: {name}"), "field", &input.fields, &given);
                true
            }
            (Some(TypeKind::Enum(of)), Value::Enum(given)) => of
                .values
                .iter()
                .any(|value| value.node.value.node == *given),
            // What our own scalars take, their own parsers know; none takes a bare word.
            (Some(TypeKind::Scalar), value) => !matches!(value, Value::Enum(_)),
            (None, value) => match name.as_str() {
                "Boolean" => matches!(value, Value::Boolean(_)),
                "Int" => {
                    matches!(value, Value::Number(number) if number.is_i64() || number.is_u64())
                }
                "Float" => matches!(value, Value::Number(_)),
                "ID" => matches!(value, Value::String(_) | Value::Number(_)),
                _ => matches!(value, Value::String(_)),
            },
            _ => false,
        };
        if !fits {
            self.found.push(format!("{place}: {value} is no {name}"));
        }
    }

    fn variable(&mut self, place: &str, ty: &Type, name: &Name) {
        self.used.insert(name.clone());
        let Some(variable) = self
            .variables
            .iter()
            .find(|variable| variable.node.name.node == *name)
        else {
            self.found.push(format!("{place}: ${name} is not declared"));
            return;
        };
        let mut declared = variable.node.var_type.node.clone();
        declared.nullable &= variable.node.default_value.is_none();
        if !may_stand_for(&declared, ty) {
            self.found.push(format!(
                "{place}: ${name} is {}, not {ty}",
                variable.node.var_type.node
            ));
        }
    }
}

/// Whether a variable of the type `declared` may be given where `wanted` is expected.
fn may_stand_for(declared: &Type, wanted: &Type) -> bool {
    (wanted.nullable || !declared.nullable)
        && match (&declared.base, &wanted.base) {
            (BaseType::Named(declared), BaseType::Named(wanted)) => declared == wanted,
            (BaseType::List(declared), BaseType::List(wanted)) => may_stand_for(declared, wanted),
            _ => false,
        }
}
