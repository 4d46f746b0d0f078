//! The static cost of an operation: what it may ask the server to produce at most, by its text and its variables alone.

use std::collections::HashMap;

use async_graphql::{
    Name, Number, Variables,
    parser::types::{ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet},
};
use async_graphql_value::{ConstValue, Value};

/// The page of a connection that says neither `first` nor `last`.
const PAGE_UNSAID: u64 = 20;

/// About how long the lists of introspection are, for a schema of some hundred types. What is not here is no list.
const SCHEMA_LISTS: [(&str, u64); 8] = [
    ("args", 3),
    ("directives", 5),
    ("enumValues", 10),
    ("fields", 10),
    ("inputFields", 10),
    ("interfaces", 2),
    ("possibleTypes", 20),
    ("types", 100),
];

/// What an operation, or a part of one, costs. Sums and products saturate.
#[derive(Clone, Copy, Default)]
pub(super) struct Cost {
    /// A field is 1; what stands below a list is multiplied by its page.
    pub points: u64,
    /// The largest `first` or `last` in it.
    pub first: u64,
    /// Whether `nodes` or `edges` stand at its top: then the field above is a connection.
    pages: bool,
}

impl Cost {
    /// Prices an operation; `fragments` are the document's, each after those that it spreads.
    ///
    /// Selections under `@skip` and `@include` count as if they were taken.
    pub(super) fn of(
        document: &ExecutableDocument,
        operation: &OperationDefinition,
        fragments: &[Name],
        variables: &Variables,
    ) -> Self {
        let mut prices = Prices {
            operation,
            variables,
            fragments: HashMap::new(),
        };
        for name in fragments {
            let fragment = &document.fragments[name].node;
            // Introspection's types, and only they, have names with two underscores.
            let schema = fragment.type_condition.node.on.node.starts_with("__");
            let cost = prices.of_set(&fragment.selection_set.node, schema);
            prices.fragments.insert(name, cost);
        }
        prices.of_set(&operation.selection_set.node, false)
    }

    fn add(&mut self, other: Self) {
        self.points = self.points.saturating_add(other.points);
        self.first = self.first.max(other.first);
    }
}

/// What is needed to price a part: values for its variables, and the fragments priced before it.
struct Prices<'a> {
    operation: &'a OperationDefinition,
    variables: &'a Variables,
    fragments: HashMap<&'a Name, Cost>,
}

