//! `kollegium import`: rubrics from a file, in a person's name; or a reference list for the whole installation.

use crate::{
    admin::told,
    cli::Import,
    compose,
    config::Config,
    exit::{Exit, Failure},
    migrate, reference, say,
};
use exchange::{Outcome, canvas};
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
    let import = exchange::Import {
        unit,
        lang,
        sheet: canvas::read(bytes),
    };
    let rubrics = if ask.take {
        write(&cx, async |tx: &Tx| exchange::import(tx, &import).await).await
    } else {
        exchange::preview(&cx, &import).await
    };
    let rubrics = rubrics.map_err(|fault| failed(&fault))?;
    let mut text = String::new();
    for rubric in &rubrics {
        let outcome = match rubric.outcome {
            Outcome::New => "would become a draft",
            Outcome::Made(_) => "is a draft now",
            Outcome::Present => "was brought in before",
            Outcome::Unsound => "has errors and is not taken",
        };
        let _ = writeln!(
            text,
            "row {:<5} {} ({} criteria): {outcome}",
            rubric.row, rubric.name, rubric.criteria
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

/// The person in whose name the rubrics are made, as they would be signed in.
async fn person(store: &Store, address: &str) -> Result<Cx, Failure> {
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
