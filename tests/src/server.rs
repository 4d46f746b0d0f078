//! A server as an operator runs it: the program itself in a process of its own, on a database of its own, with nothing in its
//! environment but what is written here.
//!
//! The program is the one that `cargo test` and `cargo build` put beside the tests.

use crate::client::Client;
use serde_json::Value;
use std::collections::VecDeque;
use std::path::PathBuf;
use std::process::{Output, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use store::Consumers;
use tempfile::TempDir;
use testkit::TestDb;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStderr, Command};
use tokio::time::timeout;

/// How long a server may take to say that it serves, and to stop when told. It only ends what has gone wrong.
const PATIENCE: Duration = Duration::from_mins(1);
/// How many of its last log lines are kept, to be shown when a story fails.
const LOG_LINES: usize = 400;

/// A running server, which ends with this value.
#[derive(Debug)]
pub struct Server {
    /// Where its data is, for a look past the server.
    pub database_url: String,
    address: String,
    folder: TempDir,
    child: Child,
    log: Arc<Mutex<VecDeque<String>>>,
    undo_seconds: u32,
}

/// For how long a share can be undone, in seconds: stories do not wait ten minutes for what is told after that.
const UNDO_SECONDS: u32 = 1;

/// Runs a story on a server with SQLite and, where its programs are installed, on one with PostgreSQL.
pub async fn on_both(story: impl AsyncFn(&mut Server)) {
    on_sqlite(&story).await;
    on_postgres(&story).await;
}

/// Runs a story on a server with a SQLite file.
pub async fn on_sqlite(story: &impl AsyncFn(&mut Server)) {
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let url = format!("sqlite:{}", folder.path().join("kollegium.db").display());
    let mut server = Server::start(&url).await;
    story(&mut server).await;
    server.stop().await;
}

/// Runs a story on a server with PostgreSQL, where its programs are installed; the test kit says on stderr when not.
pub async fn on_postgres(story: &impl AsyncFn(&mut Server)) {
    let Some(db) = TestDb::postgres(&Consumers::default()).await else {
        return;
    };
    let mut server = Server::start(&db.config.url).await;
    story(&mut server).await;
    server.stop().await;
    db.end().await;
}

impl Server {
    /// Starts a server on a database, which it migrates first.
    pub async fn start(database_url: &str) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let log = Arc::default();
        let program = program(&folder, database_url, &["serve", "--migrate"], UNDO_SECONDS);
        let (child, address) = serve(program, &log).await;
        Self {
            database_url: database_url.to_owned(),
            address,
            folder,
            child,
            log,
            undo_seconds: UNDO_SECONDS,
        }
    }

    /// A client of it that is not signed in.
    #[must_use]
    pub fn client(&self) -> Client {
        Client::new(&self.address)
    }

    /// Which database it has, for messages.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        if self.database_url.starts_with("sqlite:") {
            "SQLite"
        } else {
            "PostgreSQL"
        }
    }

    /// How many files it keeps, and how many bytes they are.
    #[must_use]
    pub fn kept_files(&self) -> (usize, u64) {
        let mut folders = vec![self.folder.path().join("data/files")];
        let (mut files, mut bytes) = (0, 0);
        while let Some(folder) = folders.pop() {
            let entries = std::fs::read_dir(folder).into_iter().flatten();
            for entry in entries.flatten() {
                match entry.metadata() {
                    Ok(about) if about.is_dir() => folders.push(entry.path()),
                    Ok(about) => {
                        files += 1;
                        bytes += about.len();
                    }
                    // It went while it was looked at.
                    Err(_) => {}
                }
            }
        }
        (files, bytes)
    }

    /// Runs the program with other words on the same configuration, as an operator beside the running server.
    pub async fn run(&self, words: &[&str]) -> Output {
        let output = self.program(words).output().await;
        output.expect("the program runs")
    }

    /// Ends it as a power cut ends it: it learns nothing of it and finishes nothing.
    pub async fn kill_9(&mut self) {
        self.child.kill().await.expect("the server can be killed");
    }

    /// Starts it again on the same data and keys, at another address: clients have to be made anew, their tokens are still good.
    pub async fn restart(&mut self) {
        if self.child.try_wait().ok().flatten().is_none() {
            self.stop().await;
        }
        (self.child, self.address) = serve(self.program(&["serve"]), &self.log).await;
    }

    /// Starts it again, and from then on shares can be undone for so long.
    pub async fn restart_undoing_for(&mut self, seconds: u32) {
        self.undo_seconds = seconds;
        self.restart().await;
    }

    fn program(&self, words: &[&str]) -> Command {
        program(&self.folder, &self.database_url, words, self.undo_seconds)
    }

    /// Tells it to stop, and waits until it has finished what was under way.
    ///
    /// # Panics
    ///
    /// If it does not end with 0.
    pub async fn stop(&mut self) {
        let id = self.child.id().expect("it runs until it is stopped");
        let told = Command::new("kill")
            .args(["-TERM", &id.to_string()])
            .status()
            .await;
        assert!(
            told.is_ok_and(|status| status.success()),
            "the server takes a signal"
        );
        let ended = timeout(PATIENCE, self.child.wait()).await;
        let ended = ended.expect("a server that is told to stop stops");
        let code = ended.expect("the server can be waited for").code();
        assert_eq!(code, Some(0), "{}", shown(&self.log));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // To the test harness, which shows it beside the panic.
            #[expect(
                clippy::print_stderr,
                reason = "what the server said belongs to the failure of a story"
            )]
            {
                eprintln!("the server on {} said:\n{}", self.kind(), shown(&self.log));
            }
        }
    }
}

