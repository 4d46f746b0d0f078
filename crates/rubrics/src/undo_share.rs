//! A share is taken back before anybody was told of it.

use crate::{Error, Rubric, Scope, keep, policy, share::reviewed, sql};
use kit::{PersonId, RubricId};
use store::{Cx, Tx};

/// Undo the latest share.
#[derive(Debug, Clone, Copy)]
pub struct UndoShare {
    /// Which rubric's.
    pub rubric: RubricId,
    /// The rubric's `version` as it was read.
    pub version: i64,
    /// Whether the organiser demands a review of what all its colleagues see.
    pub review_demanded: bool,
}

/// Undoes the latest share: the rubric is for those again for whom it was before. Nobody was told of it yet; what was forked meanwhile stays.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::Stale`], [`Error::NotYours`], [`Error::NotActive`], [`Error::NothingToUndo`] if it was not shared or that was undone
/// already, [`Error::UndoOver`] when the time for it has passed, and [`Error::ReviewDemanded`] if it would come back to the whole organiser with words that
/// nobody reviewed.
pub async fn undo_share(tx: &Tx, ask: &UndoShare) -> Result<Rubric, Error> {
    let mut rubric = sql::find_for_update(tx, ask.rubric, ask.version).await?;
    policy::may_undo_share(&tx.actor, &rubric, tx.now)?;
    let before = rubric.clone();
    let undone = rubric.undo_share(tx.now)?;
    rubric.sharable(&rubric.scope)?;
    if ask.review_demanded && rubric.scope == Scope::Organiser {
        reviewed(tx, &rubric).await?;
    }
    tx.emit(&undone);
    keep::keep(tx, &before, &mut rubric).await?;
    keep::refresh(tx, &rubric).await?;
    Ok(rubric)
}

