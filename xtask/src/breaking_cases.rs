//! Changes of a schema, and what each breaks.

use super::changes;
use async_graphql::parser::parse_schema;

/// (before, after, what is broken)
const CASES: &[(&str, &str, &[&str])] = &[
    // What clients read.
    ("type A { x: Int }", "type A { x: Int }", &[]),
    (
        "type A { x: Int }",
        "type A { x: Int y: Int! } type B { x: Int }",
        &[],
    ),
    (
        "type A { x: Int }",
        "\"said\" type A { \"said\" x: Int @deprecated(reason: \"use y\") }",
        &[],
    ),
    (
        "type A { x: Int } type B { x: Int }",
        "type A { x: Int }",
        &["type B is gone"],
    ),
    (
        "type A { x: Int y: Int }",
        "type A { x: Int }",
        &["A.y is gone"],
    ),
    ("type A { x: Int }", "type A { x: Int! }", &[]),
    (
        "type A { x: Int! }",
        "type A { x: Int }",
        &["A.x answered Int! and answers Int"],
    ),
    (
        "type A { x: Int }",
        "type A { x: String }",
        &["A.x answered Int and answers String"],
    ),
    (
        "type A { x: Int }",
        "type A { x: [Int] }",
        &["A.x answered Int and answers [Int]"],
    ),
    ("type A { x: [Int] }", "type A { x: [Int!]! }", &[]),
    (
        "type A { x: [Int!]! }",
        "type A { x: [Int]! }",
        &["A.x answered [Int!]! and answers [Int]!"],
    ),
    (
        "interface A { x: Int! }",
        "interface A { x: Int }",
        &["A.x answered Int! and answers Int"],
    ),
    (
        "interface A { x: Int y: Int }",
        "interface A { x: Int }",
        &["A.y is gone"],
    ),
    (
        "type A implements N { x: Int }",
        "type A { x: Int }",
        &["A no longer implements N"],
    ),
    ("type A { x: Int }", "type A implements N { x: Int }", &[]),
    ("union U = A | B", "union U = A", &["U is never again B"]),
    ("union U = A", "union U = A | B", &[]),
    ("enum E { X Y }", "enum E { X }", &["E.Y is gone"]),
    ("enum E { X }", "enum E { X Y }", &[]),
    (
        "type A { x: Int }",
        "interface A { x: Int }",
        &["A was an object and is an interface"],
    ),
    (
        "scalar A",
        "enum A { X }",
        &["A was a scalar and is an enum"],
    ),
    // What clients send.
    (
        "type A { f(x: Int): Int }",
        "type A { f(x: Int, y: Int): Int }",
        &[],
    ),
    (
        "type A { f(x: Int): Int }",
        "type A { f(x: Int, y: Int! = 1): Int }",
        &[],
    ),
    (
        "type A { f(x: Int): Int }",
        "type A { f(x: Int, y: Int!): Int }",
        &["A.f(y:) is new and must be given"],
    ),
    (
        "type A { f: Int }",
        "type A { f(x: Int!): Int }",
        &["A.f(x:) is new and must be given"],
    ),
    (
        "type A { f(x: Int): Int }",
        "type A { f: Int }",
        &["A.f(x:) is gone"],
    ),
    (
        "type A { f(x: Int!): Int }",
        "type A { f(x: Int): Int }",
        &[],
    ),
    (
        "type A { f(x: Int): Int }",
        "type A { f(x: Int!): Int }",
        &["A.f(x:) took Int and takes Int!"],
    ),
    (
        "type A { f(x: Int): Int }",
        "type A { f(x: Int! = 3): Int }",
        &["A.f(x:) took Int and takes Int!"],
    ),
    (
        "type A { f(x: Int! = 3): Int }",
        "type A { f(x: Int! = 4): Int }",
        &[],
    ),
    (
        "type A { f(x: Int! = 3): Int }",
        "type A { f(x: Int!): Int }",
        &["A.f(x:) must now be given"],
    ),
    (
        "type A { f(x: [Int!]!): Int }",
        "type A { f(x: [Int]): Int }",
        &[],
    ),
    (
        "type A { f(x: [Int]!): Int }",
        "type A { f(x: [Int!]!): Int }",
        &["A.f(x:) took [Int]! and takes [Int!]!"],
    ),
    ("input I { x: Int }", "input I { x: Int y: Int }", &[]),
    (
        "input I { x: Int }",
        "input I { x: Int y: Int! }",
        &["I.y is new and must be given"],
    ),
    (
        "input I { x: Int y: Int }",
        "input I { x: Int }",
        &["I.y is gone"],
    ),
    ("input I { x: Int! }", "input I { x: Int }", &[]),
    (
        "input I { x: Int }",
        "input I { x: Int! }",
        &["I.x took Int and takes Int!"],
    ),
    (
        "input I { x: Int }",
        "input I { x: ID }",
        &["I.x took Int and takes ID"],
    ),
    (
        "input I { x: Int }",
        "input I @oneOf { x: Int }",
        &["I takes only one of its fields at a time"],
    ),
    ("input I @oneOf { x: Int }", "input I { x: Int }", &[]),
    // Where operations begin.
    (
        "type Q { x: Int } schema { query: Q }",
        "type Q { x: Int } type M { x: Int } schema { query: Q mutation: M }",
        &[],
    ),
    (
        "type Q { x: Int } schema { query: Q mutation: Q }",
        "type Q { x: Int } schema { query: Q }",
        &["mutation operations no longer begin at Q"],
    ),
    // Several at once are all told.
    (
        "type A { x: Int! y: Int } enum E { X }",
        "type A { x: Int } enum E { Y }",
        &[
            "A.x answered Int! and answers Int",
            "A.y is gone",
            "E.X is gone",
        ],
    ),
];

#[test]
fn what_a_change_breaks_is_told_and_additions_break_nothing() {
    for (before, after, broken) in CASES {
        let old = parse_schema(before).unwrap();
        let new = parse_schema(after).unwrap();
        assert_eq!(changes(&old, &new), *broken, "{before} → {after}");
    }
}
