//! What one did something with last, for that person alone: presence is nobody else's business.

use super::table::recent::{ActiveModel, Column, Entity};
use crate::{Error, Rubric, find, sql};
use kit::{Key, Listed, Page, Position, RubricId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{OnConflict, Order, Query},
};
use std::collections::HashMap;
use store::{Cx, Tx};

/// How many are kept for a person.
pub const RECENT_MAX: u64 = 30;

/// Notes that the person who acts did something with the rubric; what is older than the newest thirty goes. The house leaves no trace.
pub(crate) async fn used(tx: &Tx, rubric: RubricId) -> Result<(), Error> {
    let Some(person) = tx.person() else {
        return Ok(());
    };
    let row = ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        person_id: Set(person.uuid()),
        rubric_id: Set(rubric.uuid()),
        at: Set(tx.now),
    };
    let key = [Column::OrganiserId, Column::PersonId, Column::RubricId];
    let again = OnConflict::columns(key)
        .update_column(Column::At)
        .to_owned();
    Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(tx.db())
        .await?;
    let newest = Query::select()
        .column(Column::RubricId)
        .from(Entity)
        .and_where(Column::OrganiserId.eq(tx.organiser().uuid()))
        .and_where(Column::PersonId.eq(person.uuid()))
        .order_by(Column::At, Order::Desc)
        .order_by(Column::RubricId, Order::Desc)
        .limit(RECENT_MAX)
        .take();
    Entity::delete_many()
        .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(Column::PersonId.eq(person.uuid()))
        .filter(Column::RubricId.not_in_subquery(newest))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// The rubrics that the actor did something with, the latest first, as far as they still see them: two statements.
///
/// # Errors
///
/// Those of the database.
pub async fn recent(cx: &Cx, page: &Page) -> Result<Listed<Rubric>, Error> {
    let Some(person) = cx.person() else {
        return Ok(Listed::empty());
    };
    let rows = Entity::find()
        .filter(Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(Column::PersonId.eq(person.uuid()))
        .filter(records::visible(
            cx,
            RubricId::PREFIX,
            Entity,
            Column::RubricId,
        ))
        .filter(sql::after(page, Column::At, Column::RubricId))
        .order_by(Column::At, Order::Desc)
        .order_by(Column::RubricId, Order::Desc)
        .limit(page.first.and_one())
        .all(cx.db())
        .await?;
    let cut = Listed::cut(rows, page.first, |row| Position {
        key: Key::At(row.at),
        id: row.rubric_id,
    });
    let ids: Vec<RubricId> = cut
        .items
        .iter()
        .map(|(_, row)| row.rubric_id.into())
        .collect();
    let found = find::by_ids(cx, &ids).await?.into_iter();
    let mut found: HashMap<_, _> = found.map(|rubric| (rubric.id.uuid(), rubric)).collect();
    let items = cut.items.into_iter();
    let items = items.filter_map(|(place, row)| Some((place, found.remove(&row.rubric_id)?)));
    Ok(Listed {
        items: items.collect(),
        more: cut.more,
    })
}
