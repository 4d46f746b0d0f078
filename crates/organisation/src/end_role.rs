use crate::{Error, RoleHeld, calendar::today, events::PersonRoleChanged, policy, sql};
use chrono::NaiveDate;
use kit::{PersonId, Role, RoleId};
use store::Tx;

/// Ends a role with `last_day`, or at once when that is `None`. The role stays as history.
///
/// # Errors
///
/// [`Error::NotFound`] for a role or person that the actor may not know, [`Error::NotYours`] or [`Error::RoleAboveYou`] when it is not
/// theirs to end, [`Error::DatesReversed`], [`Error::LastAdmin`].
pub async fn end_role(
    tx: &Tx,
    role: RoleId,
    last_day: Option<NaiveDate>,
) -> Result<RoleHeld, Error> {
    let mut role = sql::role::find(tx, role).await?;
    sql::person::find(tx, role.person).await?;
    policy::may_give(&tx.actor, role.role, &role.nodes)?;
    let last_day = match last_day {
        Some(last_day) if last_day < role.from_day => return Err(Error::DatesReversed),
        Some(last_day) => last_day,
        None => today(tx.now).pred_opt().ok_or(Error::DatesReversed)?,
    };
    if role.role == Role::Admin && role.unit.is_none() {
        keeps_admin(tx, |admin| admin.id != role.id).await?;
    }
    sql::role::end(tx, role.id, last_day).await?;
    role.to_day = Some(last_day);
    tx.emit(&PersonRoleChanged {
        person: role.person,
        role: role.id,
    });
    Ok(role)
}

/// An administrator who leaves leaves another behind.
pub(crate) async fn keeps_admin_without(tx: &Tx, person: PersonId) -> Result<(), Error> {
    keeps_admin(tx, |admin| admin.person != person).await
}

/// Of the administrators who stay without a known end, one must remain; where there is none, nothing is lost.
async fn keeps_admin(tx: &Tx, stays: impl Fn(&RoleHeld) -> bool) -> Result<(), Error> {
    sql::organiser::take_turn(tx).await?;
    let admins = sql::role::lasting_admins(tx).await?;
    if admins.is_empty() || admins.iter().any(stays) {
        Ok(())
    } else {
        Err(Error::LastAdmin)
    }
}
