//! Which criteria colleagues change most: for the author alone, to make the next version better.

use super::{
    origin::parsed,
    table::fork::{Column, Entity},
};
use crate::{Error, Scope, policy, sql};
use kit::{CriterionId, RubricId};
use sea_orm::{
    ColumnTrait, EntityTrait, FromQueryResult, JoinType, Order, QueryFilter, QueryOrder,
    QuerySelect, RelationDef,
};
use std::collections::HashMap;
use store::Cx;

/// How many forks are looked at; the newest.
const FORKS_MAX: u64 = 1_000;

/// How often a criterion is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heat {
    /// The criterion, as the rubric has it.
    pub criterion: CriterionId,
    /// How many forks have it otherwise, or not at all.
    pub forks: i64,
}

#[derive(FromQueryResult)]
struct Row {
    changed: Option<String>,
    scope: String,
}

fn of_rubric() -> RelationDef {
    Entity::belongs_to(sql::rubric::Entity)
        .from((Column::OrganiserId, Column::RubricId))
        .to((sql::rubric::Column::OrganiserId, sql::rubric::Column::Id))
        .into()
}

/// Which criteria of a rubric its forks have otherwise, the most changed first. Forks count when they were published for others: drafts and what
/// a colleague keeps for themself tell nothing.
///
/// # Errors
///
/// [`Error::NotFound`] if the actor may not see the rubric, [`Error::NotYours`] if they are none of its authors.
pub async fn heat(cx: &Cx, rubric: RubricId) -> Result<Vec<Heat>, Error> {
    policy::may_read_heat(&cx.actor, &sql::find(cx, rubric).await?)?;
    let rows = Entity::find()
        .select_only()
        .column(Column::Changed)
        .column(sql::rubric::Column::Scope)
        .join(JoinType::InnerJoin, of_rubric())
        .filter(Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(Column::OriginId.eq(rubric.uuid()))
        .filter(Column::Changed.is_not_null())
        .order_by(Column::At, Order::Desc)
        .limit(FORKS_MAX)
        .into_model::<Row>()
        .all(cx.db())
        .await?;
    let mut counted: HashMap<CriterionId, i64> = HashMap::new();
    for row in rows {
        if parsed::<Scope>(&row.scope)? == Scope::Private {
            continue;
        }
        let changed: Vec<CriterionId> = row.changed.as_deref().map_or(Ok(Vec::new()), parsed)?;
        for criterion in changed {
            *counted.entry(criterion).or_default() += 1;
        }
    }
    let mut heat: Vec<_> = counted
        .into_iter()
        .map(|(criterion, forks)| Heat { criterion, forks })
        .collect();
    heat.sort_by_key(|heat| (-heat.forks, heat.criterion));
    Ok(heat)
}
