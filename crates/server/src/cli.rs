//! What can be typed after `kollegium`.

use crate::exit::CODES;
use clap::{Parser, Subcommand};
use std::path::PathBuf;

/// Where teachers share rubrics and learn from each other.
#[derive(Debug, Parser)]
#[command(name = "kollegium", version, after_help = CODES)]
#[command(
    long_about = "Kollegium: where teachers share rubrics and learn from each other, as a GraphQL API.\n\n\
A first server of your own, on SQLite:\n  \
  kollegium migrate                 makes data/kollegium.db\n  \
  kollegium serve                   then open http://127.0.0.1:8080/graphiql\n\n\
The same on PostgreSQL, by a file kollegium.toml:\n  \
  [database]\n  \
  url = \"postgres://kollegium@localhost/kollegium\"\n\n\
or by the environment, where every key has a name with two underscores between its parts:\n  \
  KOLLEGIUM_DATABASE__URL=postgres://kollegium@localhost/kollegium\n  \
  KOLLEGIUM_HTTP__LISTEN=0.0.0.0:8080\n\n\
`kollegium doctor` shows the configuration that results, and what is wrong."
)]
pub(crate) struct Cli {
    /// The configuration file [default: kollegium.toml, if it is there]
    #[arg(long, global = true, value_name = "FILE", env = "KOLLEGIUM_CONFIG")]
    pub(crate) config: Option<PathBuf>,
    /// What to do
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Makes a municipality to try everything on, and serves it on this machine [the default]
    #[command(
        long_about = "Makes a municipality to try everything on, and serves it on this machine: what `kollegium` does without further words.\n\n\
An invented Swedish municipality with schools, preschools, some 175 people in every role, and rubrics that they share. It is made once, in data/demo.db, \
and found again at the next start. The addresses to sign in with are printed."
    )]
    Demo,
    /// Serves the API until it is told to stop
    #[command(
        long_about = "Serves the API until it is told to stop (SIGTERM or Ctrl+C): then it takes nothing new, finishes what is under way and ends with 0.\n\n\
What it answers:\n  \
  POST /graphql       queries and mutations (GET: queries)\n  \
  GET  /graphql/ws    subscriptions (graphql-transport-ws)\n  \
  GET  /graphiql      a page to try the API on\n  \
  GET  /livez         200 while the process runs\n  \
  GET  /readyz        200 while the database answers and the schema is current\n  \
  GET  /metrics       figures for Prometheus, on a port of its own (metrics.listen)\n\n\
It does not start on a database that has to be migrated, unless --migrate is given."
    )]
    Serve {
        /// Bring the schema up to date first. Several servers may start so at once: one migrates, the others wait
        #[arg(long)]
        migrate: bool,
    },
    /// Makes organisers, helps somebody in, rotates keys
    #[command(subcommand)]
    Admin(Admin),
    /// Brings rubrics or a reference list in from a file
    #[command(
        long_about = "Brings rubrics in from a file, as drafts of a person. Without --take it only says what would become of each rubric, with the place of \
everything that is wrong. The same file twice changes nothing.\n\n  \
kollegium import rubrics.csv --as anna@alvsunda.example --unit unit_01h2… --take\n  \
kollegium import bfl.json --format case-json --as anna@alvsunda.example --unit unit_01h2…\n\n\
With --reference the file is a list of what the state has decided (school forms, subjects, years, stages, goal areas, grading criteria), which takes the place of the \
one in use at every organiser. It has the form of the files in crates/curriculum/data.\n\n  \
kollegium import --reference criteria.json --take"
    )]
    Import(Import),
    /// Takes rubrics out in a file
    #[command(
        long_about = "Takes rubrics that a person sees out in a file. What the format cannot carry is listed, and then the file is made only with --accept-losses.\n\n  \
kollegium export rubric_01h2… --format xlsx --as anna@alvsunda.example --out matris.xlsx"
    )]
    Export(Export),
    /// Brings the database's schema up to date
    #[command(
        long_about = "Brings the database's schema up to date: all pending changes or, if one fails, none. A SQLite file is made when it does not exist. Servers of this release and of the one before may run meanwhile."
    )]
    Migrate,
    /// Prints the GraphQL schema
    #[command(
        long_about = "Prints the GraphQL schema in its own language, with every description. It needs no database.\n\n  \
  kollegium schema > schema.graphql"
    )]
    Schema,
    /// Says what is wrong with this installation
    #[command(
        long_about = "Says what is wrong with this installation: the configuration as it results (without secrets), the key folder, the database, its schema. It changes nothing. The exit code is that of the first thing found wrong."
    )]
    Doctor,
}

