//! Whoever runs the installation hides an open rubric from everybody, or shows it again.

use super::{HideOpen, hide, sql, table::item};
use crate::{Error, policy};
use kit::{OpenRubricId, OrganiserId};
use sea_orm::{ActiveValue::Set, Condition, EntityTrait};
use store::{Cx, Tx};

/// The organiser that an item is of, whatever became of it: for whoever acts for that organiser.
///
/// # Errors
///
/// [`Error::NotFound`] if there is none, and [`Error::NotKeeper`] unless the house asks.
pub async fn organiser_of_open(cx: &Cx, id: OpenRubricId) -> Result<OrganiserId, Error> {
    policy::may_bar_open(&cx.actor)?;
    let row = item::Entity::find_by_id(id.uuid()).one(cx.db()).await?;
    Ok(row.ok_or(Error::NotFound)?.organiser_id.into())
}

/// Hides an item from everybody at once, or shows it again, whatever its own organiser wants. It is recorded there, and the authors are told. The house
/// acts for the item's organiser.
///
/// # Errors
///
/// [`Error::NotFound`], and [`Error::NotKeeper`] unless the house asks.
pub async fn bar_open(tx: &Tx, ask: &HideOpen) -> Result<(), Error> {
    policy::may_bar_open(&tx.actor)?;
    let item = sql::locked(tx, ask.open, Condition::all()).await?;
    if item.organiser_id != tx.organiser().uuid() {
        return Err(Error::NotFound);
    }
    let row = item::ActiveModel {
        id: Set(item.id),
        barred_at: Set(ask.hidden.then_some(tx.now)),
        barred_reason: Set(ask.hidden.then(|| ask.reason.to_string())),
        ..Default::default()
    };
    sql::update(tx, row).await?;
    hide::note(tx, ask, None, true).await?;
    hide::tell(tx, &item, ask.hidden).await
}
