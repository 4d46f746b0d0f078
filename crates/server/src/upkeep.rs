//! What a server does by itself from time to time: it forgets what has run out, and makes the next signing
//! key. Every replica does it; done twice it does no harm.

use identity::Identity;
use kit::{Actor, Lang};
use records::files::{self, Shelf};
use std::{sync::Arc, time::Duration};
use store::{Cx, Store, Tx, write};
use uuid::Uuid;

/// How often.
const PAUSE: Duration = Duration::from_hours(1);
/// How many rubrics are looked through in one transaction: others write in between.
const BATCH: u64 = 50;

/// Keeps the house in order, an hour after the start and every hour from then on. Ends when it is aborted.
pub(crate) async fn hourly(store: Store, identity: Arc<Identity>, shelf: Shelf) {
    loop {
        tokio::time::sleep(PAUSE).await;
        match identity.rotate_when_due() {
            Ok(None) => {}
            Ok(Some(kid)) => tracing::info!(kid, "made the next signing key"),
            Err(error) => {
                tracing::warn!(%error, "the next signing key could not be made; trying again in an hour");
            }
        }
        match forget(&store, &shelf).await {
            Ok(rows) => tracing::info!(rows, "forgot what had run out"),
            Err(error) => {
                tracing::warn!(%error, "what has run out could not be forgotten; trying again in an hour");
            }
        }
    }
}

/// Why what has run out is still there.
#[derive(Debug, thiserror::Error)]
enum Unforgotten {
    #[error(transparent)]
    Files(#[from] files::Error),
    #[error(transparent)]
    Identity(#[from] identity::Error),
    #[error(transparent)]
    Notices(#[from] notices::Error),
    #[error(transparent)]
    Rubrics(#[from] rubrics::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
}

async fn forget(store: &Store, shelf: &Shelf) -> Result<u64, Unforgotten> {
    let cx = store.cx(Actor::Anonymous, Lang::Sv, Uuid::nil());
    let secrets = write(&cx, async |tx: &Tx| identity::clean(tx).await).await?;
    let notices = write(&cx, async |tx: &Tx| notices::clean(tx).await).await?;
    let rubrics = forget_rubrics(&cx).await?;
    let files = forget_files(&cx, shelf).await?;
    Ok(secrets + notices + rubrics + files + store.forget_old().await?)
}

/// The bytes go before the rows: whatever stops half-way is found again.
async fn forget_files(cx: &Cx, shelf: &Shelf) -> Result<u64, files::Error> {
    let mut gone = 0;
    loop {
        let outlived = files::outlived(cx, BATCH).await?;
        files::take_away(shelf, &outlived).await?;
        let rows = write(cx, async |tx: &Tx| files::forget(tx, &outlived).await).await?;
        if rows == 0 {
            return Ok(gone);
        }
        gone += rows;
    }
}

async fn forget_rubrics(cx: &Cx) -> Result<u64, Unforgotten> {
    let mut gone = 0;
    loop {
        let outlived = rubrics::outlived(cx, BATCH).await?;
        let rows = write(cx, async |tx: &Tx| {
            let mut rows = 0;
            for outlived in &outlived {
                let house = Actor::System {
                    job: "upkeep",
                    organiser: outlived.organiser(),
                };
                let forget = async |tx: &Tx| rubrics::forget(tx, outlived.rubric()).await;
                rows += tx.acting_as(house, forget).await?;
            }
            Ok::<_, rubrics::Error>(rows)
        })
        .await?;
        // Nothing went: there is nothing left, or another replica was faster.
        if rows == 0 {
            return Ok(gone);
        }
        gone += rows;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use kit::{Role, UnitId};
    use rubrics::{Create, DeleteDraft};
    use serde_json::json;
    use testkit::{actor, id, on_both};

    #[tokio::test(flavor = "multi_thread")]
    async fn an_hour_forgets_more_rubrics_than_one_transaction_takes_and_says_how_much_went() {
        on_both(async |db| {
            let unit = id::<UnitId>(2);
            let anna = actor(id(1), id(4), &[(Role::Teacher, Some(unit))], &[]);
            let content = json!({
                "head": { "kind": "CHECKLIST", "title": { "sv": "Samtal" } }, "criteria": [],
            });
            let cx = db.cx(anna.clone());
            let number = u128::from(BATCH) + 1;
            write(&cx, async |tx: &Tx| {
                for number in 0..number {
                    let ask = Create {
                        id: id(100 + number),
                        unit,
                        content: serde_json::from_value(content.clone()).unwrap(),
                    };
                    let made = rubrics::create(tx, &ask).await?;
                    let ask = DeleteDraft {
                        rubric: made.id,
                        version: made.version,
                    };
                    rubrics::delete_draft(tx, &ask).await?;
                }
                Ok::<_, rubrics::Error>(())
            })
            .await
            .unwrap();
            let folder = tempfile::tempdir().unwrap();
            let shelf = Shelf::in_folder(folder.path()).unwrap();
            db.clock.pass(TimeDelta::days(29));
            forget(&db.store, &shelf).await.unwrap();
            assert!(rubrics::find(&cx, id(100)).await.is_ok(), "{}", db.kind());
            db.clock.pass(TimeDelta::days(2));
            let gone = u128::from(forget(&db.store, &shelf).await.unwrap());
            // A rubric, its version and its save, each; the events of the beginning went before.
            assert_eq!(gone, 3 * number, "{}", db.kind());
            let gone = rubrics::find(&db.cx(anna.clone()), id(100)).await;
            assert!(
                matches!(gone, Err(rubrics::Error::NotFound)),
                "{}",
                db.kind()
            );
        })
        .await;
    }
}
