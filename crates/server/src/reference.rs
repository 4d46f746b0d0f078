//! `kollegium import --reference`: a list of what the state has decided, in the place of the one in use.

use crate::{cli::Import, compose, config::Config, exit::Failure, import::failed, migrate, say};
use curriculum::Change;
use kit::{Actor, Lang, OrganiserId};
use std::fmt::Write;
use store::{Store, Tx, write};
use uuid::Uuid;

/// How many keys of a kind are named.
const NAMED: usize = 20;

/// Reads the list and says what would change; with `--take`, puts it in the place of the one in use.
pub(crate) async fn import(config: &Config, ask: &Import, bytes: &[u8]) -> Result<(), Failure> {
    let list = curriculum::Import::read(bytes).map_err(|fault| failed(&fault))?;
    let keys = compose::keys(config, false)?;
    let store = compose::open(config, compose::secret(&keys)).await?;
    migrate::current(&store).await?;
    let done = run(&store, &list, ask.take).await;
    store.close().await;
    say(&done?)
}

async fn run(store: &Store, list: &curriculum::Import, take: bool) -> Result<String, Failure> {
    // The lists belong to the whole installation: no organiser is acted for.
    let actor = Actor::System {
        job: "import",
        organiser: OrganiserId(Uuid::nil()),
    };
    let cx = store.cx(actor, Lang::En, Uuid::nil());
    let change = if take {
        write(&cx, async |tx: &Tx| curriculum::import(tx, list).await).await
    } else {
        curriculum::preview(&cx, list).await
    };
    let change = change.map_err(|fault| failed(&fault))?;
    let mut text = told(&change);
    let end = match (change.same, take) {
        (true, _) => "This very list is in use already: nothing to do.",
        (false, true) => "The list is in use now, at every organiser.",
        (false, false) => {
            "Nothing was changed. Say --take to put the list in use, at every organiser."
        }
    };
    text.push_str(end);
    Ok(text)
}

fn told(change: &Change) -> String {
    let mut text = format!("{}: {} entries\n", change.kind.code(), change.entries);
    for (what, keys) in [
        ("new", &change.added),
        ("changed", &change.changed),
        ("taken away", &change.removed),
    ] {
        if keys.is_empty() {
            continue;
        }
        let named = keys.iter().take(NAMED).cloned().collect::<Vec<_>>();
        let _ = write!(text, "{what}: {}", named.join(", "));
        if keys.len() > NAMED {
            let _ = write!(text, " and {} more", keys.len() - NAMED);
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use curriculum::ListKind;

    #[test]
    fn a_long_list_of_keys_is_cut_and_counted() {
        let keys = |count: usize| (0..count).map(|n| format!("K{n}")).collect::<Vec<_>>();
        let change = Change {
            kind: ListKind::Goals,
            entries: 3,
            added: keys(2),
            changed: Vec::new(),
            removed: keys(22),
            same: false,
        };
        let told = told(&change);
        let lines: Vec<_> = told.lines().collect();
        assert_eq!(lines[..2], ["GOALS: 3 entries", "new: K0, K1"]);
        assert!(lines[2].starts_with("taken away: K0, ") && lines[2].ends_with(", K19 and 2 more"));
        assert_eq!(lines.len(), 3);
    }
}
