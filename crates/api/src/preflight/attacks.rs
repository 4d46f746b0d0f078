//! What hangs other servers, and documents damaged at random. Only tests.

use proptest::prelude::*;

use super::{Limits, ask};

/// Asks for all that the `getIntrospectionQuery` of graphql-js 16 asks for with its stable options on: what `GraphiQL` and
/// code generators send.
pub(super) const INTROSPECTION: &str = include_str!("fixtures/introspection.graphql");

/// A document whose fragments double `n` times.
fn bomb(n: u32, operations: &str) -> String {
    let doubling: String = (0..n)
        .map(|i| format!("fragment F{i} on Q {{...F{} ...F{0}}}", i + 1))
        .collect::<Vec<_>>()
        .concat();
    format!("{operations} {doubling} fragment F{n} on Q {{a}}")
}

#[test]
fn the_attacks_that_hang_servers_are_refused_at_once() {
    // Each would take hours, or the stack, if anything of it were unfolded or followed.
    let circle = "{...F} fragment F on Q {...G ...G} fragment G on Q {...F ...F}";
    let aliases: String = (0..5_000)
        .map(|i| format!("x{i}: a "))
        .collect::<Vec<_>>()
        .concat();
    let wide: String = (0..100)
        .map(|i| format!("x{i}: a "))
        .collect::<Vec<_>>()
        .concat();
    let cases = [
        ("a fragment bomb", bomb(30, "{...F0}"), "LIMIT_SELECTIONS"),
        (
            "a fragment bomb in an operation that is not to run",
            bomb(30, "query B {...F0} query A {a}"),
            "LIMIT_SELECTIONS",
        ),
        (
            "a query 30 deep",
            format!("{}{}", "{a".repeat(30), "}".repeat(30)),
            "LIMIT_DEPTH",
        ),
        ("5 000 aliases", format!("{{{aliases}}}"), "LIMIT_TOKENS"),
        ("100 aliases", format!("{{r {{{wide}}}}}"), "LIMIT_ALIASES"),
        ("fragments in a circle", circle.to_owned(), "FRAGMENT_CYCLE"),
        ("60 kB of open braces", "{a".repeat(30_000), "LIMIT_NESTING"),
        (
            "60 kB of open lists",
            format!("{{a(x: {}", "[".repeat(60_000)),
            "LIMIT_NESTING",
        ),
        (
            "lists behind a block string without an end",
            format!("{{a(x: [\"\"\"b\" {}", "[".repeat(60_000)),
            "BAD_DOCUMENT",
        ),
        (
            "100 kB of open braces",
            "{a".repeat(50_000),
            "LIMIT_QUERY_BYTES",
        ),
        (
            "a list in a list in a list",
            "{r(first:100){s(first:100){t(first:100){a}}}}".to_owned(),
            "LIMIT_COST",
        ),
        (
            "types of types of types",
            "{__schema{types{fields{type{fields{type{fields{type{fields{type{name}}}}}}}}}}}"
                .to_owned(),
            "LIMIT_COST",
        ),
    ];
    for (attack, query, code) in cases {
        let operation = query.contains("query A").then_some("A");
        assert_eq!(
            ask(&Limits::default(), &query, operation)
                .unwrap_err()
                .code(),
            code,
            "{attack}"
        );
    }
}

/// Valid documents with everything in them, to be damaged.
fn documents() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        INTROSPECTION,
        "query A($n: Int = 3, $i: [ID!]!) @d {r(first: $n) {nodes {...F}} nodes(ids: $i) {id}} fragment F on R @d {x: a b {c}}",
        "mutation {createRubric(input: {title: \"Läsa\", criteria: [{points: 1.5e3, on: true, kind: ANALYTIC, note: null}]}) {id}}",
        "subscription S {a(text: \"\"\"block \\\"\"\" of \"text\" \"\"\") {... on B @include(if: true) {c}}} # the end",
        "{...F} fragment F on Q {...G ...G} fragment G on Q {a}",
    ])
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), name in any::<Option<String>>()) {
        let _ = ask(&Limits::default(), &text, name.as_deref());
    }

    #[test]
    fn no_damaged_document_makes_it_panic(
        text in documents(),
        at in any::<prop::sample::Index>(),
        length in 0_usize..40,
        with in r##"([{}()\[\]:!$@"#,-]|\.\.\.|"""|\\|\n|[a-zA-Z_0-9]{1,3}|å|\PC){0,6}"##,
        again in any::<prop::sample::Index>(),
    ) {
        let mut chars: Vec<char> = text.chars().collect();
        let (start, insert) = (at.index(chars.len()), again.index(chars.len()));
        let cut: Vec<char> = chars.splice(start..(start + length).min(text.chars().count()), with.chars()).collect();
        let insert = insert.min(chars.len());
        chars.splice(insert..insert, cut);
        let text: String = chars.into_iter().collect();
        // With wide bounds too, so that the later steps are reached.
        let wide = Limits { nesting_max: 60, depth_max: 60, directives_max: 500, ..Limits::default() };
        for limits in [Limits::default(), wide] {
            if let Ok(passed) = ask(&limits, &text, None) {
                prop_assert!(passed.cost >= 1 && !passed.roots.is_empty());
            }
        }
    }
}
