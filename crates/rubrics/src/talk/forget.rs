//! What was said long ago is forgotten, and so is what was said about a rubric or a draft that is gone.

use super::table::{
    comment::{Column, Entity},
    mention,
};
use crate::{Error, forget::Outlived, sql::version};
use chrono::Months;
use kit::{Instant, RubricId};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr},
};
use store::{Cx, Tx};

/// How many months what colleagues say is kept.
pub const TALK_MONTHS: u32 = 24;

fn oldest(now: Instant) -> Instant {
    now.checked_sub_months(Months::new(TALK_MONTHS))
        .unwrap_or(now)
}

/// Rubrics of every organiser about which something was said longer ago than it is kept, at most `limit`.
pub(crate) async fn old(cx: &Cx, limit: u64) -> Result<Vec<Outlived>, Error> {
    Ok(Entity::find()
        .select_only()
        .columns([Column::OrganiserId, Column::RubricId])
        .distinct()
        .filter(Column::At.lt(oldest(cx.now)))
        .filter(Column::RemovedAt.is_null())
        .limit(limit)
        .into_model::<Outlived>()
        .all(cx.db())
        .await?)
}

/// Forgets what was said about a rubric longer ago than it is kept. An old comment with answers that are younger loses its words and stays under them.
/// Answers how many comments went.
pub(crate) async fn forget_old(tx: &Tx, rubric: RubricId) -> Result<u64, Error> {
    let is_old = || {
        Condition::all()
            .add(Column::RubricId.eq(rubric.uuid()))
            .add(Column::At.lt(oldest(tx.now)))
    };
    let replies = is_old().add(Column::ThreadId.is_not_null());
    let mut gone = delete(tx, replies).await?;
    let bare = is_old()
        .add(Column::ThreadId.is_null())
        .add(is_answered(tx, rubric).not());
    gone += delete(tx, bare).await?;
    let answered = is_old().add(Column::RemovedAt.is_null());
    forget_mentions(tx, answered.clone()).await?;
    let emptied = Entity::update_many()
        .col_expr(Column::Text, Expr::val(""))
        .col_expr(Column::Mentions, Expr::val("[]"))
        .col_expr(Column::RemovedAt, Expr::val(tx.now))
        .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(answered)
        .exec(tx.db())
        .await?;
    Ok(gone + emptied.rows_affected)
}

/// Forgets everything that was said about those versions of a rubric.
pub(crate) async fn forget_of(
    tx: &Tx,
    rubric: RubricId,
    versions: Condition,
) -> Result<u64, Error> {
    let of = Query::select()
        .column(version::Column::Id)
        .from(version::Entity)
        .and_where(version::Column::OrganiserId.eq(tx.organiser().uuid()))
        .and_where(version::Column::RubricId.eq(rubric.uuid()))
        .cond_where(versions)
        .take();
    let about = Condition::all()
        .add(Column::RubricId.eq(rubric.uuid()))
        .add(Column::VersionId.in_subquery(of));
    let replies = about.clone().add(Column::ThreadId.is_not_null());
    Ok(delete(tx, replies).await? + delete(tx, about).await?)
}

/// A comment that somebody answered.
fn is_answered(tx: &Tx, rubric: RubricId) -> SimpleExpr {
    let answered = Query::select()
        .column(Column::ThreadId)
        .from(Entity)
        .and_where(Column::OrganiserId.eq(tx.organiser().uuid()))
        .and_where(Column::RubricId.eq(rubric.uuid()))
        .and_where(Column::ThreadId.is_not_null())
        .take();
    Column::Id.in_subquery(answered)
}

async fn delete(tx: &Tx, comments: Condition) -> Result<u64, Error> {
    forget_mentions(tx, comments.clone()).await?;
    let gone = Entity::delete_many()
        .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(comments)
        .exec(tx.db())
        .await?;
    Ok(gone.rows_affected)
}

/// Nobody waits to be told of these comments any longer.
async fn forget_mentions(tx: &Tx, comments: Condition) -> Result<(), Error> {
    let of: SelectStatement = Query::select()
        .column(Column::Id)
        .from(Entity)
        .and_where(Column::OrganiserId.eq(tx.organiser().uuid()))
        .cond_where(comments)
        .take();
    mention::Entity::delete_many()
        .filter(mention::Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(mention::Column::CommentId.in_subquery(of))
        .exec(tx.db())
        .await?;
    Ok(())
}