/// What whoever runs the installation does.
#[derive(Debug, Subcommand)]
pub(crate) enum Admin {
    /// Makes an organiser (huvudman) and prints the invitation of its first administrator
    #[command(
        long_about = "Makes an organiser (huvudman) and prints the invitation link of its first administrator, who then invites everybody else.\n\n  \
kollegium admin create-organiser --name \"Älvsunda kommun\" --admin-name \"Peter Stormdal\" --address peter@alvsunda.example\n\n\
The link begins with http.public_url."
    )]
    CreateOrganiser(CreateOrganiser),
    /// Prints a one-time link for somebody who is locked out; it asks for a new password
    SignInLink {
        /// The e-mail address of the account
        #[arg(long)]
        address: String,
    },
    /// Hides a rubric of the open catalogue from everybody, at every organiser, or shows it again
    #[command(
        long_about = "Hides a rubric of the open catalogue from everybody, at every organiser, at once. Its authors are told why, and it is recorded. Administrators cannot undo it; \
--show does.\n\n  \
kollegium admin hide-open open_01h2… --reason \"Texten är ett förlags.\""
    )]
    HideOpen(HideOpen),
    /// Adds a signing key; running servers take it up by themselves, and nobody is signed out
    RotateKeys,
}

/// A new organiser.
#[derive(Debug, clap::Args)]
pub(crate) struct CreateOrganiser {
    /// What the organiser is called
    #[arg(long)]
    pub(crate) name: String,
    /// It is no municipality (enskild huvudman)
    #[arg(long)]
    pub(crate) independent: bool,
    /// What its first administrator is called
    #[arg(long)]
    pub(crate) admin_name: String,
    /// The administrator's e-mail address: the invitation is bound to it
    #[arg(long)]
    pub(crate) address: String,
    /// Its library begins empty, without the rubrics that come with Kollegium
    #[arg(long)]
    pub(crate) without_starter_shelf: bool,
}

/// A rubric of the open catalogue that is hidden, or shown again.
#[derive(Debug, clap::Args)]
pub(crate) struct HideOpen {
    /// Its id in the catalogue
    pub(crate) id: String,
    /// Why, in words that its authors read
    #[arg(long)]
    pub(crate) reason: String,
    /// Shows it again
    #[arg(long)]
    pub(crate) show: bool,
}

/// Rubrics, or a reference list, from a file.
#[derive(Debug, clap::Args)]
pub(crate) struct Import {
    /// The file; with --reference a list in JSON
    pub(crate) file: PathBuf,
    /// The file is a list of what the state has decided, for the whole installation
    #[arg(long, conflicts_with_all = ["person", "unit", "english", "format", "points"])]
    pub(crate) reference: bool,
    /// What the file is [default: by its name, or else the rubric CSV of Canvas]
    #[arg(long, value_enum)]
    pub(crate) format: Option<ImportFormat>,
    /// The e-mail address of the person in whose name the rubrics are made
    #[arg(
        long = "as",
        value_name = "ADDRESS",
        required_unless_present = "reference"
    )]
    pub(crate) person: Option<String>,
    /// The id of the unit where they are made
    #[arg(long, required_unless_present = "reference")]
    pub(crate) unit: Option<String>,
    /// The file is in English
    #[arg(long)]
    pub(crate) english: bool,
    /// Points that stand in a table (XLSX, DOCX), such as "E (5 p)", become points
    #[arg(long)]
    pub(crate) points: bool,
    /// Make drafts of the sound rubrics, or put the list in use; otherwise nothing is changed
    #[arg(long)]
    pub(crate) take: bool,
}

/// What a file with rubrics is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ImportFormat {
    /// The rubric CSV of Canvas, with commas, semicolons or tabs
    CanvasCsv,
    /// A package of CASE 1.1 in JSON
    CaseJson,
    /// The tables of a Word document
    Docx,
    /// Our own JSON
    KollegiumJson,
    /// The grading.xml of a Moodle backup
    MoodleXml,
    /// The rubric XML of Open edX
    OraXml,
    /// The sheets of an Excel workbook
    Xlsx,
}

/// What a file with rubrics is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum ExportFormat {
    /// The rubric CSV of Canvas
    CanvasCsv,
    /// A package of CASE 1.1 in JSON
    CaseJson,
    /// A page to print
    Html,
    /// Our own JSON
    KollegiumJson,
    /// Markdown
    Markdown,
    /// An Excel workbook
    Xlsx,
}

/// Rubrics into a file.
#[derive(Debug, clap::Args)]
pub(crate) struct Export {
    /// The ids of the rubrics, in the order in which they stand in the file
    #[arg(required = true)]
    pub(crate) rubrics: Vec<String>,
    /// What the file is to be
    #[arg(long, value_enum)]
    pub(crate) format: ExportFormat,
    /// The e-mail address of the person who sees them
    #[arg(long = "as", value_name = "ADDRESS")]
    pub(crate) person: String,
    /// Where to write the file [default: its own name, in this folder]
    #[arg(long)]
    pub(crate) out: Option<PathBuf>,
    /// English texts where there are both
    #[arg(long)]
    pub(crate) english: bool,
    /// Make the file although something has no place in it
    #[arg(long)]
    pub(crate) accept_losses: bool,
}
