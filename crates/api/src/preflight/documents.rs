//! Parsed documents, remembered by their text.

use std::sync::Arc;

use async_graphql::parser::{self, Positioned, types::ExecutableDocument, types::Selection};
use quick_cache::{Weighter, sync::Cache};

use super::{Limits, Refusal, shape::Shapes, tokens};

/// A document and what is true of it whatever its variables are.
pub(super) struct Known {
    pub document: Arc<ExecutableDocument>,
    pub shapes: Shapes,
    pub tokens: u64,
}

impl Known {
    /// Counts, parses and measures a query text.
    ///
    /// # Errors
    ///
    /// Those of [`tokens::count`] and [`Shapes::of`], and [`Refusal::BadDocument`] if it does not parse.
    pub(super) fn read(text: &str, limits: &Limits) -> Result<Self, Refusal> {
        let tokens = tokens::count(text, limits)?;
        let document = Arc::new(parser::parse_query(text).map_err(|error| bad_document(&error))?);
        let shapes = Shapes::of(&document)?;
        Ok(Self {
            document,
            shapes,
            tokens,
        })
    }
}

/// The parsed documents that clients send again and again, so that they are parsed and measured once.
///
/// Bounded by number and by memory. Only what passed is kept, so that junk pushes nothing out; so it belongs to the limits
/// that it passed under.
pub struct Documents(Cache<Box<str>, Arc<Known>, Weight>);

impl Documents {
    /// An empty memory of the size that `limits` gives.
    #[must_use]
    pub fn new(limits: &Limits) -> Self {
        let (count, bytes) = (limits.documents_max.max(1), limits.documents_bytes_max);
        // Each document weighs at least its share, so that one bound holds the other too.
        let weight = Weight {
            min: bytes.div_ceil(count as u64).max(1),
        };
        Self(Cache::with_weighter(count, bytes, weight))
    }

    pub(super) fn find(&self, text: &str) -> Option<Arc<Known>> {
        self.0.get(text)
    }

    pub(super) fn keep(&self, text: &str, known: Arc<Known>) {
        self.0.insert(text.into(), known);
    }
}

#[derive(Clone)]
struct Weight {
    min: u64,
}

impl Weighter<Box<str>, Arc<Known>> for Weight {
    /// The text, and for each token a selection: the largest node of a tree that has fewer nodes than tokens.
    fn weight(&self, text: &Box<str>, known: &Arc<Known>) -> u64 {
        let node = size_of::<Positioned<Selection>>() as u64;
        (text.len() as u64 + known.tokens * node).max(self.min)
    }
}

/// The parser's errors name their place in prose around the text they complain about; ours have it apart, and repeat no text.
fn bad_document(error: &parser::Error) -> Refusal {
    let (line, column) = error
        .positions()
        .next()
        .map_or((0, 0), |place| (place.line, place.column));
    let reason = match error {
        // Its last line says what was expected.
        parser::Error::Syntax { message, .. } => message.lines().last().unwrap_or_default(),
        other => &other.to_string(),
    };
    let reason = reason.trim().trim_start_matches("= ").trim_end_matches('.');
    Refusal::BadDocument {
        line,
        column,
        reason: reason.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keep(documents: &Documents, text: &str) {
        let known = Known::read(text, &Limits::default()).unwrap();
        documents.keep(text, Arc::new(known));
    }

    #[test]
    fn what_was_kept_is_found_by_its_text() {
        let documents = Documents::new(&Limits::default());
        keep(&documents, "{a}");
        let first = documents.find("{a}").unwrap();
        assert!(Arc::ptr_eq(&first, &documents.find("{a}").unwrap()));
        assert!(documents.find("{a }").is_none());
        assert!(documents.find("").is_none());
    }

    #[test]
    fn neither_many_documents_nor_large_ones_exceed_the_bounds() {
        let limits = Limits {
            documents_max: 64,
            documents_bytes_max: 1024 * 1024,
            ..Limits::default()
        };
        let documents = Documents::new(&limits);
        for i in 0..500 {
            keep(&documents, &format!("{{a{i}}}"));
        }
        assert!(
            (1..=64).contains(&documents.0.len()),
            "{}",
            documents.0.len()
        );

        let documents = Documents::new(&limits);
        let wide = "a ".repeat(400);
        for i in 0..500 {
            keep(&documents, &format!("{{a{i} {wide}}}"));
        }
        assert!(
            (1..=13).contains(&documents.0.len()),
            "{}",
            documents.0.len()
        );
        assert!(documents.0.weight() <= 1024 * 1024);
    }

    #[test]
    fn a_memory_of_no_size_keeps_nothing_and_works() {
        let limits = Limits {
            documents_max: 0,
            documents_bytes_max: 0,
            ..Limits::default()
        };
        let documents = Documents::new(&limits);
        keep(&documents, "{a}");
        assert!(documents.find("{a}").is_none());
    }

    #[test]
    fn what_does_not_parse_is_refused_with_its_place_and_without_its_text() {
        let cases = [
            ("{a", 1, 3, "expected"),
            ("{a\n(b: )}", 2, 5, "expected"),
            ("query A {a} {b}", 1, 13, "multiple operations"),
            ("query A {a} query A {b}", 1, 13, "defined twice"),
            (
                "{a} fragment F on Q {b} fragment F on Q {c}",
                1,
                25,
                "defined twice",
            ),
            ("fragment F on Q {b}", 0, 0, "does not contain an operation"),
            ("", 1, 1, "expected"),
            ("type A {a: Int}", 1, 1, "expected"),
            ("{a(x: \"\\q verbatim\")}", 1, 7, "expected"),
        ];
        for (text, line, column, expected) in cases {
            let refusal = Known::read(text, &Limits::default())
                .err()
                .unwrap_or_else(|| panic!("{text} passed"));
            let Refusal::BadDocument {
                line: l,
                column: c,
                reason,
            } = &refusal
            else {
                panic!("{text}: {refusal}")
            };
            assert_eq!((*l, *c), (line, column), "{text}: {refusal}");
            assert!(
                reason.contains(expected) && !reason.contains("verbatim"),
                "{text}: {reason}"
            );
        }
    }
}
