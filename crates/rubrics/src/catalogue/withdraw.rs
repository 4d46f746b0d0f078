//! An author takes back what they put in the open catalogue.

use super::{sql, table::item};
use crate::{Error, Rubric, policy};
use kit::{OpenRubricId, RubricId};
use sea_orm::ActiveValue::Set;
use store::{Tx, search::open};

/// Takes a rubric out of the open catalogue at once. Copies that were made stay, with their credit line. Taking it back twice changes nothing.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::NotYours`], and [`Error::NotOpen`] if it was never there.
pub async fn withdraw_from_catalogue(tx: &Tx, rubric: RubricId) -> Result<Rubric, Error> {
    let rubric = crate::sql::find_locked(tx, rubric).await?;
    policy::may_withdraw(&tx.actor, &rubric)?;
    let item = sql::of_rubric(tx, rubric.id).await?.ok_or(Error::NotOpen)?;
    if item.withdrawn_at.is_none() {
        let row = item::ActiveModel {
            id: Set(item.id),
            withdrawn_at: Set(Some(tx.now)),
            ..Default::default()
        };
        sql::update(tx, row).await?;
        open::forget(tx, OpenRubricId(item.id).uuid()).await?;
    }
    Ok(rubric)
}
