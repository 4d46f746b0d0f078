//! Dated roles.

use super::{
    holds_today, insert, nodes, ours, read,
    rows::{role, unit},
    same, unreadable,
};
use crate::{Error, RoleHeld};
use chrono::NaiveDate;
use kit::{PersonId, Role, RoleId, UnitId};
use role::Column as C;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter,
    sea_query::{Expr, Order, Query, SelectStatement},
};
use store::{Cx, Tx, any};
use uuid::Uuid;

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    person_id: Uuid,
    role: String,
    unit_id: Option<Uuid>,
    path: Option<String>,
    from_day: NaiveDate,
    to_day: Option<NaiveDate>,
}

impl Row {
    fn read(self) -> Result<RoleHeld, Error> {
        Ok(RoleHeld {
            id: RoleId(self.id),
            person: PersonId(self.person_id),
            role: Role::from_code(&self.role).ok_or_else(|| unreadable("a role"))?,
            unit: self.unit_id.map(UnitId),
            nodes: nodes(self.path.as_deref())?,
            from_day: self.from_day,
            to_day: self.to_day,
        })
    }
}

fn select(cx: &Cx) -> SelectStatement {
    let at_unit = Condition::all()
        .add(same(unit::Column::OrganiserId, C::OrganiserId))
        .add(same(unit::Column::Id, C::UnitId));
    Query::select()
        .columns(
            [C::Id, C::PersonId, C::Role, C::UnitId, C::FromDay, C::ToDay]
                .map(|c| c.as_column_ref()),
        )
        .column(unit::Column::Path.as_column_ref())
        .from(role::Entity)
        .left_join(unit::Entity, at_unit)
        .cond_where(ours(cx, C::OrganiserId))
        .order_by(C::FromDay.as_column_ref(), Order::Asc)
        .order_by(C::Id.as_column_ref(), Order::Asc)
        .to_owned()
}

async fn all(cx: &Cx, select: &SelectStatement) -> Result<Vec<RoleHeld>, Error> {
    let rows: Vec<Row> = read(cx, select).await?;
    rows.into_iter().map(Row::read).collect()
}

pub(crate) async fn find(cx: &Cx, id: RoleId) -> Result<RoleHeld, Error> {
    let select = select(cx).cond_where(C::Id.eq(id.uuid())).to_owned();
    all(cx, &select).await?.pop().ok_or(Error::NotFound)
}

/// The roles that these people hold today.
pub(crate) async fn of_today(cx: &Cx, people: &[PersonId]) -> Result<Vec<RoleHeld>, Error> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let select = select(cx)
        .cond_where(any(cx, C::PersonId, people.iter().copied()))
        .cond_where(holds_today(cx, C::FromDay, C::ToDay))
        .to_owned();
    all(cx, &select).await
}

/// Every role these people have had, have and will have.
pub(crate) async fn ever_of(cx: &Cx, people: &[PersonId]) -> Result<Vec<RoleHeld>, Error> {
    if people.is_empty() {
        return Ok(Vec::new());
    }
    let select = select(cx)
        .cond_where(any(cx, C::PersonId, people.iter().copied()))
        .to_owned();
    all(cx, &select).await
}

/// The administrators of the whole organiser today.
pub(crate) async fn admins_of_today(cx: &Cx) -> Result<Vec<RoleHeld>, Error> {
    let select = select(cx)
        .cond_where(C::Role.eq(Role::Admin.code()))
        .cond_where(C::UnitId.is_null())
        .cond_where(holds_today(cx, C::FromDay, C::ToDay))
        .to_owned();
    all(cx, &select).await
}

/// The administrators of the organiser whose role goes on without a known end, so that it keeps one.
pub(crate) async fn lasting_admins(cx: &Cx) -> Result<Vec<RoleHeld>, Error> {
    use super::rows::person;
    let staying = Query::select()
        .column(person::Column::Id.as_column_ref())
        .from(person::Entity)
        .cond_where(ours(cx, person::Column::OrganiserId))
        .cond_where(person::Column::LastDay.is_null())
        .to_owned();
    let select = select(cx)
        .cond_where(C::Role.eq(Role::Admin.code()))
        .cond_where(C::UnitId.is_null())
        .cond_where(C::ToDay.is_null())
        .cond_where(C::PersonId.in_subquery(staying))
        .to_owned();
    all(cx, &select).await
}

pub(crate) async fn add(tx: &Tx, new: &RoleHeld) -> Result<(), Error> {
    let row = role::Model {
        organiser_id: tx.organiser().uuid(),
        id: new.id.uuid(),
        person_id: new.person.uuid(),
        role: new.role.code().to_owned(),
        unit_id: new.unit.map(UnitId::uuid),
        from_day: new.from_day,
        to_day: new.to_day,
    };
    insert(tx, row).await
}

pub(crate) async fn end(tx: &Tx, id: RoleId, last_day: NaiveDate) -> Result<(), Error> {
    role::Entity::update_many()
        .col_expr(C::ToDay, Expr::value(Some(last_day)))
        .filter(ours(tx, C::OrganiserId))
        .filter(C::Id.eq(id.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}
