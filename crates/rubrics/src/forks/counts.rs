//! How many versions, forks and uses a rubric has: numbers that say nothing of who.

use super::table::{fork, held};
use crate::{Error, VersionState, sql::version};
use kit::RubricId;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect, Select};
use std::collections::HashMap;
use store::Cx;
use uuid::Uuid;

/// How far a rubric has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Versions that were published.
    pub versions: i64,
    /// Rubrics that were forked from it, drafts included.
    pub forks: i64,
    /// What holds one of its versions; a fork is one.
    pub uses: i64,
}

#[derive(FromQueryResult)]
struct Row {
    of: Uuid,
    many: i64,
}

/// The counts of rubrics that the actor was found to see: three statements however many they are.
///
/// # Errors
///
/// Those of the database.
pub async fn counts(cx: &Cx, rubrics: &[RubricId]) -> Result<HashMap<RubricId, Counts>, Error> {
    let mut counts: HashMap<RubricId, Counts> = rubrics
        .iter()
        .map(|rubric| (*rubric, Counts::default()))
        .collect();
    if rubrics.is_empty() {
        return Ok(counts);
    }
    let published =
        version::Entity::find().filter(version::Column::State.eq(VersionState::Published.code()));
    let versions = by(
        cx,
        published,
        version::Column::OrganiserId,
        version::Column::RubricId,
        rubrics,
    );
    for row in versions.await? {
        counts.entry(row.of.into()).or_default().versions = row.many;
    }
    let forks = fork::Entity::find();
    let forks = by(
        cx,
        forks,
        fork::Column::OrganiserId,
        fork::Column::OriginId,
        rubrics,
    );
    for row in forks.await? {
        counts.entry(row.of.into()).or_default().forks = row.many;
    }
    let uses = held::Entity::find();
    let uses = by(
        cx,
        uses,
        held::Column::OrganiserId,
        held::Column::RubricId,
        rubrics,
    );
    for row in uses.await? {
        counts.entry(row.of.into()).or_default().uses = row.many;
    }
    Ok(counts)
}

async fn by<E: EntityTrait, C: ColumnTrait>(
    cx: &Cx,
    select: Select<E>,
    organiser: C,
    rubric: C,
    rubrics: &[RubricId],
) -> Result<Vec<Row>, Error> {
    let rows = select
        .select_only()
        .column_as(rubric, "of")
        .column_as(rubric.count(), "many")
        .filter(organiser.eq(cx.organiser().uuid()))
        .filter(store::any(cx, rubric, rubrics.iter().copied()))
        .group_by(rubric)
        .into_model::<Row>()
        .all(cx.db())
        .await?;
    Ok(rows)
}
