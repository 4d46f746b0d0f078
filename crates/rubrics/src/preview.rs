//! What sharing would change, told before it is done.

use crate::{Error, Rubric, Scope, find, forks, policy, share::reviewed, sql};
use chrono::NaiveDate;
use kit::{Audience, RubricId};
use std::collections::BTreeSet;
use store::Cx;

/// Look at what sharing would change.
#[derive(Debug, Clone)]
pub struct PreviewShare {
    /// Which rubric.
    pub rubric: RubricId,
    /// For whom it would be.
    pub scope: Scope,
    /// Whether the organiser demands a review of what all its colleagues see.
    pub review_demanded: bool,
    /// The day at a Swedish school.
    pub today: NaiveDate,
}

/// What sharing would change.
#[derive(Debug)]
pub struct Preview {
    /// The rubric as it is.
    pub rubric: Rubric,
    /// Who sees it now.
    pub before: BTreeSet<Audience>,
    /// Who would see it, once it is published. Nothing where the actor does not belong: what is not theirs to address is not theirs to count.
    pub after: Option<BTreeSet<Audience>>,
    /// Whether it has to be published first, before anybody else sees it.
    pub waits: bool,
    /// Why it would be refused as it is now; empty when it would be done.
    pub refusals: Vec<Error>,
    /// How many rubrics were forked from it: they stay.
    pub forks: i64,
    /// How many links for pupils are open: they stay open.
    pub links: u64,
}

/// Tells what sharing would change, without changing anything. As many statements for every scope.
///
/// # Errors
///
/// [`Error::NotFound`], and what [`crate::share`] answers to who is no author or for what is put away.
pub async fn preview(cx: &Cx, ask: &PreviewShare) -> Result<Preview, Error> {
    let rubric = find::find(cx, ask.rubric).await?;
    policy::may_share(&cx.actor, &rubric)?;
    let mut refusals: Vec<Error> = rubric.sharable(&ask.scope).err().into_iter().collect();
    let among = policy::is_among(&cx.actor, &rubric, &ask.scope);
    let is_among = among.is_ok();
    refusals.extend(among.err());
    let is_wider = ask.scope == Scope::Organiser && rubric.scope != Scope::Organiser;
    if ask.review_demanded && is_wider && rubric.current.is_some() {
        refusals.extend(reviewed(cx, &rubric).await.err());
    }
    let shown = rubric.current.or(rubric.shown());
    let shared = Rubric {
        scope: ask.scope.clone(),
        current: shown,
        ..rubric.clone()
    };
    let counts = forks::counts(cx, &[rubric.id]).await?;
    Ok(Preview {
        before: policy::audiences(&rubric),
        after: is_among.then(|| policy::audiences(&shared)),
        waits: rubric.current.is_none() && ask.scope != Scope::Private,
        refusals,
        forks: counts.get(&rubric.id).map_or(0, |counts| counts.forks),
        links: sql::link::count_open(cx, rubric.id, ask.today).await?,
        rubric,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{self, BO, anna, bo, code, person, school, team};
    use kit::{Fault, TeamId};
    use testkit::{TestDb, id, on_both};

    fn ask(rubric: RubricId, scope: Scope) -> PreviewShare {
        PreviewShare {
            rubric,
            scope,
            review_demanded: true,
            today: testkit::monday().date_naive(),
        }
    }

    async fn refused(db: &TestDb, rubric: RubricId, scope: Scope) -> Vec<&'static str> {
        let cx = db.cx(anna());
        let preview = preview(&cx, &ask(rubric, scope)).await.unwrap();
        preview.refusals.iter().map(Fault::code).collect()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn it_refuses_what_sharing_would_refuse_and_counts_no_foreign_room() {
        on_both(async |db| {
            let (draft, published) = (world::draft(db, 11).await, world::published(db, 12).await);
            let elsewhere = Scope::Team(id::<TeamId>(77));
            let cases = [
                (&draft, Scope::Team(team()), vec![]),
                (&draft, Scope::Unit(school()), vec!["RUBRIC_NOT_PUBLISHED"]),
                (&draft, Scope::Organiser, vec!["RUBRIC_NOT_PUBLISHED"]),
                (&published, Scope::Organiser, vec!["RUBRIC_REVIEW_DEMANDED"]),
                (&published, Scope::Unit(school()), vec![]),
                (&published, Scope::Unit(id(3)), vec!["RUBRIC_NOT_AMONG"]),
                (&published, elsewhere.clone(), vec!["RUBRIC_NOT_AMONG"]),
                (&published, Scope::People([].into()), vec!["RUBRIC_PEOPLE"]),
                (&published, Scope::Private, vec![]),
            ];
            for (rubric, scope, expected) in cases {
                let said = refused(db, rubric.id, scope.clone()).await;
                assert_eq!(said, expected, "{scope:?} on {}", db.kind());
                let ask = crate::Share {
                    rubric: rubric.id,
                    version: rubric.version,
                    scope: scope.clone(),
                    review_demanded: true,
                    undo: world::UNDO,
                };
                let done = world::write(db, anna(), async |tx: &store::Tx| {
                    crate::share(tx, &ask).await?;
                    // It was only tried.
                    Err::<(), _>(Error::Own)
                });
                let done = code(done.await);
                let expected = expected.first().copied().unwrap_or("RUBRIC_OWN");
                assert_eq!(done, expected, "{scope:?} on {}", db.kind());
            }
            let foreign = preview(&db.cx(anna()), &ask(published.id, elsewhere)).await;
            assert_eq!(foreign.unwrap().after, None);
            let others = preview(&db.cx(bo()), &ask(published.id, Scope::Private)).await;
            assert_eq!(code(others), "NOT_FOUND", "{}", db.kind());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn it_tells_who_gains_who_loses_and_what_stays() {
        on_both(async |db| {
            let rubric = world::at_school(db, 11).await;
            let closed = world::linked(db, bo(), 21, rubric.id).await;
            world::linked(db, bo(), 22, rubric.id).await;
            world::write(db, bo(), async |tx: &store::Tx| {
                crate::revoke_link(tx, closed.id).await
            })
            .await
            .unwrap();
            let fork = crate::Fork {
                id: id(31),
                rubric: rubric.id,
                version: None,
                unit: school(),
            };
            world::write(db, bo(), async |tx: &store::Tx| {
                crate::fork(tx, &fork).await
            })
            .await
            .unwrap();
            let named = Scope::People([person(BO)].into());
            let cx = db.cx(anna());
            let seen = preview(&cx, &ask(rubric.id, named)).await.unwrap();
            assert!(seen.before.contains(&Audience::Unit(school())));
            let after = seen.after.unwrap();
            assert!(!after.contains(&Audience::Unit(school())), "{}", db.kind());
            assert!(after.contains(&Audience::Person(person(BO))));
            assert_eq!((seen.forks, seen.links), (1, 1), "{}", db.kind());
            assert_eq!(world::stored(db, rubric.id).await, rubric, "only looked at");
        })
        .await;
    }
}
