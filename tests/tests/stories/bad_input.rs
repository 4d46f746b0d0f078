//! What bad input gets: a clear refusal, and a server that goes on as if nothing had been asked.

use serde_json::{Value, json};
use tests::client::Client;
use tests::server::Server;
use tests::world::{World, content, in_world, new_id};

/// Sends bytes as somebody who does not use a library for it; answers with the status and the code.
async fn post(client: &Client, headers: &[(&str, &str)], body: Vec<u8>) -> (u16, String) {
    let mut request = reqwest::Client::new()
        .post(format!("{}/graphql", client.base_url()))
        .header("accept", "application/graphql-response+json")
        .bearer_auth(client.bearer().unwrap())
        .body(body);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let answer: Value =
        serde_json::from_slice(&response.bytes().await.unwrap()).unwrap_or_default();
    let code = answer["errors"][0]["extensions"]["code"].as_str();
    assert!(
        answer["errors"][0]["message"]
            .as_str()
            .is_some_and(|message| message.len() > 20),
        "{answer}"
    );
    assert!(
        answer["errors"][0]["extensions"]["requestId"].is_string(),
        "{answer}"
    );
    (status, code.unwrap_or("?").to_owned())
}

/// The same selection, so many times.
fn times(many: usize, selection: &dyn Fn(usize) -> String) -> String {
    (0..many).map(selection).collect::<Vec<_>>().join(" ")
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::too_many_lines, reason = "a table")]
async fn documents_beyond_a_limit_are_refused_each_by_its_name() {
    in_world(async |_: &mut Server, world: &World| {
        let deep = |many: usize| {
            format!(
                "{{ units(first: 1) {{ nodes {{ {} id {} }} }} }}",
                "parent { ".repeat(many),
                "}".repeat(many)
            )
        };
        let aliases = |many: usize| {
            format!(
                "{{ viewer {{ {} }} }}",
                times(many, &|n| format!("a{n}: isService"))
            )
        };
        let roots = |many: usize| format!("{{ {} }}", times(many, &|_| "__typename".to_owned()));
        let wide = |many: usize| {
            format!(
                "{{ viewer {{ {} }} }}",
                times(many, &|_| "isService".to_owned())
            )
        };
        let directives = |many: usize| {
            format!(
                "{{ viewer {{ isService {} }} }}",
                "@include(if: true) ".repeat(many)
            )
        };
        let within = [deep(9), aliases(30), roots(20), wide(499), directives(1)];
        for query in within {
            let answer = world.anna.client.send(&query, Value::Null).await;
            assert!(
                answer.body["errors"].is_null(),
                "{query}: {:?}",
                answer.body
            );
        }
        let doubled =
            |n: usize| format!("fragment f{n} on Viewer {{ ...f{} ...f{} }}", n + 1, n + 1);
        let beyond = [
            (deep(10), "LIMIT_DEPTH"),
            (deep(2_000), "LIMIT_NESTING"),
            (format!("{{ a{}", "{ a".repeat(500)), "LIMIT_NESTING"),
            (aliases(31), "LIMIT_ALIASES"),
            (roots(21), "LIMIT_ROOTS"),
            (wide(500), "LIMIT_SELECTIONS"),
            (wide(3_000), "LIMIT_TOKENS"),
            (
                format!(
                    "{{ viewer {{ ...f0 }} }} {} fragment f30 on Viewer {{ isService }}",
                    times(30, &doubled)
                ),
                "LIMIT_SELECTIONS",
            ),
            (directives(11), "LIMIT_DIRECTIVES"),
            (
                "{ teams(first: 100) { nodes { members(first: 100) { nodes { name } } } } }"
                    .to_owned(),
                "LIMIT_COST",
            ),
            (
                "{ people(first: 101) { nodes { name } } }".to_owned(),
                "LIMIT_FIRST",
            ),
            (
                format!("{{ viewer {{ isService }} }} #{}", "å".repeat(40_000)),
                "LIMIT_QUERY_BYTES",
            ),
            (
                "{ viewer { ...a } } fragment a on Viewer { ...b } fragment b on Viewer { ...a }"
                    .to_owned(),
                "FRAGMENT_CYCLE",
            ),
            (
                "{ viewer { ...a } } fragment a on Viewer { ...a }".to_owned(),
                "FRAGMENT_CYCLE",
            ),
            ("{ viewer { ...missing } }".to_owned(), "UNKNOWN_FRAGMENT"),
            ("{ viewer { isService".to_owned(), "BAD_DOCUMENT"),
            (String::new(), "BAD_DOCUMENT"),
            (
                "query A { __typename } query B { __typename }".to_owned(),
                "OPERATION_NAME_NEEDED",
            ),
            ("{ viewer { nothing } }".to_owned(), "BAD_REQUEST"),
            (
                "query($first: Int!) { people(first: $first) { nodes { name } } }".to_owned(),
                "VARIABLE_MISSING",
            ),
        ];
        for (query, code) in beyond {
            let body = json!({"query": query}).to_string().into_bytes();
            let shown: String = query.chars().take(80).collect();
            let (status, found) = post(
                &world.anna.client,
                &[("content-type", "application/json")],
                body,
            )
            .await;
            assert_eq!((status, found.as_str()), (400, code), "{shown}");
        }
    })
    .await;
}

