//! The figures of the README: start, memory, size, and requests a second, on both databases.

mod client;
mod load;
mod server;

use crate::Error;
use client::{Ask, Client};
use load::{Met, load};
use serde_json::{Value, json};
use server::Server;
use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::time::sleep;

const RUNS: usize = 3;

/// The rubric that is read has this many criteria, each with this many levels.
const CRITERIA: usize = 5;
const LEVELS: usize = 4;

/// How long a server that became ready is left alone before its memory is read.
const REST: Duration = Duration::from_secs(1);

/// What is measured, and how hard.
#[derive(Debug, clap::Args)]
pub(crate) struct Bench {
    /// The program, built with `cargo build --release`
    #[arg(long, value_name = "FILE", default_value = "target/release/kollegium")]
    bin: PathBuf,
    /// An empty PostgreSQL database, to measure on it too; the demo is made in it and stays there
    #[arg(long, value_name = "URL")]
    postgres_url: Option<String>,
    /// How long each operation is asked for, in each run
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
    /// How many connections ask at once
    #[arg(long, default_value_t = 8, value_parser = clap::value_parser!(u16).range(1..=1000))]
    connections: u16,
}

/// The documents, from `xtask/bench`.
struct Documents {
    sign_in: String,
    first: String,
    rubric: String,
}

/// One start of the server, and what it did under load.
struct Run {
    /// In milliseconds.
    start: f64,
    /// Memory in MB, before the load and after.
    rest: f64,
    after: f64,
    rubric: Met,
    first: Met,
}

/// A Markdown table of medians.
///
/// # Errors
///
/// When the program cannot be run, or does not answer what the documents ask.
pub(crate) fn bench(root: &Path, ask: &Bench) -> Result<String, Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Error::file("the runtime"))?;
    runtime.block_on(measure(root, ask))
}

async fn measure(root: &Path, ask: &Bench) -> Result<String, Error> {
    let bin = fs::canonicalize(&ask.bin).map_err(Error::file(&ask.bin))?;
    let size = fs::metadata(&bin).map_err(Error::file(&bin))?.len();
    let read = |name: &str| {
        let path = root.join("xtask/bench").join(name);
        fs::read_to_string(&path).map_err(Error::file(path))
    };
    let documents = Documents {
        sign_in: read("sign-in.graphql")?,
        first: read("first-20.graphql")?,
        rubric: read("rubric.graphql")?,
    };

    let mut columns = Vec::new();
    for (name, url) in [
        ("SQLite", None),
        ("PostgreSQL", ask.postgres_url.as_deref()),
    ] {
        if name == "SQLite" || url.is_some() {
            columns.push((name, runs(ask, &bin, name, url, &documents).await?));
        }
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    Ok(format!(
        "{}\nThe program is a file of {}. Medians of {RUNS} runs on the demo; each operation {} s from {} connections, signed in; server, database and client share {cores} cores.\n",
        table(&columns),
        format_args!("{:.1} MB", megabytes(size)),
        ask.seconds,
        ask.connections,
    ))
}

async fn runs(
    ask: &Bench,
    bin: &Path,
    name: &str,
    url: Option<&str>,
    documents: &Documents,
) -> Result<Vec<Run>, Error> {
    let folder = tempfile::tempdir().map_err(Error::file("a temporary folder"))?;
    tell(&format!("{name}: making the demo"));
    Server::start(bin, folder.path(), url).await?.stop().await?;
    if url.is_some() && folder.path().join("data/demo.db").exists() {
        return Err(Error::Unexpected(
            "the demo was made on SQLite, although the address of a PostgreSQL was given"
                .to_owned(),
        ));
    }
    let mut runs = Vec::new();
    for number in 1..=RUNS {
        tell(&format!("{name}: run {number} of {RUNS}"));
        runs.push(one(ask, bin, folder.path(), url, documents).await?);
    }
    Ok(runs)
}

async fn one(
    ask: &Bench,
    bin: &Path,
    folder: &Path,
    url: Option<&str>,
    documents: &Documents,
) -> Result<Run, Error> {
    let server = Server::start(bin, folder, url).await?;
    sleep(REST).await;
    let rest = megabytes(server.memory()?);

    let mut client = Client::connect(server.address).await?;
    let (_, signed_in) = good(&mut client, &Ask::new(&documents.sign_in, &json!({}), None)).await?;
    let bearer = find(&signed_in, "accessToken")
        .and_then(Value::as_str)
        .ok_or_else(|| Error::Unexpected(format!("no `accessToken` in {signed_in}")))?;

    let first = Ask::new(&documents.first, &json!({}), Some(bearer));
    let (first_length, listed) = good(&mut client, &first).await?;
    let (rubric, rubric_length) = rubric(&mut client, documents, &listed, bearer).await?;

    let time = Duration::from_secs(ask.seconds);
    let connections = usize::from(ask.connections);
    let rubric = load(&server, &rubric, rubric_length, connections, time).await?;
    let first = load(&server, &first, first_length, connections, time).await?;
    let run = Run {
        start: server.started_in.as_secs_f64() * 1e3,
        rest,
        after: megabytes(server.memory()?),
        rubric,
        first,
    };
    server.stop().await?;
    Ok(run)
}

/// How long a good answer is, and what it says. One with an error is none.
async fn good(client: &mut Client, ask: &Ask) -> Result<(usize, Value), Error> {
    let body = client.ask(ask).await?;
    let answer: Value = serde_json::from_slice(&body)
        .map_err(|error| Error::Unexpected(format!("an answer that is no JSON: {error}")))?;
    if answer["data"].is_object() && answer["errors"].is_null() {
        Ok((body.len(), answer))
    } else {
        Err(Error::Unexpected(format!(
            "the server refuses a document of xtask/bench: {answer}"
        )))
    }
}

/// The request for the first of the listed rubrics that has the right size, and the length of its answer.
async fn rubric(
    client: &mut Client,
    documents: &Documents,
    listed: &Value,
    bearer: &str,
) -> Result<(Ask, usize), Error> {
    let nodes = find(listed, "nodes").and_then(Value::as_array);
    for node in nodes.into_iter().flatten() {
        let ask = Ask::new(
            &documents.rubric,
            &json!({ "id": node["id"] }),
            Some(bearer),
        );
        let (length, answer) = good(client, &ask).await?;
        if has_the_size(&answer) {
            return Ok((ask, length));
        }
    }
    Err(Error::Unexpected(format!(
        "no rubric of the first 20 has {CRITERIA} criteria with {LEVELS} levels each"
    )))
}

fn has_the_size(answer: &Value) -> bool {
    let criteria = find(answer, "criteria").and_then(Value::as_array);
    criteria.is_some_and(|criteria| {
        criteria.len() == CRITERIA
            && criteria
                .iter()
                .all(|criterion| criterion["levels"].as_array().map(Vec::len) == Some(LEVELS))
    })
}

/// The first value under this name, however deep.
fn find<'a>(answer: &'a Value, name: &str) -> Option<&'a Value> {
    match answer {
        Value::Object(fields) => fields
            .get(name)
            .or_else(|| fields.values().find_map(|value| find(value, name))),
        Value::Array(items) => items.iter().find_map(|item| find(item, name)),
        _ => None,
    }
}

