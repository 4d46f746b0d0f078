//! Units.

use super::{
    after_name, begins, insert, never, nodes, one, ours, path, rows::unit, unreadable, within,
};
use crate::{
    Error, Unit, UnitFilter, UnitKind,
    calendar::today,
    order::order_name,
    policy::{Sight, sight},
};
use curriculum::Code;
use kit::{Actor, Key, Listed, Page, Position, UnitId};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::Expr,
};
use store::{Cx, Tx, any};
use unit::Column as C;

fn codes<T: Code>(text: &str) -> Result<Vec<T>, Error> {
    text.split(' ')
        .filter(|code| !code.is_empty())
        .map(|code| T::parse(code).map_err(|_| unreadable("a unit's school form or year")))
        .collect()
}

/// Each code between blanks, so that one is found and not a part of one.
fn joined<T: Code>(entries: &[T]) -> String {
    let codes: Vec<&str> = entries.iter().map(|entry| entry.code()).collect();
    format!(" {} ", codes.join(" "))
}

fn read(row: unit::Model) -> Result<Unit, Error> {
    Ok(Unit {
        id: UnitId(row.id),
        kind: UnitKind::from_code(&row.kind).ok_or_else(|| unreadable("a unit's kind"))?,
        name: row.name,
        parent: row.parent_id.map(UnitId),
        nodes: nodes(Some(&row.path))?,
        school_forms: codes(&row.school_forms)?,
        years: codes(&row.years)?,
        from_day: row.from_day,
        to_day: row.to_day,
        version: row.version,
    })
}

/// The units that the actor sees.
fn seen(cx: &Cx) -> Select<unit::Entity> {
    let seen = match (sight(&cx.actor), &cx.actor) {
        (Sight::Whole, _) => Condition::all(),
        (Sight::Units(units), _) => Condition::all().add(any(cx, C::Id, units.iter().copied())),
        (Sight::Own, Actor::Person(person)) => {
            let own = person.roles.iter().filter_map(|held| held.unit);
            Condition::all().add(any(cx, C::Id, own))
        }
        (Sight::Own | Sight::Nothing, _) => never(),
    };
    unit::Entity::find()
        .filter(ours(cx, C::OrganiserId))
        .filter(seen)
}

pub(crate) async fn find(cx: &Cx, unit: UnitId) -> Result<Unit, Error> {
    let row = seen(cx).filter(C::Id.eq(unit.uuid())).one(cx.db()).await?;
    row.map(read).transpose()?.ok_or(Error::NotFound)
}

/// The unit and those above it; none for what belongs to the organiser.
pub(crate) async fn nodes_of(cx: &Cx, unit: Option<UnitId>) -> Result<Vec<UnitId>, Error> {
    match unit {
        Some(unit) => Ok(find(cx, unit).await?.nodes),
        None => Ok(Vec::new()),
    }
}

pub(crate) async fn find_all(cx: &Cx, units: &[UnitId]) -> Result<Vec<Unit>, Error> {
    if units.is_empty() {
        return Ok(Vec::new());
    }
    let rows = seen(cx).filter(any(cx, C::Id, units.iter().copied()));
    rows.all(cx.db()).await?.into_iter().map(read).collect()
}

pub(crate) async fn list(cx: &Cx, filter: &UnitFilter, page: &Page) -> Result<Listed<Unit>, Error> {
    let mut select = seen(cx).filter(after_name(page, C::OrderName, C::Id));
    if let Some(kind) = filter.kind {
        select = select.filter(C::Kind.eq(kind.code()));
    }
    if let Some(above) = filter.below {
        select = select
            .filter(within(C::Path, above))
            .filter(C::Id.ne(above.uuid()));
    }
    if let Some(form) = filter.school_form {
        select = select.filter(C::SchoolForms.like(format!("% {form} %")));
    }
    if let Some(typed) = &filter.name {
        select = select.filter(begins(C::OrderName, typed));
    }
    if !filter.with_closed {
        select = select.filter(super::not_over(C::ToDay, today(cx.now)));
    }
    let rows = select
        .order_by_asc(C::OrderName)
        .order_by_asc(C::Id)
        .limit(page.first.and_one())
        .all(cx.db())
        .await?;
    let units = rows.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
    Ok(Listed::cut(units, page.first, |unit| Position {
        key: Key::Name(order_name(&unit.name)),
        id: unit.id.uuid(),
    }))
}

/// The ids of these units and those below them, whoever asks.
pub(crate) async fn below(cx: &Cx, units: &[UnitId]) -> Result<Vec<UnitId>, Error> {
    let any = units.iter().fold(Condition::any(), |any, unit| {
        any.add(within(C::Path, *unit))
    });
    let rows = unit::Entity::find()
        .filter(ours(cx, C::OrganiserId))
        .filter(any)
        .all(cx.db())
        .await?;
    Ok(rows.into_iter().map(|row| UnitId(row.id)).collect())
}

pub(crate) async fn add(tx: &Tx, new: &Unit) -> Result<(), Error> {
    let row = unit::Model {
        organiser_id: tx.organiser().uuid(),
        id: new.id.uuid(),
        kind: new.kind.code().to_owned(),
        order_name: order_name(&new.name),
        name: new.name.clone(),
        parent_id: new.parent.map(UnitId::uuid),
        path: path(&new.nodes),
        school_forms: joined(&new.school_forms),
        years: joined(&new.years),
        from_day: new.from_day,
        to_day: new.to_day,
        version: new.version,
    };
    insert(tx, row).await
}

/// Saves what was read at the version before.
pub(crate) async fn save(tx: &Tx, changed: &Unit) -> Result<(), Error> {
    let update = unit::Entity::update_many()
        .col_expr(C::Name, Expr::value(changed.name.clone()))
        .col_expr(C::OrderName, Expr::value(order_name(&changed.name)))
        .col_expr(C::ParentId, Expr::value(changed.parent.map(UnitId::uuid)))
        .col_expr(C::Path, Expr::value(path(&changed.nodes)))
        .col_expr(C::SchoolForms, Expr::value(joined(&changed.school_forms)))
        .col_expr(C::Years, Expr::value(joined(&changed.years)))
        .col_expr(C::ToDay, Expr::value(changed.to_day))
        .col_expr(C::Version, Expr::value(changed.version))
        .filter(ours(tx, C::OrganiserId))
        .filter(C::Id.eq(changed.id.uuid()))
        .filter(C::Version.eq(changed.version - 1));
    one(update.exec(tx.db()).await?)
}

/// Takes the units below along when a unit has moved from `before`. Rare and few, so one by one.
pub(crate) async fn move_below(tx: &Tx, moved: &Unit, before: &[UnitId]) -> Result<(), Error> {
    let below = unit::Entity::find()
        .filter(ours(tx, C::OrganiserId))
        .filter(C::Path.starts_with(format!("{}/", path(before))));
    for row in below.all(tx.db()).await? {
        let stays = nodes(Some(&row.path))?.into_iter().skip(before.len());
        let nodes: Vec<UnitId> = moved.nodes.iter().copied().chain(stays).collect();
        if nodes.len() > crate::LEVELS_MAX {
            return Err(Error::ParentDoesNotFit);
        }
        unit::Entity::update_many()
            .col_expr(C::Path, Expr::value(path(&nodes)))
            .filter(ours(tx, C::OrganiserId))
            .filter(C::Id.eq(row.id))
            .exec(tx.db())
            .await?;
    }
    Ok(())
}
