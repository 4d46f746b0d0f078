//! Whose account an administrator helps in.

use crate::{Error, policy, sql};
use kit::{AccountId, PersonId};
use store::Cx;

/// The account of a person who is locked out, for an administrator who manages them.
///
/// # Errors
///
/// [`Error::NotFound`], also while the person has not accepted an invitation, and [`Error::NotYours`].
pub async fn account_to_help(cx: &Cx, person: PersonId) -> Result<AccountId, Error> {
    let found = sql::person::find(cx, person).await?;
    policy::may_manage(&cx.actor, &found.nodes)?;
    sql::person::account(cx, person).await?.ok_or(Error::NotFound)
}