fn table(columns: &[(&str, Vec<Run>)]) -> String {
    let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
    let mut lines = vec![
        format!("| | {} |", names.join(" | ")),
        format!("|---|{}", "---|".repeat(names.len())),
    ];
    let mut row = |what: &str, cell: &dyn Fn(&[Run]) -> String| {
        let cells: Vec<String> = columns.iter().map(|(_, runs)| cell(runs)).collect();
        lines.push(format!("| {what} | {} |", cells.join(" | ")));
    };
    row("start on an existing database", &|runs| {
        format!("{:.0} ms", median(runs, |run| run.start))
    });
    row("memory at rest", &|runs| {
        format!("{:.1} MB", median(runs, |run| run.rest))
    });
    row("memory after the load", &|runs| {
        format!("{:.1} MB", median(runs, |run| run.after))
    });
    row(
        &format!("a rubric with {CRITERIA} criteria × {LEVELS} levels"),
        &|runs| speed(runs, |run| run.rubric),
    );
    row("the first 20 rubrics", &|runs| speed(runs, |run| run.first));
    lines.join("\n") + "\n"
}

fn speed(runs: &[Run], of: impl Fn(&Run) -> Met) -> String {
    format!(
        "{:.0} a second; half within {:.1} ms, 99 % within {:.1} ms; {:.0} µs of the server's CPU each",
        median(runs, |run| of(run).per_second),
        median(runs, |run| of(run).p50),
        median(runs, |run| of(run).p99),
        median(runs, |run| of(run).cpu),
    )
}

fn median(runs: &[Run], of: impl Fn(&Run) -> f64) -> f64 {
    let mut values: Vec<f64> = runs.iter().map(of).collect();
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

#[expect(clippy::cast_precision_loss, reason = "no program is 2^52 bytes")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// How far the benchmark has come.
fn tell(step: &str) {
    // Nobody has to watch.
    let _ = writeln!(io::stderr(), "{step}");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(start: f64) -> Run {
        let met = Met {
            per_second: start * 10.0,
            p50: 1.0,
            p99: 2.0,
            cpu: 30.0,
        };
        Run {
            start,
            rest: 30.0,
            after: 40.0,
            rubric: met,
            first: met,
        }
    }

    #[test]
    fn the_table_shows_medians_of_each_database() {
        let table = table(&[
            ("SQLite", vec![run(90.0), run(10.0), run(20.0)]),
            ("PostgreSQL", vec![run(40.0), run(50.0), run(60.0)]),
        ]);
        assert_eq!(
            table.lines().take(4).collect::<Vec<_>>(),
            [
                "| | SQLite | PostgreSQL |",
                "|---|---|---|",
                "| start on an existing database | 20 ms | 50 ms |",
                "| memory at rest | 30.0 MB | 30.0 MB |",
            ]
        );
        assert!(table.contains("| the first 20 rubrics | 200 a second; half within 1.0 ms, 99 % within 2.0 ms; 30 µs"), "{table}");
    }

    #[test]
    fn a_rubric_has_the_size_when_every_criterion_has_its_levels() {
        let answer = |levels: [usize; CRITERIA]| {
            let criteria: Vec<Value> = levels
                .iter()
                .map(|count| json!({ "levels": vec![1; *count] }))
                .collect();
            json!({ "data": { "rubric": { "current": { "criteria": criteria } } } })
        };
        assert!(has_the_size(&answer([LEVELS; CRITERIA])));
        assert!(!has_the_size(&answer([4, 4, 4, 4, 3])));
        assert!(!has_the_size(&json!({ "data": { "criteria": [] } })));
        assert!(!has_the_size(&json!({ "data": { "rubric": null } })));
    }
}
