//! The table of suggestions, and the statements that write it.

use super::{Suggestion, policy};
use crate::{Error, sql};
use kit::{RubricId, RubricSuggestionId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, Select};
use store::{Cx, Tx};

pub(crate) mod suggestion {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "rubric_suggestion")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub organiser_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub team_id: Uuid,
        pub rubric_id: Uuid,
        pub criterion_id: Uuid,
        pub level_id: Option<Uuid>,
        pub text: String,
        pub by_id: Uuid,
        pub at: DateTimeUtc,
        pub uses: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) use suggestion::{ActiveModel, Column, Entity, Model};

/// A row as this reader has it.
pub(crate) fn read(cx: &Cx, row: Model) -> Result<Suggestion, Error> {
    let (team, by) = (row.team_id.into(), row.by_id.into());
    Ok(Suggestion {
        id: row.id.into(),
        team,
        rubric: row.rubric_id.into(),
        criterion: row.criterion_id.into(),
        level: row.level_id.map(Into::into),
        text: serde_json::from_str(&row.text).map_err(store::Error::from)?,
        by,
        at: row.at,
        uses: row.uses,
        may_remove: policy::may_remove(&cx.actor, team, by).is_ok(),
    })
}

pub(crate) async fn insert(tx: &Tx, suggestion: &Suggestion) -> Result<(), Error> {
    let row = ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        id: Set(suggestion.id.uuid()),
        team_id: Set(suggestion.team.uuid()),
        rubric_id: Set(suggestion.rubric.uuid()),
        criterion_id: Set(suggestion.criterion.uuid()),
        level_id: Set(suggestion.level.map(Into::into)),
        text: Set(sql::json(&suggestion.text)?),
        by_id: Set(suggestion.by.uuid()),
        at: Set(suggestion.at),
        uses: Set(suggestion.uses),
    };
    Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

/// The organiser's suggestions.
pub(crate) fn all(cx: &Cx) -> Select<Entity> {
    Entity::find().filter(Column::OrganiserId.eq(cx.organiser().uuid()))
}

/// A suggestion, whoever reads it: the caller asks who may.
pub(crate) async fn any(cx: &Cx, id: RubricSuggestionId) -> Result<Option<Model>, Error> {
    Ok(all(cx)
        .filter(Column::Id.eq(id.uuid()))
        .one(cx.db())
        .await?)
}

pub(crate) async fn delete(tx: &Tx, id: RubricSuggestionId) -> Result<(), Error> {
    Entity::delete_many()
        .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(Column::Id.eq(id.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Nothing is suggested for a rubric that is gone.
pub(crate) async fn forget(tx: &Tx, rubric: RubricId) -> Result<(), Error> {
    Entity::delete_many()
        .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(Column::RubricId.eq(rubric.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}
