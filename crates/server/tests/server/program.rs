//! The program as people and scripts start it: its exit codes, its one line on stderr, how it stops.

use crate::wire::send;
use std::{
    fs,
    net::SocketAddr,
    path::Path,
    process::{Output, Stdio},
};
use store::{Consumers, Ids, Secret, Store};
use testkit::TestDb;
use tokio::{
    io::{AsyncBufReadExt, AsyncReadExt, BufReader},
    net::TcpListener,
    process::{Child, Command},
};

/// `kollegium` in a folder of its own, with nothing in its environment but what the test says.
fn kollegium(folder: &Path, words: &[&str], environment: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kollegium"));
    command
        .args(words)
        .current_dir(folder)
        .env_clear()
        .env("KOLLEGIUM_HTTP__LISTEN", "127.0.0.1:0")
        .env("KOLLEGIUM_METRICS__LISTEN", "127.0.0.1:0")
        .envs(environment.iter().copied())
        .stdin(Stdio::null())
        .kill_on_drop(true);
    command
}

async fn run(folder: &Path, words: &[&str], environment: &[(&str, &str)]) -> Output {
    kollegium(folder, words, environment)
        .output()
        .await
        .unwrap()
}

/// Asserts an exit code and one line on stderr that names what it is about.
fn refused(case: &str, output: &Output, code: i32, words: &[&str]) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{case}: {said}");
    assert_eq!(said.lines().count(), 1, "{case}: one line: {said}");
    assert!(said.starts_with("kollegium: "), "{case}: {said}");
    for word in words {
        assert!(said.contains(word), "{case}: {word} in {said}");
    }
}

#[tokio::test]
#[expect(clippy::type_complexity, reason = "a table")]
async fn a_wrong_configuration_names_the_key_and_where_it_stands() {
    let listen = "KOLLEGIUM_HTTP__LISTEN";
    // the file, the environment, words of the one line
    let cases: &[(&str, &[(&str, &str)], &[&str])] = &[
        (
            "[http]\nlistn = \"x\"",
            &[],
            &["`http.listn` in kollegium.toml", "unknown", "listen"],
        ),
        (
            "[htp]\nlisten = \"x\"",
            &[],
            &["`htp` in kollegium.toml", "unknown", "http"],
        ),
        (
            "[http]\nheader_ms_max = \"soon\"",
            &[],
            &["`http.header_ms_max` in kollegium.toml", "soon"],
        ),
        (
            "[database]\nconnections_max = -1",
            &[],
            &["`database.connections_max` in kollegium.toml"],
        ),
        (
            "[log]\nformat = \"xml\"",
            &[],
            &["`log.format` in kollegium.toml", "xml", "human, json"],
        ),
        (
            "[log]\n[http",
            &[],
            &["kollegium.toml cannot be read", "line 2"],
        ),
        (
            "[limits]\ndepht_max = 3",
            &[],
            &["`limits.depht_max` in kollegium.toml", "depth_max"],
        ),
        ("", &[(listen, "nowhere")], &["KOLLEGIUM_HTTP__LISTEN"]),
        (
            "",
            &[("KOLLEGIUM_HTTP__LISTN", "x")],
            &["KOLLEGIUM_HTTP__LISTN", "unknown"],
        ),
        (
            "",
            &[("KOLLEGIUM_HTTP_LISTEN", "x")],
            &["KOLLEGIUM_HTTP_LISTEN", "unknown"],
        ),
        (
            "",
            &[("KOLLEGIUM_LIMITS__DEPTH_MAX", "deep")],
            &["KOLLEGIUM_LIMITS__DEPTH_MAX", "deep"],
        ),
        (
            "",
            &[("KOLLEGIUM_DATABASE__URL", "mysql://x")],
            &["database.url", "sqlite:"],
        ),
        (
            "[database]\nconnections_max = 0",
            &[],
            &["database.connections_max", "at least 1"],
        ),
        (
            "[sharing]\nundo_seconds = 3601",
            &[],
            &["sharing.undo_seconds", "an hour"],
        ),
        (
            "[http]\npublic_url = \"kollegium.example.se\"",
            &[],
            &["http.public_url"],
        ),
        (
            "[http]\norigins = [\"https://a.example/path\"]",
            &[],
            &["http.origins"],
        ),
        ("[log]\nlevel = \"info,=x=\"", &[], &["log.level"]),
        (
            "",
            &[("KOLLEGIUM_CONFIG", "missing.toml")],
            &["missing.toml", "cannot be read"],
        ),
    ];
    for (file, environment, words) in cases {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("kollegium.toml"), file).unwrap();
        let output = run(folder.path(), &["serve"], environment).await;
        refused(&format!("{file} {environment:?}"), &output, 2, words);
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "{file}: nothing was made"
        );
    }
}

