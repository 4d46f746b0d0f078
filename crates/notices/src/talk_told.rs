//! What is said about rubrics, told to the people whom it concerns, as far as they may read it at that moment.

use crate::{Cause, Error, Kind, tell};
use kit::{Actor, PersonId, RubricCommentId, RubricId, SignInId};
use rubrics::{Concerned, Rubric};
use std::{
    collections::{BTreeMap, HashMap, hash_map::Entry},
    sync::Arc,
};
use store::{Occurrence, Tx};
use uuid::Uuid;

/// Tells those who were mentioned and not told yet, once they may read it. Each comment tells each person once.
pub(crate) async fn mentioned(tx: &Tx, rubric: RubricId) -> Result<(), Error> {
    let Some((rubric, waiting)) = rubrics::waiting_mentions(tx, rubric).await? else {
        return Ok(());
    };
    let mut readers = Readers::new(&rubric);
    let mut by_comment: BTreeMap<RubricCommentId, Vec<PersonId>> = BTreeMap::new();
    for one in waiting {
        if readers.read(tx, one.person, one.of_draft).await? {
            by_comment.entry(one.comment).or_default().push(one.person);
        }
    }
    for (comment, people) in by_comment {
        tell(tx, cause(Kind::Mentioned, &rubric, comment), &people).await?;
        rubrics::mentions_told(tx, comment, &people).await?;
    }
    Ok(())
}

/// Tells those who spoke in the thread, and the rubric's authors, but not who did it.
pub(crate) async fn commented(
    tx: &Tx,
    happened: &Occurrence,
    comment: RubricCommentId,
) -> Result<(), Error> {
    let Some(concerned) = rubrics::concerned(tx, comment).await? else {
        return Ok(());
    };
    let Concerned {
        rubric,
        comment,
        answered,
    } = concerned;
    let mut authors = rubric.authors.clone();
    authors.extend(organisation::member_ids(tx, &rubric.author_teams).await?);
    authors.sort_unstable();
    authors.dedup();
    let mut readers = Readers::new(&rubric);
    for (kind, people) in [
        (Kind::RubricReplied, &answered),
        (Kind::RubricCommented, &authors),
    ] {
        let mut told = Vec::new();
        for person in people {
            let is_other = person.uuid() != happened.by;
            if is_other && readers.read(tx, *person, comment.of_draft).await? {
                told.push(*person);
            }
        }
        tell(tx, cause(kind, &rubric, comment.id), &told).await?;
    }
    Ok(())
}

/// One comment is one cause, so that whoever it concerns twice is told once.
fn cause(kind: Kind, rubric: &Rubric, comment: RubricCommentId) -> Cause {
    Cause {
        id: comment.uuid(),
        kind,
        subject: rubric.id.into(),
    }
}

/// Who may read the talk about a rubric, each person asked for once.
struct Readers<'a> {
    rubric: &'a Rubric,
    known: HashMap<PersonId, Option<Actor>>,
}

impl<'a> Readers<'a> {
    fn new(rubric: &'a Rubric) -> Self {
        Self {
            rubric,
            known: HashMap::new(),
        }
    }

    async fn read(&mut self, tx: &Tx, person: PersonId, of_draft: bool) -> Result<bool, Error> {
        let actor = match self.known.entry(person) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(unknown) => {
                let sign_in = SignInId(Uuid::nil());
                let found = organisation::load_actor(tx, tx.organiser(), person, sign_in).await?;
                unknown.insert(found.map(|found| Actor::Person(Arc::new(found))))
            }
        };
        let actor = actor.as_ref();
        Ok(actor.is_some_and(|actor| rubrics::would_read(actor, self.rubric, of_draft)))
    }
}
