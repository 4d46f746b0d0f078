//! Who has not signed in gets nowhere: every root of the schema but the few that lead in.

use async_graphql::parser::types::{BaseType, FieldDefinition, InputValueDefinition, Type};
use serde_json::{Value, json};
use tests::schema::{Schema, is_required, named_type};
use tests::server::Server;
use tests::subscription::Told;
use tests::world::{World, in_world};

const SCHEMA: &str = include_str!("../../../schema.graphql");
const OPEN: [&str; 5] = [
    "acceptInvitation",
    "refreshSignIn",
    "rubricByLink",
    "serverInfo",
    "signIn",
];

/// A value that the type takes, with nothing in it but what must be there.
fn value(schema: &Schema, ty: &Type) -> Value {
    if let BaseType::List(_) = ty.base {
        return json!([]);
    }
    match named_type(ty) {
        "ID" | "String" => json!("x"),
        "Int" | "Float" => json!(1),
        "Boolean" => json!(true),
        "NaiveDate" => json!("2027-01-07"),
        "DateTime" => json!("2027-01-07T08:00:00Z"),
        name => match schema.enum_values(name).first() {
            Some(first) => json!(first),
            None => object(schema, name),
        },
    }
}

fn object(schema: &Schema, name: &str) -> Value {
    let fields = schema.input_fields(name).filter(|field| is_required(field));
    fields
        .map(|field| (field.name.node.to_string(), value(schema, &field.ty.node)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// A document that asks for one root, and its variables.
fn document(schema: &Schema, operation: &str, root: &FieldDefinition) -> (String, Value) {
    let arguments: Vec<&InputValueDefinition> = root
        .arguments
        .iter()
        .map(|argument| &argument.node)
        .filter(|argument| is_required(argument))
        .collect();
    let list = |write: &dyn Fn(&InputValueDefinition) -> String| {
        let written: Vec<_> = arguments.iter().map(|argument| write(argument)).collect();
        if written.is_empty() {
            String::new()
        } else {
            format!("({})", written.join(", "))
        }
    };
    let declared = list(&|argument| format!("${}: {}", argument.name.node, argument.ty.node));
    let passed = list(&|argument| format!("{0}: ${0}", argument.name.node));
    let below = if schema.is_leaf(named_type(&root.ty.node)) {
        ""
    } else {
        "{ __typename }"
    };
    let query = format!(
        "{operation}{declared} {{ {}{passed} {below} }}",
        root.name.node
    );
    let values = arguments.iter().map(|argument| {
        (
            argument.name.node.to_string(),
            value(schema, &argument.ty.node),
        )
    });
    (query, Value::Object(values.collect()))
}

#[tokio::test(flavor = "multi_thread")]
async fn every_root_but_those_that_lead_in_asks_for_a_sign_in() {
    let schema = Schema::parse(SCHEMA).unwrap();
    in_world(async |server: &mut Server, world: &World| {
        let nobody = server.client();
        let mut open = Vec::new();
        for (operation, on) in [
            ("query", schema.query()),
            ("mutation", schema.mutation().unwrap()),
        ] {
            for root in schema.fields(on) {
                let (query, variables) = document(&schema, operation, root);
                let answer = nobody.send(&query, variables.clone()).await;
                match answer.error_code() {
                    None => open.push(root.name.node.as_str()),
                    // It was asked, and the token that was made up is none of ours.
                    Some("SIGN_IN_ENDED") if root.name.node == "refreshSignIn" => {
                        open.push(root.name.node.as_str());
                    }
                    Some(code) => {
                        assert_eq!(code, "UNAUTHENTICATED", "{query}: {:?}", answer.body);
                        assert!(answer.body["data"].is_null(), "{query}: {:?}", answer.body);
                    }
                }
                // The same document is one that somebody can send: it is the sign-in that is missing, and nothing else.
                if operation == "query" {
                    let answer = world.anna.client.send(&query, variables).await;
                    assert!(
                        answer.body["errors"].is_null(),
                        "{query}: {:?}",
                        answer.body
                    );
                }
            }
        }
        open.sort_unstable();
        assert_eq!(open, OPEN);

        for root in schema.fields(schema.subscription().unwrap()) {
            let (query, variables) = document(&schema, "subscription", root);
            let refused = match nobody.subscribe(&query, variables).await {
                Ok(mut subscription) => subscription.next().await,
                Err(_) => continue,
            };
            match refused {
                Told::Refused(errors) => assert_eq!(
                    errors[0]["extensions"]["code"], "UNAUTHENTICATED",
                    "{query}"
                ),
                other => panic!("{query}: {other:?}"),
            }
        }
        let mixed = nobody
            .send(
                "{ serverInfo { version } viewer { isService } }",
                Value::Null,
            )
            .await;
        assert_eq!(
            mixed.error_code(),
            Some("UNAUTHENTICATED"),
            "an open root opens no other: {:?}",
            mixed.body
        );
        let wrong = nobody
            .as_bearer("eyJhbGciOiJub25lIn0.e30.")
            .send("{ serverInfo { version } }", Value::Null)
            .await;
        assert_eq!(
            (wrong.status, wrong.error_code()),
            (401, Some("SIGN_IN_ENDED")),
            "{:?}",
            wrong.body
        );
    })
    .await;
}