/// Those of `people`, who were named by the share with number `n`, for whom it stands: it was not undone, and they are named still.
///
/// For whoever tells them: it is asked by the house, when the time to undo it has passed.
///
/// # Errors
///
/// Those of the database.
pub async fn still_named(
    cx: &Cx,
    rubric: RubricId,
    n: i64,
    people: &[PersonId],
) -> Result<Vec<PersonId>, Error> {
    let Some(rubric) = sql::find_any(cx, rubric).await? else {
        return Ok(Vec::new());
    };
    let Scope::People(named) = &rubric.scope else {
        return Ok(Vec::new());
    };
    if rubric.shares.undone.contains(&n) {
        return Ok(Vec::new());
    }
    let people = people.iter().copied();
    Ok(people.filter(|person| named.contains(person)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{
        self, BO, CILLA, UNDO, anna, bo, cilla, code, person, school, seen, shared, team, write,
    };
    use chrono::TimeDelta;
    use kit::Actor;
    use testkit::{TestDb, id, on_both};

    async fn undone(db: &TestDb, by: Actor, rubric: &Rubric) -> Result<Rubric, Error> {
        let ask = UndoShare {
            rubric: rubric.id,
            version: rubric.version,
            review_demanded: false,
        };
        write(db, by, async |tx: &Tx| undo_share(tx, &ask).await).await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_share_is_undone_within_its_time_and_then_refused() {
        on_both(async |db| {
            let rubric = world::published(db, 11).await;
            let to_team = shared(db, &rubric, Scope::Team(team())).await.unwrap();
            let to_school = shared(db, &to_team, Scope::Unit(school())).await.unwrap();
            let now = db.clock.now();
            let until = |actor: &Actor, rubric: &Rubric, now| crate::undo_until(actor, rubric, now);
            assert_eq!(until(&anna(), &to_school, now), Some(now + UNDO));
            assert_eq!(until(&bo(), &to_school, now), None, "its authors alone");
            assert_eq!(until(&anna(), &rubric, now), None);

            // A colleague went on with it meanwhile.
            let fork = crate::Fork {
                id: id(31),
                rubric: rubric.id,
                version: None,
                unit: school(),
            };
            write(db, bo(), async |tx: &Tx| crate::fork(tx, &fork).await)
                .await
                .unwrap();
            db.clock.pass(UNDO - TimeDelta::milliseconds(1));
            let back = undone(db, anna(), &to_school).await.unwrap();
            assert_eq!(back.scope, Scope::Team(team()), "{}", db.kind());
            assert!(!seen(db, bo(), rubric.id).await && seen(db, cilla(), rubric.id).await);
            assert!(
                seen(db, bo(), fork.id).await,
                "{}: the fork stays",
                db.kind()
            );
            let held = crate::find_version(&db.cx(bo()), rubric.current.unwrap()).await;
            assert!(held.is_ok(), "{}: and what it stands on", db.kind());
            assert_eq!(
                code(undone(db, anna(), &back).await),
                "RUBRIC_NOTHING_TO_UNDO"
            );

            let again = shared(db, &back, Scope::Unit(school())).await.unwrap();
            db.clock.pass(UNDO);
            assert_eq!(until(&anna(), &again, db.clock.now()), None);
            let late = undone(db, anna(), &again).await;
            assert_eq!(code(late), "RUBRIC_UNDO_OVER", "{}", db.kind());
            assert!(seen(db, bo(), rubric.id).await);
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn refusals() {
        on_both(async |db| {
            let fresh = world::published(db, 11).await;
            let open = world::at_school(db, 12).await;
            let old = world::retired(db, &world::at_school(db, 13).await).await;
            let archived = world::archived(db, &old).await;
            let stale = Rubric {
                version: open.version - 1,
                ..open.clone()
            };
            let cases = [
                ("never shared", anna(), &fresh, "RUBRIC_NOTHING_TO_UNDO"),
                ("a reader", bo(), &open, "RUBRIC_NOT_YOURS"),
                ("one who does not see it", cilla(), &open, "NOT_FOUND"),
                ("a stranger", world::stranger(), &open, "NOT_FOUND"),
                ("read before", anna(), &stale, "STALE_VERSION"),
                ("put away", anna(), &archived, "RUBRIC_NOT_ACTIVE"),
            ];
            for (case, who, rubric, expected) in cases {
                let before = world::stored(db, rubric.id).await;
                assert_eq!(
                    code(undone(db, who, rubric).await),
                    expected,
                    "{case} on {}",
                    db.kind()
                );
                assert_eq!(world::stored(db, rubric.id).await, before, "{case}");
            }
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn undoing_brings_nothing_to_everybody_that_nobody_reviewed() {
        on_both(async |db| {
            let rubric = world::published(db, 11).await;
            let open = shared(db, &rubric, Scope::Organiser).await.unwrap();
            let closed = shared(db, &open, Scope::Private).await.unwrap();
            let ask = UndoShare {
                rubric: rubric.id,
                version: closed.version,
                review_demanded: true,
            };
            let tried = write(db, anna(), async |tx: &Tx| undo_share(tx, &ask).await).await;
            assert_eq!(code(tried), "RUBRIC_REVIEW_DEMANDED", "{}", db.kind());
            assert!(!seen(db, bo(), rubric.id).await);
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn who_is_told_is_named_still_by_a_share_that_stands() {
        on_both(async |db| {
            let named =
                |people: &[u128]| Scope::People(people.iter().copied().map(person).collect());
            let to_tell = async |rubric: &Rubric, n: i64| {
                let people = [person(BO), person(CILLA)];
                let cx = db.cx(Actor::System {
                    job: "test",
                    organiser: world::organiser(),
                });
                still_named(&cx, rubric.id, n, &people).await.unwrap()
            };
            let rubric = world::published(db, 11).await;
            let first = shared(db, &rubric, named(&[BO])).await.unwrap();
            let n = first.n;
            assert_eq!(to_tell(&first, n).await, [person(BO)], "{}", db.kind());
            let back = undone(db, anna(), &first).await.unwrap();
            assert_eq!(to_tell(&back, n).await, [], "{}: undone", db.kind());
            let second = shared(db, &back, named(&[BO, CILLA])).await.unwrap();
            assert_eq!(
                to_tell(&second, n).await,
                [],
                "{}: by the second alone",
                db.kind()
            );
            assert_eq!(to_tell(&second, second.n).await.len(), 2);
            let third = shared(db, &second, named(&[CILLA])).await.unwrap();
            assert_eq!(
                to_tell(&third, second.n).await,
                [person(CILLA)],
                "{}",
                db.kind()
            );
            let wide = shared(db, &third, Scope::Organiser).await.unwrap();
            assert_eq!(
                to_tell(&wide, second.n).await,
                [],
                "{}: by name alone",
                db.kind()
            );
        })
        .await;
    }
}
