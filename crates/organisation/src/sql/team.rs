//! Teams and memberships.

use super::{
    after_name, begins, insert, never, nodes, one, ours, read,
    rows::{membership, team, unit},
    same, unreadable,
};
use crate::{
    Error, Member, Team, TeamFilter, TeamKind,
    calendar::today,
    order::order_name,
    policy::{Sight, sight},
};
use kit::{Actor, Key, Listed, MembershipId, Page, PersonId, Position, TeamId, UnitId};
use membership::Column as M;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter,
    prelude::Date,
    sea_query::{Expr, Order, Query, SelectStatement},
};
use store::{Cx, Tx, any};
use team::Column as C;
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    kind: String,
    name: String,
    unit_id: Option<Uuid>,
    path: Option<String>,
    ends_on: Option<Date>,
    version: i64,
}

impl Row {
    fn read(self) -> Result<Team, Error> {
        Ok(Team {
            id: TeamId(self.id),
            kind: TeamKind::from_code(&self.kind).ok_or_else(|| unreadable("a team's kind"))?,
            name: self.name,
            unit: self.unit_id.map(UnitId),
            nodes: nodes(self.path.as_deref())?,
            ends_on: self.ends_on,
            version: self.version,
        })
    }
}

/// The teams that the actor sees.
fn seen(cx: &Cx) -> SelectStatement {
    let seen = match (sight(&cx.actor), &cx.actor) {
        (Sight::Whole, _) => Condition::all(),
        (Sight::Units(units), _) => Condition::all().add(any(cx, C::UnitId, units.iter().copied())),
        (Sight::Own, Actor::Person(person)) => {
            Condition::all().add(any(cx, C::Id, person.teams.iter().copied()))
        }
        (Sight::Own | Sight::Nothing, _) => never(),
    };
    let of_unit = Condition::all()
        .add(same(unit::Column::OrganiserId, C::OrganiserId))
        .add(same(unit::Column::Id, C::UnitId));
    Query::select()
        .columns(
            [C::Id, C::Kind, C::Name, C::UnitId, C::EndsOn, C::Version].map(|c| c.as_column_ref()),
        )
        .column(unit::Column::Path.as_column_ref())
        .from(team::Entity)
        .left_join(unit::Entity, of_unit)
        .cond_where(ours(cx, C::OrganiserId))
        .cond_where(seen)
        .to_owned()
}

pub(crate) async fn find(cx: &Cx, team: TeamId) -> Result<Team, Error> {
    find_all(cx, &[team]).await?.pop().ok_or(Error::NotFound)
}

pub(crate) async fn find_all(cx: &Cx, teams: &[TeamId]) -> Result<Vec<Team>, Error> {
    if teams.is_empty() {
        return Ok(Vec::new());
    }
    let select = seen(cx)
        .cond_where(any(cx, C::Id, teams.iter().copied()))
        .to_owned();
    let rows: Vec<Row> = read(cx, &select).await?;
    rows.into_iter().map(Row::read).collect()
}

pub(crate) async fn list(cx: &Cx, filter: &TeamFilter, page: &Page) -> Result<Listed<Team>, Error> {
    let mut select = seen(cx);
    select.cond_where(after_name(page, C::OrderName, C::Id));
    if let Some(kind) = filter.kind {
        select.cond_where(C::Kind.eq(kind.code()));
    }
    if let Some(unit) = filter.unit {
        select.cond_where(C::UnitId.eq(unit.uuid()));
    }
    if let Some(member) = filter.member {
        select.cond_where(C::Id.in_subquery(teams_of(cx, member)));
    }
    if let Some(typed) = &filter.name {
        select.cond_where(begins(C::OrderName, typed));
    }
    if !filter.with_ended {
        select.cond_where(super::not_over(C::EndsOn, today(cx.now)));
    }
    select
        .order_by(C::OrderName.as_column_ref(), Order::Asc)
        .order_by(C::Id.as_column_ref(), Order::Asc)
        .limit(page.first.and_one());
    let rows: Vec<Row> = read(cx, &select).await?;
    let teams = rows
        .into_iter()
        .map(Row::read)
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Listed::cut(teams, page.first, |team| Position {
        key: Key::Name(order_name(&team.name)),
        id: team.id.uuid(),
    }))
}

