//! Reading comment banks: those of the actor's own teams, for many rubrics at once.

use super::{
    Suggestion,
    table::{self, Column, Entity},
};
use crate::{Error, Rubric, find};
use kit::{
    Actor, CriterionId, Key, LevelId, Listed, Page, Position, RubricId, RubricSuggestionId, TeamId,
};
use sea_orm::{
    ColumnTrait, QueryFilter, QueryOrder,
    sea_query::{Order, Query},
};
use std::collections::HashMap;
use store::Cx;

/// Which suggestions are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct SuggestionFilter {
    /// Only those of this team; of every team of one's own when `None`.
    pub team: Option<TeamId>,
    /// Only those for this criterion.
    pub criterion: Option<CriterionId>,
    /// Only those for this level.
    pub level: Option<LevelId>,
}

/// What the actor's teams suggest for each of these rubrics, newest first and in as many statements as for one.
///
/// # Errors
///
/// Those of the database. A rubric that the actor may not see is not in the answer, and neither is one without such suggestions.
pub async fn suggestions(
    cx: &Cx,
    rubrics: &[RubricId],
    filter: SuggestionFilter,
    page: &Page,
) -> Result<HashMap<RubricId, Listed<Suggestion>>, Error> {
    let Actor::Person(person) = &cx.actor else {
        return Ok(HashMap::new());
    };
    let wanted = |team: &&TeamId| filter.team.is_none_or(|wanted| wanted == **team);
    let teams: Vec<TeamId> = person.teams.iter().filter(wanted).copied().collect();
    if teams.is_empty() {
        return Ok(HashMap::new());
    }
    let seen = find::by_ids(cx, rubrics).await?.into_iter();
    let seen = seen.map(|rubric| rubric.id);
    let mut made = Query::select();
    made.column(Column::Id.as_column_ref())
        .from(Entity)
        .and_where(Column::OrganiserId.eq(cx.organiser().uuid()))
        .and_where(store::any(cx, Column::RubricId, seen))
        .and_where(store::any(cx, Column::TeamId, teams))
        .cond_where(crate::sql::after(page, Column::At, Column::Id));
    if let Some(criterion) = filter.criterion {
        made.and_where(Column::CriterionId.eq(criterion.uuid()));
    }
    if let Some(level) = filter.level {
        made.and_where(Column::LevelId.eq(level.uuid()));
    }
    let order = [(Column::At, Order::Desc), (Column::Id, Order::Desc)];
    let size = page.first.and_one();
    let first = store::first_of_each(made, Column::RubricId, &order, size, ["id"]);
    let rows = table::all(cx)
        .filter(Column::Id.in_subquery(first))
        .order_by(Column::At, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .all(cx.db())
        .await?;
    let made = rows
        .into_iter()
        .map(|row| Ok((row.rubric_id.into(), table::read(cx, row)?)))
        .collect::<Result<Vec<_>, Error>>()?;
    Ok(Listed::cut_each(made, page.first, |suggestion| Position {
        key: Key::At(suggestion.at),
        id: suggestion.id.uuid(),
    }))
}

/// A suggestion of one of the actor's teams, with its rubric, which they see.
pub(crate) async fn find_suggestion(
    cx: &Cx,
    id: RubricSuggestionId,
) -> Result<(Suggestion, Rubric), Error> {
    let row = table::any(cx, id).await?;
    // Asked for also when there is no such suggestion, so that what the answer costs tells nobody that there is one.
    let of = row.as_ref().map_or(id.uuid(), |row| row.rubric_id);
    let rubric = find::find(cx, of.into()).await?;
    let row = row.filter(|row| cx.actor.belongs_to(row.team_id.into()));
    let suggestion = table::read(cx, row.ok_or(Error::NotFound)?)?;
    Ok((suggestion, rubric))
}
