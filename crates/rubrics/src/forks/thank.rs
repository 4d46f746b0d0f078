//! Thanks: once per person and rubric, told to its authors.

use super::table::thanks::{ActiveModel, Column, Entity};
use crate::{Error, Rubric, events::RubricThanked, policy, sql};
use kit::RubricId;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QuerySelect,
    sea_query::OnConflict,
};
use std::collections::HashMap;
use store::{Cx, Tx};
use uuid::Uuid;

/// Thank for a rubric.
#[derive(Debug, Clone, Copy)]
pub struct Thank {
    /// Which rubric.
    pub rubric: RubricId,
}

/// Thanks the authors of a rubric. Thanking twice changes nothing.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::NotPublished`], and [`Error::Own`] for one's own.
pub async fn thank(tx: &Tx, ask: &Thank) -> Result<Rubric, Error> {
    let mut rubric = sql::find_locked(tx, ask.rubric).await?;
    let person = policy::may_thank(&tx.actor, &rubric)?;
    let row = ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        rubric_id: Set(rubric.id.uuid()),
        person_id: Set(person.uuid()),
        at: Set(tx.now),
    };
    let key = [Column::OrganiserId, Column::RubricId, Column::PersonId];
    let thanked = Entity::insert(row)
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(tx.db())
        .await?;
    if thanked == 1 {
        let told = RubricThanked {
            rubric: rubric.id,
            n: rubric.tell(),
            authors: rubric.authors.clone(),
            author_teams: rubric.author_teams.clone(),
        };
        // What others do with it makes nothing stale that its authors read.
        sql::update(tx, &rubric).await?;
        tx.emit(&told);
    }
    Ok(rubric)
}

#[derive(FromQueryResult)]
struct Row {
    of: Uuid,
    many: i64,
}

/// How many people thanked for each of these rubrics, in one statement. For their authors: [`crate::sees_thanks`] says for whom.
///
/// # Errors
///
/// Those of the database.
pub async fn thanks(cx: &Cx, rubrics: &[RubricId]) -> Result<HashMap<RubricId, i64>, Error> {
    let rows = Entity::find()
        .select_only()
        .column_as(Column::RubricId, "of")
        .column_as(Column::PersonId.count(), "many")
        .filter(Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(store::any(cx, Column::RubricId, rubrics.iter().copied()))
        .group_by(Column::RubricId)
        .into_model::<Row>()
        .all(cx.db())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.of.into(), row.many))
        .collect())
}
