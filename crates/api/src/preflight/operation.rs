//! Which operation of a document is to run, and whether it keeps within the bounds that need no variables.

use async_graphql::{
    Name, Positioned, Value, Variables,
    parser::types::{ExecutableDocument, OperationDefinition, OperationType},
};

use super::{Limit, Limits, Refusal, shape::Shape, within};

/// The operation that is to run: the one that is named, or the only one.
pub(super) fn choose<'a>(
    document: &'a ExecutableDocument,
    wanted: Option<&str>,
) -> Result<(Option<&'a Name>, &'a Positioned<OperationDefinition>), Refusal> {
    let mut operations = document.operations.iter();
    match wanted {
        Some(wanted) => operations
            .find(|(name, _)| name.is_some_and(|name| name == wanted))
            .ok_or_else(|| Refusal::UnknownOperation {
                name: wanted.to_owned(),
            }),
        None => match (operations.next(), operations.next()) {
            (Some(only), None) => Ok(only),
            _ => Err(Refusal::OperationNameNeeded),
        },
    }
}

/// Refuses an operation whose variables lack a value that their types demand. The library would notice in the middle of
/// executing, and where nothing uses the variable not at all.
pub(super) fn has_variables(
    operation: &OperationDefinition,
    variables: &Variables,
) -> Result<(), Refusal> {
    let missing = operation.variable_definitions.iter().find(|definition| {
        let definition = &definition.node;
        let given = variables.get(&definition.name.node);
        !definition.var_type.node.nullable
            && match given {
                Some(value) => *value == Value::Null,
                None => definition.default_value.is_none(),
            }
    });
    match missing {
        Some(definition) => Err(Refusal::VariableMissing {
            name: definition.node.name.node.to_string(),
        }),
        None => Ok(()),
    }
}

/// Whether an operation asks for the schema and nothing else.
pub(super) fn is_introspection(kind: OperationType, shape: &Shape) -> bool {
    kind == OperationType::Query && shape.names.iter().all(is_meta)
}

/// Holds the measures of the chosen operation against their bounds.
pub(super) fn measure(
    limits: &Limits,
    kind: OperationType,
    shape: &Shape,
    is_introspection: bool,
) -> Result<(), Refusal> {
    if !limits.introspection
        && shape
            .names
            .iter()
            .any(|name| matches!(name.as_str(), "__schema" | "__type"))
    {
        return Err(Refusal::IntrospectionOff);
    }
    let depth_max = if is_introspection {
        limits.introspection_depth_max
    } else {
        limits.depth_max
    };
    within(Limit::Depth, depth_max, shape.depth)?;
    within(Limit::Aliases, limits.aliases_max, shape.aliases)?;
    within(Limit::Roots, limits.roots_max, shape.roots)?;
    within(Limit::Directives, limits.directives_max, shape.directives)?;
    if kind == OperationType::Subscription && (shape.roots != 1 || shape.names.iter().any(is_meta))
    {
        return Err(Refusal::SubscriptionRoots);
    }
    Ok(())
}

