//! `docker-compose.yml` and `Dockerfile` name only what is there. No container is started: that needs an engine which not everybody has.

use serde_json::{Map, Value, json};
use server::config::Config;
use std::fs;
use std::path::Path;
use tests::server::{Server, on_sqlite};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(ROOT).join(file)).unwrap()
}

fn compose() -> Value {
    serde_yaml_ng::from_str(&read("docker-compose.yml")).unwrap()
}

/// The Dockerfile's instructions: continued lines joined, comments left out, each split into its word and the rest.
fn instructions() -> Vec<(String, String)> {
    let text = read("Dockerfile").replace("\\\n", " ");
    let lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .filter_map(|line| line.split_once(' '))
        .map(|(word, rest)| (word.to_owned(), rest.trim().to_owned()))
        .collect()
}

fn of(instructions: &[(String, String)], wanted: &str) -> Vec<String> {
    let found = instructions.iter().filter(|(word, _)| word == wanted);
    found.map(|(_, rest)| rest.clone()).collect()
}

fn words(list: &Value) -> Vec<String> {
    let list = list.as_array().expect("a list of words");
    list.iter()
        .filter_map(Value::as_str)
        .map(str::to_owned)
        .collect()
}

/// The configuration that a service's environment makes.
fn config(service: &Value) -> Config {
    let mut tables = Map::new();
    for (name, value) in service["environment"].as_object().unwrap() {
        let key = name.strip_prefix("KOLLEGIUM_").unwrap().to_lowercase();
        let (table, key) = key.split_once("__").unwrap();
        let value = value
            .as_str()
            .unwrap()
            .replace("${POSTGRES_PASSWORD}", "hemligt");
        tables.entry(table).or_insert_with(|| json!({}))[key] = json!(value);
    }
    serde_json::from_value(Value::Object(tables)).expect("the server takes every key and value")
}

#[test]
fn the_services_fit_the_server_the_database_and_each_other() {
    let compose = compose();
    let services = compose["services"].as_object().unwrap();
    for (name, service) in services {
        for needed in service["depends_on"]
            .as_object()
            .into_iter()
            .flat_map(Map::keys)
        {
            assert!(services.contains_key(needed), "{name} waits for {needed}");
        }
        for volume in words(service.get("volumes").unwrap_or(&json!([]))) {
            let (volume, _) = volume.split_once(':').unwrap();
            let volumes = compose["volumes"].as_object().unwrap();
            assert!(volumes.contains_key(volume), "{name} keeps {volume}");
        }
        if service["build"].is_string() {
            let context = Path::new(ROOT).join(service["build"].as_str().unwrap());
            assert!(context.join("Dockerfile").is_file(), "{name} can be built");
        }
    }

    let server = &services["server"];
    let config = config(server);
    assert_eq!(server["environment"], services["migrate"]["environment"]);
    let database = &services["database"]["environment"];
    let url = format!(
        "postgres://{}:hemligt@database/{}",
        database["POSTGRES_USER"].as_str().unwrap(),
        database["POSTGRES_DB"].as_str().unwrap()
    );
    assert_eq!(config.database.url, url);

    let port = config.http.listen.port();
    assert!(
        config.http.listen.ip().is_unspecified(),
        "reachable from outside the container"
    );
    assert_eq!(
        port,
        Config::default().http.listen.port(),
        "where everybody looks"
    );
    assert_eq!(
        words(&server["ports"]),
        [format!("127.0.0.1:{port}:{port}")]
    );
    let folder = config.keys.folder.display();
    assert!(
        words(&server["volumes"]).contains(&format!("keys:{folder}")),
        "keys outlive a container"
    );

    let dockerfile = instructions();
    assert_eq!(of(&dockerfile, "EXPOSE"), [port.to_string()]);
    let runs = of(&dockerfile, "RUN");
    let made = runs.iter().any(|run| {
        run.contains(&format!(
            "install -d -o kollegium -g kollegium -m 0700 {folder}"
        ))
    });
    assert!(
        made,
        "the image has {folder}, and the program may write there"
    );
}

#[test]
fn the_image_builds_the_program_with_a_compiler_that_is_new_enough() {
    let dockerfile = instructions();
    let runs = of(&dockerfile, "RUN");
    let build = runs.iter().find(|run| run.contains("cargo build")).unwrap();
    let words: Vec<&str> = build.split_whitespace().collect();
    let after = |word: &str| {
        let at = words.iter().position(|it| *it == word).unwrap();
        words[at + 1]
    };
    let manifest = read(&format!("crates/{}/Cargo.toml", after("--package")));
    assert!(
        manifest.contains("[[bin]]\nname = \"kollegium\""),
        "{manifest}"
    );
    assert_eq!(after("cp"), "target/release/kollegium");
    let copied = of(&dockerfile, "COPY");
    let built = words.last().unwrap();
    assert!(
        copied.contains(&format!("--from=build {built} /usr/local/bin/kollegium")),
        "{copied:?}"
    );
    assert!(
        Path::new(ROOT).join("Cargo.lock").is_file(),
        "--locked needs it"
    );

    let from = of(&dockerfile, "FROM");
    let (compiler, stages) = (&from[0], from.len());
    assert_eq!(stages, 2);
    let version = |text: &str| -> Vec<u32> {
        let digits = text.split(|c: char| !c.is_ascii_digit());
        digits
            .filter_map(|number| number.parse().ok())
            .take(2)
            .collect()
    };
    let cargo = read("Cargo.toml");
    let needed = cargo
        .lines()
        .find(|line| line.starts_with("rust-version"))
        .unwrap();
    assert!(
        compiler.starts_with("rust:") && version(compiler) >= version(needed),
        "{compiler}, {needed}"
    );
    assert!(
        compiler.contains("-bookworm") && from[1].contains(":bookworm"),
        "one C library: {from:?}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_containers_run_is_there() {
    let dockerfile = instructions();
    let one = |word: &str| {
        let rest = of(&dockerfile, word).remove(0);
        let list = rest
            .split_once('[')
            .map(|(_, list)| format!("[{list}"))
            .unwrap();
        words(&serde_json::from_str(&list).unwrap())
    };
    assert_eq!(one("ENTRYPOINT"), ["kollegium"]);
    let health = one("HEALTHCHECK");
    assert_eq!(health[0], "kollegium");
    let mut commands = vec![one("CMD"), words(&json!(["admin", "create-organiser"]))];
    let compose = compose();
    let services = compose["services"].as_object().unwrap().values();
    commands.extend(services.filter_map(|it| it.get("command")).map(words));
    assert_eq!(
        commands.len(),
        3,
        "serve, the first organiser, migrate: {commands:?}"
    );
    on_sqlite(&async |server: &mut Server| {
        for command in &commands {
            let mut words: Vec<&str> = command.iter().map(String::as_str).collect();
            words.push("--help");
            let output = server.run(&words).await;
            assert!(output.status.success(), "{command:?}: {output:?}");
        }
        let words: Vec<&str> = health[1..].iter().map(String::as_str).collect();
        let output = server.run(&words).await;
        assert!(
            output.status.success(),
            "a server that runs is healthy: {output:?}"
        );
    })
    .await;
}