fn shown(log: &Mutex<VecDeque<String>>) -> String {
    let log = log.lock().unwrap_or_else(PoisonError::into_inner);
    let lines: Vec<&str> = log.iter().map(String::as_str).collect();
    lines.join("\n")
}

/// Starts the program and waits until it says where it listens.
async fn serve(mut program: Command, log: &Arc<Mutex<VecDeque<String>>>) -> (Child, String) {
    let mut child = program
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let stderr = child.stderr.take().expect("stderr was asked for");
    let mut lines = BufReader::new(stderr).lines();
    let address = timeout(PATIENCE, address(&mut lines, log)).await;
    let address = address.expect("a server that starts says where it listens");
    let log = Arc::clone(log);
    // Read on, so that the server never waits for somebody to read its log.
    tokio::spawn(async move { while keep(&mut lines, &log).await.is_some() {} });
    (child, format!("http://{address}"))
}

async fn address(
    lines: &mut Lines<BufReader<ChildStderr>>,
    log: &Mutex<VecDeque<String>>,
) -> String {
    while let Some(line) = keep(lines, log).await {
        let said: Value = serde_json::from_str(&line).unwrap_or_default();
        if let ("serving", Some(address)) = (
            said["message"].as_str().unwrap_or_default(),
            said["address"].as_str(),
        ) {
            return address.to_owned();
        }
    }
    #[expect(
        clippy::panic,
        reason = "without its server a story can only stop, and say why"
    )]
    {
        panic!("the server did not start:\n{}", shown(log))
    }
}

async fn keep(
    lines: &mut Lines<BufReader<ChildStderr>>,
    log: &Mutex<VecDeque<String>>,
) -> Option<String> {
    let line = lines.next_line().await.ok().flatten()?;
    let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
    if log.len() == LOG_LINES {
        log.pop_front();
    }
    log.push_back(line.clone());
    Some(line)
}

/// The program with a configuration for stories: an address of its own each time it starts and so an issuer that does not follow it, keys
/// that stay, and passwords that cost as little as Argon2 allows.
fn program(folder: &TempDir, database_url: &str, words: &[&str], undo_seconds: u32) -> Command {
    let mut command = Command::new(path());
    command
        .args(words)
        .current_dir(folder.path())
        .env_clear()
        .env("KOLLEGIUM_DATABASE__URL", database_url)
        .env("KOLLEGIUM_HTTP__LISTEN", "127.0.0.1:0")
        .env("KOLLEGIUM_METRICS__LISTEN", "127.0.0.1:0")
        .env("KOLLEGIUM_KEYS__FOLDER", folder.path().join("keys"))
        .env("KOLLEGIUM_LOG__FORMAT", "json")
        .env("KOLLEGIUM_LOG__LEVEL", "info,server::http::observe=warn")
        .env("KOLLEGIUM_SHARING__UNDO_SECONDS", undo_seconds.to_string())
        .env("KOLLEGIUM_IDENTITY__ISSUER", "https://kollegium.test")
        .env("KOLLEGIUM_IDENTITY__PASSWORD__MEMORY_KIB", "8")
        .env("KOLLEGIUM_IDENTITY__PASSWORD__PASSES", "1")
        .stdin(Stdio::null())
        .kill_on_drop(true);
    command
}

/// Where the program is: beside the folder in which the test programs lie.
fn path() -> PathBuf {
    let test = std::env::current_exe().expect("a running program has a path");
    let path = test
        .parent()
        .and_then(|deps| deps.parent())
        .map(|debug| debug.join("kollegium"))
        .expect("test programs lie in a folder of the target folder");
    assert!(
        path.is_file(),
        "there is no {}: `cargo build` makes it, and so does `cargo test` for all crates",
        path.display()
    );
    path
}
