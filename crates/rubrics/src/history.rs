//! How drafts came to be: every save, for their authors.

use crate::{Error, Patch, policy, sql};
use kit::{Instant, Key, Listed, Page, PersonId, Position, RubricId, RubricVersionId};
use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect};
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

/// The saves of a rubric's drafts, newest first: every text that was ever acknowledged.
///
/// # Errors
///
/// [`Error::NotFound`] if the actor may not see the rubric, [`Error::NotYours`] if they are none of its authors.
pub async fn history(cx: &Cx, rubric: RubricId, page: &Page) -> Result<Listed<Save>, Error> {
    use sql::save::{Column, Entity};
    policy::may_read_history(&cx.actor, &sql::find(cx, rubric).await?)?;
    let mut select = Entity::find()
        .filter(Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(Column::RubricId.eq(rubric.uuid()))
        .order_by(Column::At, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .limit(page.first.and_one());
    if let Some((at, id)) = kit::after(page) {
        let same = Condition::all()
            .add(Column::At.eq(at))
            .add(Column::Id.lt(id));
        select = select.filter(Condition::any().add(Column::At.lt(at)).add(same));
    }
    let saves = select
        .all(cx.db())
        .await?
        .into_iter()
        .map(Save::try_from)
        .collect::<Result<_, _>>()?;
    Ok(Listed::cut(saves, page.first, |save: &Save| Position {
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
