//! Its authors decide for whom a rubric is.

use crate::{Error, Rubric, Scope, find, keep, policy, sql};
use chrono::TimeDelta;
use kit::RubricId;
use store::{Cx, Tx};

/// Decide for whom a rubric is.
#[derive(Debug, Clone)]
pub struct Share {
    /// Which.
    pub rubric: RubricId,
    /// The rubric's `version` as it was read.
    pub version: i64,
    /// For whom it is to be. The door has found the people, team or unit.
    pub scope: Scope,
    /// Whether the organiser demands a review of what all its colleagues see.
    pub review_demanded: bool,
    /// For how long it can be undone; nobody is told of it before.
    pub undo: TimeDelta,
}

/// Shares a rubric. Widening and narrowing take effect at once; of a rubric that was never published, when it is.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::Stale`], [`Error::NotYours`], [`Error::NotAmong`] for a team or unit that the actor is not part of,
/// [`Error::NotPublished`] for a whole unit or organiser before publication, [`Error::ReviewDemanded`] for the organiser while what is published was
/// not reviewed, [`Error::People`], and [`Error::NotActive`].
pub async fn share(tx: &Tx, ask: &Share) -> Result<Rubric, Error> {
    let mut rubric = sql::find_for_update(tx, ask.rubric, ask.version).await?;
    policy::may_share_with(&tx.actor, &rubric, &ask.scope)?;
    if ask.review_demanded && ask.scope == Scope::Organiser && rubric.scope != Scope::Organiser {
        reviewed(tx, &rubric).await?;
    }
    let before = rubric.clone();
    let shared = rubric.share(ask.scope.clone(), tx.now, ask.undo)?;
    tx.emit(&shared);
    keep::keep(tx, &before, &mut rubric).await?;
    keep::refresh(tx, &rubric).await?;
    Ok(rubric)
}

pub(crate) async fn reviewed(cx: &Cx, rubric: &Rubric) -> Result<(), Error> {
    let current = find::find_version(cx, rubric.current.ok_or(Error::NotPublished)?).await?;
    current.reviewed_by.map(drop).ok_or(Error::ReviewDemanded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{
        self, BO, CILLA, anna, bo, cilla, code, person, school, seen, shared, team, write,
    };
    use kit::TeamId;
    use testkit::{id, on_both};

    #[tokio::test(flavor = "multi_thread")]
    async fn each_scope_shows_it_to_its_own_and_narrowing_takes_effect_at_once() {
        on_both(async |db| {
            let mut rubric = world::published(db, 11).await;
            let scopes = [
                (Scope::Organiser, true, true),
                (Scope::Unit(school()), true, false),
                (Scope::Team(team()), false, true),
                (Scope::People([person(BO)].into()), true, false),
                (Scope::People([person(CILLA)].into()), false, true),
                (Scope::Private, false, false),
            ];
            for (scope, to_bo, to_cilla) in scopes {
                rubric = shared(db, &rubric, scope.clone()).await.unwrap();
                let sight = (
                    seen(db, bo(), rubric.id).await,
                    seen(db, cilla(), rubric.id).await,
                );
                assert_eq!(sight, (to_bo, to_cilla), "{scope:?} on {}", db.kind());
                assert!(seen(db, anna(), rubric.id).await);
                assert!(!seen(db, world::stranger(), rubric.id).await);
                assert!(!seen(db, world::admin(), rubric.id).await);
                let listed = crate::list(
                    &db.cx(bo()),
                    &crate::Filter::default(),
                    &kit::Page::first(10).unwrap(),
                )
                .await
                .unwrap();
                assert_eq!(
                    listed.items.len(),
                    usize::from(to_bo),
                    "{scope:?} on {}",
                    db.kind()
                );
            }
            let gone = world::told(db, rubric.id)
                .await
                .into_iter()
                .filter(|(_, name)| name == "rubric.gone")
                .count();
            assert_eq!(gone, 5, "each narrowing tells whoever lost sight");
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn one_shares_only_where_one_belongs_and_what_may_be_shown() {
        on_both(async |db| {
            let draft = world::draft(db, 11).await;
            let published = world::published(db, 12).await;
            let elsewhere = Scope::Team(id::<TeamId>(77));
            let crowd = Scope::People((0..101).map(person).collect());
            for (case, rubric, scope, expected) in [
                (
                    "a draft for its unit",
                    &draft,
                    Scope::Unit(school()),
                    "RUBRIC_NOT_PUBLISHED",
                ),
                (
                    "a draft for the organiser",
                    &draft,
                    Scope::Organiser,
                    "RUBRIC_NOT_PUBLISHED",
                ),
                ("another's team", &published, elsewhere, "RUBRIC_NOT_AMONG"),
                (
                    "another's unit",
                    &published,
                    Scope::Unit(id(3)),
                    "RUBRIC_NOT_AMONG",
                ),
                (
                    "nobody",
                    &published,
                    Scope::People([].into()),
                    "RUBRIC_PEOPLE",
                ),
                (
                    "a hundred and one people",
                    &published,
                    crowd,
                    "RUBRIC_PEOPLE",
                ),
            ] {
                assert_eq!(
                    code(shared(db, rubric, scope).await),
                    expected,
                    "{case} on {}",
                    db.kind()
                );
                assert_eq!(
                    world::stored(db, rubric.id).await,
                    *rubric,
                    "{case}: nothing may be stored"
                );
            }
            let rubric = shared(db, &draft, Scope::Team(team())).await.unwrap();
            assert!(
                !seen(db, cilla(), rubric.id).await,
                "{}: the scope holds once it is published",
                db.kind()
            );
            write(db, anna(), async |tx: &Tx| {
                crate::publish(tx, &world::publish_ask(&rubric)).await
            })
            .await
            .unwrap();
            assert!(seen(db, cilla(), rubric.id).await, "{}", db.kind());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn where_review_is_demanded_the_organiser_sees_only_what_was_reviewed() {
        on_both(async |db| {
            let unreviewed = world::published(db, 11).await;
            let in_review = world::submitted(db, &world::draft(db, 12).await).await;
            let approve = crate::Review {
                rubric: in_review.id,
                version: in_review.version,
                verdict: crate::Verdict::Approve,
                note: None,
            };
            let reviewed = write(db, bo(), async |tx: &Tx| crate::review(tx, &approve).await)
                .await
                .unwrap();
            for (rubric, expected) in [(unreviewed, "RUBRIC_REVIEW_DEMANDED"), (reviewed, "ok")] {
                let ask = Share {
                    rubric: rubric.id,
                    version: rubric.version,
                    scope: Scope::Organiser,
                    review_demanded: true,
                    undo: world::UNDO,
                };
                let outcome = write(db, anna(), async |tx: &Tx| share(tx, &ask).await).await;
                assert_eq!(code(outcome), expected, "{}", db.kind());
            }
        })
        .await;
    }
}