/// What it is, its headers, its bytes, and the status and code of its refusal.
type Body<'b> = (&'b str, Vec<(&'b str, &'b str)>, Vec<u8>, u16, &'b str);

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::too_many_lines, reason = "a table")]
async fn bodies_that_are_no_request_are_refused() {
    in_world(async |_: &mut Server, world: &World| {
        let json_type = ("content-type", "application/json");
        let request = br#"{"query": "{ __typename }"}"#;
        let mut large = br#"{"query": "{ __typename }", "variables": {"x": ""#.to_vec();
        large.resize(1024 * 1024 + 1, b'x');
        let nested = |open: &str, close: &str| {
            format!(
                "{{\"query\": \"{{ __typename }}\", \"variables\": {{\"x\": {}1{}}}}}",
                open.repeat(50_000),
                close.repeat(50_000)
            )
            .into_bytes()
        };
        let cases: Vec<Body<'_>> = vec![
            ("over 1 MiB", vec![json_type], large, 413, "BODY_TOO_LARGE"),
            (
                "a batch",
                vec![json_type],
                [b"[", &request[..], b",", &request[..], b"]"].concat(),
                400,
                "BATCH_REFUSED",
            ),
            (
                "bad UTF-8",
                vec![json_type],
                b"{\"query\": \"{ __typename }\", \"x\": \"\xff\xfe\"}".to_vec(),
                400,
                "BAD_UTF8",
            ),
            (
                "Latin-1",
                vec![json_type],
                b"{\"query\": \"{ __typename }\", \"x\": \"bed\xf6mning\"}".to_vec(),
                400,
                "BAD_UTF8",
            ),
            (
                "half a surrogate",
                vec![json_type],
                br#"{"query": "{ __typename }", "variables": {"x": "\ud800"}}"#.to_vec(),
                400,
                "BAD_JSON",
            ),
            (
                "lists in lists",
                vec![json_type],
                nested("[", "]"),
                400,
                "BAD_JSON",
            ),
            (
                "objects in objects",
                vec![json_type],
                nested("{\"x\":", "}"),
                400,
                "BAD_JSON",
            ),
            (
                "no JSON",
                vec![json_type],
                b"{query}".to_vec(),
                400,
                "BAD_JSON",
            ),
            ("nothing", vec![json_type], Vec::new(), 400, "BAD_JSON"),
            (
                "a number",
                vec![json_type],
                b"42".to_vec(),
                400,
                "BAD_PARAMETERS",
            ),
            (
                "no query",
                vec![json_type],
                b"{}".to_vec(),
                400,
                "BAD_PARAMETERS",
            ),
            (
                "a query that is no text",
                vec![json_type],
                br#"{"query": 1}"#.to_vec(),
                400,
                "BAD_PARAMETERS",
            ),
            (
                "variables that are a list",
                vec![json_type],
                br#"{"query": "{ __typename }", "variables": [1]}"#.to_vec(),
                400,
                "BAD_PARAMETERS",
            ),
            (
                "a form",
                vec![("content-type", "application/x-www-form-urlencoded")],
                b"query=%7B__typename%7D".to_vec(),
                415,
                "UNSUPPORTED_MEDIA_TYPE",
            ),
            (
                "files",
                vec![("content-type", "multipart/form-data; boundary=x")],
                b"--x--".to_vec(),
                415,
                "UNSUPPORTED_MEDIA_TYPE",
            ),
            (
                "no type",
                vec![],
                request.to_vec(),
                415,
                "UNSUPPORTED_MEDIA_TYPE",
            ),
            (
                "compressed",
                vec![json_type, ("content-encoding", "gzip")],
                request.to_vec(),
                415,
                "UNSUPPORTED_MEDIA_TYPE",
            ),
        ];
        for (case, headers, body, status, code) in cases {
            let found = post(&world.anna.client, &headers, body).await;
            assert_eq!(found, (status, code.to_owned()), "{case}");
        }
        let by_address = format!(
            "{}/graphql?query=mutation%7BsignOut%7BsignedOut%7D%7D",
            world.anna.client.base_url()
        );
        let get = reqwest::Client::new()
            .get(by_address)
            .bearer_auth(world.anna.client.bearer().unwrap());
        assert_eq!(
            get.send().await.unwrap().status().as_u16(),
            405,
            "a link must not sign anybody out"
        );
        world
            .anna
            .client
            .ask("{ viewer { isService } }", Value::Null)
            .await;
    })
    .await;
}

