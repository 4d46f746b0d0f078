//! The one binary, `kollegium`: reads the configuration, opens the database, puts the rooms together and serves them.

mod admin;
mod cli;
mod compose;
pub mod config;
mod demo;
mod doctor;
pub mod exit;
mod export;
pub mod folder;
pub mod http;
mod import;
pub mod listen;
pub mod log;
mod migrate;
mod patience;
mod reference;
mod serve;
mod starter;
mod upkeep;

use cli::{Cli, Command};
use config::Config;
use exit::{Exit, Failure};
use std::{io::Write, process::ExitCode};

/// The program: does what the command line says, and ends with a code that `--help` explains.
#[must_use]
pub fn run() -> ExitCode {
    // Help and version end here with 0, a wrong command line with 2.
    let cli = <Cli as clap::Parser>::parse();
    match command(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            let _ = writeln!(std::io::stderr(), "kollegium: {failure}");
            failure.exit.into()
        }
    }
}

fn command(cli: &Cli) -> Result<(), Failure> {
    let config = Config::load(cli.config.as_deref())?;
    log::start(&config.log);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::new(Exit::Failed, format!("no threads: {error}")))?;
    runtime.block_on(async {
        match cli.command.as_ref().unwrap_or(&Command::Demo) {
            Command::Admin(command) => admin::admin(&config, command).await,
            Command::Demo => demo::demo(&config).await,
            Command::Export(ask) => export::export(&config, ask).await,
            Command::Import(ask) => import::import(&config, ask).await,
            Command::Serve { migrate } => serve::serve(&config, *migrate).await,
            Command::Migrate => migrate::migrate(&config).await,
            Command::Doctor => doctor::doctor(&config).await,
            Command::Schema => say(&api::sdl()),
        }
    })
}

/// What a command answers, on stdout. Somebody who stops reading it is no failure.
pub(crate) fn say(text: &str) -> Result<(), Failure> {
    match writeln!(std::io::stdout(), "{}", text.trim_end()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::new(
            Exit::Failed,
            format!("stdout cannot be written to: {error}"),
        )),
        _ => Ok(()),
    }
}
