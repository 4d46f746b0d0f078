//! What has served its time goes for good.

use crate::{
    Error, RESTORE, Rubric, VersionState, bank, catalogue,
    events::RubricForgotten,
    forks, shelves,
    sql::{rubric, save, version},
    talk,
};
use kit::{Instant, OrganiserId, RubricId};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationDef,
    sea_query::{Expr, ExprTrait, Query},
};
use std::collections::BTreeSet;
use store::{Cx, Tx};
use uuid::Uuid;

/// A rubric of which something has served its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, FromQueryResult)]
pub struct Outlived {
    organiser_id: Uuid,
    rubric_id: Uuid,
}

impl Outlived {
    /// Whose it is: who calls [`forget`] acts for them.
    #[must_use]
    pub const fn organiser(&self) -> OrganiserId {
        OrganiserId(self.organiser_id)
    }

    /// Which.
    #[must_use]
    pub const fn rubric(&self) -> RubricId {
        RubricId(self.rubric_id)
    }
}

/// The rubrics of every organiser of which something has served its time, at most `limit` of each kind: a draft that was deleted more than 30 days ago, saves
/// of what was published more than 30 days ago, comments that are older than they are kept.
///
/// # Errors
///
/// Those of the database.
pub async fn outlived(cx: &Cx, limit: u64) -> Result<BTreeSet<Outlived>, Error> {
    let before = cx.now - RESTORE;
    let deleted = rubric::Entity::find()
        .select_only()
        .column(rubric::Column::OrganiserId)
        .column_as(rubric::Column::Id, "rubric_id")
        .filter(rubric::Column::DeletedAt.lt(before))
        .order_by_asc(rubric::Column::DeletedAt)
        .limit(limit)
        .into_model::<Outlived>()
        .all(cx.db())
        .await?;
    let saved = save::Entity::find()
        .select_only()
        .columns([save::Column::OrganiserId, save::Column::RubricId])
        .distinct()
        .join(JoinType::InnerJoin, of_version())
        .join(JoinType::InnerJoin, of_rubric())
        .filter(is_history(before))
        .limit(limit)
        .into_model::<Outlived>()
        .all(cx.db())
        .await?;
    let said = talk::old(cx, limit).await?;
    Ok(deleted.into_iter().chain(saved).chain(said).collect())
}

