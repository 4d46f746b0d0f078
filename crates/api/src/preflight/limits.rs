//! The bounds of one GraphQL request, as they stand in the configuration.

use serde::{Deserialize, Serialize};

/// What one request to the API may ask for. Everything beyond is refused before anything is executed.
///
/// The defaults let every page and every ordinary integration through with room to spare; whoever meets one is told which
/// bound it was and what to do. All of them count per request, whoever asks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// How long the body of a request may be, in bytes. The HTTP door holds it, before anything is read as GraphQL.
    pub body_bytes_max: u64,
    /// How long the query text may be, in bytes. Far less than the body: data belongs into variables, which are not parsed
    /// as GraphQL. A mebibyte of comment has no tokens, but kept the parser busy for 0.8 s in a debug build.
    pub query_bytes_max: u64,
    /// How many lexical tokens (names, numbers, strings, punctuation) the query text may have. Comments and commas are free.
    pub tokens_max: u64,
    /// How deep brackets of any kind may stand within each other, and selection sets once fragments are put in their place.
    /// It keeps every recursion over a query short; `async-graphql` has 32 of its own, met later and said less clearly.
    pub nesting_max: u64,
    /// How many fields may stand within each other, the root field counted.
    pub depth_max: u64,
    /// How many selections (fields, `__typename` too, and fragments) a document may have, all its operations together,
    /// each fragment counted wherever it is used.
    pub selections_max: u64,
    /// How many fields of the operation may be renamed, fragments put in their place.
    pub aliases_max: u64,
    /// How many fields the operation may ask for at the root, fragments put in their place.
    pub roots_max: u64,
    /// How many directives (`@include`, `@skip`) the operation may carry, fragments put in their place.
    pub directives_max: u64,
    /// The highest static cost of an operation: a field is 1, and what stands below a list is multiplied by its page.
    pub cost_max: u64,
    /// The largest page: the highest `first` or `last`.
    pub first_max: u64,
    /// Whether clients may ask for the schema (`__schema`, `__type`). `GraphiQL` and code generators need it.
    pub introspection: bool,
    /// How many fields may stand within each other where an operation asks only for the schema: types in types in types.
    pub introspection_depth_max: u64,
    /// The highest static cost of an operation that asks only for the schema. By our estimate of how long the schema's lists
    /// are, `GraphiQL`'s query costs half of it.
    pub introspection_cost_max: u64,
    /// How long a request may take, in milliseconds, before it is answered with a timeout. The door holds it.
    pub request_ms_max: u64,
    /// How many parsed documents are remembered.
    pub documents_max: usize,
    /// How much memory the remembered documents may take together, in bytes, by estimate.
    pub documents_bytes_max: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            body_bytes_max: 1024 * 1024,
            query_bytes_max: 64 * 1024,
            tokens_max: 2_000,
            nesting_max: 32,
            depth_max: 12,
            selections_max: 500,
            aliases_max: 30,
            roots_max: 20,
            directives_max: 10,
            cost_max: 10_000,
            first_max: 100,
            introspection: true,
            introspection_depth_max: 20,
            introspection_cost_max: 500_000,
            request_ms_max: 10_000,
            documents_max: 1_000,
            documents_bytes_max: 16 * 1024 * 1024,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_configured_is_as_promised_and_what_is_unknown_is_named() {
        let limits: Limits = serde_json::from_str(r#"{"depth_max": 7}"#).unwrap();
        assert_eq!(
            limits,
            Limits {
                depth_max: 7,
                ..Limits::default()
            }
        );

        let error = serde_json::from_str::<Limits>(r#"{"depht_max": 7}"#).unwrap_err();
        assert!(error.to_string().contains("depht_max"), "{error}");
    }
}
