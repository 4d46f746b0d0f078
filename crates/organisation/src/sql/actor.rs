//! What makes an actor.

use super::{
    holds_today, nodes, not_over, ours, read,
    rows::{organiser, person, protected_guard, role, unit},
    same, unreadable,
};
use crate::{Error, PersonOf, calendar::today};
use chrono::NaiveDate;
use kit::{AccountId, Lang, OrganiserId, PersonId, Role, UnitId};
use person::Column as P;
use role::Column as R;
use sea_orm::{
    ColumnTrait, Condition, FromQueryResult,
    sea_query::{Expr, ExprTrait, Order, Query},
};
use store::Cx;
use uuid::Uuid;

/// A person of today, with the roles that hold.
pub(crate) struct Found {
    pub lang: Lang,
    pub named_guard: bool,
    pub roles: Vec<Holding>,
}

/// A role that holds today.
pub(crate) struct Holding {
    pub role: Role,
    pub unit: Option<UnitId>,
    pub nodes: Vec<UnitId>,
    pub from_day: NaiveDate,
}

#[derive(FromQueryResult)]
struct Row {
    lang: String,
    guard_id: Option<Uuid>,
    role: Option<String>,
    unit_id: Option<Uuid>,
    path: Option<String>,
    from_day: Option<NaiveDate>,
}

/// The person and their roles in one statement: a row per role, or one without.
pub(crate) async fn find(cx: &Cx, id: PersonId) -> Result<Option<Found>, Error> {
    use protected_guard::Column as G;
    let roles = Condition::all()
        .add(same(R::OrganiserId, P::OrganiserId))
        .add(same(R::PersonId, P::Id))
        .add(holds_today(cx, R::FromDay, R::ToDay));
    let units = Condition::all()
        .add(same(unit::Column::OrganiserId, R::OrganiserId))
        .add(same(unit::Column::Id, R::UnitId));
    let guards = Condition::all()
        .add(same(G::OrganiserId, P::OrganiserId))
        .add(same(G::PersonId, P::Id));
    let select = Query::select()
        .column(P::Lang.as_column_ref())
        .expr_as(Expr::col(G::PersonId.as_column_ref()), "guard_id")
        .columns([R::Role, R::UnitId, R::FromDay].map(|column| column.as_column_ref()))
        .column(unit::Column::Path.as_column_ref())
        .from(person::Entity)
        .left_join(role::Entity, roles)
        .left_join(unit::Entity, units)
        .left_join(protected_guard::Entity, guards)
        .cond_where(ours(cx, P::OrganiserId))
        .cond_where(P::Id.eq(id.uuid()))
        .cond_where(not_over(P::LastDay, today(cx.now)))
        .order_by(R::FromDay.as_column_ref(), Order::Asc)
        .order_by(R::Id.as_column_ref(), Order::Asc)
        .to_owned();
    let rows: Vec<Row> = read(cx, &select).await?;
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let lang = Lang::from_code(&first.lang).ok_or_else(|| unreadable("a language"))?;
    let named_guard = first.guard_id.is_some();
    let mut roles = Vec::new();
    for row in rows {
        if let (Some(role), Some(from_day)) = (row.role, row.from_day) {
            roles.push(Holding {
                role: Role::from_code(&role).ok_or_else(|| unreadable("a role"))?,
                unit: row.unit_id.map(UnitId),
                nodes: nodes(row.path.as_deref())?,
                from_day,
            });
        }
    }
    Ok(Some(Found {
        lang,
        named_guard,
        roles,
    }))
}

/// Across organisers, by an index of its own: `person_of_account`.
pub(crate) async fn persons_of(
    cx: &Cx,
    account: AccountId,
    today: NaiveDate,
) -> Result<Vec<PersonOf>, Error> {
    #[derive(FromQueryResult)]
    struct Row {
        organiser_id: Uuid,
        id: Uuid,
        name: String,
    }
    let select = Query::select()
        .columns([P::OrganiserId, P::Id].map(|column| column.as_column_ref()))
        .column(organiser::Column::Name.as_column_ref())
        .from(person::Entity)
        .inner_join(
            organiser::Entity,
            same(organiser::Column::Id, P::OrganiserId),
        )
        .cond_where(Expr::col(P::AccountId.as_column_ref()).eq(account.uuid()))
        .cond_where(not_over(P::LastDay, today))
        .order_by(organiser::Column::Name.as_column_ref(), Order::Asc)
        .order_by(P::Id.as_column_ref(), Order::Asc)
        .to_owned();
    let rows: Vec<Row> = read(cx, &select).await?;
    Ok(rows
        .into_iter()
        .map(|row| PersonOf {
            organiser: OrganiserId(row.organiser_id),
            organiser_name: row.name,
            person: PersonId(row.id),
        })
        .collect())
}
