//! Counting people of audiences.

use super::{
    holds_today, never, not_over, ours, read,
    rows::{membership, person, person_unit, role, unit},
    same, within,
};
use crate::{Error, Headcount, calendar::today};
use kit::{Actor, Audience, PersonId, Role, TeamId, UnitId};
use person::Column as P;
use role::Column as R;
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult,
    sea_query::{Expr, Func, Query, SelectStatement},
};
use std::collections::BTreeSet;
use store::{Cx, any};
use uuid::Uuid;

/// Whoever holds a role today that meets the condition.
fn holders(cx: &Cx, holding: Condition) -> SelectStatement {
    let at = Condition::all()
        .add(same(unit::Column::OrganiserId, R::OrganiserId))
        .add(same(unit::Column::Id, R::UnitId));
    Query::select()
        .column(R::PersonId.as_column_ref())
        .from(role::Entity)
        .left_join(unit::Entity, at)
        .cond_where(ours(cx, R::OrganiserId))
        .cond_where(holds_today(cx, R::FromDay, R::ToDay))
        .cond_where(holding)
        .to_owned()
}

fn is_colleague() -> Condition {
    let colleagues = Role::ALL.into_iter().filter(|role| role.is_colleague());
    Condition::all().add(R::Role.is_in(colleagues.map(Role::code)))
}

/// The members of teams whose membership counts: it does only while they hold a role.
fn of_teams(cx: &Cx, teams: &[TeamId]) -> Condition {
    use membership::Column as M;
    let members = Query::select()
        .column(M::PersonId.as_column_ref())
        .from(membership::Entity)
        .cond_where(ours(cx, M::OrganiserId))
        .cond_where(any(cx, M::TeamId, teams.iter().copied()))
        .cond_where(M::LeftAt.is_null())
        .to_owned();
    Condition::all()
        .add(P::Id.in_subquery(members))
        .add(P::Id.in_subquery(holders(cx, Condition::all())))
}

/// Whoever belongs to one of the audiences, by the rule that `load_actor` goes by.
fn belongs(cx: &Cx, audiences: &BTreeSet<Audience>) -> Condition {
    let mut people: Vec<PersonId> = Vec::new();
    let mut teams: Vec<TeamId> = Vec::new();
    let mut units: Vec<UnitId> = Vec::new();
    let mut of_one = Condition::any().add(never());
    for audience in audiences {
        match *audience {
            Audience::Person(person) => people.push(person),
            Audience::Team(team) => teams.push(team),
            Audience::Unit(unit) => units.push(unit),
            Audience::Organiser(organiser) if organiser == cx.organiser() => {
                of_one = of_one.add(P::Id.in_subquery(holders(cx, is_colleague())));
            }
            Audience::Organiser(_) => {}
            Audience::RoleAt(role, unit) => {
                let held = Condition::all()
                    .add(R::Role.eq(role.code()))
                    .add(R::UnitId.eq(unit.uuid()));
                of_one = of_one.add(P::Id.in_subquery(holders(cx, held)));
            }
        }
    }
    if !people.is_empty() {
        of_one = of_one.add(any(cx, P::Id, people));
    }
    if !teams.is_empty() {
        of_one = of_one.add(of_teams(cx, &teams));
    }
    if !units.is_empty() {
        let below = units.into_iter().fold(Condition::any(), |below, unit| {
            below.add(within(unit::Column::Path, unit))
        });
        of_one = of_one.add(P::Id.in_subquery(holders(cx, is_colleague().add(below))));
    }
    of_one
}

/// Who may be counted for the actor: nobody who is protected, but for the actor's own teams.
fn counted(cx: &Cx) -> Condition {
    let open = Condition::any().add(P::Protected.eq(false));
    match &cx.actor {
        Actor::Person(me) if !me.teams.is_empty() => open.add(of_teams(cx, &me.teams)),
        _ => open,
    }
}

pub(crate) async fn count(cx: &Cx, audiences: &BTreeSet<Audience>) -> Result<Headcount, Error> {
    use person_unit::Column as H;
    #[derive(FromQueryResult)]
    struct Row {
        people: i64,
        units: i64,
    }
    if audiences.is_empty() {
        return Ok(Headcount::default());
    }
    let home = Condition::all()
        .add(same(H::OrganiserId, P::OrganiserId))
        .add(same(H::PersonId, P::Id))
        .add(holds_today(cx, H::FromDay, H::ToDay));
    let select = Query::select()
        .expr_as(
            Func::count_distinct(Expr::col(P::Id.as_column_ref())),
            "people",
        )
        .expr_as(
            Func::count_distinct(Expr::col(H::UnitId.as_column_ref())),
            "units",
        )
        .from(person::Entity)
        .left_join(person_unit::Entity, home)
        .cond_where(ours(cx, P::OrganiserId))
        .cond_where(P::Id.ne(cx.actor.id()))
        .cond_where(not_over(P::LastDay, today(cx.now)))
        .cond_where(counted(cx))
        .cond_where(belongs(cx, audiences))
        .to_owned();
    let rows: Vec<Row> = read(cx, &select).await?;
    let number = |many: i64| u64::try_from(many).unwrap_or_default();
    Ok(rows
        .first()
        .map_or_else(Headcount::default, |row| Headcount {
            people: number(row.people),
            units: number(row.units),
        }))
}

pub(crate) async fn members(cx: &Cx, teams: &[TeamId]) -> Result<Vec<PersonId>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
    }
    if teams.is_empty() {
        return Ok(Vec::new());
    }
    let select = Query::select()
        .column(P::Id.as_column_ref())
        .from(person::Entity)
        .cond_where(ours(cx, P::OrganiserId))
        .cond_where(not_over(P::LastDay, today(cx.now)))
        .cond_where(of_teams(cx, teams))
        .to_owned();
    let rows: Vec<Row> = read(cx, &select).await?;
    Ok(rows.into_iter().map(|row| PersonId(row.id)).collect())
}
