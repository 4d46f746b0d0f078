//! A draft becomes what others use.

use crate::{
    Counts, Error, Rubric, Scope, Version, find, forks, keep, policy, shelves, sql, submit::ready,
};
use kit::RubricId;
use store::Tx;

/// Publish a draft.
#[derive(Debug, Clone, Copy)]
pub struct Publish {
    /// Which rubric's.
    pub rubric: RubricId,
    /// The rubric's `version` as it was read.
    pub version: i64,
    /// Whether the organiser demands a review of what all its colleagues see.
    pub review_demanded: bool,
    /// Whether its unit is a preschool.
    pub preschool: bool,
}

/// Publishes a draft, so that those for whom the rubric is can find and use it. It bears *inte granskad*.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::Stale`], [`Error::NotYours`], [`Error::NotDraft`], [`Error::NotActive`], [`Error::NoCriteria`] or [`Error::Invalid`] if it
/// is not finished, and [`Error::ReviewDemanded`] if the whole organiser would see it unreviewed. Nothing is stored on any error.
pub async fn publish(tx: &Tx, ask: &Publish) -> Result<Rubric, Error> {
    let mut rubric = sql::find_for_update(tx, ask.rubric, ask.version).await?;
    policy::may_publish(&tx.actor, &rubric)?;
    let before = rubric.clone();
    let mut draft = find::find_version(tx, rubric.open_draft()?.version).await?;
    ready(&draft, ask.preschool)?;
    if ask.review_demanded && rubric.scope == Scope::Organiser {
        return Err(Error::ReviewDemanded);
    }
    go_public(tx, &before, &mut rubric, &mut draft).await?;
    shelves::used(tx, rubric.id).await?;
    Ok(rubric)
}

/// Makes the draft current: by its authors' word, or by its reviewer's.
pub(crate) async fn go_public(
    tx: &Tx,
    before: &Rubric,
    rubric: &mut Rubric,
    draft: &mut Version,
) -> Result<(), Error> {
    let current = match before.current {
        Some(current) => find::versions_by_ids(tx, &[current]).await?.pop(),
        None => None,
    };
    draft.publish(current.as_ref(), tx.now)?;
    let published = rubric.publish(tx.now)?;
    sql::update_version(tx, draft).await?;
    keep::keep(tx, before, rubric).await?;
    keep::make_findable(tx, rubric, &draft.content).await?;
    forks::note_changes(tx, rubric, &draft.content).await?;
    forks::count(tx, rubric.id, Counts::PUBLISHED).await?;
    tx.emit(&published);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Change, RubricKind, SaveDraft, VersionState, find_version, sample, save_draft,
        world::{self, anna, bo, code, publish_ask, seen, shared, write},
    };
    use kit::Fault;
    use testkit::{TestDb, on_both};

    async fn published(db: &TestDb, ask: &Publish) -> Result<Rubric, Error> {
        write(db, anna(), async |tx: &Tx| publish(tx, ask).await).await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_published_stays_in_use_until_the_next_version_takes_its_place() {
        on_both(async |db| {
            let first = world::at_school(db, 11).await;
            let revised = world::revised(db, &first).await;
            assert_eq!(
                revised.current,
                first.current,
                "{}: revising never unpublishes",
                db.kind()
            );
            let draft = revised.draft.unwrap().version;
            assert!(
                matches!(
                    find_version(&db.cx(bo()), draft).await,
                    Err(Error::NotFound)
                ),
                "a draft is its authors' alone"
            );

            let mut content = sample::everything();
            content.criteria.reverse();
            let ask = SaveDraft {
                rubric: revised.id,
                change: Change::Whole {
                    version: revised.version,
                    content: content.clone(),
                },
            };
            let saved = write(db, anna(), async |tx: &Tx| save_draft(tx, &ask).await)
                .await
                .unwrap();
            let seen_by_bo = find_version(&db.cx(bo()), first.current.unwrap())
                .await
                .unwrap();
            assert_eq!(*seen_by_bo.content, sample::everything());

            db.clock.pass(chrono::TimeDelta::seconds(1));
            let second = published(db, &publish_ask(&saved.rubric)).await.unwrap();
            assert_eq!((second.current, second.draft), (Some(draft), None));
            let (old, new) = (
                find_version(&db.cx(bo()), first.current.unwrap())
                    .await
                    .unwrap(),
                find_version(&db.cx(bo()), draft).await.unwrap(),
            );
            assert_eq!(
                old,
                seen_by_bo,
                "{}: what is published never changes",
                db.kind()
            );
            assert_eq!(
                (new.number.unwrap().to_string(), new.state),
                ("2.0".to_owned(), VersionState::Published)
            );
            assert_eq!((&*new.content, new.reviewed_by), (&content, None));
            let page = kit::Page::first(10).unwrap();
            let versions = crate::versions(&db.cx(bo()), &[second.id], &page)
                .await
                .unwrap();
            assert_eq!(
                versions[&second.id]
                    .items
                    .iter()
                    .map(|(_, version)| version.id)
                    .collect::<Vec<_>>(),
                [draft, first.current.unwrap()]
            );
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn refusals() {
        on_both(async |db| {
            let empty = crate::Content {
                criteria: Vec::new(),
                ..sample::everything()
            };
            let mut single = sample::everything();
            single.head.kind = RubricKind::SinglePoint;
            let everywhere = shared(db, &world::published(db, 13).await, Scope::Organiser)
                .await
                .unwrap();
            let cases = [
                (
                    "no criteria",
                    world::draft_of(db, 11, empty).await,
                    false,
                    false,
                    "RUBRIC_NO_CRITERIA",
                ),
                (
                    "levels of another kind",
                    world::draft_of(db, 12, single).await,
                    false,
                    false,
                    "RUBRIC_INVALID",
                ),
                (
                    "an unreviewed version for the organiser",
                    world::revised(db, &everywhere).await,
                    true,
                    false,
                    "RUBRIC_REVIEW_DEMANDED",
                ),
                (
                    "a preschool's, about nothing",
                    world::draft_of(db, 14, sample::titled("Lek")).await,
                    false,
                    true,
                    "RUBRIC_INVALID",
                ),
            ];
            for (case, rubric, review_demanded, preschool, expected) in cases {
                let refused = published(
                    db,
                    &Publish {
                        review_demanded,
                        preschool,
                        ..publish_ask(&rubric)
                    },
                )
                .await;
                assert_eq!(code(refused), expected, "{case} on {}", db.kind());
                assert_eq!(
                    world::stored(db, rubric.id).await,
                    rubric,
                    "{case}: nothing may be stored"
                );
            }
            let about = world::draft_of(db, 15, sample::titled("Lek")).await;
            let refused = published(
                db,
                &Publish {
                    preschool: true,
                    ..publish_ask(&about)
                },
            )
            .await
            .unwrap_err();
            let places: Vec<_> = refused
                .problems()
                .iter()
                .map(|problem| problem.path.as_str())
                .collect();
            assert_eq!(places, ["criteria.0.about", "criteria.1.about"]);
            assert!(!seen(db, bo(), about.id).await);
        })
        .await;
    }
}
