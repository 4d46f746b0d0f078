//! Its authors take a colleague or a team in.

use crate::{Author, Error, Rubric, keep, policy, sql};
use kit::RubricId;
use store::Tx;

/// Let a colleague or a team write it too.
#[derive(Debug, Clone, Copy)]
pub struct AddAuthor {
    /// Which rubric.
    pub rubric: RubricId,
    /// The rubric's `version` as it was read.
    pub version: i64,
    /// Who. The door has found them.
    pub author: Author,
    /// Whether it is somebody who works here and not a guest, or a team that has not ended: the door has asked.
    pub fits: bool,
}

/// Adds an author, who sees drafts and history and may do what every author may from then on. Adding one who is an author already changes nothing.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::Stale`], [`Error::NotYours`], [`Error::NotColleague`] for a guest who adds, [`Error::NotActive`], [`Error::NotAmong`] for
/// a team that the actor does not belong to, [`Error::AuthorUnfit`] for a guest or a team that has ended, [`Error::OwnReview`] for the colleague who
/// reviews the draft, and [`Error::Authors`] when there are too many.
pub async fn add_author(tx: &Tx, ask: &AddAuthor) -> Result<Rubric, Error> {
    let mut rubric = sql::find_for_update(tx, ask.rubric, ask.version).await?;
    policy::may_add_author(&tx.actor, &rubric, ask.author)?;
    if rubric.is_by(ask.author) {
        return Ok(rubric);
    }
    if !ask.fits {
        return Err(Error::AuthorUnfit);
    }
    let before = rubric.clone();
    let added = rubric.add_author(ask.author)?;
    tx.emit(&added);
    keep::keep(tx, &before, &mut rubric).await?;
    keep::refresh(tx, &rubric).await?;
    Ok(rubric)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        RemoveAuthor, Scope, Submit, remove_author,
        world::{self, BO, CILLA, anna, bo, cilla, code, person, seen, team, write},
    };
    use kit::{Actor, Role};
    use testkit::{TestDb, actor, id, on_both};

    async fn added(
        db: &TestDb,
        by: Actor,
        rubric: &Rubric,
        author: Author,
    ) -> Result<Rubric, Error> {
        let ask = AddAuthor {
            rubric: rubric.id,
            version: rubric.version,
            author,
            fits: true,
        };
        write(db, by, async |tx: &Tx| add_author(tx, &ask).await).await
    }

    async fn removed(
        db: &TestDb,
        by: Actor,
        rubric: &Rubric,
        author: Author,
    ) -> Result<Rubric, Error> {
        let ask = RemoveAuthor {
            rubric: rubric.id,
            version: rubric.version,
            author,
        };
        write(db, by, async |tx: &Tx| remove_author(tx, &ask).await).await
    }

    /// Cilla, who has left Anna's team.
    fn cilla_alone() -> Actor {
        actor(
            world::organiser(),
            id(CILLA),
            &[(Role::Teacher, Some(id(3)))],
            &[],
        )
    }

    /// A guest in Anna's team.
    fn guest() -> Actor {
        actor(
            world::organiser(),
            id(105),
            &[(Role::Guest, Some(world::school()))],
            &[team()],
        )
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_colleague_who_was_taken_in_does_what_an_author_does_until_they_leave() {
        on_both(async |db| {
            let draft = world::draft(db, 11).await;
            assert!(!seen(db, bo(), draft.id).await);
            let bos = Author::Person(person(BO));
            let shared = added(db, anna(), &draft, bos).await.unwrap();
            let can = crate::abilities(&bo(), &shared);
            assert!(can.save && can.publish && can.share && can.read_history && can.delete);
            let cx = db.cx(bo());
            let version = crate::find_version(&cx, shared.draft.unwrap().version).await;
            assert!(
                version.is_ok(),
                "{}: the draft is theirs to read",
                db.kind()
            );
            let mine = crate::Filter {
                mine: true,
                ..crate::Filter::default()
            };
            let page = kit::Page::first(5).unwrap();
            let listed = crate::list(&cx, &mine, &page).await.unwrap();
            assert_eq!(listed.items.len(), 1, "{}", db.kind());
            let again = added(db, anna(), &shared, bos).await.unwrap();
            assert_eq!(again, shared, "{}: twice is once", db.kind());

            // Whoever is an author may take off anybody, also who began it.
            let by_bo = removed(db, bo(), &shared, Author::Person(person(world::ANNA))).await;
            let by_bo = by_bo.unwrap();
            assert!(!seen(db, anna(), draft.id).await, "{}", db.kind());
            let last = removed(db, bo(), &by_bo, bos).await;
            assert_eq!(code(last), "RUBRIC_LAST_AUTHOR", "{}", db.kind());
            assert!(seen(db, bo(), draft.id).await);
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn one_leaves_by_oneself_and_is_out_of_it_at_once() {
        on_both(async |db| {
            let draft = world::draft(db, 11).await;
            let bos = Author::Person(person(BO));
            let shared = added(db, anna(), &draft, bos).await.unwrap();
            removed(db, bo(), &shared, bos).await.unwrap();
            assert!(!seen(db, bo(), draft.id).await, "{}", db.kind());
            let told = world::told(db, draft.id).await;
            let names: Vec<_> = told.iter().map(|(_, name)| name.as_str()).collect();
            let expected = [
                "rubric.created",
                "rubric.author_added",
                "rubric.author_removed",
                "rubric.gone",
            ];
            assert_eq!(names, expected, "{}", db.kind());
            let numbers: Vec<_> = told.iter().map(|(n, _)| *n).collect();
            assert_eq!(numbers, [1, 2, 3, 4]);
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_team_writes_as_long_as_one_belongs_to_it() {
        on_both(async |db| {
            let draft = world::draft(db, 11).await;
            let teams = Author::Team(team());
            let shared = added(db, anna(), &draft, teams).await.unwrap();
            assert!(crate::abilities(&cilla(), &shared).save);
            assert!(seen(db, cilla(), draft.id).await, "{}", db.kind());
            assert!(!crate::abilities(&cilla_alone(), &shared).save);
            assert!(!seen(db, cilla_alone(), draft.id).await, "{}", db.kind());
            assert!(!seen(db, bo(), draft.id).await, "{}", db.kind());

            // A guest of the team writes with it, and does not decide who else does.
            let can = crate::abilities(&guest(), &shared);
            assert!(can.save && !can.change_authors);
            let tried = removed(db, guest(), &shared, teams).await;
            assert_eq!(code(tried), "RUBRIC_NOT_COLLEAGUE", "{}", db.kind());

            // Nobody of the team approves what it writes.
            for reviewer_writes in [true, false] {
                let ask = Submit {
                    rubric: draft.id,
                    version: shared.version,
                    reviewer: person(CILLA),
                    reviewer_writes,
                    preschool: false,
                };
                let asked = write(db, anna(), async |tx: &Tx| crate::submit(tx, &ask).await).await;
                if reviewer_writes {
                    assert_eq!(code(asked), "RUBRIC_OWN_REVIEW", "{}", db.kind());
                    continue;
                }
                // As it is when they join the team after they were asked.
                let approve = crate::Review {
                    rubric: draft.id,
                    version: asked.unwrap().version,
                    verdict: crate::Verdict::Approve,
                    note: None,
                };
                let approved = write(db, cilla(), async |tx: &Tx| {
                    crate::review(tx, &approve).await
                });
                assert_eq!(code(approved.await), "RUBRIC_OWN_REVIEW", "{}", db.kind());
            }

            let by_team = world::stored(db, draft.id).await;
            let by_team = removed(db, cilla(), &by_team, Author::Person(person(world::ANNA)));
            let by_team = by_team.await.unwrap();
            assert_eq!(by_team.authors, []);
            let last = removed(db, cilla(), &by_team, teams).await;
            assert_eq!(code(last), "RUBRIC_LAST_AUTHOR", "{}", db.kind());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_a_team_wrote_is_credited_to_it_in_forks() {
        on_both(async |db| {
            let published = world::at_school(db, 11).await;
            let shared = added(db, anna(), &published, Author::Team(team())).await;
            let fork = crate::Fork {
                id: id(31),
                rubric: shared.unwrap().id,
                version: None,
                unit: world::school(),
            };
            write(db, bo(), async |tx: &Tx| crate::fork(tx, &fork).await)
                .await
                .unwrap();
            let origins = crate::origins(&db.cx(bo()), &[id(31)]).await.unwrap();
            assert_eq!(origins[0].credit.author_teams, [team()], "{}", db.kind());
            assert_eq!(origins[0].credit.authors, [person(world::ANNA)]);
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn refusals() {
        on_both(async |db| {
            let published = world::at_school(db, 11).await;
            let submitted = world::submitted(db, &world::draft(db, 12).await).await;
            let retired = world::retired(db, &world::published(db, 13).await).await;
            let archived = world::archived(db, &retired).await;
            let cillas = Author::Person(person(CILLA));
            let bos = Author::Person(person(BO));
            let cases = [
                (
                    "one who sees it",
                    bo(),
                    &published,
                    cillas,
                    "RUBRIC_NOT_YOURS",
                ),
                ("one who does not", cilla(), &published, cillas, "NOT_FOUND"),
                (
                    "a stranger",
                    world::stranger(),
                    &published,
                    cillas,
                    "NOT_FOUND",
                ),
                (
                    "a team of others",
                    anna(),
                    &published,
                    Author::Team(id(77)),
                    "RUBRIC_NOT_AMONG",
                ),
                ("the reviewer", anna(), &submitted, bos, "RUBRIC_OWN_REVIEW"),
                ("archived", anna(), &archived, cillas, "RUBRIC_NOT_ACTIVE"),
            ];
            for (case, who, rubric, author, expected) in cases {
                let before = world::stored(db, rubric.id).await;
                let refusal = code(added(db, who, rubric, author).await);
                assert_eq!(refusal, expected, "{case} on {}", db.kind());
                assert_eq!(world::stored(db, rubric.id).await, before, "{case}");
            }
            let unfit = AddAuthor {
                rubric: published.id,
                version: published.version,
                author: cillas,
                fits: false,
            };
            let refusal = write(db, anna(), async |tx: &Tx| add_author(tx, &unfit).await).await;
            assert_eq!(code(refusal), "RUBRIC_AUTHOR_UNFIT", "{}", db.kind());
            let stale = Rubric {
                version: published.version - 1,
                ..published.clone()
            };
            assert_eq!(
                code(added(db, anna(), &stale, cillas).await),
                "STALE_VERSION"
            );
            let nobody = removed(db, anna(), &published, cillas).await;
            assert_eq!(
                code(nobody),
                "NOT_FOUND",
                "{}: they are no author",
                db.kind()
            );

            let mut full = published;
            for number in 0..29 {
                let author = Author::Person(id(1_000 + number));
                full = added(db, anna(), &full, author).await.unwrap();
            }
            assert_eq!(
                code(added(db, anna(), &full, cillas).await),
                "RUBRIC_AUTHORS"
            );
            assert_eq!(full.scope, Scope::Unit(world::school()));
        })
        .await;
    }
}
