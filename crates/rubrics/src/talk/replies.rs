//! Reading the answers in threads, of many threads at once.

use super::{
    Comment, Said, sql as talk,
    table::comment::{Column, Entity},
    threads::{place, readable, said_to},
};
use crate::Error;
use kit::{Listed, Page, RubricCommentId, RubricId};
use sea_orm::{
    ColumnTrait, Condition, QueryFilter, QueryOrder,
    sea_query::{Order, Query},
};
use std::collections::HashMap;
use store::Cx;

/// A thread: the rubric that it is about, and the comment that begins it.
type Thread = (RubricId, RubricCommentId);

/// The answers in each of these threads, as they were written and in as many statements as of one.
///
/// # Errors
///
/// Those of the database. A thread that the actor may not read is not in the answer, and neither is one without answers.
pub async fn replies(
    cx: &Cx,
    threads: &[Thread],
    page: &Page,
) -> Result<HashMap<Thread, Listed<Said>>, Error> {
    let mut rubrics: Vec<RubricId> = threads.iter().map(|(rubric, _)| *rubric).collect();
    rubrics.sort_unstable();
    rubrics.dedup();
    let seen = readable(cx, &rubrics).await?;
    if seen.is_empty() {
        return Ok(HashMap::new());
    }
    let begins = threads.iter().map(|(_, begins)| *begins);
    let mut answers = Query::select();
    answers
        .column(Column::Id.as_column_ref())
        .from(Entity)
        .and_where(Column::OrganiserId.eq(cx.organiser().uuid()))
        .and_where(store::any(cx, Column::ThreadId, begins))
        .cond_where(said_to(cx, &seen))
        .cond_where(after(page));
    let order = [(Column::At, Order::Asc), (Column::Id, Order::Asc)];
    let size = page.first.and_one();
    let first = store::first_of_each(answers, Column::ThreadId, &order, size, ["id"]);
    let rows = talk::all(cx)
        .filter(Column::Id.in_subquery(first))
        .order_by(Column::At, Order::Asc)
        .order_by(Column::Id, Order::Asc)
        .all(cx.db())
        .await?;
    let mut replies = Vec::new();
    for row in rows {
        let comment = Comment::try_from(row)?;
        if let Some(rubric) = seen.get(&comment.rubric) {
            let thread = (comment.rubric, comment.begins());
            replies.push((thread, talk::said(cx, rubric, comment)));
        }
    }
    Ok(Listed::cut_each(replies, page.first, place))
}

/// What follows after the page's place, oldest first.
fn after(page: &Page) -> Condition {
    let Some((moment, last)) = kit::after(page) else {
        return Condition::all();
    };
    let same = Condition::all()
        .add(Column::At.eq(moment))
        .add(Column::Id.gt(last));
    Condition::any().add(Column::At.gt(moment)).add(same)
}
