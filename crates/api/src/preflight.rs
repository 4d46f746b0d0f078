//! What happens to a GraphQL request before anything of it is executed: it is measured, and refused if it asks for too much.
//!
//! Teachers share one server. A query that asks for everything of everything, written by mistake or by malice, must not make
//! the others wait. So the text is counted before it is parsed, parsed and measured without a schema or a database, and priced
//! with its variables; every bound is a field of [`Limits`], every refusal a [`Refusal`] with a stable code. How long that takes
//! depends on the text alone, whatever its fragments unfold to.
//!
//! ```text
//! text ──tokens──▶ parser ──shape──▶ operation ──cost──▶ Passed
//!         bytes             fragments     depth, aliases,     pages, cost
//!         tokens            selections    roots, directives,
//!         brackets          nesting       introspection
//! ```

#[cfg(test)]
mod attacks;
mod cost;
mod documents;
mod limits;
mod operation;
mod refusal;
mod shape;
mod tokens;

use std::sync::Arc;

use async_graphql::{
    Name, Variables,
    parser::types::{ExecutableDocument, OperationType},
};

use self::{cost::Cost, documents::Known};
pub use self::{
    documents::Documents,
    limits::Limits,
    refusal::{Limit, Refusal},
};

/// A request that may be executed.
#[derive(Debug)]
pub struct Passed {
    /// The parsed document, whole. `Request::set_parsed_query(Arc::unwrap_or_clone(document))` saves parsing it again.
    pub document: Arc<ExecutableDocument>,
    /// Whether the operation reads, writes or listens.
    pub kind: OperationType,
    /// The static cost, for `extensions.cost`: a field is 1, and what stands below a list is multiplied by its page.
    pub cost: u64,
    /// The names of the fields at its root, each once, in alphabetical order.
    pub roots: Vec<Name>,
    /// How many fields it asks for at its root, however they are named.
    pub fields: u64,
    /// Whether it is a query for the schema and nothing else: `__schema`, `__type`, `__typename`.
    pub is_introspection: bool,
}

/// Measures a request, and lets it pass or refuses it. Nothing is executed, and no statement is run.
///
/// `operation` is the request's `operationName`. A document that passes is kept in `documents`.
///
/// # Errors
///
/// The first [`Refusal`] met, in the order of the drawing above.
pub fn check(
    limits: &Limits,
    documents: &Documents,
    query: &str,
    operation: Option<&str>,
    variables: &Variables,
) -> Result<Passed, Refusal> {
    within(
        Limit::QueryBytes,
        limits.query_bytes_max,
        query.len() as u64,
    )?;
    let (known, is_new) = match documents.find(query) {
        Some(known) => (known, false),
        None => (Arc::new(Known::read(query, limits)?), true),
    };
    within(
        Limit::Selections,
        limits.selections_max,
        known.shapes.selections(),
    )?;
    within(Limit::Nesting, limits.nesting_max, known.shapes.nesting())?;

    let (name, definition) = operation::choose(&known.document, operation)?;
    let definition = &definition.node;
    let shape = &known.shapes.operations[&name.cloned()];
    let is_introspection = operation::is_introspection(definition.ty, shape);
    operation::measure(limits, definition.ty, shape, is_introspection)?;
    operation::has_variables(definition, variables)?;

    let cost = Cost::of(
        &known.document,
        definition,
        &known.shapes.fragments,
        variables,
    );
    let cost_max = if is_introspection {
        limits.introspection_cost_max
    } else {
        limits.cost_max
    };
    within(Limit::First, limits.first_max, cost.first)?;
    within(Limit::Cost, cost_max, cost.points)?;

    if is_new {
        documents.keep(query, Arc::clone(&known));
    }
    Ok(Passed {
        document: Arc::clone(&known.document),
        kind: definition.ty,
        cost: cost.points,
        roots: shape.names.iter().cloned().collect(),
        fields: shape.roots,
        is_introspection,
    })
}

