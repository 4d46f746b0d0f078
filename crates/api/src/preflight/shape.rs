//! What is true of a document whatever its variables are: how much it selects, how deep, what at the root.
//!
//! Fragments are never put in their place. Each is measured once, after those it spreads, and its measure is added wherever
//! it is used, so that a document of thirty fragments that doubles thirty times is counted exactly (2³⁰ and more) for nothing.

use std::collections::{BTreeSet, HashMap};

use async_graphql::{
    Name,
    parser::types::{ExecutableDocument, Selection, SelectionSet},
};

use super::Refusal;

/// The measures of a document, its fragments put in their place.
pub(super) struct Shapes {
    /// The names of all fragments, each after those that it spreads.
    pub fragments: Vec<Name>,
    /// Of each operation, by name; `None` is the one without.
    pub operations: HashMap<Option<Name>, Shape>,
}

impl Shapes {
    /// Measures a document.
    ///
    /// # Errors
    ///
    /// [`Refusal::UnknownFragment`] and [`Refusal::FragmentCycle`], also in fragments that no operation uses.
    pub(super) fn of(document: &ExecutableDocument) -> Result<Self, Refusal> {
        let fragments = in_order(document)?;
        let mut known = HashMap::new();
        for name in &fragments {
            let fragment = &document.fragments[name].node;
            let mut shape = Shape::of(&fragment.selection_set.node, &known);
            shape.directives = shape
                .directives
                .saturating_add(fragment.directives.len() as u64);
            known.insert(name, shape);
        }
        let operations = document.operations.iter().map(|(name, operation)| {
            let operation = &operation.node;
            let mut shape = Shape::of(&operation.selection_set.node, &known);
            let variables = operation.variable_definitions.iter();
            let directives = variables
                .map(|variable| variable.node.directives.len())
                .sum::<usize>();
            shape.directives = shape
                .directives
                .saturating_add((operation.directives.len() + directives) as u64);
            (name.cloned(), shape)
        });
        let operations = operations.collect();
        Ok(Self {
            fragments,
            operations,
        })
    }

    /// The selections of all operations together. `async-graphql` validates every operation of a document before it looks
    /// which one is to run, so that a small one must not bring a monster along.
    pub(super) fn selections(&self) -> u64 {
        self.operations
            .values()
            .fold(0, |sum, shape| sum.saturating_add(shape.selections))
    }

    /// How deep selection sets stand within each other, at most, fragments put in their place.
    pub(super) fn nesting(&self) -> u64 {
        self.operations
            .values()
            .map(|shape| shape.nesting)
            .max()
            .unwrap_or(0)
    }
}

/// The measure of a selection set, or of all that one operation asks for. Sums saturate.
#[derive(Default)]
pub(super) struct Shape {
    pub selections: u64,
    pub aliases: u64,
    pub directives: u64,
    /// Fields within each other.
    pub depth: u64,
    /// Selection sets within each other.
    pub nesting: u64,
    /// How many fields stand at the top, each counted as often as it is written: that often it is executed.
    pub roots: u64,
    /// The names of those fields.
    pub names: BTreeSet<Name>,
}

impl Shape {
    fn of(set: &SelectionSet, fragments: &HashMap<&Name, Self>) -> Self {
        let mut shape = Self {
            nesting: u64::from(!set.items.is_empty()),
            ..Self::default()
        };
        for selection in &set.items {
            shape.selections = shape.selections.saturating_add(1);
            shape.directives = shape
                .directives
                .saturating_add(selection.node.directives().len() as u64);
            match &selection.node {
                Selection::Field(field) => {
                    let below = Self::of(&field.node.selection_set.node, fragments);
                    shape.add(&below);
                    shape.depth = shape.depth.max(below.depth + 1);
                    shape.aliases = shape
                        .aliases
                        .saturating_add(u64::from(field.node.alias.is_some()));
                    shape.roots = shape.roots.saturating_add(1);
                    shape.names.insert(field.node.name.node.clone());
                }
                Selection::InlineFragment(inline) => {
                    shape.merge(&Self::of(&inline.node.selection_set.node, fragments));
                }
                Selection::FragmentSpread(spread) => {
                    shape.merge(&fragments[&spread.node.fragment_name.node]);
                }
            }
        }
        shape
    }

