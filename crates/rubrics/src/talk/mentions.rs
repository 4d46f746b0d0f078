//! Whom a comment concerns. Who is mentioned waits to be told until they may read it: the room that tells asks here, and says whom it told.

use super::{
    Comment, sql as talk,
    table::mention::{ActiveModel, Column, Entity},
};
use crate::{Error, Rubric, sql::rubric};
use kit::{PersonId, RubricCommentId, RubricId};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, DeleteMany, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use store::Tx;

/// The most that are looked through when a rubric is shared with more.
const WAITING_MAX: u64 = 200;
/// The most people in a thread who are told that it goes on.
const ANSWERED_MAX: u64 = 50;

/// A comment and whom it concerns, before anybody asked whether they may read it.
#[derive(Debug, Clone, PartialEq)]
pub struct Concerned {
    /// The rubric that it is about.
    pub rubric: Rubric,
    /// The comment.
    pub comment: Comment,
    /// Who spoke in its thread, where it stands in one that somebody else began.
    pub answered: Vec<PersonId>,
}

/// Somebody who was mentioned and not told yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Waiting {
    /// In which comment.
    pub comment: RubricCommentId,
    /// Whether it is about a draft.
    pub of_draft: bool,
    /// Who.
    pub person: PersonId,
}

/// A comment and whom it concerns, for the house itself; `None` when it is gone.
///
/// # Errors
///
/// Those of the database.
pub async fn concerned(tx: &Tx, comment: RubricCommentId) -> Result<Option<Concerned>, Error> {
    let Some(comment) = talk::any(tx, comment).await? else {
        return Ok(None);
    };
    let Some(rubric) = rubric_of(tx, comment.rubric).await? else {
        return Ok(None);
    };
    let answered = match comment.thread {
        Some(begins) => talk::who_spoke(tx, begins, ANSWERED_MAX).await?,
        None => Vec::new(),
    };
    Ok(Some(Concerned {
        rubric,
        comment,
        answered,
    }))
}

/// A rubric and those who were mentioned in its talk and not told yet, for the house itself; `None` when nobody waits.
///
/// # Errors
///
/// Those of the database.
pub async fn waiting_mentions(
    tx: &Tx,
    id: RubricId,
) -> Result<Option<(Rubric, Vec<Waiting>)>, Error> {
    let rows = Entity::find()
        .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(Column::RubricId.eq(id.uuid()))
        .order_by_asc(Column::CommentId)
        .order_by_asc(Column::PersonId)
        .limit(WAITING_MAX)
        .all(tx.db())
        .await?;
    if rows.is_empty() {
        return Ok(None);
    }
    let waiting = rows.into_iter().map(|row| Waiting {
        comment: row.comment_id.into(),
        of_draft: row.of_draft,
        person: row.person_id.into(),
    });
    let rubric = rubric_of(tx, id).await?;
    Ok(rubric.map(|rubric| (rubric, waiting.collect())))
}

/// Notes that these were told that a comment mentions them: they wait no longer.
///
/// # Errors
///
/// Those of the database.
pub async fn mentions_told(
    tx: &Tx,
    comment: RubricCommentId,
    people: &[PersonId],
) -> Result<(), Error> {
    of_comment(tx, comment)
        .filter(store::any(tx, Column::PersonId, people.iter().copied()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Notes that these are to be told that a comment mentions them. Nobody is told what they said themselves.
pub(crate) async fn wait(tx: &Tx, comment: &Comment, people: &[PersonId]) -> Result<(), Error> {
    let others = people.iter().filter(|person| **person != comment.by);
    let rows: Vec<ActiveModel> = others
        .map(|person| ActiveModel {
            organiser_id: Set(tx.organiser().uuid()),
            comment_id: Set(comment.id.uuid()),
            person_id: Set(person.uuid()),
            rubric_id: Set(comment.rubric.uuid()),
            of_draft: Set(comment.of_draft),
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    Entity::insert_many(rows)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Who is no longer mentioned in a comment does not wait to be told of it.
pub(crate) async fn keep_only(tx: &Tx, comment: &Comment) -> Result<(), Error> {
    let still = comment.mentions.iter().map(|person| person.uuid());
    of_comment(tx, comment.id)
        .filter(Column::PersonId.is_not_in(still))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Nobody waits to be told of a comment that is gone.
pub(crate) async fn forget(tx: &Tx, comment: RubricCommentId) -> Result<(), Error> {
    of_comment(tx, comment).exec(tx.db()).await?;
    Ok(())
}

fn of_comment(tx: &Tx, comment: RubricCommentId) -> DeleteMany<Entity> {
    Entity::delete_many()
        .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(Column::CommentId.eq(comment.uuid()))
}

/// A rubric, whoever sees it.
async fn rubric_of(tx: &Tx, id: RubricId) -> Result<Option<Rubric>, Error> {
    let row = rubric::Entity::find()
        .filter(rubric::Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(rubric::Column::Id.eq(id.uuid()))
        .one(tx.db())
        .await?;
    Ok(row.map(Rubric::try_from).transpose()?)
}