/// Forgets what of a rubric and of its talk has served its time, for its organiser. A rubric that has nothing but a draft that was deleted more than 30 days ago goes
/// with everything that hangs on it. What was published or archived stays; only how it came to be goes. Done twice it does no harm. Answers how many rows went.
///
/// # Errors
///
/// Those of the database.
pub async fn forget(tx: &Tx, id: RubricId) -> Result<u64, Error> {
    let select = rubric::Entity::find()
        .filter(rubric::Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(rubric::Column::Id.eq(id.uuid()));
    // Another replica may have been here.
    let Some(row) = store::lock(tx, select).one(tx.db()).await? else {
        return Ok(0);
    };
    let rubric = Rubric::try_from(row)?;
    let before = tx.now - RESTORE;
    let is_over = rubric.deleted.is_some_and(|deleted| deleted.at < before);
    if is_over && rubric.is_deleted() {
        return forget_whole(tx, &rubric).await;
    }
    let mut gone = talk::forget_old(tx, id).await?;
    if is_over {
        gone += forget_discarded(tx, &rubric, tx.now).await?;
        rubric::Entity::update_many()
            .col_expr(rubric::Column::DeletedId, Expr::value(None::<Uuid>))
            .col_expr(rubric::Column::DeletedAt, Expr::value(None::<Instant>))
            .filter(rubric::Column::OrganiserId.eq(tx.organiser().uuid()))
            .filter(rubric::Column::Id.eq(id.uuid()))
            .exec(tx.db())
            .await?;
    }
    if let Some(published) = rubric.published_at.filter(|at| *at < before) {
        gone += forget_discarded(tx, &rubric, published).await?;
    }
    let published = Condition::all().add(version::Column::PublishedAt.lt(before));
    Ok(gone + forget_saves(tx, id, published).await?)
}

/// The rubric and everything that hangs on it here; other rooms learn of it.
async fn forget_whole(tx: &Tx, rubric: &Rubric) -> Result<u64, Error> {
    forks::forget(tx, rubric.id).await?;
    bank::forget(tx, rubric.id).await?;
    let said = talk::forget_of(tx, rubric.id, Condition::all()).await?;
    catalogue::forget(tx, rubric.id).await?;
    shelves::forget(tx, rubric.id).await?;
    let saves = forget_saves(tx, rubric.id, Condition::all()).await?;
    let versions = version::Entity::delete_many()
        .filter(version::Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(version::Column::RubricId.eq(rubric.id.uuid()))
        .exec(tx.db())
        .await?;
    rubric::Entity::delete_many()
        .filter(rubric::Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(rubric::Column::Id.eq(rubric.id.uuid()))
        .exec(tx.db())
        .await?;
    records::clear(tx, rubric.id).await?;
    store::search::forget(tx, rubric.id.into()).await?;
    tx.emit(&RubricForgotten { rubric: rubric.id });
    Ok(said + saves + versions.rows_affected + 1)
}

/// The drafts begun before `moment` that were thrown away and can no longer be brought back, with their saves.
async fn forget_discarded(tx: &Tx, rubric: &Rubric, moment: Instant) -> Result<u64, Error> {
    let mut discarded = Condition::all()
        .add(version::Column::State.ne(VersionState::Published.code()))
        .add(version::Column::CreatedAt.lte(moment));
    // The draft at work on is none of them, nor one that was deleted a moment ago.
    let is_over = |at: Instant| at < tx.now - RESTORE;
    let deleted = rubric.deleted.filter(|deleted| !is_over(deleted.at));
    let kept = [
        rubric.draft.map(|draft| draft.version),
        deleted.map(|deleted| deleted.version),
    ];
    for kept in kept.into_iter().flatten() {
        discarded = discarded.add(version::Column::Id.ne(kept.uuid()));
    }
    let said = talk::forget_of(tx, rubric.id, discarded.clone()).await?;
    let saves = forget_saves(tx, rubric.id, discarded.clone()).await?;
    let versions = version::Entity::delete_many()
        .filter(version::Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(version::Column::RubricId.eq(rubric.id.uuid()))
        .filter(discarded)
        .exec(tx.db())
        .await?;
    Ok(said + saves + versions.rows_affected)
}

/// The saves of those versions of a rubric.
async fn forget_saves(tx: &Tx, rubric: RubricId, versions: Condition) -> Result<u64, Error> {
    let of = Query::select()
        .column(version::Column::Id)
        .from(version::Entity)
        .and_where(version::Column::OrganiserId.eq(tx.organiser().uuid()))
        .and_where(version::Column::RubricId.eq(rubric.uuid()))
        .cond_where(versions)
        .take();
    let gone = save::Entity::delete_many()
        .filter(save::Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(save::Column::RubricId.eq(rubric.uuid()))
        .filter(save::Column::VersionId.in_subquery(of))
        .exec(tx.db())
        .await?;
    Ok(gone.rows_affected)
}

/// A save of what was published before that moment, or of a draft that was thrown away before a later one was published then.
fn is_history(before: Instant) -> Condition {
    let id = || Expr::col((version::Entity, version::Column::Id));
    let not = |column: rubric::Column| {
        Condition::any()
            .add(column.is_null())
            .add(id().ne(Expr::col((rubric::Entity, column))))
    };
    let discarded = Condition::all()
        .add(version::Column::PublishedAt.is_null())
        .add(not(rubric::Column::DraftId))
        .add(not(rubric::Column::DeletedId))
        .add(rubric::Column::PublishedAt.lt(before))
        .add(
            Expr::col((version::Entity, version::Column::CreatedAt))
                .lte(Expr::col((rubric::Entity, rubric::Column::PublishedAt))),
        );
    Condition::any()
        .add(version::Column::PublishedAt.lt(before))
        .add(discarded)
}

fn of_version() -> RelationDef {
    save::Entity::belongs_to(version::Entity)
        .from((save::Column::OrganiserId, save::Column::VersionId))
        .to((version::Column::OrganiserId, version::Column::Id))
        .into()
}

fn of_rubric() -> RelationDef {
    save::Entity::belongs_to(rubric::Entity)
        .from((save::Column::OrganiserId, save::Column::RubricId))
        .to((rubric::Column::OrganiserId, rubric::Column::Id))
        .into()
}

#[cfg(test)]
mod tests;
