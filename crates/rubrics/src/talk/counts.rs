//! How much is said about rubrics: a number that says nothing of by whom.

use super::{
    table::comment::{Column, Entity},
    threads::{readable, said_to},
};
use crate::Error;
use kit::RubricId;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect};
use std::collections::HashMap;
use store::Cx;
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Row {
    of: Uuid,
    many: i64,
}

/// How many comments the actor can read about each of these rubrics, without those that were removed: two statements however many they are.
///
/// # Errors
///
/// Those of the database. A rubric without such comments is not in the answer.
pub async fn comment_counts(
    cx: &Cx,
    rubrics: &[RubricId],
) -> Result<HashMap<RubricId, i64>, Error> {
    let seen = readable(cx, rubrics).await?;
    if seen.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = Entity::find()
        .select_only()
        .column_as(Column::RubricId, "of")
        .column_as(Column::Id.count(), "many")
        .filter(Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(Column::RemovedAt.is_null())
        .filter(said_to(cx, &seen))
        .group_by(Column::RubricId)
        .into_model::<Row>()
        .all(cx.db())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.of.into(), row.many))
        .collect())
}
