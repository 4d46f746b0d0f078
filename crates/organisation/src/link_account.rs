use crate::{Error, events::PersonJoined, sql};
use kit::{AccountId, Actor, OrganiserId, PersonId};
use store::Tx;

/// Lets an account act as a person, in the transaction that redeemed the invitation. Done twice with the same account it changes nothing.
///
/// The caller has proved whose account it is; nobody may be signed in.
///
/// # Errors
///
/// [`Error::AlreadyJoined`] when the person has another account, [`Error::AccountInUse`] when the account has another person here.
pub async fn link_account(
    tx: &Tx,
    organiser: OrganiserId,
    person: PersonId,
    account: AccountId,
) -> Result<(), Error> {
    let house = Actor::System {
        job: "invitation",
        organiser,
    };
    tx.acting_as(house, async |tx: &Tx| {
        match sql::person::of_account(tx, account).await? {
            Some(linked) if linked == person => return Ok(()),
            Some(_) => return Err(Error::AccountInUse),
            None => {}
        }
        if !sql::person::link(tx, person, account).await? {
            return Err(Error::AlreadyJoined);
        }
        tx.emit(&PersonJoined { person });
        Ok(())
    })
    .await
}
