//! School years with their terms and days off.

use super::{
    insert, one, ours,
    rows::{day_off, school_year, term},
    unreadable,
};
use crate::{DayOff, Error, SchoolYear, Term, TermKind};
use kit::{DayOffId, Name, SchoolYearId, TermId};
use sea_orm::{
    ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::Expr,
};
use std::collections::HashMap;
use store::{Cx, Tx, any};
use uuid::Uuid;

fn name(stored: &str) -> Result<Name, Error> {
    Name::parse(stored).map_err(|_| unreadable("a name in the calendar"))
}

/// Every school year of the organiser, in order. An organiser has one per year, so they are few.
pub(crate) async fn all(cx: &Cx) -> Result<Vec<SchoolYear>, Error> {
    let years = school_year::Entity::find()
        .filter(ours(cx, school_year::Column::OrganiserId))
        .order_by_asc(school_year::Column::StartsOn)
        .all(cx.db())
        .await?;
    let ids: Vec<Uuid> = years.iter().map(|year| year.id).collect();
    let mut terms: HashMap<Uuid, Vec<Term>> = HashMap::new();
    let rows = term::Entity::find()
        .filter(ours(cx, term::Column::OrganiserId))
        .filter(any(cx, term::Column::SchoolYearId, ids.iter().copied()))
        .order_by_asc(term::Column::StartsOn);
    for row in rows.all(cx.db()).await? {
        let term = Term {
            id: TermId(row.id),
            kind: TermKind::from_code(&row.kind).ok_or_else(|| unreadable("a term's kind"))?,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
        };
        terms.entry(row.school_year_id).or_default().push(term);
    }
    let mut days_off: HashMap<Uuid, Vec<DayOff>> = HashMap::new();
    let rows = day_off::Entity::find()
        .filter(ours(cx, day_off::Column::OrganiserId))
        .filter(any(cx, day_off::Column::SchoolYearId, ids))
        .order_by_asc(day_off::Column::StartsOn);
    for row in rows.all(cx.db()).await? {
        let off = DayOff {
            id: DayOffId(row.id),
            name: name(&row.name)?,
            starts_on: row.starts_on,
            ends_on: row.ends_on,
        };
        days_off.entry(row.school_year_id).or_default().push(off);
    }
    years
        .into_iter()
        .map(|year| {
            Ok(SchoolYear {
                terms: terms.remove(&year.id).unwrap_or_default(),
                days_off: days_off.remove(&year.id).unwrap_or_default(),
                id: SchoolYearId(year.id),
                name: name(&year.name)?,
                starts_on: year.starts_on,
                ends_on: year.ends_on,
                version: year.version,
            })
        })
        .collect()
}

/// Whether another school year shares a day with this one.
pub(crate) async fn overlaps(cx: &Cx, year: &SchoolYear) -> Result<bool, Error> {
    use school_year::Column as C;
    let others = school_year::Entity::find()
        .filter(ours(cx, C::OrganiserId))
        .filter(C::Id.ne(year.id.uuid()))
        .filter(C::StartsOn.lte(year.ends_on))
        .filter(C::EndsOn.gte(year.starts_on));
    Ok(others.count(cx.db()).await? > 0)
}

pub(crate) async fn add(tx: &Tx, year: &SchoolYear) -> Result<(), Error> {
    let row = school_year::Model {
        organiser_id: tx.organiser().uuid(),
        id: year.id.uuid(),
        name: year.name.to_string(),
        starts_on: year.starts_on,
        ends_on: year.ends_on,
        version: year.version,
    };
    insert(tx, row).await?;
    save_dates(tx, year).await
}

/// Saves what was read at the version before.
pub(crate) async fn save(tx: &Tx, year: &SchoolYear) -> Result<(), Error> {
    use school_year::Column as C;
    let update = school_year::Entity::update_many()
        .col_expr(C::Name, Expr::value(year.name.as_str()))
        .col_expr(C::StartsOn, Expr::value(year.starts_on))
        .col_expr(C::EndsOn, Expr::value(year.ends_on))
        .col_expr(C::Version, Expr::value(year.version))
        .filter(ours(tx, C::OrganiserId))
        .filter(C::Id.eq(year.id.uuid()))
        .filter(C::Version.eq(year.version - 1));
    one(update.exec(tx.db()).await?)?;
    save_dates(tx, year).await
}

/// Terms that stay keep their row, because other rooms will refer to them; days off are written anew.
async fn save_dates(tx: &Tx, year: &SchoolYear) -> Result<(), Error> {
    use term::Column as C;
    let stored: Vec<Uuid> = term::Entity::find()
        .filter(ours(tx, C::OrganiserId))
        .filter(C::SchoolYearId.eq(year.id.uuid()))
        .all(tx.db())
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect();
    let kept = year.terms.iter().map(|term| term.id.uuid());
    term::Entity::delete_many()
        .filter(ours(tx, C::OrganiserId))
        .filter(C::SchoolYearId.eq(year.id.uuid()))
        .filter(C::Id.is_not_in(kept))
        .exec(tx.db())
        .await?;
    for term in &year.terms {
        if stored.contains(&term.id.uuid()) {
            term::Entity::update_many()
                .col_expr(C::Kind, Expr::value(term.kind.code()))
                .col_expr(C::StartsOn, Expr::value(term.starts_on))
                .col_expr(C::EndsOn, Expr::value(term.ends_on))
                .filter(ours(tx, C::OrganiserId))
                .filter(C::Id.eq(term.id.uuid()))
                .exec(tx.db())
                .await?;
        } else {
            let row = term::Model {
                organiser_id: tx.organiser().uuid(),
                id: term.id.uuid(),
                school_year_id: year.id.uuid(),
                kind: term.kind.code().to_owned(),
                starts_on: term.starts_on,
                ends_on: term.ends_on,
            };
            insert(tx, row).await?;
        }
    }
    day_off::Entity::delete_many()
        .filter(ours(tx, day_off::Column::OrganiserId))
        .filter(day_off::Column::SchoolYearId.eq(year.id.uuid()))
        .exec(tx.db())
        .await?;
    if year.days_off.is_empty() {
        return Ok(());
    }
    let rows = year.days_off.iter().map(|off| {
        day_off::Model {
            organiser_id: tx.organiser().uuid(),
            id: off.id.uuid(),
            school_year_id: year.id.uuid(),
            name: off.name.to_string(),
            starts_on: off.starts_on,
            ends_on: off.ends_on,
        }
        .into_active_model()
    });
    day_off::Entity::insert_many(rows)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}
