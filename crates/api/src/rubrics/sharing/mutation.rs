//! Who writes a rubric, and taking a share back.

use super::input::{
    AddRubricAuthorInput, AddRubricAuthorPayload, RemoveRubricAuthorInput,
    RemoveRubricAuthorPayload, RubricAuthorInput, UndoShareInput, UndoSharePayload,
};
use crate::{
    effect::{effect, key, once},
    rubrics::mutation::{below, finish, known, settings},
};
use async_graphql::{Context, Object, Result};
use kit::{PersonId, TeamId};
use rubrics::{Author, Error};
use store::{Cx, Tx};

/// The root of what is done about a rubric's authors and its latest share.
#[derive(Debug, Default)]
pub(crate) struct SharingMutation;

#[Object]
impl SharingMutation {
    /// Takes a colleague or a team in as an author: they see drafts and history and may do what every author may. They are told in their inbox.
    async fn add_rubric_author(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rubric, and who is to write it too.")] input: AddRubricAuthorInput,
    ) -> Result<AddRubricAuthorPayload> {
        let cx: &Cx = ctx.data()?;
        let key = key(cx, input.idempotency_key.as_ref())?;
        let done = async {
            let rubric = input.rubric.parse().map_err(|_| Error::NotFound)?;
            let (author, fits) = found(cx, &input.author).await?;
            let ask = rubrics::AddAuthor {
                rubric,
                version: input.version.into(),
                author,
                fits,
            };
            let once = once("addRubricAuthor", key, &input);
            effect(cx, once, async |tx: &Tx| {
                rubrics::add_author(tx, &ask).await
            })
            .await
        };
        finish(cx, input.rubric.parse().ok(), done.await).await
    }

    /// Takes an author off, who may be yourself: at once they are one reader among others, or none. Their words stay. The last author stays.
    async fn remove_rubric_author(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rubric, and who writes it no longer.")]
        input: RemoveRubricAuthorInput,
    ) -> Result<RemoveRubricAuthorPayload> {
        let cx: &Cx = ctx.data()?;
        let key = key(cx, input.idempotency_key.as_ref())?;
        let done = async {
            let rubric = input.rubric.parse().map_err(|_| Error::NotFound)?;
            let author = match &input.author {
                RubricAuthorInput::Person(id) => {
                    let person: PersonId = id.parse().map_err(|_| Error::NotFound)?;
                    // Asking by somebody's id must not tell that it is they who hide behind "En kollega".
                    known(cx, &[person]).await?;
                    Author::Person(person)
                }
                RubricAuthorInput::Team(id) => {
                    Author::Team(id.parse().map_err(|_| Error::NotFound)?)
                }
            };
            let ask = rubrics::RemoveAuthor {
                rubric,
                version: input.version.into(),
                author,
            };
            let once = once("removeRubricAuthor", key, &input);
            effect(cx, once, async |tx: &Tx| {
                rubrics::remove_author(tx, &ask).await
            })
            .await
        };
        finish(cx, input.rubric.parse().ok(), done.await).await
    }

    /// Undoes the latest share until `Rubric.undoShareUntil`: the rubric is for those again for whom it was before, and nobody was told. Copies
    /// (forks) that were made meanwhile stay.
    async fn undo_share(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rubric's latest share is undone.")] input: UndoShareInput,
    ) -> Result<UndoSharePayload> {
        let cx: &Cx = ctx.data()?;
        let key = key(cx, input.idempotency_key.as_ref())?;
        let done = async {
            let ask = rubrics::UndoShare {
                rubric: input.rubric.parse().map_err(|_| Error::NotFound)?,
                version: input.version.into(),
                review_demanded: settings(cx).await?.review_demanded,
            };
            let once = once("undoShare", key, &input);
            effect(cx, once, async |tx: &Tx| {
                rubrics::undo_share(tx, &ask).await
            })
            .await
        };
        finish(cx, input.rubric.parse().ok(), done.await).await
    }
}

/// Who is meant, and whether they can become an author: somebody who works here, or a team that goes on.
async fn found(cx: &Cx, author: &RubricAuthorInput) -> Result<(Author, bool), Error> {
    match author {
        RubricAuthorInput::Person(id) => {
            let person: PersonId = id.parse().map_err(|_| Error::NotFound)?;
            let people = organisation::people_by_ids(cx, &[person]).await;
            let people = people.map_err(below)?;
            let found = people.get(&person).ok_or(Error::NotFound)?;
            let roles = organisation::roles_of(cx, &[person]).await.map_err(below)?;
            let held = roles.get(&person).map_or(&[][..], Vec::as_slice);
            let works_here = held.iter().any(|held| held.role.is_colleague());
            Ok((Author::Person(person), works_here && !found.left))
        }
        RubricAuthorInput::Team(id) => {
            let team: TeamId = id.parse().map_err(|_| Error::NotAmong)?;
            let teams = organisation::teams_by_ids(cx, &[team]).await;
            let teams = teams.map_err(below)?;
            let today = organisation::today(cx.now);
            let goes_on = teams.get(&team).is_some_and(|team| !team.has_ended(today));
            Ok((Author::Team(team), goes_on))
        }
    }
}
