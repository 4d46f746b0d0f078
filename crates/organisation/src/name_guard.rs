use crate::{Error, events::GuardChanged, policy, sql};
use kit::{PersonId, Role};
use store::Tx;

/// Most administrators who handle protected identities at one organiser.
pub const GUARDS_MAX: u64 = 3;

/// Names an administrator to see and set protected identities. Done twice it changes nothing.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::NotYours`] unless an administrator of the organiser asks, [`Error::GuardNotAdmin`],
/// [`Error::TooManyGuards`].
pub async fn name_guard(tx: &Tx, person: PersonId) -> Result<(), Error> {
    policy::may_manage(&tx.actor, &[])?;
    let person = sql::person::find(tx, person).await?.id;
    sql::organiser::take_turn(tx).await?;
    if sql::organiser::is_guard(tx, person).await? {
        return Ok(());
    }
    let roles = sql::role::of_today(tx, &[person]).await?;
    if !roles.iter().any(|held| held.role == Role::Admin) {
        return Err(Error::GuardNotAdmin);
    }
    if sql::organiser::count_guards(tx).await? >= GUARDS_MAX {
        return Err(Error::TooManyGuards);
    }
    sql::organiser::add_guard(tx, person).await?;
    tx.emit(&GuardChanged {
        person,
        named: true,
    });
    Ok(())
}

/// Takes the naming back. Answers whether they were named.
///
/// # Errors
///
/// [`Error::NotYours`] unless an administrator of the organiser asks.
pub async fn unname_guard(tx: &Tx, person: PersonId) -> Result<bool, Error> {
    policy::may_manage(&tx.actor, &[])?;
    let named = sql::organiser::remove_guard(tx, person).await?;
    if named {
        tx.emit(&GuardChanged {
            person,
            named: false,
        });
    }
    Ok(named)
}
