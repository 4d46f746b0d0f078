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
