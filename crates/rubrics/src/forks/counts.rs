//! How many versions, forks and uses a rubric has: numbers that say nothing of who.
//!
//! They are counted as it happens, in the transaction in which it does; an event then carries them into the orders that lists know.

use super::{
    order::CountOrder,
    table::counted::{ActiveModel, Column, Entity, Model},
};
use crate::{Error, events::RubricCounted};
use kit::RubricId;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};
use std::collections::HashMap;
use store::{Cx, Tx};

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

impl Counts {
    const NONE: Self = Self {
        versions: 0,
        forks: 0,
        uses: 0,
    };
    /// One version more.
    pub(crate) const PUBLISHED: Self = Self {
        versions: 1,
        ..Self::NONE
    };
    /// One fork more.
    pub(crate) const FORKED: Self = Self {
        forks: 1,
        ..Self::NONE
    };
    /// One fork fewer.
    pub(crate) const UNFORKED: Self = Self {
        forks: -1,
        ..Self::NONE
    };
    /// One use more.
    pub(crate) const HELD: Self = Self {
        uses: 1,
        ..Self::NONE
    };
    /// One use fewer.
    pub(crate) const RELEASED: Self = Self {
        uses: -1,
        ..Self::NONE
    };
}

impl From<Model> for Counts {
    fn from(row: Model) -> Self {
        Self {
            versions: row.versions,
            forks: row.forks,
            uses: row.uses,
        }
    }
}

/// The counts of rubrics that the actor was found to see: one statement however many they are.
///
/// # Errors
///
/// Those of the database.
pub async fn counts(cx: &Cx, rubrics: &[RubricId]) -> Result<HashMap<RubricId, Counts>, Error> {
    let rows = Entity::find()
        .filter(Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(store::any(cx, Column::RubricId, rubrics.iter().copied()))
        .all(cx.db())
        .await?;
    let mut counts: HashMap<_, _> = rows
        .into_iter()
        .map(|row| (RubricId(row.rubric_id), row.into()))
        .collect();
    for rubric in rubrics {
        counts.entry(*rubric).or_default();
    }
    Ok(counts)
}

/// Counts so many more, or fewer, and tells those who order by it.
pub(crate) async fn count(tx: &Tx, rubric: RubricId, more: Counts) -> Result<(), Error> {
    let row = ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        rubric_id: Set(rubric.uuid()),
        versions: Set(more.versions),
        forks: Set(more.forks),
        uses: Set(more.uses),
    };
    let mut known = OnConflict::columns([Column::OrganiserId, Column::RubricId]);
    for (column, more) in [
        (Column::Versions, more.versions),
        (Column::Forks, more.forks),
        (Column::Uses, more.uses),
    ] {
        known.value(column, Expr::col((Entity, column)).add(more));
    }
    Entity::insert(row)
        .on_conflict(known)
        .exec_without_returning(tx.db())
        .await?;
    tx.emit(&RubricCounted { rubric });
    Ok(())
}

/// Forgets what was counted of a rubric that is gone for good.
pub(crate) async fn forget(tx: &Tx, rubric: RubricId) -> Result<(), Error> {
    Entity::delete_many()
        .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(Column::RubricId.eq(rubric.uuid()))
        .exec(tx.db())
        .await?;
    for order in CountOrder::ALL {
        records::weigh(tx, rubric, order.kind(), 0).await?;
    }
    Ok(())
}
