//! An administrator hides an open rubric, or shows it again.

use super::{
    OpenRubric,
    answerable::answerable,
    find, shown, sql,
    table::{hiding, item, unseen},
};
use crate::{Error, events::OpenRubricHidden, personal_number, policy, table::rubric};
use kit::{Body, OpenRubricId, PersonId, RubricId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use store::Tx;

/// Hide an open rubric, or show it again.
#[derive(Debug, Clone)]
pub struct HideOpen {
    /// Which item.
    pub open: OpenRubricId,
    /// Whether it is hidden from now on.
    pub hidden: bool,
    /// Why; its authors are told when it is their own organiser that does it.
    pub reason: Body,
}

/// Hides an item at once, or shows it again: by an administrator of its own organiser for everybody, by one of another organiser for that organiser
/// alone. Every time is recorded.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::NotKeeper`] for who is no administrator of the whole organiser, and [`Error::PersonalNumber`] in the reason.
pub async fn hide_open(tx: &Tx, ask: &HideOpen) -> Result<OpenRubric, Error> {
    let item = sql::locked(tx, ask.open, shown::known(tx)).await?;
    policy::may_hide_open(&tx.actor)?;
    if personal_number::is_in(&ask.reason) {
        return Err(Error::PersonalNumber);
    }
    let is_own = item.organiser_id == tx.organiser().uuid();
    if is_own {
        let row = item::ActiveModel {
            id: Set(item.id),
            hidden_at: Set(ask.hidden.then_some(tx.now)),
            hidden_reason: Set(ask.hidden.then(|| ask.reason.to_string())),
            ..Default::default()
        };
        sql::update(tx, row).await?;
        tell(tx, &item, ask.hidden).await?;
    } else {
        hide_here(tx, ask).await?;
    }
    note(tx, ask, tx.person(), is_own).await?;
    find::find_open(tx, ask.open).await
}

/// Hides it from the actor's own organiser alone, or no longer.
async fn hide_here(tx: &Tx, ask: &HideOpen) -> Result<(), Error> {
    let organiser = tx.organiser().uuid();
    if !ask.hidden {
        unseen::Entity::delete_by_id((organiser, ask.open.uuid()))
            .exec(tx.db())
            .await?;
        return Ok(());
    }
    let row = unseen::ActiveModel {
        organiser_id: Set(organiser),
        open_id: Set(ask.open.uuid()),
        reason: Set(ask.reason.to_string()),
        at: Set(tx.now),
    };
    let key = [unseen::Column::OrganiserId, unseen::Column::OpenId];
    let again = OnConflict::columns(key)
        .update_columns([unseen::Column::Reason, unseen::Column::At])
        .to_owned();
    unseen::Entity::insert(row)
        .on_conflict(again)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Records who did it, when and why; nobody is whoever runs the installation.
pub(crate) async fn note(
    tx: &Tx,
    ask: &HideOpen,
    by: Option<PersonId>,
    for_everybody: bool,
) -> Result<(), Error> {
    let row = hiding::ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        id: Set(tx.ids.ordered()),
        open_id: Set(ask.open.uuid()),
        by_id: Set(by.map(PersonId::uuid)),
        hidden: Set(ask.hidden),
        for_everybody: Set(for_everybody),
        reason: Set(ask.reason.to_string()),
        at: Set(tx.now),
    };
    hiding::Entity::insert(row)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Tells the authors, in the organiser whose item it is.
pub(crate) async fn tell(tx: &Tx, item: &item::Model, hidden: bool) -> Result<(), Error> {
    let row = rubric::Entity::find()
        .filter(rubric::Column::OrganiserId.eq(item.organiser_id))
        .filter(rubric::Column::Id.eq(item.rubric_id))
        .one(tx.db())
        .await?;
    let Some(row) = row else {
        return Ok(());
    };
    tx.emit(&OpenRubricHidden {
        rubric: RubricId(item.rubric_id),
        open: item.id.into(),
        authors: answerable(tx, &row.try_into()?).await?,
        hidden,
    });
    Ok(())
}
