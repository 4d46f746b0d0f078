//! Rubrics of a Canvas file become drafts: looked at first, then taken. The same file twice changes nothing.

use crate::{
    canvas::{Message, Sheet, SheetRubric},
    drafts::draft,
};
use kit::{Lang, PersonId, RubricId, UnitId};
use rubrics::{Create, Error, Rubric};
use std::collections::HashSet;
use store::{Cx, Tx};

/// Bring the rubrics of a file in.
#[derive(Debug, Clone)]
pub struct Import {
    /// The unit where they are made; the actor is a colleague there.
    pub unit: UnitId,
    /// The language that the file is written in.
    pub lang: Lang,
    /// What the file says.
    pub sheet: Sheet,
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
    /// Its rows have errors; it is not taken.
    Unsound,
}

/// One rubric of a file and what becomes of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// Its name.
    pub name: String,
    /// The row where it begins, counted as a spreadsheet counts.
    pub row: u32,
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
    let Some(person) = cx.person() else { return Err(Error::NotHere) };
    let drafts = drafts(ask, person);
    let present = present(cx, &drafts).await?;
    let rubrics = ask.sheet.rubrics.iter().zip(drafts);
    Ok(rubrics
        .map(|(rubric, draft)| {
            let outcome = match draft {
                None => Outcome::Unsound,
                Some((id, _)) if present.contains(&id) => Outcome::Present,
                Some(_) => Outcome::New,
            };
            imported(rubric, outcome)
        })
        .collect())
}

/// Makes a draft of every sound rubric that was not brought in before. Others of the file do not stand in their way.
///
/// # Errors
///
/// [`Error::NotHere`] where the actor is no colleague, [`Error::Invalid`] for a rubric that cannot be kept (a personal number in it); then none is made.
pub async fn import(tx: &Tx, ask: &Import) -> Result<Vec<Imported>, Error> {
    let Some(person) = tx.person() else { return Err(Error::NotHere) };
    let drafts = drafts(ask, person);
    let mut present = present(tx, &drafts).await?;
    let mut done = Vec::with_capacity(drafts.len());
    for (rubric, draft) in ask.sheet.rubrics.iter().zip(drafts) {
        let outcome = match draft {
            None => Outcome::Unsound,
            Some((id, _)) if !present.insert(id) => Outcome::Present,
            Some((id, content)) => {
                let create = Create { id, unit: ask.unit, content };
                Outcome::Made(Box::new(rubrics::create(tx, &create).await?))
            }
        };
        done.push(imported(rubric, outcome));
    }
    Ok(done)
}

/// What a file says besides its rubrics.
impl Import {
    /// Errors and warnings, by row and column.
    #[must_use]
    pub fn messages(&self) -> &[Message] {
        &self.sheet.messages
    }
}

type Draft = Option<(RubricId, rubrics::Content)>;

fn drafts(ask: &Import, person: PersonId) -> Vec<Draft> {
    let rubrics = ask.sheet.rubrics.iter();
    rubrics.map(|rubric| draft(rubric, person, ask.unit, ask.lang).filter(|_| rubric.sound)).collect()
}

async fn present(cx: &Cx, drafts: &[Draft]) -> Result<HashSet<RubricId>, Error> {
    let ids: Vec<RubricId> = drafts.iter().flatten().map(|(id, _)| *id).collect();
    Ok(rubrics::by_ids(cx, &ids).await?.into_iter().map(|rubric| rubric.id).collect())
}

fn imported(rubric: &SheetRubric, outcome: Outcome) -> Imported {
    Imported {
        name: rubric.name.clone(),
        row: rubric.first_row,
        criteria: rubric.criteria.len(),
        outcome,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas;
    use kit::Role;
    use store::write;
    use testkit::{actor, id, on_both};

    const SAMPLE: &[u8] = include_bytes!("../samples/swedish-excel.csv");

    fn ask(bytes: &[u8]) -> Import {
        Import { unit: id(2), lang: Lang::Sv, sheet: canvas::read(bytes) }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_file_becomes_drafts_once_and_the_same_file_again_changes_nothing() {
        on_both(async |db| {
            let cx = db.cx(actor(id(1), id(4), &[(Role::Teacher, Some(id(2)))], &[]));
            let ask = ask(SAMPLE);
            let looked = preview(&cx, &ask).await.unwrap();
            assert!(looked.iter().all(|rubric| rubric.outcome == Outcome::New), "{}", db.kind());
            assert_eq!(looked.len(), 2, "{}", db.kind());

            let made = write(&cx, async |tx: &Tx| import(tx, &ask).await).await.unwrap();
            let Outcome::Made(first) = &made[0].outcome else { panic!("made") };
            let version = rubrics::find_version(&cx, first.draft.unwrap().version).await.unwrap();
            assert_eq!(version.content.criteria.len(), made[0].criteria, "{}", db.kind());
            assert!(version.content.head.points, "{}", db.kind());

            let again = write(&cx, async |tx: &Tx| import(tx, &ask).await).await.unwrap();
            assert!(again.iter().all(|rubric| rubric.outcome == Outcome::Present), "{}", db.kind());
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