/// Texts that mean something to SQL, to the search engines, to Unicode or to nobody.
const NASTY: [&str; 20] = [
    "'",
    "\"",
    "\\",
    "%",
    "_",
    "*",
    ":*",
    "a:*b",
    "NEAR(a b)",
    "a AND",
    "!a & (b",
    "{a}",
    "^a",
    "-",
    "\u{0}",
    "a\u{0}b",
    "\u{feff}",
    "\u{202e}",
    "👩‍🏫",
    "');DROP TABLE rubric;--",
];

#[tokio::test(flavor = "multi_thread")]
async fn no_text_id_or_number_makes_the_server_fail() {
    in_world(async |_: &mut Server, world: &World| {
        let anna = &world.anna.client;
        let long = "å".repeat(20_000);
        let texts = NASTY.into_iter().chain([long.as_str()]);
        for text in texts {
            let shown: String = text.chars().take(20).collect();
            let reads = "query($text: String, $id: ID!) {
                rubrics(search: $text, filter: {subjects: [\"SV\"], author: $id}, first: 5) { nodes { id } }
                people(name: $text, unit: $id, first: 5) { nodes { id } }
                units(name: $text, below: $id, first: 5) { nodes { id } }
                node(id: $id) { id } rubric(id: $id) { id } team(id: $id) { id }
            }";
            let answer = anna.send(reads, json!({"text": text, "id": text})).await;
            assert_ne!(answer.error_code(), Some("INTERNAL"), "{shown:?}: {:?}", answer.body);
            let form = "query($text: String) { units(schoolForm: $text, first: 5) { nodes { id } } }";
            let answer = anna.send(form, json!({"text": text})).await;
            assert_eq!(answer.error_code(), Some("BAD_CODE"), "{shown:?}: {:?}", answer.body);
            let writes = [
                ("createRubric", json!({"unit": world.school, "content": content(text)})),
                ("createRubric", json!({"unit": text, "content": content("Titel")})),
                ("saveRubricDraft", json!({"rubric": text, "criteria": [{"id": text}]})),
                ("importRubrics", json!({"unit": world.school, "text": text, "take": true})),
                ("importRubrics", json!({"unit": world.school, "base64": text, "take": true})),
                ("importRubrics", json!({"unit": world.school, "format": "CASE_JSON", "text": text, "take": true})),
                ("createRubricFromTable", json!({"unit": world.school, "text": format!("\t{text}\n{text}\t{text}"), "take": true})),
                ("createRubricFromTable", json!({"unit": text, "title": text, "html": text, "take": true})),
                ("exportRubrics", json!({"rubrics": [text], "format": "HTML"})),
                ("markRead", json!({"notices": [text]})),
                ("signIn", json!({"address": text, "password": text})),
                ("signIn", json!({"link": text, "newPassword": text})),
                ("refreshSignIn", json!({"refreshToken": text})),
                ("acceptInvitation", json!({"token": text, "password": text})),
            ];
            for (verb, input) in writes {
                let code = anna.refusal(verb, input).await;
                assert!(!["INTERNAL", "?"].contains(&code.as_str()), "{verb} {shown:?}: {code}");
            }
            let team = json!({"name": text, "kind": "SUBJECT_TEAM", "endsOn": null});
            let code = world.admin.client.refusal("createTeam", team).await;
            assert!(!["INTERNAL", "?"].contains(&code.as_str()), "createTeam {shown:?}: {code}");
        }
        let year = |ends: &str| json!({"name": "2026/27", "startsOn": "2026-08-17", "endsOn": ends, "terms": []});
        for ends in ["99999-01-01", "2026-02-30", "-0001-01-01", "0000-01-01", "+262142-12-31", "i morgon"] {
            let code = world.admin.client.refusal("saveSchoolYear", year(ends)).await;
            assert!(!["INTERNAL", "OK"].contains(&code.as_str()), "{ends}: {code}");
        }
        let (rubric, _) = world.anna.draft(&world.school, "Tal").await;
        for version in [json!(0), json!(-1), json!(i32::MAX), json!(2_147_483_648_i64), json!(1.5), json!("1"), json!(null), json!(1e300)] {
            let input = json!({"rubric": rubric, "version": version});
            let code = anna.refusal("publishRubric", input).await;
            assert!(["STALE_VERSION", "BAD_REQUEST", "VARIABLE_MISSING"].contains(&code.as_str()), "{version}: {code}");
        }
        for first in [json!(0), json!(-5), json!(i32::MIN), json!(9_999_999_999_i64)] {
            let answer = anna.send("query($first: Int!) { people(first: $first) { nodes { id } } }", json!({"first": first})).await;
            let code = answer.error_code().unwrap_or("OK");
            assert!(["LIMIT_FIRST", "BAD_REQUEST"].contains(&code), "{first}: {code}");
        }
        for after in ["", "?", "AAAA", "å", &"A".repeat(5_000)] {
            let answer = anna.send("query($after: String) { people(first: 5, after: $after) { nodes { id } } }", json!({"after": after})).await;
            assert_eq!(answer.error_code(), Some("BAD_CURSOR"), "{after}");
        }
        assert_eq!(anna.refusal("createRubric", json!({"id": new_id(), "unit": world.school, "content": content("Efteråt")})).await, "OK");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_of_the_wrong_type_is_the_requests_fault_and_nothing_was_done() {
    in_world(async |_: &mut Server, world: &World| {
        let anna = &world.anna.client;
        let create = "mutation($input: CreateRubricInput!) { createRubric(input: $input) { rubric { id } } }";
        let publish = "mutation($input: PublishRubricInput!) { publishRubric(input: $input) { rubric { id } } }";
        let rubric = "query($id: ID!) { rubric(id: $id) { id } }";
        let cases = [
            (create, json!({"input": "text"})),
            (create, json!({"input": []})),
            (create, json!({"input": {"unit": world.school, "content": 1}})),
            (publish, json!({"input": {"rubric": "a", "version": 5_000_000_000_i64}})),
            (publish, json!({"input": {"rubric": "a", "version": "1"}})),
            (publish, json!({"input": {"rubric": "a", "version": 1, "more": true}})),
            (rubric, json!({"id": {"of": "mine"}})),
        ];
        for (query, variables) in cases {
            let answer = anna.send(query, variables.clone()).await;
            let shown = format!("{variables}: {:?}", answer.body);
            assert_eq!((answer.status, answer.error_code()), (400, Some("BAD_REQUEST")), "{shown}");
            assert!(answer.body.get("data").is_none(), "{shown}");
        }
        // Where something else was read, it is answered.
        let beside = format!("query($id: ID!, $first: Int!) {{ viewer {{ isService }} {} }}", "rubric(id: $id) { versions(first: $first) { nodes { id } } }");
        let answer = anna.send(&beside, json!({"id": "rubric_1", "first": 5})).await;
        assert_eq!((answer.status, answer.data("viewer.isService")), (200, &json!(false)));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_is_pointed_at_and_named() {
    in_world(async |_: &mut Server, world: &World| {
        let anna = &world.anna.client;
        let empty = anna.tell("signIn", json!({}), "tokens { accessToken }").await;
        let [error] = empty["userErrors"].as_array().unwrap().as_slice() else { panic!("{empty}") };
        assert_eq!((&error["code"], &error["path"]), (&json!("ADDRESS_INVALID"), &json!(["address"])));

        for (field, code, good) in [("subjects", "SVENSKA", "SVA"), ("years", "4-6", "9"), ("schoolForms", "GR", "GRUNDSKOLA"), ("strategies", "sv", "ELICIT_EVIDENCE")] {
            let query = "query($filter: RubricFilter!) { rubrics(filter: $filter, first: 5) { nodes { id } } }";
            let answer = anna.send(query, json!({"filter": {field: ["SV", code]}})).await;
            let message = answer.body["errors"][0]["message"].to_string();
            assert_eq!(answer.error_code(), Some("BAD_CODE"), "{field}: {message}");
            assert!(message.contains(good), "{field}: {message}");
            let answer = anna.send(query, json!({"filter": {field: [good]}})).await;
            assert_eq!(answer.error_code(), None, "{field}");
        }
        for first in [0, -1, 101] {
            let query = "query($first: Int!) { people(first: $first) { nodes { id } } }";
            let answer = anna.send(query, json!({"first": first})).await;
            assert_eq!(answer.error_code(), Some("LIMIT_FIRST"), "{first}");
        }
    })
    .await;
}