#[tokio::test]
async fn the_environment_goes_before_the_file_and_the_file_before_the_defaults() {
    let folder = tempfile::tempdir().unwrap();
    let text = "[database]\nurl = \"postgres://anna:hemlig@host/db\"\n[limits]\ndepth_max = 7\ncost_max = 8\n";
    fs::write(folder.path().join("other.toml"), text).unwrap();
    let environment = [
        ("KOLLEGIUM_LIMITS__COST_MAX", "9"),
        ("KOLLEGIUM_TEST_REQUIRE", "postgres"),
    ];
    let words = ["doctor", "--config", "other.toml"];
    let output = run(folder.path(), &words, &environment).await;

    let shown = String::from_utf8(output.stdout).unwrap();
    for line in [
        "depth_max = 7",
        "cost_max = 9",
        "roots_max = 20",
        "anna:***@host",
    ] {
        assert!(shown.contains(line), "{line} in {shown}");
    }
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(
        !shown.contains("hemlig") && !said.contains("hemlig"),
        "{shown}{said}"
    );
}

#[tokio::test]
async fn help_teaches_and_a_wrong_word_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let help = run(folder.path(), &["--help"], &[]).await;
    let text = String::from_utf8(help.stdout).unwrap();
    assert_eq!(help.status.code(), Some(0));
    for word in [
        "kollegium serve",
        "Exit codes",
        "KOLLEGIUM_DATABASE__URL",
        "migrate",
        "doctor",
    ] {
        assert!(text.contains(word), "{word} in {text}");
    }
    let wrong = run(folder.path(), &["serv"], &[]).await;
    assert_eq!(wrong.status.code(), Some(2));
    let schema = run(folder.path(), &["schema"], &[]).await;
    assert_eq!(schema.status.code(), Some(0));
    assert!(
        String::from_utf8(schema.stdout)
            .unwrap()
            .contains("serverInfo: ServerInfo!")
    );
}

#[tokio::test]
async fn each_obstacle_has_its_exit_code_and_leaves_nothing_half_made() {
    let held = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = held.local_addr().unwrap().to_string();
    let port = port.as_str();
    let cases: Vec<Case<'_>> = vec![
        (
            &["serve", "--migrate"],
            vec![("KOLLEGIUM_HTTP__LISTEN", port)],
            5,
            vec![port, "http.listen"],
        ),
        (
            &["serve", "--migrate"],
            vec![("KOLLEGIUM_METRICS__LISTEN", port)],
            5,
            vec![port, "metrics.listen"],
        ),
        (
            &["serve", "--migrate"],
            vec![("KOLLEGIUM_HTTP__LISTEN", "203.0.113.1:80")],
            5,
            vec!["203.0.113.1"],
        ),
        (
            &["serve", "--migrate"],
            vec![("KOLLEGIUM_KEYS__FOLDER", "file/keys")],
            6,
            vec!["file/keys"],
        ),
        (
            &["migrate"],
            vec![("KOLLEGIUM_DATABASE__URL", "sqlite:file/below/k.db")],
            6,
            vec!["file/below"],
        ),
        (
            &["migrate"],
            vec![(
                "KOLLEGIUM_DATABASE__URL",
                "postgres://u:hemlig@127.0.0.1:1/db",
            )],
            3,
            vec!["u:***@127.0.0.1:1"],
        ),
        (
            &["migrate"],
            vec![("KOLLEGIUM_DATABASE__URL", "sqlite:file")],
            3,
            vec!["sqlite:file"],
        ),
        (&["doctor"], vec![], 6, vec!["data/keys"]),
    ];
    for (words, environment, code, said) in cases {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("file"), "no database, and no folder; long enough to have a header of its own, which SQLite reads and does not know").unwrap();
        let output = run(folder.path(), words, &environment).await;
        refused(&format!("{words:?} {environment:?}"), &output, code, &said);
        assert!(
            !folder.path().join("data/kollegium.db").exists(),
            "{words:?}: no database was made"
        );
    }
}

