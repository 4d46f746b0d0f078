//! Rubrics of a file become drafts: looked at first, then taken. The same file twice changes nothing.

use crate::{
    Found, Message, Reading,
    identify::{self, By},
};
use kit::{RubricId, UnitId};
use rubrics::{Content, Create, Error, Rubric};
use std::collections::HashSet;
use store::{Cx, Tx};

/// Bring the rubrics of a file in.
#[derive(Debug, Clone)]
pub struct Import {
    /// The unit where they are made; the actor is a colleague there.
    pub unit: UnitId,
    /// What the file says.
    pub reading: Reading,
}

/// What becomes of one rubric of a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It would become a draft.
    New,
    /// It is a draft now.
    Made(Box<Rubric>),
    /// It was brought in before, and stays as it is.
    Present,
    /// There are errors in it; it is not taken.
    Unsound,
}

/// One rubric of a file and what becomes of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// Its name.
    pub name: String,
    /// The row or line where it begins; the first is 1.
    pub row: u32,
    /// The part of the file where it stands, where rows do not say it.
    pub pointer: Option<String>,
    /// How many criteria it has.
    pub criteria: usize,
    /// What becomes of it.
    pub outcome: Outcome,
}

/// What importing would do, without doing it.
///
/// # Errors
///
/// Those of the database.
pub async fn preview(cx: &Cx, ask: &Import) -> Result<Vec<Imported>, Error> {
    let drafts = drafts(cx, ask)?;
    let mut present = present(cx, &drafts).await?;
    let rubrics = ask.reading.rubrics.iter().zip(drafts);
    Ok(rubrics
        .map(|(found, draft)| {
            let outcome = match draft {
                None => Outcome::Unsound,
                Some(draft) if draft.is_among(&mut present) => Outcome::Present,
                Some(_) => Outcome::New,
            };
            imported(found, outcome)
        })
        .collect())
}

/// Makes a draft of every sound rubric that was not brought in before. Others of the file do not stand in their way.
///
/// # Errors
///
/// [`Error::NotHere`] where the actor is no colleague; then none is made.
pub async fn import(tx: &Tx, ask: &Import) -> Result<Vec<Imported>, Error> {
    let drafts = drafts(tx, ask)?;
    let mut present = present(tx, &drafts).await?;
    let mut done = Vec::with_capacity(drafts.len());
    for (found, draft) in ask.reading.rubrics.iter().zip(drafts) {
        let outcome = match draft {
            None => Outcome::Unsound,
            Some(draft) if draft.is_among(&mut present) => Outcome::Present,
            Some(Draft { id, content, .. }) => {
                let create = Create {
                    id,
                    unit: ask.unit,
                    content,
                };
                Outcome::Made(Box::new(rubrics::create(tx, &create).await?))
            }
        };
        done.push(imported(found, outcome));
    }
    Ok(done)
}

impl Import {
    /// Errors and warnings, each with its place.
    #[must_use]
    pub fn messages(&self) -> &[Message] {
        &self.reading.messages
    }
}

struct Draft {
    id: RubricId,
    /// The id in the file: a rubric that went out from here comes home by it.
    given: Option<RubricId>,
    content: Content,
}

impl Draft {
    /// Whether it was there already; from now on it is.
    fn is_among(&self, present: &mut HashSet<RubricId>) -> bool {
        self.given.is_some_and(|given| present.contains(&given)) || !present.insert(self.id)
    }
}

fn drafts(cx: &Cx, ask: &Import) -> Result<Vec<Option<Draft>>, Error> {
    let person = cx.person().ok_or(Error::NotHere)?;
    let by = By {
        person,
        unit: ask.unit,
    };
    let draft = |found: &Found| {
        let mut content = found.content.clone()?;
        let id = identify::rubric(by, found.id, &content);
        identify::identify(id, &mut content);
        Some(Draft {
            id,
            given: found.id.map(RubricId),
            content,
        })
    };
    Ok(ask.reading.rubrics.iter().map(draft).collect())
}

async fn present(cx: &Cx, drafts: &[Option<Draft>]) -> Result<HashSet<RubricId>, Error> {
    let drafts = drafts.iter().flatten();
    let ids: Vec<RubricId> = drafts
        .flat_map(|draft| [Some(draft.id), draft.given])
        .flatten()
        .collect();
    let there = rubrics::by_ids(cx, &ids).await?;
    Ok(there.into_iter().map(|rubric| rubric.id).collect())
}

fn imported(found: &Found, outcome: Outcome) -> Imported {
    Imported {
        name: found.name.clone(),
        row: found.row,
        pointer: found.pointer.clone(),
        criteria: found.criteria,
        outcome,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{How, ImportFormat, read};
    use kit::Role;
    use store::write;
    use testkit::{actor, id, on_both};

    const SAMPLE: &[u8] = include_bytes!("../samples/swedish-excel.csv");

    fn ask(bytes: &[u8]) -> Import {
        Import {
            unit: id(2),
            reading: read(ImportFormat::CanvasCsv, bytes, How::default()),
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_file_becomes_drafts_once_and_the_same_file_again_changes_nothing() {
        on_both(async |db| {
            let cx = db.cx(actor(id(1), id(4), &[(Role::Teacher, Some(id(2)))], &[]));
            let ask = ask(SAMPLE);
            let looked = preview(&cx, &ask).await.unwrap();
            assert!(
                looked.iter().all(|rubric| rubric.outcome == Outcome::New),
                "{}",
                db.kind()
            );
            assert_eq!(looked.len(), 2, "{}", db.kind());

            let made = write(&cx, async |tx: &Tx| import(tx, &ask).await)
                .await
                .unwrap();
            let Outcome::Made(first) = &made[0].outcome else {
                panic!("made")
            };
            let version = rubrics::find_version(&cx, first.draft.unwrap().version)
                .await
                .unwrap();
            assert_eq!(
                version.content.criteria.len(),
                made[0].criteria,
                "{}",
                db.kind()
            );
            assert!(version.content.head.points, "{}", db.kind());

            let again = write(&cx, async |tx: &Tx| import(tx, &ask).await)
                .await
                .unwrap();
            assert!(
                again
                    .iter()
                    .all(|rubric| rubric.outcome == Outcome::Present),
                "{}",
                db.kind()
            );
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn sound_rubrics_of_a_partly_bad_file_are_taken() {
        on_both(async |db| {
            let cx = db.cx(actor(id(1), id(4), &[(Role::Teacher, Some(id(2)))], &[]));
            let file = "Rubric Name,Criteria Name,Rating Name,Rating Points,Rating Name,Rating Points\n\
                        Bra,Resonemang,Utvecklat,4,Enkelt,2\nTrasig,Språk,Tydligt,fyra,Enkelt,2\n";
            let ask = ask(file.as_bytes());
            let done = write(&cx, async |tx: &Tx| import(tx, &ask).await).await.unwrap();
            assert!(matches!(done[0].outcome, Outcome::Made(_)), "{}", db.kind());
            assert_eq!(done[1].outcome, Outcome::Unsound, "{}", db.kind());
            assert!(!ask.messages().is_empty());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn nothing_is_brought_in_where_one_is_no_colleague() {
        on_both(async |db| {
            let cx = db.cx(actor(id(1), id(4), &[(Role::Teacher, Some(id(3)))], &[]));
            let ask = ask(SAMPLE);
            let refused = write(&cx, async |tx: &Tx| import(tx, &ask).await).await;
            assert!(matches!(refused, Err(Error::NotHere)), "{}", db.kind());
        })
        .await;
    }
}
