//! Reading threads: the comments that begin them, of many rubrics at once, and one comment by its id.

use super::{
    Comment, Said,
    policy::may_read,
    sql as talk,
    table::comment::{Column, Entity},
};
use crate::{Error, Rubric, find, sql};
use kit::{CriterionId, Key, Listed, Page, Position, RubricCommentId, RubricId};
use sea_orm::{
    ColumnTrait, Condition, QueryFilter, QueryOrder,
    sea_query::{Order, Query},
};
use std::collections::HashMap;
use store::Cx;

/// Which threads are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ThreadFilter {
    /// Only those about this criterion.
    pub criterion: Option<CriterionId>,
    /// Only those that are resolved, or only those that are not.
    pub resolved: Option<bool>,
}

/// The threads about each of these rubrics, newest first and in as many statements as of one: each by the comment that begins it.
///
/// # Errors
///
/// Those of the database. A rubric that the actor may not see is not in the answer, and neither is one without such threads.
pub async fn threads(
    cx: &Cx,
    rubrics: &[RubricId],
    filter: ThreadFilter,
    page: &Page,
) -> Result<HashMap<RubricId, Listed<Said>>, Error> {
    let seen = readable(cx, rubrics).await?;
    if seen.is_empty() {
        return Ok(HashMap::new());
    }
    let mut begun = Query::select();
    begun
        .column(Column::Id.as_column_ref())
        .from(Entity)
        .and_where(Column::OrganiserId.eq(cx.organiser().uuid()))
        .and_where(Column::ThreadId.is_null())
        .cond_where(said_to(cx, &seen))
        .cond_where(sql::after(page, Column::At, Column::Id));
    if let Some(criterion) = filter.criterion {
        begun.and_where(Column::CriterionId.eq(criterion.uuid()));
    }
    match filter.resolved {
        Some(true) => drop(begun.and_where(Column::ResolvedAt.is_not_null())),
        Some(false) => drop(begun.and_where(Column::ResolvedAt.is_null())),
        None => {}
    }
    let order = [(Column::At, Order::Desc), (Column::Id, Order::Desc)];
    let size = page.first.and_one();
    let first = store::first_of_each(begun, Column::RubricId, &order, size, ["id"]);
    let rows = talk::all(cx)
        .filter(Column::Id.in_subquery(first))
        .order_by(Column::At, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .all(cx.db())
        .await?;
    let mut threads = Vec::new();
    for row in rows {
        let comment = Comment::try_from(row)?;
        if let Some(rubric) = seen.get(&comment.rubric) {
            threads.push((comment.rubric, talk::said(cx, rubric, comment)));
        }
    }
    Ok(Listed::cut_each(threads, page.first, place))
}

pub(super) fn place(said: &Said) -> Position {
    Position {
        key: Key::At(said.comment.at),
        id: said.comment.id.uuid(),
    }
}

/// Those of these rubrics whose talk the actor reads.
pub(super) async fn readable(
    cx: &Cx,
    rubrics: &[RubricId],
) -> Result<HashMap<RubricId, Rubric>, Error> {
    if cx.person().is_none() {
        return Ok(HashMap::new());
    }
    let seen = find::by_ids(cx, rubrics).await?.into_iter();
    Ok(seen.map(|rubric| (rubric.id, rubric)).collect())
}

/// The condition that a comment is about one of these rubrics and the actor reads it.
pub(super) fn said_to(cx: &Cx, seen: &HashMap<RubricId, Rubric>) -> Condition {
    let of_drafts = seen
        .values()
        .filter(|rubric| may_read(&cx.actor, rubric, true))
        .map(|rubric| rubric.id);
    let readable = Condition::any()
        .add(Column::OfDraft.eq(false))
        .add(store::any(cx, Column::RubricId, of_drafts));
    Condition::all()
        .add(store::any(cx, Column::RubricId, seen.keys().copied()))
        .add(readable)
}

/// A comment, for whoever may read it.
///
/// # Errors
///
/// [`Error::NoComment`] for everybody else.
pub async fn find_comment(cx: &Cx, id: RubricCommentId) -> Result<Said, Error> {
    let comment = talk::any(cx, id).await?;
    // Asked for also when there is no such comment, so that what the answer costs tells nobody that there is one.
    let of = comment.as_ref().map(|comment| comment.rubric);
    let rubric = find::find(cx, of.unwrap_or(RubricId(id.uuid()))).await;
    let rubric = rubric.map_err(talk::no_comment)?;
    comment
        .filter(|comment| may_read(&cx.actor, &rubric, comment.of_draft))
        .map(|comment| talk::said(cx, &rubric, comment))
        .ok_or(Error::NoComment)
}
