//! The schema as its text says it: what `schema.graphql` promises, without the code behind it.

use async_graphql::parser::{
    parse_schema,
    types::{
        BaseType, FieldDefinition, InputValueDefinition, Type, TypeKind, TypeSystemDefinition,
    },
};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A field of a type, written `Rubric.title`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FieldOf {
    /// The type that has the field.
    pub on: String,
    /// The field's name.
    pub name: String,
}

impl FieldOf {
    /// The field `name` of the type `on`.
    #[must_use]
    pub fn new(on: &str, name: &str) -> Self {
        Self {
            on: on.to_owned(),
            name: name.to_owned(),
        }
    }
}

impl fmt::Display for FieldOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.on, self.name)
    }
}

/// A schema, read from its text.
#[derive(Debug, Clone)]
pub struct Schema {
    types: BTreeMap<String, TypeKind>,
    query: String,
    mutation: Option<String>,
    subscription: Option<String>,
}

/// The scalars that every schema has without saying so.
const BUILT_IN: [&str; 5] = ["Boolean", "Float", "ID", "Int", "String"];

impl Schema {
    /// Reads the text of a schema.
    ///
    /// # Errors
    ///
    /// What is wrong with the text: its syntax, a type that it names and never defines, or an `extend`, which the generator of our
    /// own schema never writes.
    pub fn parse(sdl: &str) -> Result<Self, String> {
        let document = parse_schema(sdl).map_err(|error| error.to_string())?;
        let mut schema = Self {
            types: BTreeMap::new(),
            query: "Query".to_owned(),
            mutation: None,
            subscription: None,
        };
        for definition in document.definitions {
            match definition {
                TypeSystemDefinition::Schema(roots) => {
                    let root = |name: Option<async_graphql::Positioned<async_graphql::Name>>| {
                        name.map(|name| name.node.to_string())
                    };
                    let roots = roots.node;
                    schema.query = root(roots.query).unwrap_or(schema.query);
                    schema.mutation = root(roots.mutation);
                    schema.subscription = root(roots.subscription);
                }
                TypeSystemDefinition::Type(definition) => {
                    let name = definition.node.name.node.to_string();
                    if definition.node.extend {
                        return Err(format!("`extend type {name}` is not read here"));
                    }
                    schema.types.insert(name, definition.node.kind);
                }
                TypeSystemDefinition::Directive(_) => {}
            }
        }
        match schema.undefined() {
            Some(name) => Err(format!("the type {name} is named and never defined")),
            None => Ok(schema),
        }
    }

    fn undefined(&self) -> Option<String> {
        let roots = [
            Some(&self.query),
            self.mutation.as_ref(),
            self.subscription.as_ref(),
        ];
        let mut named: Vec<&str> = roots.into_iter().flatten().map(String::as_str).collect();
        for kind in self.types.values() {
            named.extend(fields_of(kind).flat_map(|field| {
                let arguments = field
                    .arguments
                    .iter()
                    .map(|argument| named_type(&argument.node.ty.node));
                arguments.chain([named_type(&field.ty.node)])
            }));
            match kind {
                TypeKind::Union(union) => {
                    named.extend(union.members.iter().map(|name| name.node.as_str()));
                }
                TypeKind::InputObject(input) => {
                    named.extend(
                        input
                            .fields
                            .iter()
                            .map(|field| named_type(&field.node.ty.node)),
                    );
                }
                _ => {}
            }
        }
        let unknown = |name: &&str| !self.types.contains_key(*name) && !BUILT_IN.contains(name);
        named.into_iter().find(unknown).map(str::to_owned)
    }

    /// The name of the type of queries.
    #[must_use]
    pub fn query(&self) -> &str {
        &self.query
    }

    /// The name of the type of mutations, if there are any.
    #[must_use]
    pub fn mutation(&self) -> Option<&str> {
        self.mutation.as_deref()
    }

    /// The name of the type of subscriptions, if there are any.
    #[must_use]
    pub fn subscription(&self) -> Option<&str> {
        self.subscription.as_deref()
    }

