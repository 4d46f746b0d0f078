//! The statements on comments.

use super::{
    Comment, Said,
    policy::{abilities, may_read},
    table::comment::{ActiveModel, Column, Entity, Model},
};
use crate::{Error, Rubric, sql};
use kit::{PersonId, RubricCommentId, RubricId, Text};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    Select,
};
use store::{Cx, Tx};
use uuid::Uuid;

impl TryFrom<Model> for Comment {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        let text = match row.removed_at {
            Some(_) => None,
            None => Some(
                Text::parse(&row.text)
                    .map_err(|error| store::Error::Unreadable(error.to_string()))?,
            ),
        };
        Ok(Self {
            id: row.id.into(),
            rubric: row.rubric_id.into(),
            version: row.version_id.into(),
            of_draft: row.of_draft,
            criterion: row.criterion_id.map(Into::into),
            thread: row.thread_id.map(Into::into),
            by: row.by_id.into(),
            text,
            mentions: serde_json::from_str(&row.mentions).map_err(store::Error::from)?,
            at: row.at,
            edited_at: row.edited_at,
            removed_at: row.removed_at,
            resolved: row.resolved_at.zip(row.resolved_by.map(Into::into)),
            revision: row.version,
        })
    }
}

fn row(tx: &Tx, comment: &Comment) -> Result<ActiveModel, Error> {
    Ok(ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        id: Set(comment.id.uuid()),
        rubric_id: Set(comment.rubric.uuid()),
        version_id: Set(comment.version.uuid()),
        of_draft: Set(comment.of_draft),
        criterion_id: Set(comment.criterion.map(Into::into)),
        thread_id: Set(comment.thread.map(Into::into)),
        by_id: Set(comment.by.uuid()),
        text: Set(comment.text.as_deref().unwrap_or_default().to_owned()),
        mentions: Set(sql::json(&comment.mentions)?),
        at: Set(comment.at),
        edited_at: Set(comment.edited_at),
        removed_at: Set(comment.removed_at),
        resolved_at: Set(comment.resolved.map(|(at, _)| at)),
        resolved_by: Set(comment.resolved.map(|(_, by)| by.into())),
        version: Set(comment.revision),
    })
}

pub(crate) async fn insert(tx: &Tx, comment: &Comment) -> Result<(), Error> {
    Entity::insert(row(tx, comment)?)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

pub(crate) async fn update(tx: &Tx, comment: &Comment) -> Result<(), Error> {
    Entity::update(row(tx, comment)?)
        .validate()
        .map_err(store::Error::from)?
        .exec(tx.db())
        .await?;
    Ok(())
}

pub(crate) async fn delete(tx: &Tx, comment: RubricCommentId) -> Result<(), Error> {
    Entity::delete_many()
        .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(Column::Id.eq(comment.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// The organiser's comments.
pub(crate) fn all(cx: &Cx) -> Select<Entity> {
    Entity::find().filter(Column::OrganiserId.eq(cx.organiser().uuid()))
}

/// A comment, whoever reads it: the caller asks who may.
pub(crate) async fn any(cx: &Cx, id: RubricCommentId) -> Result<Option<Comment>, Error> {
    let row = all(cx)
        .filter(Column::Id.eq(id.uuid()))
        .one(cx.db())
        .await?;
    row.map(Comment::try_from).transpose()
}

/// Whether somebody answered the comment that begins a thread.
pub(crate) async fn is_answered(cx: &Cx, begins: RubricCommentId) -> Result<bool, Error> {
    let reply = all(cx)
        .filter(Column::ThreadId.eq(begins.uuid()))
        .one(cx.db())
        .await?;
    Ok(reply.is_some())
}

/// Who spoke in a thread, each once; at most so many.
pub(crate) async fn who_spoke(
    cx: &Cx,
    begins: RubricCommentId,
    most: u64,
) -> Result<Vec<PersonId>, Error> {
    let of_thread = Condition::any()
        .add(Column::Id.eq(begins.uuid()))
        .add(Column::ThreadId.eq(begins.uuid()));
    let people: Vec<Uuid> = all(cx)
        .select_only()
        .column(Column::ById)
        .distinct()
        .filter(of_thread)
        .filter(Column::RemovedAt.is_null())
        .order_by_asc(Column::ById)
        .limit(most)
        .into_tuple()
        .all(cx.db())
        .await?;
    Ok(people.into_iter().map(PersonId).collect())
}

/// A comment to be changed and its rubric, which is locked until the transaction ends, as far as the actor may read them.
pub(crate) async fn find_locked(tx: &Tx, id: RubricCommentId) -> Result<(Comment, Rubric), Error> {
    let before = any(tx, id).await?;
    // Asked for also when there is no such comment, so that what the answer costs tells nobody that there is one.
    let of = before.as_ref().map(|comment| comment.rubric);
    let rubric = sql::find_locked(tx, of.unwrap_or(RubricId(id.uuid()))).await;
    let rubric = rubric.map_err(no_comment)?;
    before
        .filter(|comment| may_read(&tx.actor, &rubric, comment.of_draft))
        .ok_or(Error::NoComment)?;
    // As it is now that nobody else changes it.
    let comment = any(tx, id).await?.ok_or(Error::NoComment)?;
    Ok((comment, rubric))
}

/// What is said of a rubric that is not there for the actor is not there either.
pub(crate) fn no_comment(error: Error) -> Error {
    match error {
        Error::NotFound => Error::NoComment,
        other => other,
    }
}

/// The comment as this reader has it.
pub(crate) fn said(cx: &Cx, rubric: &Rubric, comment: Comment) -> Said {
    let can = abilities(&cx.actor, rubric, &comment);
    Said { comment, can }
}
