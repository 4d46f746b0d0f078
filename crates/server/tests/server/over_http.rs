//! GraphQL over HTTP: each MUST and SHOULD of its specification, and what we refuse beyond it.

use crate::{serving::plain, wire::send};
use serde_json::{Value, json};

use std::sync::atomic::Ordering;

const NEW: &str = "application/graphql-response+json";
const OLD: &str = "application/json";

/// What an answer's body must be.
enum Body {
    /// This data and no errors.
    Data(Value),
    /// This data beside errors.
    Partly(Value),
    /// Errors without `data`, the first with this code.
    Refused(&'static str),
    /// Errors without `data`, by the library.
    Invalid,
}
use Body::*;

fn check(case: &str, body: &Value, expected: &Body) {
    match expected {
        Data(data) => assert_eq!(*body, json!({"data": data}), "{case}"),
        Partly(data) => {
            assert_eq!(body["data"], *data, "{case}");
            assert!(body.as_object().unwrap().contains_key("data"), "{case}");
            assert_eq!(body["errors"][0]["message"], "it failed", "{case}");
        }
        Refused(code) => {
            assert_eq!(body["errors"][0]["extensions"]["code"], *code, "{case}");
            assert!(body.get("data").is_none(), "{case}: {body}");
        }
        Invalid => {
            assert!(body["errors"][0]["message"].is_string(), "{case}: {body}");
            assert!(body.get("data").is_none(), "{case}: {body}");
        }
    }
}

#[tokio::test]
async fn a_post_is_answered_in_the_media_type_that_is_liked_best_with_the_status_that_fits_it() {
    let hello = r#"{"query": "{ echo(text: \"hej\") }"}"#;
    let hej = || Data(json!({"echo": "hej"}));
    let named = |name: &str| {
        format!(
            r#"{{"query": "query {name} {{ who }} query Other {{ who }}", "operationName": "{name}"}}"#
        )
    };
    let [unauthenticated, limited, unavailable, internal] =
        ["UNAUTHENTICATED", "LIMITED", "UNAVAILABLE", "INTERNAL"].map(named);
    let variables =
        r#"{"query": "query ($t: String!) { echo(text: $t) }", "variables": {"t": "åäö"}}"#;
    // accept, body, status, media type, what the body says
    #[rustfmt::skip]
    let cases: Vec<(Option<&str>, &str, u16, &str, Body)> = vec![
        (None, hello, 200, NEW, hej()),
        (Some("*/*"), hello, 200, NEW, hej()),
        (Some("application/*"), hello, 200, NEW, hej()),
        (Some(NEW), hello, 200, NEW, hej()),
        (Some(OLD), hello, 200, OLD, hej()),
        (Some("application/json; charset=utf-8"), hello, 200, OLD, hej()),
        (Some("application/graphql-response+json; charset=utf-8, application/json; charset=utf-8"), hello, 200, NEW, hej()),
        (Some("application/json;q=0.9, application/graphql-response+json;q=0.2"), hello, 200, OLD, hej()),
        (Some("text/html"), hello, 406, OLD, Refused("NOT_ACCEPTABLE")),
        (Some("application/json; charset=utf-16"), hello, 406, OLD, Refused("NOT_ACCEPTABLE")),
        // Parameters.
        (Some(NEW), variables, 200, NEW, Data(json!({"echo": "åäö"}))),
        (Some(NEW), r#"{"query": "{ who }", "variables": null, "operationName": null, "extensions": null}"#, 200, NEW, Data(json!({"who": "nobody"}))),
        (Some(NEW), r#"{"query": "{ who }", "variables": {}, "operationName": "", "extensions": {"a": 1}, "future": 1}"#, 200, NEW, Data(json!({"who": "nobody"}))),
        (Some(NEW), r#"{"query": "query A { who } query B { lang }", "operationName": "B"}"#, 200, NEW, Data(json!({"lang": "sv"}))),
        (Some(OLD), "{}", 400, OLD, Refused("BAD_PARAMETERS")),
        (Some(NEW), r#"{"qeury": "{ who }"}"#, 400, NEW, Refused("BAD_PARAMETERS")),
        (Some(OLD), r#"{"query": 7}"#, 400, OLD, Refused("BAD_PARAMETERS")),
        (Some(NEW), r#"{"query": null}"#, 400, NEW, Refused("BAD_PARAMETERS")),
        (Some(NEW), r#"{"query": "{ who }", "operationName": 7}"#, 400, NEW, Refused("BAD_PARAMETERS")),
        (Some(OLD), r#"{"query": "{ who }", "variables": [7]}"#, 400, OLD, Refused("BAD_PARAMETERS")),
        (Some(NEW), r#"{"query": "{ who }", "variables": "{}"}"#, 400, NEW, Refused("BAD_PARAMETERS")),
        (Some(NEW), r#"{"query": "{ who }", "extensions": "x"}"#, 400, NEW, Refused("BAD_PARAMETERS")),
        (Some(NEW), r#""{ who }""#, 400, NEW, Refused("BAD_PARAMETERS")),
        (Some(NEW), r#"[{"query": "{ who }"}]"#, 400, NEW, Refused("BATCH_REFUSED")),
        (Some(OLD), "[]", 400, OLD, Refused("BATCH_REFUSED")),
        (Some(OLD), "NONSENSE", 400, OLD, Refused("BAD_JSON")),
        (Some(NEW), r#"{"query":"#, 400, NEW, Refused("BAD_JSON")),
        (Some(NEW), "", 400, NEW, Refused("BAD_JSON")),
        // Request errors: no data, and a status where the media type says so.
        (Some(NEW), r#"{"query": "{"}"#, 400, NEW, Invalid),
        (Some(OLD), r#"{"query": "{"}"#, 200, OLD, Invalid),
        (Some(NEW), r#"{"query": "{ nothing }"}"#, 400, NEW, Invalid),
        (Some(OLD), r#"{"query": "{ nothing }"}"#, 200, OLD, Invalid),
        (Some(NEW), r#"{"query": "query A { who } query B { who }"}"#, 400, NEW, Invalid),
        (Some(OLD), r#"{"query": "query A { who } query B { who }"}"#, 200, OLD, Invalid),
        (Some(NEW), r#"{"query": "query ($t: String!) { echo(text: $t) }"}"#, 400, NEW, Invalid),
        (Some(OLD), r#"{"query": "query ($t: String!) { echo(text: $t) }"}"#, 200, OLD, Invalid),
        (Some(NEW), &unauthenticated, 401, NEW, Refused("UNAUTHENTICATED")),
        (Some(OLD), &unauthenticated, 200, OLD, Refused("UNAUTHENTICATED")),
        (Some(NEW), &limited, 429, NEW, Refused("LIMITED")),
        (Some(NEW), &unavailable, 503, NEW, Refused("UNAVAILABLE")),
        (Some(OLD), &unavailable, 200, OLD, Refused("UNAVAILABLE")),
        (Some(NEW), &internal, 500, NEW, Refused("INTERNAL")),
        (Some(NEW), r#"{"query": "{ panics }"}"#, 500, NEW, Refused("INTERNAL")),
        // Field errors: data, also when it is null.
        (Some(NEW), r#"{"query": "{ part { fails } who }"}"#, 200, NEW, Partly(json!({"part": null, "who": "nobody"}))),
        (Some(NEW), r#"{"query": "{ failsWhole }"}"#, 200, NEW, Partly(Value::Null)),
        (Some(OLD), r#"{"query": "{ failsWhole }"}"#, 200, OLD, Partly(Value::Null)),
    ];
    let serving = plain().await;
    for (accept, body, status, media, expected) in cases {
        let case = format!("{accept:?} {body}");
        let mut headers = vec![("content-type", "application/json")];
        headers.extend(accept.map(|accept| ("accept", accept)));
        let answer = send(serving.at, "POST", "/graphql", &headers, body.as_bytes()).await;

        assert_eq!(answer.status, status, "{case}: {}", answer.text());
        let content_type = format!("{media}; charset=utf-8");
        assert_eq!(answer.header("content-type"), content_type, "{case}");
        assert_eq!(answer.header("cache-control"), "no-store", "{case}");
        check(&case, &answer.json(), &expected);
        let waits = if status == 503 {
            "2"
        } else {
            answer.header("retry-after")
        };
        assert_eq!(answer.header("retry-after"), waits, "{case}");
        let scheme = if status == 401 { "Bearer" } else { "" };
        assert_eq!(answer.header("www-authenticate"), scheme, "{case}");
    }
}

#[tokio::test]
#[expect(clippy::type_complexity, reason = "a table")]
async fn a_body_is_taken_only_as_json_in_utf8_and_only_so_long() {
    let serving = plain().await;
    let hello = br#"{"query": "{ who }"}"#.as_slice();
    let mut long = br#"{"query": "{ who }", "extensions": {"x": ""#.to_vec();
    long.resize(4_096 - 3, b'x');
    long.extend_from_slice(br#""}}"#);
    let mut longer = long.clone();
    longer.insert(0, b' ');
    let much_longer = vec![b' '; 5 * 4_096];
    #[rustfmt::skip]
    let cases: Vec<(&str, Vec<(&str, &str)>, &[u8], u16, &'static str)> = vec![
        ("as JSON", vec![("content-type", "application/json; charset=UTF-8")], hello, 200, ""),
        ("without a type", vec![], hello, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("as a form", vec![("content-type", "application/x-www-form-urlencoded")], b"query={who}", 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("as text", vec![("content-type", "text/plain")], hello, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("as GraphQL", vec![("content-type", "application/graphql")], b"{ who }", 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("as multipart", vec![("content-type", "multipart/form-data; boundary=x")], hello, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("in Latin-1", vec![("content-type", "application/json; charset=iso-8859-1")], hello, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("compressed", vec![("content-type", "application/json"), ("content-encoding", "gzip")], hello, 415, "UNSUPPORTED_MEDIA_TYPE"),
        ("not in UTF-8", vec![("content-type", "application/json")], b"{\"query\": \"\xe5\"}", 400, "BAD_UTF8"),
        ("with a BOM", vec![("content-type", "application/json")], b"\xef\xbb\xbf{\"query\": \"{ who }\"}", 200, ""),
        ("as long as allowed", vec![("content-type", "application/json")], &long, 200, ""),
        ("one byte too long", vec![("content-type", "application/json")], &longer, 413, "BODY_TOO_LARGE"),
        ("much too long", vec![("content-type", "application/json")], &much_longer, 413, "BODY_TOO_LARGE"),
    ];
    for (case, headers, body, status, code) in cases {
        let answer = send(serving.at, "POST", "/graphql", &headers, body).await;
        assert_eq!(answer.status, status, "{case}: {}", answer.text());
        if code.is_empty() {
            assert_eq!(answer.json()["data"]["who"], "nobody", "{case}");
        } else {
            check(case, &answer.json(), &Refused(code));
        }
    }
}

#[tokio::test]
async fn a_get_reads_and_never_writes() {
    let serving = plain().await;
    #[rustfmt::skip]
    let cases: Vec<(&str, &str, &str, u16, Body)> = vec![
        ("GET", "query=%7B%20who%20%7D", NEW, 200, Data(json!({"who": "nobody"}))),
        ("GET", "query=query(%24t:String!)%7Becho(text:%24t)%7D&variables=%7B%22t%22:%22%C3%A5+b%22%7D", NEW, 200, Data(json!({"echo": "å b"}))),
        ("GET", "query=query+A%7Bwho%7D+query+B%7Blang%7D&operationName=B&extensions=&variables=", NEW, 200, Data(json!({"lang": "sv"}))),
        ("GET", "query=%7Bwho%7D&operationName=", NEW, 200, Data(json!({"who": "nobody"}))),
        ("GET", "", NEW, 400, Refused("BAD_PARAMETERS")),
        ("GET", "query=", NEW, 400, Refused("BAD_PARAMETERS")),
        ("GET", "query=%7Bwho%7D&query=%7Blang%7D", NEW, 400, Refused("BAD_PARAMETERS")),
        ("GET", "query=%7Bwho%7D&variables=%5B7%5D", OLD, 400, Refused("BAD_PARAMETERS")),
        ("GET", "query=%7Bwho%7D&variables=x", OLD, 400, Refused("BAD_PARAMETERS")),
        ("GET", "query=%7Bwho%7D&extensions=7", OLD, 400, Refused("BAD_PARAMETERS")),
        ("GET", "query=%E5", NEW, 400, Refused("BAD_UTF8")),
        ("GET", "query=%7B", OLD, 200, Invalid),
        ("GET", "query=mutation%7Bwrite%7D", NEW, 405, Refused("WRONG_TRANSPORT")),
        ("GET", "query=mutation%7Bwrite%7D", OLD, 405, Refused("WRONG_TRANSPORT")),
        ("PUT", "query=%7Bwho%7D", NEW, 405, Refused("METHOD_NOT_ALLOWED")),
        ("DELETE", "query=%7Bwho%7D", NEW, 405, Refused("METHOD_NOT_ALLOWED")),
        ("OPTIONS", "query=%7Bwho%7D", NEW, 405, Refused("METHOD_NOT_ALLOWED")),
    ];
    for (method, query, accept, status, expected) in cases {
        let case = format!("{method} {query}");
        let path = format!("/graphql?{query}");
        let answer = send(serving.at, method, &path, &[("accept", accept)], b"").await;
        assert_eq!(answer.status, status, "{case}: {}", answer.text());
        check(&case, &answer.json(), &expected);
        let allow = match expected {
            Refused("WRONG_TRANSPORT") => "POST",
            Refused("METHOD_NOT_ALLOWED") => "GET, HEAD, POST",
            _ => "",
        };
        assert_eq!(answer.header("allow"), allow, "{case}");
    }
    assert_eq!(
        serving.state.written.load(Ordering::SeqCst),
        0,
        "nothing was written"
    );
}

#[tokio::test]
async fn a_bearer_says_who_asks_and_one_that_is_not_ours_is_refused_by_http() {
    let serving = plain().await;
    #[rustfmt::skip]
    let cases = [
        (None, 200, "nobody"),
        (Some("Bearer good"), 200, "anna"),
        (Some("bearer good"), 200, "anna"),
        (Some("Bearer forged"), 401, ""),
        (Some("Basic good"), 401, ""),
        (Some(""), 401, ""),
    ];
    for (authorization, status, who) in cases {
        let mut headers = vec![("content-type", "application/json"), ("accept", OLD)];
        headers.extend(authorization.map(|value| ("authorization", value)));
        let answer = send(
            serving.at,
            "POST",
            "/graphql",
            &headers,
            br#"{"query": "{ who }"}"#,
        )
        .await;
        assert_eq!(answer.status, status, "{authorization:?}");
        if status == 200 {
            assert_eq!(answer.json()["data"]["who"], who, "{authorization:?}");
        } else {
            check(
                "a forged bearer",
                &answer.json(),
                &Refused("UNAUTHENTICATED"),
            );
            assert_eq!(answer.header("www-authenticate"), "Bearer");
        }
    }
}