    /// What kind of type this is; `None` for the scalars of every schema and for what is no type.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<&TypeKind> {
        self.types.get(name)
    }

    /// Whether there is such a type.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.types.contains_key(name) || BUILT_IN.contains(&name)
    }

    /// Whether a value of this type is selected whole: a scalar or an enum.
    #[must_use]
    pub fn is_leaf(&self, name: &str) -> bool {
        matches!(
            self.kind(name),
            None | Some(TypeKind::Scalar | TypeKind::Enum(_))
        )
    }

    /// Whether this is an interface or a union, of which only the possible types say what is in it.
    #[must_use]
    pub fn is_abstract(&self, name: &str) -> bool {
        matches!(
            self.kind(name),
            Some(TypeKind::Interface(_) | TypeKind::Union(_))
        )
    }

    /// The fields of an object or an interface, in the order of the text.
    pub fn fields(&self, on: &str) -> impl Iterator<Item = &FieldDefinition> {
        self.kind(on).into_iter().flat_map(fields_of)
    }

    /// One field of an object or an interface.
    #[must_use]
    pub fn field(&self, on: &str, name: &str) -> Option<&FieldDefinition> {
        self.fields(on).find(|field| field.name.node == name)
    }

    /// The fields of an input, in the order of the text.
    pub fn input_fields(&self, name: &str) -> impl Iterator<Item = &InputValueDefinition> {
        let fields = match self.kind(name) {
            Some(TypeKind::InputObject(input)) => input.fields.as_slice(),
            _ => &[],
        };
        fields.iter().map(|field| &field.node)
    }

    /// The values of an enum, in the order of the text; none for any other type.
    #[must_use]
    pub fn enum_values(&self, name: &str) -> Vec<&str> {
        match self.kind(name) {
            Some(TypeKind::Enum(values)) => values
                .values
                .iter()
                .map(|value| value.node.value.node.as_str())
                .collect(),
            _ => Vec::new(),
        }
    }

    /// The object types that a value of this type can have: itself, who implements the interface, the members of the union.
    #[must_use]
    pub fn possible(&self, name: &str) -> Vec<&str> {
        match self.kind(name) {
            Some(TypeKind::Union(union)) => union
                .members
                .iter()
                .map(|member| member.node.as_str())
                .collect(),
            Some(TypeKind::Interface(_)) => self
                .types
                .keys()
                .map(String::as_str)
                .filter(|object| self.implements(object, name))
                .collect(),
            _ => self
                .types
                .get_key_value(name)
                .map(|(name, _)| name.as_str())
                .into_iter()
                .collect(),
        }
    }

    /// Whether an object type implements the interface.
    #[must_use]
    pub fn implements(&self, object: &str, interface: &str) -> bool {
        match self.kind(object) {
            Some(TypeKind::Object(object)) => {
                object.implements.iter().any(|name| name.node == interface)
            }
            _ => false,
        }
    }

    /// Every field of every object type that a query can reach, `Query` included. Payloads of mutations are not among them.
    #[must_use]
    pub fn queryable(&self) -> BTreeSet<FieldOf> {
        let mut found = BTreeSet::new();
        let mut passed = BTreeSet::new();
        let mut ahead = vec![self.query.as_str()];
        while let Some(on) = ahead.pop() {
            if !passed.insert(on) {
                continue;
            }
            for field in self.fields(on) {
                found.insert(FieldOf::new(on, &field.name.node));
                ahead.extend(self.possible(named_type(&field.ty.node)));
            }
        }
        found
    }
}

fn fields_of(kind: &TypeKind) -> impl Iterator<Item = &FieldDefinition> {
    let fields = match kind {
        TypeKind::Object(object) => object.fields.as_slice(),
        TypeKind::Interface(interface) => interface.fields.as_slice(),
        _ => &[],
    };
    fields.iter().map(|field| &field.node)
}

/// The name in a type, without lists and exclamation marks.
#[must_use]
pub fn named_type(ty: &Type) -> &str {
    match &ty.base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(item) => named_type(item),
    }
}

/// Whether an argument or a field of an input must be given.
#[must_use]
pub fn is_required(input: &InputValueDefinition) -> bool {
    !input.ty.node.nullable && input.default_value.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SDL: &str = "
        type Query { rubric(id: ID!): Rubric  subject: Subject }
        type Mutation { publish: Payload! }
        interface Node { id: ID! }
        type Rubric implements Node { id: ID! title: String }
        type Team implements Node { id: ID! kind: Kind }
        type Payload { rubric: Rubric }
        union Subject = Rubric | Team
        enum Kind { WORK_TEAM }
        schema { query: Query mutation: Mutation }
    ";

    #[test]
    fn a_query_reaches_the_members_of_a_union_and_no_payload() {
        let schema = Schema::parse(SDL).unwrap();
        let all: Vec<String> = schema.queryable().iter().map(ToString::to_string).collect();
        assert_eq!(
            all,
            [
                "Query.rubric",
                "Query.subject",
                "Rubric.id",
                "Rubric.title",
                "Team.id",
                "Team.kind"
            ]
        );
        assert_eq!(schema.possible("Node"), ["Rubric", "Team"]);
        assert_eq!(
            (schema.query(), schema.mutation(), schema.subscription()),
            ("Query", Some("Mutation"), None)
        );
    }

    #[test]
    fn leaves_are_scalars_and_enums() {
        let schema = Schema::parse(SDL).unwrap();
        let leaves = ["ID", "Kind", "Rubric", "Node", "Subject"].map(|name| schema.is_leaf(name));
        assert_eq!(leaves, [true, true, false, false, false]);
    }

    #[test]
    fn a_text_that_is_no_whole_schema_is_refused_with_the_reason() {
        for (text, reason) in [
            ("type Query {", "expected"),
            (
                "type Query { rubric: Rubrik }",
                "Rubrik is named and never defined",
            ),
            (
                "type Query { a: Int } extend type Query { b: Int }",
                "extend type Query",
            ),
        ] {
            let error = Schema::parse(text).unwrap_err();
            assert!(error.contains(reason), "{text}: {error}");
        }
    }
}
