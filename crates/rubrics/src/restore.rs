//! What was deleted or archived is brought back.

use crate::{Error, Rubric, keep, policy, sql};
use kit::RubricId;
use store::Tx;

/// Bring back an archived rubric, or a deleted draft.
#[derive(Debug, Clone, Copy)]
pub struct Restore {
    /// Which rubric's.
    pub rubric: RubricId,
    /// The rubric's `version` as it was read.
    pub version: i64,
}

/// Brings back what was archived, as retired, or else the draft that was deleted last. For 30 days, to the millisecond.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::Stale`], [`Error::NotYours`], [`Error::NothingToRestore`], [`Error::HasDraft`] if another draft was begun meanwhile, and
/// [`Error::TooLate`].
pub async fn restore(tx: &Tx, ask: &Restore) -> Result<Rubric, Error> {
    let mut rubric = sql::find_for_update(tx, ask.rubric, ask.version).await?;
    policy::may_restore(&tx.actor, &rubric)?;
    let before = rubric.clone();
    let restored = rubric.restore(tx.now)?;
    keep::keep(tx, &before, &mut rubric).await?;
    keep::refresh(tx, &rubric).await?;
    tx.emit(&restored);
    Ok(rubric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        RESTORE, State,
        rubric::Rubric,
        world::{self, anna, bo, code, seen, write},
    };
    use chrono::TimeDelta;
    use testkit::{TestDb, on_both};

    async fn restored(db: &TestDb, rubric: &Rubric) -> Result<Rubric, Error> {
        let ask = Restore {
            rubric: rubric.id,
            version: rubric.version,
        };
        write(db, anna(), async |tx: &Tx| restore(tx, &ask).await).await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn for_thirty_days_what_was_deleted_or_archived_comes_back_and_then_no_more() {
        on_both(async |db| {
            let draft = world::draft(db, 11).await;
            let deleted = world::deleted(db, &draft).await;
            assert!(deleted.is_deleted());
            let archived = world::archived(
                db,
                &world::retired(db, &world::at_school(db, 12).await).await,
            )
            .await;
            let put_away = world::archived(
                db,
                &world::retired(db, &world::at_school(db, 14).await).await,
            )
            .await;
            let revised = world::deleted(
                db,
                &world::revised(db, &world::at_school(db, 13).await).await,
            )
            .await;
            assert!(!seen(db, bo(), archived.id).await);
            db.clock.pass(RESTORE);

            // The last moment: each is tried and taken back, so that the next moment sees the same.
            let back = restored(db, &archived).await.unwrap();
            assert_eq!(
                (back.state, back.archived_at),
                (State::Retired, None),
                "{}",
                db.kind()
            );
            assert!(
                seen(db, bo(), archived.id).await,
                "{}: what is retired is seen again",
                db.kind()
            );
            let back = restored(db, &revised).await.unwrap();
            assert_eq!(
                (back.current, back.draft.is_some()),
                (revised.current, true)
            );

            db.clock.pass(TimeDelta::milliseconds(1));
            assert_eq!(
                code(restored(db, &deleted).await),
                "RUBRIC_TOO_LATE",
                "{}",
                db.kind()
            );
            assert_eq!(code(restored(db, &put_away).await), "RUBRIC_TOO_LATE");
            for late in [deleted, put_away] {
                let stored = world::stored(db, late.id).await;
                assert_eq!(stored, late, "nothing may be stored");
            }
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_deleted_draft_comes_back_with_its_words() {
        on_both(async |db| {
            let draft = world::draft(db, 11).await;
            let back = restored(db, &world::deleted(db, &draft).await)
                .await
                .unwrap();
            assert_eq!(
                (back.draft, back.deleted),
                (draft.draft, None),
                "{}",
                db.kind()
            );
            let version = crate::find_version(&db.cx(anna()), back.draft.unwrap().version)
                .await
                .unwrap();
            assert_eq!(*version.content, crate::sample::everything());
        })
        .await;
    }
}