/// Whether a root field belongs to GraphQL itself.
fn is_meta(name: &Name) -> bool {
    matches!(name.as_str(), "__schema" | "__type" | "__typename")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::{ask, attacks::INTROSPECTION};

    #[test]
    fn the_operation_is_chosen_by_name_or_is_the_only_one() {
        let two = "query A {a} mutation B {b}";
        let cases: &[(&str, Option<&str>, Result<OperationType, &str>)] = &[
            ("{a}", None, Ok(OperationType::Query)),
            ("query A {a}", None, Ok(OperationType::Query)),
            ("query A {a}", Some("A"), Ok(OperationType::Query)),
            (two, Some("A"), Ok(OperationType::Query)),
            (two, Some("B"), Ok(OperationType::Mutation)),
            ("subscription {a}", None, Ok(OperationType::Subscription)),
            (two, None, Err("OPERATION_NAME_NEEDED")),
            (two, Some("C"), Err("UNKNOWN_OPERATION")),
            (two, Some(""), Err("UNKNOWN_OPERATION")),
            ("{a}", Some("A"), Err("UNKNOWN_OPERATION")),
            ("fragment F on Q {a}", None, Err("BAD_DOCUMENT")),
            ("", None, Err("BAD_DOCUMENT")),
        ];
        for (query, operation, expected) in cases {
            let found = ask(&Limits::default(), query, *operation);
            let found = found
                .as_ref()
                .map(|passed| passed.kind)
                .map_err(Refusal::code);
            assert_eq!(found, *expected, "{query} {operation:?}");
        }
    }

    #[test]
    fn a_subscription_has_one_root() {
        let cases = [
            ("subscription {a {b c}}", true),
            ("subscription {...F} fragment F on S {a}", true),
            ("subscription {a b}", false),
            ("subscription {a a}", false),
            ("subscription {a ...F} fragment F on S {b}", false),
            ("subscription {__typename}", false),
        ];
        for (query, passes) in cases {
            let found = ask(&Limits::default(), query, None)
                .map(|_| ())
                .map_err(|refusal| refusal.code());
            assert_eq!(
                found,
                if passes {
                    Ok(())
                } else {
                    Err("SUBSCRIPTION_ROOTS")
                },
                "{query}"
            );
        }
    }

    #[test]
    fn graphiql_may_ask_for_the_schema_unless_it_is_switched_off() {
        let limits = Limits::default();
        let passed = ask(&limits, INTROSPECTION, Some("IntrospectionQuery")).unwrap();
        assert!(passed.is_introspection);
        assert_eq!(passed.roots, ["__schema"]);
        // Larger tools' queries pass too; ordinary queries have no use for such a cost.
        assert!(
            (limits.cost_max..limits.introspection_cost_max * 4 / 5).contains(&passed.cost),
            "{}",
            passed.cost
        );

        let off = Limits {
            introspection: false,
            ..limits
        };
        let cases = [
            (INTROSPECTION, Err("INTROSPECTION_OFF")),
            ("{a __type(name: \"A\") {name}}", Err("INTROSPECTION_OFF")),
            (
                "{...F} fragment F on Q {x: __schema {description}}",
                Err("INTROSPECTION_OFF"),
            ),
            ("{__typename a {__typename}}", Ok(false)),
            ("{__typename}", Ok(true)),
        ];
        for (query, expected) in cases {
            let found = ask(&off, query, None);
            assert_eq!(
                found
                    .as_ref()
                    .map(|passed| passed.is_introspection)
                    .map_err(Refusal::code),
                expected,
                "{query}"
            );
        }
    }

    #[test]
    fn questions_about_the_schema_have_a_cost_of_their_own() {
        let limits = Limits {
            cost_max: 5,
            introspection_cost_max: 103,
            ..Limits::default()
        };
        let types = "{__schema {description types {name}}}";
        assert_eq!(ask(&limits, types, None).unwrap().cost, 103);
        let more = "{__schema {description types {name} description}}";
        assert_eq!(ask(&limits, more, None).unwrap_err().code(), "LIMIT_COST");
        let beside = "{a __schema {types {name}}}";
        assert_eq!(ask(&limits, beside, None).unwrap_err().code(), "LIMIT_COST");
    }

    #[test]
    fn the_schema_beside_other_fields_is_bounded_as_they_are() {
        let beside = |root: &str| format!("{{{root} __schema {{types {{ofType {{name}}}}}}}}");
        assert!(
            ask(
                &Limits {
                    depth_max: 3,
                    ..Limits::default()
                },
                &beside(""),
                None
            )
            .is_ok()
        );
        assert_eq!(
            ask(
                &Limits {
                    depth_max: 3,
                    ..Limits::default()
                },
                &beside("a"),
                None
            )
            .unwrap_err()
            .code(),
            "LIMIT_DEPTH"
        );
    }
}
