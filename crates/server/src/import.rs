//! `kollegium import`: rubrics from a file, in a person's name; or a reference list for the whole installation.

use crate::{
    admin::told,
    cli::{self, Import},
    compose,
    config::Config,
    exit::{Exit, Failure},
    migrate, reference, say,
};
use exchange::{How, ImportFormat, Outcome};
use identity::Address;
use kit::{Actor, Fault, Lang, SignInId};
use std::{fmt::Write, sync::Arc};
use store::{Cx, Store, Tx, write};
use uuid::Uuid;

/// Reads the file and says what would become of it; with `--take`, makes drafts of the sound rubrics.
pub(crate) async fn import(config: &Config, ask: &Import) -> Result<(), Failure> {
    let bytes = std::fs::read(&ask.file)
        .map_err(|error| Failure::new(Exit::Failed, format!("{}: {error}", ask.file.display())))?;
    if ask.reference {
        return reference::import(config, ask, &bytes).await;
    }
    let keys = compose::keys(config, false)?;
    let store = compose::open(config, compose::secret(&keys)).await?;
    migrate::current(&store).await?;
    let done = run(&store, ask, &bytes).await;
    store.close().await;
    say(&done?)
}

async fn run(store: &Store, ask: &Import, bytes: &[u8]) -> Result<String, Failure> {
    let (Some(address), Some(unit)) = (&ask.person, &ask.unit) else {
        return Err(Failure::new(Exit::Usage, "--as and --unit are needed"));
    };
    let cx = person(store, address).await?;
    let unit = unit.parse().map_err(|_| {
        Failure::new(
            Exit::Usage,
            "--unit: not the id of a unit, such as unit_01h2…",
        )
    })?;
    let lang = if ask.english { Lang::En } else { Lang::Sv };
    let how = How {
        lang,
        points: ask.points,
    };
    let import = exchange::Import {
        unit,
        reading: exchange::read(format(ask), bytes, how),
    };
    let rubrics = if ask.take {
        write(&cx, async |tx: &Tx| exchange::import(tx, &import).await).await
    } else {
        exchange::preview(&cx, &import).await
    };
    let rubrics = rubrics.map_err(|fault| failed(&fault))?;
    let mut text = String::new();
    for rubric in &rubrics {
        let outcome = match &rubric.outcome {
            Outcome::New => "would become a draft".to_owned(),
            Outcome::Made(draft) => format!("is a draft now: {}", draft.id),
            Outcome::Present => "was brought in before".to_owned(),
            Outcome::Unsound => "has errors and is not taken".to_owned(),
        };
        let _ = writeln!(
            text,
            "{:<9} {} ({} criteria): {outcome}",
            rubric
                .pointer
                .as_ref()
                .map_or_else(|| format!("row {}", rubric.row), Clone::clone),
            rubric.name,
            rubric.criteria
        );
    }
    for message in import.messages() {
        let _ = writeln!(
            text,
            "{}: {}",
            message.place(Lang::En),
            message.text(Lang::En)
        );
    }
    if !ask.take {
        text.push_str("Nothing was made. Say --take to make drafts of the sound rubrics.");
    }
    Ok(text)
}

/// What the file was said to be, or what its name says.
fn format(ask: &Import) -> ImportFormat {
    let ending = ask.file.extension().and_then(|ending| ending.to_str());
    let by_name = match ending {
        Some("docx") => cli::ImportFormat::Docx,
        Some("json") => cli::ImportFormat::KollegiumJson,
        Some("xlsx") => cli::ImportFormat::Xlsx,
        _ => cli::ImportFormat::CanvasCsv,
    };
    match ask.format.unwrap_or(by_name) {
        cli::ImportFormat::CanvasCsv => ImportFormat::CanvasCsv,
        cli::ImportFormat::CaseJson => ImportFormat::CaseJson,
        cli::ImportFormat::Docx => ImportFormat::Docx,
        cli::ImportFormat::KollegiumJson => ImportFormat::KollegiumJson,
        cli::ImportFormat::MoodleXml => ImportFormat::MoodleXml,
        cli::ImportFormat::OraXml => ImportFormat::OraXml,
        cli::ImportFormat::Xlsx => ImportFormat::Xlsx,
    }
}

/// The person in whose name the rubrics are made, as they would be signed in.
pub(crate) async fn person(store: &Store, address: &str) -> Result<Cx, Failure> {
    let cx = store.cx(Actor::Anonymous, Lang::En, Uuid::nil());
    let address = Address::parse(address).map_err(|fault| told(&fault))?;
    let account = identity::find_account_by_address(&cx, &address)
        .await
        .map_err(|fault| told(&fault))?;
    let nobody = || Failure::new(Exit::Failed, "nobody can sign in with this address");
    let persons = organisation::persons_of(&cx, account.ok_or_else(nobody)?.id)
        .await
        .map_err(|fault| told(&fault))?;
    let [person] = persons.as_slice() else {
        return Err(Failure::new(
            Exit::Failed,
            "the account has no person, or persons at several organisers: import by the API instead",
        ));
    };
    let actor =
        organisation::load_actor(&cx, person.organiser, person.person, SignInId(Uuid::nil())).await;
    let actor = actor.map_err(|fault| told(&fault))?.ok_or_else(nobody)?;
    Ok(cx.acting_as(Actor::Person(Arc::new(actor))))
}

pub(crate) fn failed(fault: &dyn Fault) -> Failure {
    let problems = fault
        .problems()
        .iter()
        .map(|problem| format!("\n  {}: {}", problem.path, problem.en));
    Failure::new(
        Exit::Failed,
        std::iter::once(fault.message(Lang::En).into_owned())
            .chain(problems)
            .collect::<String>(),
    )
}
