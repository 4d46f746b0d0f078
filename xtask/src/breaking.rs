//! What a change of the schema takes away from clients that rely on the schema before.

use async_graphql::{
    Name, Positioned,
    parser::types::{
        BaseType, FieldDefinition, InputObjectType, InputValueDefinition, SchemaDefinition,
        ServiceDocument, Type, TypeDefinition, TypeKind, TypeSystemDefinition,
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// Every way in which `new` breaks what `old` promised, a line each. Additions are none.
///
/// Directive definitions are not compared: the schema has none of its own, and the library leaves out `@deprecated`
/// and others when nothing uses them.
pub(crate) fn changes(old: &ServiceDocument, new: &ServiceDocument) -> Vec<String> {
    let mut broken = Broken::default();
    let new_types = types(new);
    for (name, before) in types(old) {
        match new_types.get(name) {
            None => broken.tell(format!("type {name} is gone")),
            Some(after) => broken.of_type(name, before, after),
        }
    }
    let new_roots = roots(new);
    for (operation, before) in roots(old) {
        if new_roots.get(operation) != Some(&before) {
            broken.tell(format!(
                "{operation} operations no longer begin at {before}"
            ));
        }
    }
    broken.0
}

fn types(schema: &ServiceDocument) -> BTreeMap<&str, &TypeDefinition> {
    let types = schema
        .definitions
        .iter()
        .filter_map(|definition| match definition {
            TypeSystemDefinition::Type(ty) => Some((ty.node.name.node.as_str(), &ty.node)),
            _ => None,
        });
    types.collect()
}

fn roots(schema: &ServiceDocument) -> BTreeMap<&'static str, &str> {
    let mut roots = BTreeMap::new();
    for definition in &schema.definitions {
        if let TypeSystemDefinition::Schema(schema) = definition {
            let SchemaDefinition {
                query,
                mutation,
                subscription,
                ..
            } = &schema.node;
            for (operation, root) in [
                ("query", query),
                ("mutation", mutation),
                ("subscription", subscription),
            ] {
                roots.extend(root.as_ref().map(|root| (operation, root.node.as_str())));
            }
        }
    }
    roots
}

#[derive(Default)]
struct Broken(Vec<String>);

impl Broken {
    fn tell(&mut self, change: String) {
        self.0.push(change);
    }

    fn of_type(&mut self, name: &str, before: &TypeDefinition, after: &TypeDefinition) {
        match (&before.kind, &after.kind) {
            (TypeKind::Object(old), TypeKind::Object(new)) => {
                self.of_names(
                    name,
                    "no longer implements",
                    &old.implements,
                    &new.implements,
                );
                self.of_fields(name, &old.fields, &new.fields);
            }
            (TypeKind::Interface(old), TypeKind::Interface(new)) => {
                self.of_names(
                    name,
                    "no longer implements",
                    &old.implements,
                    &new.implements,
                );
                self.of_fields(name, &old.fields, &new.fields);
            }
            (TypeKind::Union(old), TypeKind::Union(new)) => {
                self.of_names(name, "is never again", &old.members, &new.members);
            }
            (TypeKind::Enum(old), TypeKind::Enum(new)) => {
                for value in &old.values {
                    let value = &value.node.value.node;
                    if new
                        .values
                        .iter()
                        .all(|other| other.node.value.node != *value)
                    {
                        self.tell(format!("{name}.{value} is gone"));
                    }
                }
            }
            (TypeKind::InputObject(old), TypeKind::InputObject(new)) => {
                if is_one_of(after) && !is_one_of(before) {
                    self.tell(format!("{name} takes only one of its fields at a time"));
                }
                self.of_input(name, old, new);
            }
            (TypeKind::Scalar, TypeKind::Scalar) => {}
            (before, after) => {
                self.tell(format!(
                    "{name} was {} and is {}",
                    kind(before),
                    kind(after)
                ));
            }
        }
    }

    fn of_names(
        &mut self,
        name: &str,
        verb: &str,
        old: &[Positioned<Name>],
        new: &[Positioned<Name>],
    ) {
        let new: BTreeSet<&str> = new.iter().map(|name| name.node.as_str()).collect();
        for gone in old.iter().filter(|name| !new.contains(name.node.as_str())) {
            self.tell(format!("{name} {verb} {}", gone.node));
        }
    }

    fn of_fields(
        &mut self,
        name: &str,
        old: &[Positioned<FieldDefinition>],
        new: &[Positioned<FieldDefinition>],
    ) {
        for before in old {
            let before = &before.node;
            let path = format!("{name}.{}", before.name.node);
            let Some(after) = new
                .iter()
                .find(|field| field.node.name.node == before.name.node)
            else {
                self.tell(format!("{path} is gone"));
                continue;
            };
            let after = &after.node;
            if !answers(&before.ty.node, &after.ty.node) {
                self.tell(format!(
                    "{path} answered {} and answers {}",
                    before.ty, after.ty
                ));
            }
            self.of_inputs(
                |argument| format!("{path}({argument}:)"),
                &before.arguments,
                &after.arguments,
            );
        }
    }

    fn of_input(&mut self, name: &str, old: &InputObjectType, new: &InputObjectType) {
        self.of_inputs(|field| format!("{name}.{field}"), &old.fields, &new.fields);
    }

    fn of_inputs(
        &mut self,
        path: impl Fn(&str) -> String,
        old: &[Positioned<InputValueDefinition>],
        new: &[Positioned<InputValueDefinition>],
    ) {
        for before in old {
            let before = &before.node;
            let path = path(&before.name.node);
            match new
                .iter()
                .find(|input| input.node.name.node == before.name.node)
            {
                None => self.tell(format!("{path} is gone")),
                Some(after) if !takes(&before.ty.node, &after.node.ty.node) => {
                    self.tell(format!(
                        "{path} took {} and takes {}",
                        before.ty, after.node.ty
                    ));
                }
                Some(after) if is_required(&after.node) && !is_required(before) => {
                    self.tell(format!("{path} must now be given"));
                }
                Some(_) => {}
            }
        }
        for after in new {
            let known = old
                .iter()
                .any(|input| input.node.name.node == after.node.name.node);
            if !known && is_required(&after.node) {
                self.tell(format!(
                    "{} is new and must be given",
                    path(&after.node.name.node)
                ));
            }
        }
    }
}

/// Whoever reads `old` can read what `new` answers: it may only promise more.
fn answers(old: &Type, new: &Type) -> bool {
    let same = match (&old.base, &new.base) {
        (BaseType::Named(old), BaseType::Named(new)) => old == new,
        (BaseType::List(old), BaseType::List(new)) => answers(old, new),
        _ => false,
    };
    same && (old.nullable || !new.nullable)
}

/// Whatever fitted `old` fits `new`: it may only ask for less, which is the same rule seen from the other side.
fn takes(old: &Type, new: &Type) -> bool {
    answers(new, old)
}

fn is_required(input: &InputValueDefinition) -> bool {
    !input.ty.node.nullable && input.default_value.is_none()
}

fn is_one_of(ty: &TypeDefinition) -> bool {
    ty.directives
        .iter()
        .any(|directive| directive.node.name.node == "oneOf")
}

fn kind(kind: &TypeKind) -> &'static str {
    match kind {
        TypeKind::Scalar => "a scalar",
        TypeKind::Object(_) => "an object",
        TypeKind::Interface(_) => "an interface",
        TypeKind::Union(_) => "a union",
        TypeKind::Enum(_) => "an enum",
        TypeKind::InputObject(_) => "an input",
    }
}

#[cfg(test)]
#[path = "breaking_cases.rs"]
mod tests;