impl Prices<'_> {
    /// `schema` says whether the set stands on one of introspection's types.
    fn of_set(&self, set: &SelectionSet, schema: bool) -> Cost {
        let mut cost = Cost::default();
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    cost.add(self.of_field(&field.node, schema));
                    cost.pages |= matches!(field.node.name.node.as_str(), "nodes" | "edges");
                }
                Selection::InlineFragment(inline) => {
                    let beside = self.of_set(&inline.node.selection_set.node, schema);
                    cost.add(beside);
                    cost.pages |= beside.pages;
                }
                Selection::FragmentSpread(spread) => {
                    let beside = self.fragments[&spread.node.fragment_name.node];
                    cost.add(beside);
                    cost.pages |= beside.pages;
                }
            }
        }
        cost
    }

    fn of_field(&self, field: &Field, schema: bool) -> Cost {
        let name = field.name.node.as_str();
        let below = self.of_set(
            &field.selection_set.node,
            schema || matches!(name, "__schema" | "__type"),
        );
        let said = ["first", "last"]
            .into_iter()
            .filter_map(|argument| self.number(field, argument))
            .max();
        let page = if schema {
            SCHEMA_LISTS
                .iter()
                .find(|(list, _)| *list == name)
                .map_or(1, |(_, length)| *length)
        } else {
            let is_connection = below.pages
                || field.get_argument("first").is_some()
                || field.get_argument("last").is_some();
            said.or(is_connection.then_some(PAGE_UNSAID))
                .unwrap_or(1)
                .max(1)
        };
        let objects = self.length(field, "ids").max(1);
        Cost {
            points: below
                .points
                .saturating_mul(page)
                .saturating_mul(objects)
                .saturating_add(1),
            first: below.first.max(said.unwrap_or(0)),
            pages: false,
        }
    }

    /// A whole number that an argument gives.
    fn number(&self, field: &Field, argument: &str) -> Option<u64> {
        match self.given(field, argument)? {
            Given::Number(number) => Some(number),
            Given::List(_) => None,
        }
    }

    /// How many values the list has that an argument gives, 0 if it gives none. Each is an object to fetch: `nodes(ids:)`.
    fn length(&self, field: &Field, argument: &str) -> u64 {
        match self.given(field, argument) {
            Some(Given::List(length)) => length,
            _ => 0,
        }
    }

    /// What an argument gives: as written, or the variable's value, or the variable's default.
    fn given(&self, field: &Field, argument: &str) -> Option<Given> {
        match &field.get_argument(argument)?.node {
            Value::Number(number) => Given::number(number),
            Value::List(list) => Some(Given::List(list.len() as u64)),
            Value::Variable(name) => match self.variable(name)? {
                ConstValue::Number(number) => Given::number(number),
                ConstValue::List(list) => Some(Given::List(list.len() as u64)),
                _ => None,
            },
            _ => None,
        }
    }

    fn variable(&self, name: &Name) -> Option<&ConstValue> {
        let default = || {
            let definitions = &self.operation.variable_definitions;
            let definition = definitions
                .iter()
                .find(|definition| definition.node.name.node == *name)?;
            Some(&definition.node.default_value.as_ref()?.node)
        };
        self.variables.get(name).or_else(default)
    }
}

/// What matters here of an argument's value.
enum Given {
    Number(u64),
    /// Its length.
    List(u64),
}