    /// Adds what stands below one of its fields.
    fn add(&mut self, below: &Self) {
        self.selections = self.selections.saturating_add(below.selections);
        self.aliases = self.aliases.saturating_add(below.aliases);
        self.directives = self.directives.saturating_add(below.directives);
        self.nesting = self.nesting.max(below.nesting + 1);
    }

    /// Adds a fragment, whose fields become its own.
    fn merge(&mut self, fragment: &Self) {
        self.add(fragment);
        self.depth = self.depth.max(fragment.depth);
        self.roots = self.roots.saturating_add(fragment.roots);
        self.names.extend(fragment.names.iter().cloned());
    }
}

/// The fragments of a document, each after those that it spreads.
fn in_order(document: &ExecutableDocument) -> Result<Vec<Name>, Refusal> {
    for (_, operation) in document.operations.iter() {
        spreads(document, &operation.node.selection_set.node)?;
    }
    let mut spread_by = HashMap::new();
    for (name, fragment) in &document.fragments {
        spread_by.insert(name, spreads(document, &fragment.node.selection_set.node)?);
    }
    // Of each fragment, how many spreads in it are not in order yet, and who waits for it.
    let mut missing: HashMap<&Name, usize> = HashMap::new();
    let mut waiting: HashMap<&Name, Vec<&Name>> = HashMap::new();
    for (name, spreads) in &spread_by {
        missing.insert(name, spreads.len());
        for spread in spreads {
            waiting.entry(spread).or_default().push(name);
        }
    }
    let mut ready: Vec<&Name> = missing
        .iter()
        .filter(|(_, count)| **count == 0)
        .map(|(name, _)| *name)
        .collect();
    let mut order = Vec::with_capacity(ready.len());
    while let Some(name) = ready.pop() {
        order.push(name.clone());
        missing.remove(name);
        for waiter in waiting.remove(name).unwrap_or_default() {
            if let Some(count) = missing.get_mut(waiter) {
                *count -= 1;
                if *count == 0 {
                    ready.push(waiter);
                }
            }
        }
    }
    // Whoever still misses one is on a circle or leads to one: follow the steps until one comes twice.
    let mut passed = BTreeSet::new();
    let mut step = missing.keys().min().copied();
    while let Some(name) = step {
        if !passed.insert(name) {
            return Err(Refusal::FragmentCycle {
                name: name.to_string(),
            });
        }
        step = spread_by[name]
            .iter()
            .copied()
            .find(|spread| missing.contains_key(spread));
    }
    Ok(order)
}

