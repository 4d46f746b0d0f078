//! The reviewer approves a draft or returns it.

use crate::{Error, Rubric, find, keep, personal_number, policy, publish::go_public, sql};
use kit::{Body, Problem, RubricId};
use store::Tx;

/// Approve a draft, or return it.
#[derive(Debug, Clone)]
pub struct Review {
    /// Which rubric's.
    pub rubric: RubricId,
    /// The rubric's `version` as it was read.
    pub version: i64,
    /// What the reviewer says.
    pub verdict: Verdict,
    /// What the reviewer writes to the authors.
    pub note: Option<Body>,
}

/// What comes of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is good: it is published, and bears who reviewed it.
    Approve,
    /// It goes back to its authors as a draft. An author may take it back so too.
    Return,
}

/// Approves a draft, which publishes it, or returns it with a note.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::Stale`], [`Error::NotInReview`], [`Error::OwnReview`] if an author approves, [`Error::NotReviewer`] if somebody else was
/// asked, and [`Error::Invalid`] for a note with a personal number.
pub async fn review(tx: &Tx, ask: &Review) -> Result<Rubric, Error> {
    let mut rubric = sql::find_for_update(tx, ask.rubric, ask.version).await?;
    match ask.verdict {
        Verdict::Approve => drop(policy::may_approve(&tx.actor, &rubric)?),
        Verdict::Return => policy::may_return(&tx.actor, &rubric)?,
    }
    note_fits(ask.note.as_ref())?;
    let before = rubric.clone();
    let (asked, reviewer) = rubric.in_review()?;
    let mut draft = find::find_version(tx, asked.version).await?;
    let reviewed = rubric.review(ask.verdict == Verdict::Approve)?;
    match ask.verdict {
        Verdict::Approve => {
            draft.approve(reviewer, ask.note.clone());
            tx.emit(&reviewed);
            go_public(tx, &before, &mut rubric, &mut draft).await?;
        }
        Verdict::Return => {
            draft.send_back(ask.note.clone())?;
            sql::update_version(tx, &draft).await?;
            tx.emit(&reviewed);
            keep::keep(tx, &before, &mut rubric).await?;
        }
    }
    Ok(rubric)
}

fn note_fits(note: Option<&Body>) -> Result<(), Error> {
    if note.is_some_and(|note| personal_number::is_in(note)) {
        return Err(Error::Invalid(vec![Problem {
            path: "note".to_owned(),
            code: "RUBRIC_PERSONAL_NUMBER",
            sv: "Här står ett personnummer. Ta bort det.".to_owned(),
            en: "There is a personal number here. Take it out.".to_owned(),
        }]));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        VersionState, find_version, sees_drafts,
        world::{self, BO, anna, bo, cilla, code, person, seen, write},
    };
    use testkit::{TestDb, on_both};

    async fn reviewed(
        db: &TestDb,
        actor: kit::Actor,
        rubric: &Rubric,
        verdict: Verdict,
        note: Option<&str>,
    ) -> Result<Rubric, Error> {
        let note = note.map(|note| Body::parse(note).unwrap());
        let ask = Review {
            rubric: rubric.id,
            version: rubric.version,
            verdict,
            note,
        };
        write(db, actor, async |tx: &Tx| review(tx, &ask).await).await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_reviewer_sees_it_as_long_as_they_are_asked() {
        on_both(async |db| {
            let draft = world::draft(db, 11).await;
            assert!(!seen(db, bo(), draft.id).await);
            let asked = world::submitted(db, &draft).await;
            let version = asked.draft.unwrap().version;
            assert_eq!(
                find_version(&db.cx(bo()), version).await.unwrap().state,
                VersionState::InReview
            );
            assert!(!seen(db, cilla(), draft.id).await);
            let sight = [anna(), bo(), cilla()].map(|actor| sees_drafts(&actor, &asked));
            assert_eq!(sight, [true, true, false]);

            let returned = reviewed(
                db,
                bo(),
                &asked,
                Verdict::Return,
                Some("Förtydliga nivå 2."),
            )
            .await
            .unwrap();
            assert!(!seen(db, bo(), draft.id).await, "{}", db.kind());
            assert!(matches!(
                find_version(&db.cx(bo()), version).await,
                Err(Error::NotFound)
            ));
            let back = find_version(&db.cx(anna()), version).await.unwrap();
            assert_eq!((back.state, back.reviewed_by), (VersionState::Draft, None));
            assert_eq!(back.review_note.as_deref(), Some("Förtydliga nivå 2."));

            let again = world::submitted(db, &returned).await;
            let taken_back = reviewed(db, anna(), &again, Verdict::Return, None)
                .await
                .unwrap();
            assert_eq!(
                taken_back.draft,
                draft.draft,
                "{}: an author takes it back",
                db.kind()
            );
            assert!(!seen(db, bo(), draft.id).await);
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn approving_publishes_and_names_the_reviewer() {
        on_both(async |db| {
            let asked = world::submitted(db, &world::draft(db, 11).await).await;
            assert_eq!(
                code(reviewed(db, bo(), &asked, Verdict::Approve, Some("811218-9876")).await),
                "RUBRIC_INVALID"
            );
            assert_eq!(
                world::stored(db, asked.id).await,
                asked,
                "nothing may be stored"
            );
            let published = reviewed(db, bo(), &asked, Verdict::Approve, None)
                .await
                .unwrap();
            assert_eq!(
                (published.current, published.draft),
                (asked.draft.map(|draft| draft.version), None)
            );
            let version = find_version(&db.cx(anna()), published.current.unwrap())
                .await
                .unwrap();
            assert_eq!(
                (version.state, version.reviewed_by),
                (VersionState::Published, Some(person(BO))),
                "{}",
                db.kind()
            );
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn somebody_who_was_not_asked_reviews_nothing() {
        on_both(async |db| {
            let public = world::revised(
                db,
                &world::shared(db, &world::published(db, 11).await, crate::Scope::Organiser)
                    .await
                    .unwrap(),
            )
            .await;
            let asked = world::submitted(db, &public).await;
            for verdict in [Verdict::Approve, Verdict::Return] {
                assert_eq!(
                    code(reviewed(db, cilla(), &asked, verdict, None).await),
                    "RUBRIC_NOT_REVIEWER",
                    "{}",
                    db.kind()
                );
            }
            let own = crate::Submit {
                rubric: public.id,
                version: public.version,
                reviewer: person(world::ANNA),
                reviewer_writes: false,
                preschool: false,
            };
            let outcome = write(db, anna(), async |tx: &Tx| crate::submit(tx, &own).await).await;
            assert_eq!(code(outcome), "STALE_VERSION");
            let draft = world::draft(db, 12).await;
            let own = crate::Submit {
                rubric: draft.id,
                version: draft.version,
                ..own
            };
            assert_eq!(
                code(write(db, anna(), async |tx: &Tx| crate::submit(tx, &own).await).await),
                "RUBRIC_OWN_REVIEW"
            );
            assert_eq!(
                world::stored(db, asked.id).await,
                asked,
                "nothing may be stored"
            );
        })
        .await;
    }
}
