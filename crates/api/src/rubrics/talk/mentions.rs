//! Whom a comment mentions: people whom the writer may know, and which of them do not see the rubric.

use crate::{
    answer::fault_of,
    organisation::person::Person,
    rubrics::mutation::below,
    words::{BadInput, Reading},
};
use async_graphql::ID;
use kit::{Actor, PersonId, SignInId};
use rubrics::{Comment, Error};
use std::sync::Arc;
use store::Cx;
use uuid::Uuid;

/// The people that are mentioned, as the writer may know them. One whom they may not know is told from nobody else who is not there.
pub(super) async fn known(
    cx: &Cx,
    ids: &[ID],
    reading: &mut Reading,
) -> Result<Vec<organisation::Person>, Error> {
    // More than fit are refused before anybody is asked for.
    if ids.len() > rubrics::MENTIONS_MAX {
        return Err(Error::TooManyMentions);
    }
    let wanted: Vec<Option<PersonId>> = ids.iter().map(|id| id.parse().ok()).collect();
    let people: Vec<PersonId> = wanted.iter().flatten().copied().collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = organisation::people_by_ids(cx, &people).await;
    let found = found.map_err(below)?;
    let mut known = Vec::new();
    for (at, id) in wanted.into_iter().enumerate() {
        match id.and_then(|id| found.get(&id)) {
            Some(person) => known.push(person.clone()),
            None => reading.wrong(
                &format!("mentions.{at}"),
                "NOT_FOUND",
                "Personen finns inte, eller så får du inte se den.",
                "There is no such person, or you may not see them.",
            ),
        }
    }
    Ok(known)
}

/// Those of the mentioned who do not read the comment today; `None` where it is not the writer's business with whom the rubric is shared.
pub(super) async fn unreached(
    cx: &Cx,
    comment: &Comment,
    mentioned: &[organisation::Person],
) -> Result<Option<Vec<Person>>, Error> {
    let rubric = rubrics::find(cx, comment.rubric).await?;
    if !rubrics::tells_unreached(&cx.actor, &rubric) {
        return Ok(None);
    }
    let mut unreached = Vec::new();
    let others = mentioned
        .iter()
        .filter(|person| comment.mentions.contains(&person.id))
        .filter(|person| person.id != comment.by);
    for person in others {
        let sign_in = SignInId(Uuid::nil());
        let found = organisation::load_actor(cx, cx.organiser(), person.id, sign_in).await;
        let found = found.map_err(below)?;
        let reads = found.is_some_and(|found| {
            let actor = Actor::Person(Arc::new(found));
            rubrics::would_read(&actor, &rubric, comment.of_draft)
        });
        if !reads {
            unreached.push(Person(person.clone()));
        }
    }
    Ok(Some(unreached))
}

/// Why nothing was said: what the room answers, or what cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum Unsaid {
    #[error(transparent)]
    Room(#[from] Error),
    #[error(transparent)]
    Input(#[from] BadInput),
}

fault_of!(Unsaid { Room, Input });