/// The fragments that a selection set spreads, as often as it does, each known to the document.
fn spreads<'a>(
    document: &'a ExecutableDocument,
    set: &'a SelectionSet,
) -> Result<Vec<&'a Name>, Refusal> {
    let mut found = Vec::new();
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) => {
                found.extend(spreads(document, &field.node.selection_set.node)?);
            }
            Selection::InlineFragment(inline) => {
                found.extend(spreads(document, &inline.node.selection_set.node)?);
            }
            Selection::FragmentSpread(spread) => {
                let name = &spread.node.fragment_name.node;
                if !document.fragments.contains_key(name) {
                    return Err(Refusal::UnknownFragment {
                        name: name.to_string(),
                    });
                }
                found.push(name);
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use async_graphql::parser::parse_query;

    fn shapes(text: &str) -> Result<Shapes, Refusal> {
        Shapes::of(&parse_query(text).unwrap())
    }

    #[test]
    fn a_document_is_measured_as_if_its_fragments_stood_in_their_place() {
        // text, selections, aliases, directives, depth, nesting, roots
        let cases: &[(&str, [u64; 6])] = &[
            ("{a}", [1, 0, 0, 1, 1, 1]),
            ("{a a b}", [3, 0, 0, 1, 1, 3]),
            ("{__typename}", [1, 0, 0, 1, 1, 1]),
            ("{x: a y: a {z: b}}", [3, 3, 0, 2, 2, 2]),
            ("{a {b {c}}}", [3, 0, 0, 3, 3, 1]),
            ("{... {a {b}} ... on Q {c}}", [5, 0, 0, 2, 3, 2]),
            (
                "query q($v: Int @d) @d {a @d @d ... @d {b}}",
                [3, 0, 5, 1, 2, 2],
            ),
            (
                "{...F ...F} fragment F on Q @d {x: a {b}}",
                [6, 2, 2, 2, 3, 2],
            ),
            (
                "{a {...F}} fragment F on Q {...G b} fragment G on Q {c {d}}",
                [6, 0, 0, 3, 5, 1],
            ),
            (
                "{...F} fragment F on Q {...G a} fragment G on Q {b}",
                [4, 0, 0, 1, 3, 2],
            ),
            ("{a} fragment F on Q {b c d}", [1, 0, 0, 1, 1, 1]),
        ];
        for (text, expected) in cases {
            let shapes = shapes(text).unwrap();
            let s = shapes.operations.values().next().unwrap();
            assert_eq!(
                [
                    s.selections,
                    s.aliases,
                    s.directives,
                    s.depth,
                    s.nesting,
                    s.roots
                ],
                *expected,
                "{text}"
            );
        }
    }

    #[test]
    fn the_operations_of_a_document_are_measured_apart_and_together() {
        let shapes = shapes("query A {a ...F} mutation B {b {...F}} fragment F on Q {c}").unwrap();
        let names = |name: &str| {
            let shape = &shapes.operations[&Some(Name::new(name))];
            (
                shape.selections,
                shape.names.iter().map(Name::as_str).collect::<Vec<_>>(),
            )
        };
        assert_eq!(names("A"), (3, vec!["a", "c"]));
        assert_eq!(names("B"), (3, vec!["b"]));
        assert_eq!(shapes.selections(), 6);
        assert_eq!(shapes.nesting(), 3);
    }

    #[test]
    fn fragments_that_double_are_counted_without_being_put_in_their_place() {
        let bomb = |n: u32| {
            let doubling: String = (0..n)
                .map(|i| format!("fragment F{i} on Q @d {{...F{} ...F{0}}}", i + 1))
                .collect::<Vec<_>>()
                .concat();
            format!("{{...F0}} {doubling} fragment F{n} on Q {{x: a}}")
        };
        let shape = |n| shapes(&bomb(n)).unwrap().operations.remove(&None).unwrap();
        let thirty = shape(30);
        assert_eq!(thirty.roots, 1 << 30);
        assert_eq!(thirty.selections, (1 << 31) + (1 << 30) - 1);
        assert_eq!(thirty.nesting, 32);
        // Far beyond what a u64 holds, sums stay where they are.
        let hundred = shape(100);
        assert_eq!(
            [
                hundred.roots,
                hundred.selections,
                hundred.aliases,
                hundred.directives
            ],
            [u64::MAX; 4]
        );
    }

    #[test]
    fn circles_and_unknown_fragments_are_refused_wherever_they_stand() {
        let cases = [
            ("{...F} fragment F on Q {...F}", "FRAGMENT_CYCLE", "F"),
            (
                "{a} fragment F on Q {a {... {...F}}}",
                "FRAGMENT_CYCLE",
                "F",
            ),
            // Neither A, which only leads there, nor D, to which the circle leads.
            (
                "{...A} fragment A on Q {...Z} fragment Z on Q {...D ...Z} fragment D on Q {a}",
                "FRAGMENT_CYCLE",
                "Z",
            ),
            (
                "{a} fragment A on Q {...B ...B} fragment B on Q {...A ...A}",
                "FRAGMENT_CYCLE",
                "A",
            ),
            ("{...F}", "UNKNOWN_FRAGMENT", "F"),
            ("{a} fragment F on Q {a {...G}}", "UNKNOWN_FRAGMENT", "G"),
            (
                "query A {a} query B {... {b {...H}}}",
                "UNKNOWN_FRAGMENT",
                "H",
            ),
        ];
        for (text, code, expected) in cases {
            let refusal = shapes(text)
                .err()
                .unwrap_or_else(|| panic!("{text} passed"));
            let (Refusal::FragmentCycle { name } | Refusal::UnknownFragment { name }) = &refusal
            else {
                panic!("{text}: {refusal}")
            };
            assert_eq!((refusal.code(), name.as_str()), (code, expected), "{text}");
        }
    }
}
