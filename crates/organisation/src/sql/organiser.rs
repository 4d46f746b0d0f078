//! The organiser's row, and who guards protected identities.

use super::{
    insert, one, ours,
    rows::{organiser, protected_guard},
    unreadable,
};
use crate::{Error, Organiser, OrganiserKind, Settings};
use kit::{OrganiserId, PersonId};
use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, Query, SimpleExpr},
};
use store::{Cx, Tx, lock};

fn read(row: organiser::Model) -> Result<Organiser, Error> {
    Ok(Organiser {
        id: OrganiserId(row.id),
        name: row.name,
        kind: OrganiserKind::from_code(&row.kind)
            .ok_or_else(|| unreadable("an organiser's kind"))?,
        settings: Settings {
            review_demanded: row.review_demanded,
            catalogue_off: row.catalogue_off,
        },
        version: row.version,
    })
}

/// The actor's own organiser.
pub(crate) async fn find(cx: &Cx) -> Result<Organiser, Error> {
    let row = organiser::Entity::find_by_id(cx.organiser().uuid())
        .one(cx.db())
        .await?;
    row.map(read).transpose()?.ok_or(Error::NotFound)
}

/// The condition that the organiser with this id keeps out of the open catalogue.
pub(crate) fn keeps_out(id: SimpleExpr) -> SimpleExpr {
    let off = Query::select()
        .expr(Expr::val(1))
        .from(organiser::Entity)
        .and_where(Expr::col((organiser::Entity, organiser::Column::Id)).eq(id))
        .and_where(Expr::col((organiser::Entity, organiser::Column::CatalogueOff)).eq(true))
        .to_owned();
    Expr::exists(off)
}

/// Makes whoever changes what is counted for the whole organiser go one after the other.
pub(crate) async fn take_turn(tx: &Tx) -> Result<(), Error> {
    let row = organiser::Entity::find_by_id(tx.organiser().uuid());
    lock(tx, row).one(tx.db()).await?.ok_or(Error::NotFound)?;
    Ok(())
}

pub(crate) async fn add(tx: &Tx, new: &Organiser) -> Result<(), Error> {
    let row = organiser::Model {
        id: new.id.uuid(),
        name: new.name.clone(),
        kind: new.kind.code().to_owned(),
        review_demanded: new.settings.review_demanded,
        catalogue_off: new.settings.catalogue_off,
        version: new.version,
        created_at: tx.now,
    };
    insert(tx, row).await
}

/// Saves what was read at the version before.
pub(crate) async fn save(tx: &Tx, changed: &Organiser) -> Result<(), Error> {
    use organiser::Column as C;
    let update = organiser::Entity::update_many()
        .col_expr(C::Name, Expr::value(changed.name.clone()))
        .col_expr(
            C::ReviewDemanded,
            Expr::value(changed.settings.review_demanded),
        )
        .col_expr(C::CatalogueOff, Expr::value(changed.settings.catalogue_off))
        .col_expr(C::Version, Expr::value(changed.version))
        .filter(C::Id.eq(changed.id.uuid()))
        .filter(C::Version.eq(changed.version - 1));
    one(update.exec(tx.db()).await?)
}

pub(crate) async fn count_guards(cx: &Cx) -> Result<u64, Error> {
    Ok(protected_guard::Entity::find()
        .filter(ours(cx, protected_guard::Column::OrganiserId))
        .count(cx.db())
        .await?)
}

pub(crate) async fn add_guard(tx: &Tx, person: PersonId) -> Result<(), Error> {
    let row = protected_guard::Model {
        organiser_id: tx.organiser().uuid(),
        person_id: person.uuid(),
        named_by: tx.actor.id(),
        named_at: tx.now,
    };
    insert(tx, row).await
}

/// Whether they were named until now.
pub(crate) async fn remove_guard(tx: &Tx, person: PersonId) -> Result<bool, Error> {
    let key = (tx.organiser().uuid(), person.uuid());
    let removed = protected_guard::Entity::delete_by_id(key)
        .exec(tx.db())
        .await?;
    Ok(removed.rows_affected == 1)
}

pub(crate) async fn is_guard(cx: &Cx, person: PersonId) -> Result<bool, Error> {
    let key = (cx.organiser().uuid(), person.uuid());
    let row = protected_guard::Entity::find_by_id(key)
        .one(cx.db())
        .await?;
    Ok(row.is_some())
}