impl Given {
    /// A negative number is 0, what is no whole number is none: neither gets past its field.
    fn number(number: &Number) -> Option<Self> {
        number
            .as_u64()
            .or(number.as_i64().map(|_| 0))
            .map(Self::Number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::shape::Shapes;
    use async_graphql::parser::parse_query;
    use serde_json::json;

    fn cost(text: &str, variables: serde_json::Value) -> Cost {
        let document = parse_query(text).unwrap();
        let fragments = Shapes::of(&document).unwrap().fragments;
        let (_, operation) = document.operations.iter().next().unwrap();
        Cost::of(
            &document,
            &operation.node,
            &fragments,
            &Variables::from_json(variables),
        )
    }

    #[test]
    fn a_field_costs_one_times_the_pages_around_it() {
        let cases: &[(&str, u64, u64)] = &[
            ("{a}", 1, 0),
            ("{a b {c}}", 3, 0),
            ("{__typename}", 1, 0),
            ("{a(first: 10) {b}}", 11, 10),
            ("{a(last: 10) {b}}", 11, 10),
            ("{a(first: 3, last: 10) {b}}", 11, 10),
            ("{a(first: 10) {nodes {b} totalCount}}", 31, 10),
            (
                "{a(first: 10) {nodes {b(first: 5) {nodes {c}}}}}",
                1 + 10 * (1 + 1 + 5 * 2),
                10,
            ),
            (
                "{a(first: 10) {b(first: 1000) {c}}}",
                1 + 10 * (1 + 1000),
                1000,
            ),
            // A connection that does not say its page has one of twenty.
            ("{a {nodes {b}}}", 41, 0),
            ("{a {edges {node {b}}}}", 61, 0),
            ("{a {... {nodes {b}}}}", 41, 0),
            (
                "{a {...F}} fragment F on C {...G} fragment G on C {nodes {b}}",
                41,
                0,
            ),
            ("{a(first: null) {b}}", 21, 0),
            ("{a {b {nodes}}}", 1 + 1 + 20, 0),
            // What the schema will refuse: no page, no whole number.
            ("{a(first: 0) {b}}", 2, 0),
            ("{a(first: -5) {b}}", 2, 0),
            ("{a(first: 1.5) {b}}", 21, 0),
            ("{a(first: \"9\") {b}}", 21, 0),
            ("{a(first: [9]) {b}}", 21, 0),
            // Objects by id are a list as long as the ids.
            ("{nodes(ids: [\"a\", \"b\", \"c\"]) {id}}", 4, 0),
            ("{nodes(ids: []) {id}}", 2, 0),
            ("{nodes(ids: \"a\") {id}}", 2, 0),
            ("{...F ...F} fragment F on Q {a(first: 2) {b}}", 6, 2),
            // A fragment that the operation does not use costs nothing.
            ("{a} fragment F on Q {a(first: 200) {b}}", 1, 0),
        ];
        for (text, points, first) in cases {
            let cost = cost(text, json!({}));
            assert_eq!((cost.points, cost.first), (*points, *first), "{text}");
        }
    }

    #[test]
    fn pages_come_from_variables_and_their_defaults() {
        let cases = [
            ("query($n: Int) {a(first: $n) {b}}", json!({"n": 7}), 8, 7),
            (
                "query($n: Int = 3) {a(first: $n) {b}}",
                json!({"n": 7}),
                8,
                7,
            ),
            ("query($n: Int = 3) {a(first: $n) {b}}", json!({}), 4, 3),
            (
                "query($n: Int = 3) {a(first: $n) {b}}",
                json!({"n": null}),
                21,
                0,
            ),
            ("query($n: Int) {a(first: $n) {b}}", json!({}), 21, 0),
            (
                "query($n: Int) {a(first: $n) {b}}",
                json!({"n": "7"}),
                21,
                0,
            ),
            ("{a(first: $n) {b}}", json!({}), 21, 0),
            (
                "query($n: Int) {...F} fragment F on Q {a(first: $n) {b}}",
                json!({"n": 7}),
                8,
                7,
            ),
            (
                "query($i: [ID!]!) {nodes(ids: $i) {id}}",
                json!({"i": ["a", "b"]}),
                3,
                0,
            ),
            (
                "query($i: [ID!] = [1, 2, 3]) {nodes(ids: $i) {id}}",
                json!({}),
                4,
                0,
            ),
        ];
        for (text, variables, points, first) in cases {
            let cost = cost(text, variables.clone());
            assert_eq!(
                (cost.points, cost.first),
                (points, first),
                "{text} {variables}"
            );
        }
    }

    #[test]
    fn products_and_sums_stay_at_the_highest_number() {
        let max = u64::MAX;
        assert_eq!(
            cost(
                &format!("{{a(first: {max}) {{b(first: {max}) {{c}}}}}}"),
                json!({})
            )
            .points,
            max
        );
        assert_eq!(
            cost(&format!("{{a(first: {max}) {{b}} c d}}"), json!({})).points,
            max
        );
        let doubling: String = (0..70)
            .map(|i| format!("fragment F{i} on Q {{...F{} ...F{0}}}", i + 1))
            .collect::<Vec<_>>()
            .concat();
        assert_eq!(
            cost(
                &format!("{{...F0}} {doubling} fragment F70 on Q {{a}}"),
                json!({})
            )
            .points,
            max
        );
    }

    #[test]
    fn the_lists_of_the_schema_have_an_estimated_length() {
        let cases = [
            ("{__schema {types {name}}}", 1 + 1 + 100),
            (
                "{__type(name: \"A\") {fields {name type {name}}}}",
                1 + 1 + 10 * 3,
            ),
            (
                "{__schema {types {...F}}} fragment F on __Type {fields {name}}",
                1 + 1 + 100 * (1 + 10),
            ),
            (
                "{... {__type(name: \"A\") {... {fields {name}}}}}",
                1 + 1 + 10,
            ),
            // Elsewhere, a field of such a name is a field.
            ("{types {name}}", 2),
            ("{...F} fragment F on Type {fields {name}}", 2),
        ];
        for (text, points) in cases {
            assert_eq!(cost(text, json!({})).points, points, "{text}");
        }
    }
}