#[tokio::test]
async fn a_database_that_is_missing_old_or_newer_is_not_served() {
    let folder = tempfile::tempdir().unwrap();
    let missing = run(folder.path(), &["serve"], &[]).await;
    refused("missing", &missing, 3, &["kollegium migrate"]);
    assert!(!folder.path().join("data/kollegium.db").exists());

    let path = folder.path().join("data/kollegium.db");
    let config = store::DbConfig {
        url: format!("sqlite:{}", path.display()),
        ..Default::default()
    };
    let clock = kit::Clock::system();
    let store = Store::open(
        &config,
        clock,
        Ids::system(),
        Secret(std::sync::Arc::from([])),
        Consumers::default(),
    )
    .await
    .unwrap();
    store.close().await;
    let old = run(folder.path(), &["serve"], &[]).await;
    refused("old", &old, 7, &["kollegium migrate"]);
    let doctor = run(folder.path(), &["doctor"], &[]).await;
    refused("old", &doctor, 7, &["kollegium migrate"]);

    for said in ["changes applied", "was up to date"] {
        let migrated = run(folder.path(), &["migrate"], &[]).await;
        assert_eq!(migrated.status.code(), Some(0));
        let text = String::from_utf8(migrated.stdout).unwrap();
        assert!(text.contains(said), "{said} in {text}");
    }
    let doctor = run(folder.path(), &["doctor"], &[]).await;
    assert_eq!(doctor.status.code(), Some(0));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_schema_of_a_newer_release_is_left_alone() {
    testkit::on_both(async |db: &TestDb| {
        use sea_orm::{ConnectionTrait, sea_query::Query};
        let future = Query::insert()
            .into_table("seaql_migrations")
            .columns(["version", "applied_at"])
            .values_panic(["m9999_future".into(), 0_i64.into()])
            .to_owned();
        db.store.writer().execute(&future).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let environment = [("KOLLEGIUM_DATABASE__URL", db.config.url.as_str())];
        // The key folder is there.
        let _ = started(
            folder.path(),
            &[("KOLLEGIUM_DATABASE__URL", "sqlite:other.db")],
        )
        .await;
        for words in [
            &["serve"][..],
            &["serve", "--migrate"],
            &["migrate"],
            &["doctor"],
        ] {
            let output = run(folder.path(), words, &environment).await;
            refused(db.kind(), &output, 4, &["m9999_future", "newer"]);
        }
    })
    .await;
}

/// Words, environment, exit code, words of the one line.
type Case<'c> = (&'c [&'c str], Vec<(&'c str, &'c str)>, i32, Vec<&'c str>);

/// A started server, with the addresses that its log tells.
struct Started {
    child: Child,
    lines: tokio::io::Lines<BufReader<tokio::process::ChildStderr>>,
    http: SocketAddr,
    metrics: SocketAddr,
}

async fn started(folder: &Path, environment: &[(&str, &str)]) -> Started {
    let mut command = kollegium(folder, &["serve", "--migrate"], environment);
    command
        .env("KOLLEGIUM_LOG__FORMAT", "json")
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    loop {
        let line = lines
            .next_line()
            .await
            .unwrap()
            .expect("the server says where it listens");
        let said: serde_json::Value = serde_json::from_str(&line).expect("each line is JSON");
        if said["message"] == "serving" {
            let address = |key: &str| said[key].as_str().unwrap().parse().unwrap();
            return Started {
                http: address("address"),
                metrics: address("metrics"),
                child,
                lines,
            };
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_starts_answers_logs_without_personal_text_and_stops_with_0() {
    testkit::on_both(async |db: &TestDb| {
        let folder = tempfile::tempdir().unwrap();
        let environment = [("KOLLEGIUM_DATABASE__URL", db.config.url.as_str())];
        let mut server = started(folder.path(), &environment).await;

        assert_eq!(send(server.http, "GET", "/readyz", &[], b"").await.status, 200);
        let path = "/graphql?query=%7B%20serverInfo%20%7B%20version%20%7D%20%7D&operationName=&secret=hemlig";
        let answer = send(server.http, "GET", path, &[("authorization", "Bearer hemligare")], b"").await;
        let id = answer.header("x-request-id").to_owned();
        let keys = send(server.http, "GET", "/.well-known/jwks.json", &[], b"").await.json();
        assert_eq!(keys["keys"][0]["crv"], "Ed25519", "{keys}");
        let figures = send(server.metrics, "GET", "/metrics", &[], b"").await;
        let counted = "kollegium_http_requests_total{path=\"/readyz\",status=\"200\"} 1";
        assert!(figures.text().contains(counted), "{}", figures.text());
        assert_eq!(send(server.http, "GET", "/metrics", &[], b"").await.status, 404);

        let id_of_child = server.child.id().unwrap().to_string();
        let killed = Command::new("kill").args(["-TERM", &id_of_child]).status().await.unwrap();
        assert!(killed.success());
        let mut log = String::new();
        server.lines.get_mut().read_to_string(&mut log).await.unwrap();
        assert_eq!(server.child.wait().await.unwrap().code(), Some(0), "{log}");
        assert!(!log.contains("hemlig"), "{log}");
        let line = log.lines().find(|line| line.contains(&id)).expect("the request's line");
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let told = (&line["method"], &line["path"], &line["status"]);
        assert_eq!(told, (&"GET".into(), &"/graphql".into(), &answer.status.into()));
        assert!(line["ms"].is_number(), "{line}");
        assert!(log.contains("\"stopped\""), "{log}");
    })
    .await;
}
