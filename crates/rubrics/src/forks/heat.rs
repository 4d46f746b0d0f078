//! Which criteria colleagues change most: for the author alone, to make the next version better.

use super::{
    origin::parsed,
    table::fork::{Column, Entity},
};
use crate::{Error, Scope, policy, sql};
use kit::{CriterionId, RubricId};
use sea_orm::{
    ColumnTrait, ConnectionTrait, FromQueryResult,
    sea_query::{Expr, ExprTrait, Order, Query, SelectStatement},
};
use std::collections::HashMap;
use store::Cx;
use uuid::Uuid;

/// How many forks of a rubric are looked at; the newest.
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
    origin_id: Uuid,
    changed: String,
    scope: String,
}

/// Which criteria of these rubrics their forks have otherwise, of each the most changed first; in two statements however many they are. Forks
/// count when they were published for others: drafts and what a colleague keeps for themself tell nothing.
///
/// # Errors
///
/// Those of the database. Only rubrics of which the actor is an author are in the answer.
pub async fn heat(cx: &Cx, rubrics: &[RubricId]) -> Result<HashMap<RubricId, Vec<Heat>>, Error> {
    let seen = crate::by_ids(cx, rubrics).await?.into_iter();
    let own: Vec<RubricId> = seen
        .filter(|rubric| policy::may_read_heat(&cx.actor, rubric).is_ok())
        .map(|rubric| rubric.id)
        .collect();
    if own.is_empty() {
        return Ok(HashMap::new());
    }
    let mut counted: HashMap<RubricId, HashMap<CriterionId, i64>> =
        own.iter().map(|id| (*id, HashMap::new())).collect();
    for row in cx.db().query_all(&published_forks(cx, own)).await? {
        let row = Row::from_query_result(&row, "")?;
        if parsed::<Scope>(&row.scope)? == Scope::Private {
            continue;
        }
        let of = counted.entry(row.origin_id.into()).or_default();
        for criterion in parsed::<Vec<CriterionId>>(&row.changed)? {
            *of.entry(criterion).or_default() += 1;
        }
    }
    let sorted = |counted: HashMap<CriterionId, i64>| {
        let heat = counted.into_iter();
        let mut heat: Vec<Heat> = heat
            .map(|(criterion, forks)| Heat { criterion, forks })
            .collect();
        heat.sort_by_key(|heat| (-heat.forks, heat.criterion));
        heat
    };
    Ok(counted
        .into_iter()
        .map(|(rubric, counted)| (rubric, sorted(counted)))
        .collect())
}

/// The newest published forks of each.
fn published_forks(cx: &Cx, origins: Vec<RubricId>) -> SelectStatement {
    use sql::rubric;
    let same = |fork: Column, rubric: rubric::Column| {
        Expr::col(fork.as_column_ref()).equals(rubric.as_column_ref())
    };
    let itself = same(Column::OrganiserId, rubric::Column::OrganiserId)
        .and(same(Column::RubricId, rubric::Column::Id));
    let mut forks = Query::select();
    forks
        .columns([Column::OriginId, Column::Changed].map(|column| column.as_column_ref()))
        .column(rubric::Column::Scope.as_column_ref())
        .from(Entity)
        .inner_join(rubric::Entity, itself)
        .and_where(Column::OrganiserId.eq(cx.organiser().uuid()))
        .and_where(store::any(cx, Column::OriginId, origins))
        .and_where(Column::Changed.is_not_null());
    let order = [(Column::At, Order::Desc)];
    let parts = ["origin_id", "changed", "scope"];
    store::first_of_each(forks, Column::OriginId, &order, FORKS_MAX, parts)
}