fn within(limit: Limit, max: u64, found: u64) -> Result<(), Refusal> {
    if found > max {
        Err(Refusal::TooMuch { limit, max, found })
    } else {
        Ok(())
    }
}

#[cfg(test)]
fn ask(limits: &Limits, query: &str, operation: Option<&str>) -> Result<Passed, Refusal> {
    check(
        limits,
        &Documents::new(limits),
        query,
        operation,
        &Variables::default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::attacks::INTROSPECTION;
    use serde_json::json;

    /// `{open part×n close}`: a query that grows by one with `n`.
    fn repeat(n: usize, open: &str, part: &str, close: &str) -> String {
        format!("{open}{}{close}", part.repeat(n))
    }

    fn within_each_other(n: usize, open: &str, inner: &str, close: &str) -> String {
        format!("{}{inner}{}", open.repeat(n), close.repeat(n))
    }

    /// A query of any size.
    type Growing = fn(usize) -> String;

    #[test]
    fn each_bound_lets_through_what_reaches_it_and_refuses_one_more() {
        // code, the bound, the query
        let cases: [(&str, usize, Growing); 16] = [
            ("LIMIT_QUERY_BYTES", 65_536, |n| {
                repeat(n - 3, "{a", ",", "}")
            }),
            ("LIMIT_TOKENS", 2_000, |n| {
                repeat(n - 9, "{a(x: [", "1 ", "])}")
            }),
            ("LIMIT_NESTING", 32, |n| {
                within_each_other(n - 1, "{...", "{a}", "}")
            }),
            ("LIMIT_NESTING", 32, |n| {
                format!("{{a(x: {})}}", within_each_other(n - 2, "[", "", "]"))
            }),
            ("LIMIT_NESTING", 32, |n| {
                let spread = |i| format!("fragment F{i} on Q {{...F{}}}", i + 1);
                let chain = (2..n).map(spread).collect::<Vec<_>>().concat();
                format!("{{...F2}} {chain} fragment F{n} on Q {{a}}")
            }),
            ("LIMIT_DEPTH", 12, |n| within_each_other(n, "{a", "", "}")),
            ("LIMIT_DEPTH", 20, |n| {
                format!(
                    "{{__schema {{types {}}}}}",
                    within_each_other(n - 2, "{ofType", "", "}")
                )
            }),
            ("LIMIT_SELECTIONS", 500, |n| {
                repeat(n - 1, "{r {", "a ", "}}")
            }),
            ("LIMIT_SELECTIONS", 500, |n| {
                repeat(n - 1, "{r {", "__typename ", "}}")
            }),
            ("LIMIT_SELECTIONS", 500, |n| {
                repeat(n - 2, "query B {a} query A {r {", "a ", "}}")
            }),
            ("LIMIT_ALIASES", 30, |n| repeat(n, "{r {", "x: a ", "}}")),
            ("LIMIT_ROOTS", 20, |n| repeat(n, "{", "a ", "}")),
            ("LIMIT_ROOTS", 20, |n| {
                repeat(n - 6, "{...F ...F ", "d ", "} fragment F on Q {a b c}")
            }),
            ("LIMIT_DIRECTIVES", 10, |n| {
                repeat(n, "{r {", "a @include(if: true) ", "}}")
            }),
            ("LIMIT_FIRST", 100, |n| format!("{{r(first: {n}) {{a}}}}")),
            // 99 × (1 + 100) + 1 = 10 000
            ("LIMIT_COST", 10_000, |n| {
                repeat(n - 10_000, "{r(first: 99) {s(first: 100) {a}} ", "b ", "}")
            }),
        ];
        for (code, bound, query) in cases {
            let chosen = |query: &str| {
                ask(
                    &Limits::default(),
                    query,
                    query.contains("query B").then_some("B"),
                )
            };
            let passed = chosen(&query(bound));
            assert!(passed.is_ok(), "{code}: {passed:?}");

            let refusal = chosen(&query(bound + 1)).unwrap_err();
            let Refusal::TooMuch { max, found, .. } = refusal else {
                panic!("{code}: {refusal}")
            };
            assert_eq!(
                (refusal.code(), max, found),
                (code, bound as u64, bound as u64 + 1)
            );
        }
    }

    #[test]
    fn a_variable_has_the_value_that_its_type_demands() {
        let cases = [
            ("query ($a: ID!) {x(a: $a)}", json!({"a": "1"}), true),
            ("query ($a: ID!) {x(a: $a)}", json!({}), false),
            ("query ($a: ID!) {x(a: $a)}", json!({"a": null}), false),
            ("query ($a: ID!) {x}", json!({"a": null}), false),
            ("query ($a: ID) {x(a: $a)}", json!({"a": null}), true),
            ("query ($a: ID) {x(a: $a)}", json!({}), true),
            ("query ($a: Int! = 1) {x(a: $a)}", json!({}), true),
            ("query ($a: Int! = 1) {x(a: $a)}", json!({"a": null}), false),
        ];
        let limits = Limits::default();
        for (query, variables, passes) in cases {
            let case = format!("{query} {variables}");
            let documents = Documents::new(&limits);
            let variables = Variables::from_json(variables);
            match check(&limits, &documents, query, None, &variables) {
                Ok(_) => assert!(passes, "{case}"),
                Err(refusal) => {
                    assert_eq!(
                        (refusal.code(), passes),
                        ("VARIABLE_MISSING", false),
                        "{case}"
                    );
                }
            }
        }
    }

    #[test]
    fn what_passed_is_kept_and_what_was_refused_is_not() {
        let limits = Limits::default();
        let documents = Documents::new(&limits);
        let query = "query ($n: Int) {r(first: $n) {a}}";
        let ask = |query: &str, n: u64| {
            check(
                &limits,
                &documents,
                query,
                None,
                &Variables::from_json(json!({"n": n})),
            )
        };

        assert_eq!(ask(query, 101).unwrap_err().code(), "LIMIT_FIRST");
        assert!(documents.find(query).is_none());
        let first = ask(query, 5).unwrap();
        let second = ask(query, 7).unwrap();
        assert!(Arc::ptr_eq(&first.document, &second.document));
        assert_eq!(
            (first.cost, second.cost),
            (6, 8),
            "the cost is of this request's variables"
        );
        assert_eq!(
            ask(query, 101).unwrap_err().code(),
            "LIMIT_FIRST",
            "bounds hold for what is remembered too"
        );
    }

    struct Query;

    #[async_graphql::Object]
    impl Query {
        async fn twice(&self, of: i32) -> i32 {
            of * 2
        }
    }

    #[tokio::test]
    async fn a_document_that_passed_is_executed_without_being_parsed_again() {
        let schema = async_graphql::Schema::new(
            Query,
            async_graphql::EmptyMutation,
            async_graphql::EmptySubscription,
        );
        let limits = Limits::default();
        let variables = Variables::from_json(json!({"of": 21}));
        let query = "query ($of: Int!) {twice(of: $of) ...F} fragment F on Query {__typename}";
        let passed = check(&limits, &Documents::new(&limits), query, None, &variables);
        // No text: what is answered can only come from the document.
        let mut request = async_graphql::Request::new("").variables(variables);
        request.set_parsed_query(Arc::unwrap_or_clone(passed.unwrap().document));
        let response = schema.execute(request).await;
        assert!(response.errors.is_empty(), "{:?}", response.errors);
        assert_eq!(
            response.data.into_json().unwrap(),
            json!({"twice": 42, "__typename": "Query"})
        );

        // The library takes what may pass at most, so that its own bounds, said less clearly, are never met.
        let deepest = format!("{{{}__typename{}}}", "... {".repeat(31), "}".repeat(31));
        for query in [INTROSPECTION, &deepest] {
            let passed = ask(&Limits::default(), query, None).unwrap();
            let mut request = async_graphql::Request::new("");
            request.set_parsed_query(Arc::unwrap_or_clone(passed.document));
            let response = schema.execute(request).await;
            assert!(response.errors.is_empty(), "{:?}", response.errors);
        }
    }
}