fn teams_of(cx: &Cx, person: PersonId) -> SelectStatement {
    Query::select()
        .column(M::TeamId.as_column_ref())
        .from(membership::Entity)
        .cond_where(ours(cx, M::OrganiserId))
        .cond_where(M::PersonId.eq(person.uuid()))
        .cond_where(M::LeftAt.is_null())
        .to_owned()
}

pub(crate) async fn add(tx: &Tx, new: &Team) -> Result<(), Error> {
    let row = team::Model {
        organiser_id: tx.organiser().uuid(),
        id: new.id.uuid(),
        kind: new.kind.code().to_owned(),
        order_name: order_name(&new.name),
        name: new.name.clone(),
        unit_id: new.unit.map(UnitId::uuid),
        ends_on: new.ends_on,
        version: new.version,
        created_at: tx.now,
    };
    insert(tx, row).await
}

/// Saves what was read at the version before.
pub(crate) async fn save(tx: &Tx, changed: &Team) -> Result<(), Error> {
    let update = team::Entity::update_many()
        .col_expr(C::Name, Expr::value(changed.name.clone()))
        .col_expr(C::OrderName, Expr::value(order_name(&changed.name)))
        .col_expr(C::Kind, Expr::value(changed.kind.code()))
        .col_expr(C::UnitId, Expr::value(changed.unit.map(UnitId::uuid)))
        .col_expr(C::EndsOn, Expr::value(changed.ends_on))
        .col_expr(C::Version, Expr::value(changed.version))
        .filter(ours(tx, C::OrganiserId))
        .filter(C::Id.eq(changed.id.uuid()))
        .filter(C::Version.eq(changed.version - 1));
    one(update.exec(tx.db()).await?)
}

fn member(row: &membership::Model) -> Member {
    Member {
        id: MembershipId(row.id),
        team: TeamId(row.team_id),
        person: PersonId(row.person_id),
        joined_at: row.joined_at,
    }
}

pub(crate) async fn membership(
    cx: &Cx,
    team: TeamId,
    person: PersonId,
) -> Result<Option<Member>, Error> {
    let row = membership::Entity::find()
        .filter(ours(cx, M::OrganiserId))
        .filter(M::TeamId.eq(team.uuid()))
        .filter(M::PersonId.eq(person.uuid()))
        .filter(M::LeftAt.is_null())
        .one(cx.db())
        .await?;
    Ok(row.as_ref().map(member))
}

pub(crate) async fn membership_by_id(cx: &Cx, id: MembershipId) -> Result<Member, Error> {
    let key = (cx.organiser().uuid(), id.uuid());
    let row = membership::Entity::find_by_id(key).one(cx.db()).await?;
    row.as_ref().map(member).ok_or(Error::NotFound)
}

/// A person's memberships of today, by when they joined.
pub(crate) async fn memberships(cx: &Cx, person: PersonId) -> Result<Vec<Member>, Error> {
    let rows = membership::Entity::find()
        .filter(ours(cx, M::OrganiserId))
        .filter(M::PersonId.eq(person.uuid()))
        .filter(M::LeftAt.is_null())
        .all(cx.db())
        .await?;
    Ok(rows.iter().map(member).collect())
}

pub(crate) async fn join(tx: &Tx, new: Member) -> Result<(), Error> {
    let row = membership::Model {
        organiser_id: tx.organiser().uuid(),
        id: new.id.uuid(),
        team_id: new.team.uuid(),
        person_id: new.person.uuid(),
        joined_at: new.joined_at,
        left_at: None,
    };
    insert(tx, row).await
}

/// Whether they belonged to the team until now.
pub(crate) async fn leave(tx: &Tx, team: TeamId, person: PersonId) -> Result<bool, Error> {
    let ended = membership::Entity::update_many()
        .col_expr(M::LeftAt, Expr::value(Some(tx.now)))
        .filter(ours(tx, M::OrganiserId))
        .filter(M::TeamId.eq(team.uuid()))
        .filter(M::PersonId.eq(person.uuid()))
        .filter(M::LeftAt.is_null())
        .exec(tx.db())
        .await?;
    Ok(ended.rows_affected == 1)
}
