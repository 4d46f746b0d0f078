//! The page to try the API on.

use crate::{serving::plain, wire::send};
use sha2::{Digest, Sha256};
use std::{fmt::Write, fs, path::Path};

#[tokio::test]
async fn the_page_and_its_files_come_with_headers_that_keep_them_at_home() {
    let serving = plain().await;
    let cases = [
        ("/graphiql", "text/html; charset=utf-8"),
        ("/graphiql/graphiql.js", "text/javascript; charset=utf-8"),
        ("/graphiql/start.js", "text/javascript; charset=utf-8"),
        ("/graphiql/graphiql.css", "text/css; charset=utf-8"),
        (
            "/graphiql/graphiql.licences.txt",
            "text/plain; charset=utf-8",
        ),
    ];
    for (path, media) in cases {
        let answer = send(serving.at, "GET", path, &[], b"").await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(!answer.body.is_empty(), "{path}");
        assert_eq!(answer.header("content-type"), media, "{path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache", "{path}");
        let policy = answer.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "script-src 'self';",
            "connect-src 'self';",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(part), "{path}: {policy}");
        }

        let etag = answer.header("etag").to_owned();
        for (known, status) in [(etag.as_str(), 304), ("\"other\"", 200)] {
            let again = send(serving.at, "GET", path, &[("if-none-match", known)], b"").await;
            assert_eq!(again.status, status, "{path}");
            assert_eq!(again.header("etag"), etag, "{path}");
            assert_eq!(again.body.is_empty(), status == 304, "{path}");
        }
    }
    for path in [
        "/graphiql/nothing.js",
        "/graphiql/..%2fVENDORED.md",
        "/nothing",
    ] {
        assert_eq!(
            send(serving.at, "GET", path, &[], b"").await.status,
            404,
            "{path}"
        );
    }
    let front = send(serving.at, "GET", "/", &[], b"").await;
    assert_eq!((front.status, front.header("location")), (307, "/graphiql"));
}

#[test]
fn what_others_wrote_is_as_they_wrote_it() {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    let page = fs::read_to_string(assets.join("VENDORED.md")).unwrap();
    let mut listed = Vec::new();
    for line in page.lines().filter(|line| line.starts_with("| graphiql/")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let (path, hash) = (cells[1], cells[5]);
        let found = Sha256::digest(fs::read(assets.join(path)).unwrap());
        let found = found.iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        assert_eq!(found, hash, "{path} is not what VENDORED.md says");
        listed.push(path.to_owned());
    }
    // Every file is either listed or ours.
    for file in fs::read_dir(assets.join("graphiql")).unwrap() {
        let name = file.unwrap().file_name().into_string().unwrap();
        let is_ours = ["index.html", "start.css", "start.js"].contains(&name.as_str());
        assert!(
            is_ours || listed.contains(&format!("graphiql/{name}")),
            "{name} is not in VENDORED.md"
        );
    }
}
