//! What the keepers of the workspace run: `cargo xtask tidy`, `cargo xtask generate`, `cargo xtask bench`.

mod bench;
mod breaking;
mod descriptions;
mod edges;
mod error;
mod generate;
mod git;
mod house;
mod schema;
mod sources;
mod tidy;

use clap::{Parser, Subcommand};
use error::Error;
use std::{
    io::{self, Write},
    path::Path,
    process::{Command, ExitCode},
};

/// Tasks of the workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Tasks {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Hold the code against the rules of the house, and draw it
    ///
    /// Who may name whom, where the databases' dialects may be spoken, names that say nothing, files that are too long,
    /// and the descriptions of every element of the schema. The keys of the tables are held by a test of `migrations`.
    Tidy,
    /// Write the files that are made from the code: schema.graphql, and the drawing in ARCHITECTURE.md
    Generate {
        /// Write nothing; fail when a file is not clean or the schema breaks what an earlier commit promised
        #[arg(long)]
        check: bool,
    },
    /// Measure the program and print the figures of the README, as a Markdown table
    ///
    /// Starts the program three times on a demo of its own and asks it over HTTP on this machine's loopback. It builds
    /// nothing. The documents lie in xtask/bench. Linux only: memory and processor time are read from /proc.
    Bench(bench::Bench),
}

fn main() -> ExitCode {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("this crate lies in a folder of the workspace");
    let outcome = match Tasks::parse().task {
        Task::Tidy => tidy::tidy(root),
        Task::Generate { check: false } => generate::write(root),
        Task::Generate { check: true } => generate::check(root),
        Task::Bench(ask) => bench::bench(root, &ask),
    };
    // Whoever closed the pipe has read enough.
    match outcome {
        Ok(report) => {
            let _ = io::stdout().write_all(report.as_bytes());
            ExitCode::SUCCESS
        }
        Err(error) => {
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

/// What a program writes to its standard output when it succeeds in `folder`.
fn run(folder: &Path, program: &str, words: &[&str]) -> Result<String, Error> {
    let failed = |why: String| Error::Program {
        program: format!("{program} {}", words.join(" ")),
        why,
    };
    let output = Command::new(program)
        .args(words)
        .current_dir(folder)
        .output()
        .map_err(|error| failed(error.to_string()))?;
    if output.status.success() {
        String::from_utf8(output.stdout).map_err(|error| failed(error.to_string()))
    } else {
        Err(failed(
            String::from_utf8_lossy(&output.stderr).trim().to_owned(),
        ))
    }
}
