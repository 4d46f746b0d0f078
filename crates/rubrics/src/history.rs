//! How drafts came to be: every save, for their authors.

use crate::{Error, Patch, policy, sql};
use kit::{Instant, Key, Listed, Page, PersonId, Position, RubricId, RubricVersionId};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Order, Query},
};
use std::collections::HashMap;
use store::Cx;
use uuid::Uuid;

/// One save of a draft.
#[derive(Debug, Clone, PartialEq)]
pub struct Save {
    /// Its own id.
    pub id: Uuid,
    /// Of which draft.
    pub draft: RubricVersionId,
    /// The revision that the changed parts got: the rubric's `version` of then.
    pub revision: i64,
    /// By whom.
    pub by: PersonId,
    /// When.
    pub at: Instant,
    /// What changed.
    pub patch: Patch,
}

/// The saves of the drafts of each of these rubrics, newest first, in as many statements as of one: every text that was ever acknowledged.
///
/// # Errors
///
/// Those of the database. Only rubrics of which the actor is an author, and that were saved, are in the answer.
pub async fn history(
    cx: &Cx,
    rubrics: &[RubricId],
    page: &Page,
) -> Result<HashMap<RubricId, Listed<Save>>, Error> {
    use sql::save::{Column, Entity};
    let seen = crate::by_ids(cx, rubrics).await?.into_iter();
    let own: Vec<RubricId> = seen
        .filter(|rubric| policy::may_read_history(&cx.actor, rubric).is_ok())
        .map(|rubric| rubric.id)
        .collect();
    if own.is_empty() {
        return Ok(HashMap::new());
    }
    let mut saved = Query::select();
    saved
        .column(Column::Id.as_column_ref())
        .from(Entity)
        .and_where(Column::OrganiserId.eq(cx.organiser().uuid()))
        .and_where(store::any(cx, Column::RubricId, own))
        .cond_where(sql::after(page, Column::At, Column::Id));
    let order = [(Column::At, Order::Desc), (Column::Id, Order::Desc)];
    let first = store::first_of_each(
        saved,
        Column::RubricId,
        &order,
        page.first.and_one(),
        ["id"],
    );
    let rows = Entity::find()
        .filter(Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(Column::Id.in_subquery(first))
        .order_by(Column::At, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .all(cx.db())
        .await?;
    let saves = rows
        .into_iter()
        .map(|row| Ok((row.rubric_id.into(), Save::try_from(row)?)))
        .collect::<Result<Vec<_>, Error>>()?;
    Ok(Listed::cut_each(saves, page.first, |save| Position {
        key: Key::At(save.at),
        id: save.id,
    }))
}

impl TryFrom<sql::save::Model> for Save {
    type Error = store::Error;

    fn try_from(row: sql::save::Model) -> Result<Self, store::Error> {
        Ok(Self {
            id: row.id,
            draft: row.version_id.into(),
            revision: row.revision,
            by: row.by_id.into(),
            at: row.at,
            patch: serde_json::from_str(&row.patch)?,
        })
    }
}
