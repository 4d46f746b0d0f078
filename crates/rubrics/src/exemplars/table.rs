//! The table of exemplars, and the only statements on it.

use super::exemplar::{Exemplar, Sample};
use crate::{Error, Version};
use kit::{RubricExemplarId, Text};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, Select, sea_query::Expr};
use store::{Cx, Tx};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "rubric_exemplar")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub organiser_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub rubric_id: Uuid,
        pub version_id: Uuid,
        pub criterion_id: Uuid,
        pub level_id: Uuid,
        pub by_id: Uuid,
        pub why: String,
        pub sample: Option<String>,
        pub file_id: Option<Uuid>,
        pub created_at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) use row::{Column, Entity};

impl TryFrom<row::Model> for Exemplar {
    type Error = store::Error;

    fn try_from(row: row::Model) -> Result<Self, store::Error> {
        let unreadable = || store::Error::Unreadable("an exemplar".to_owned());
        let sample = match (row.sample, row.file_id) {
            (Some(text), None) => Sample::Text(Text::parse(&text).map_err(|_| unreadable())?),
            (None, Some(file)) => Sample::File(file.into()),
            _ => return Err(unreadable()),
        };
        Ok(Self {
            id: row.id.into(),
            rubric: row.rubric_id.into(),
            version: row.version_id.into(),
            criterion: row.criterion_id.into(),
            level: row.level_id.into(),
            by: row.by_id.into(),
            why: Text::parse(&row.why).map_err(|_| unreadable())?,
            sample,
            created_at: row.created_at,
        })
    }
}

/// The organiser's exemplars.
pub(super) fn all(cx: &Cx) -> Select<Entity> {
    Entity::find().filter(Column::OrganiserId.eq(cx.organiser().uuid()))
}

pub(super) async fn read(cx: &Cx, select: Select<Entity>) -> Result<Vec<Exemplar>, Error> {
    let rows = select.all(cx.db()).await?.into_iter();
    Ok(rows.map(Exemplar::try_from).collect::<Result<_, _>>()?)
}

pub(super) async fn insert(tx: &Tx, exemplar: &Exemplar) -> Result<(), Error> {
    let (sample, file) = match &exemplar.sample {
        Sample::Text(text) => (Some(text.as_str().to_owned()), None),
        Sample::File(file) => (None, Some(file.uuid())),
    };
    let row = row::ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        id: Set(exemplar.id.uuid()),
        rubric_id: Set(exemplar.rubric.uuid()),
        version_id: Set(exemplar.version.uuid()),
        criterion_id: Set(exemplar.criterion.uuid()),
        level_id: Set(exemplar.level.uuid()),
        by_id: Set(exemplar.by.uuid()),
        why: Set(exemplar.why.as_str().to_owned()),
        sample: Set(sample),
        file_id: Set(file),
        created_at: Set(exemplar.created_at),
    };
    Entity::insert(row).exec_without_returning(tx.db()).await?;
    Ok(())
}

pub(super) async fn delete(tx: &Tx, id: RubricExemplarId) -> Result<(), Error> {
    Entity::delete_many()
        .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(Column::Id.eq(id.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Lets an exemplar show a level of another version from now on, if that version still has the level.
pub(crate) async fn turn_to(
    tx: &Tx,
    id: RubricExemplarId,
    to: &Version,
    preview: bool,
) -> Result<(), Error> {
    let select = all(tx).filter(Column::Id.eq(id.uuid()));
    let exemplar = read(tx, select).await?.pop().ok_or(Error::NotFound)?;
    if !to.content.has_level(exemplar.criterion, exemplar.level) {
        return Err(Error::NoLevel);
    }
    if !preview {
        Entity::update_many()
            .col_expr(Column::VersionId, Expr::val(to.id.uuid()))
            .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
            .filter(Column::Id.eq(id.uuid()))
            .exec(tx.db())
            .await?;
    }
    Ok(())
}
