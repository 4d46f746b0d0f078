//! Somebody made a sign-in link for an account: its owner is told.

use crate::{Cause, Error, Kind, tell};
use kit::{AccountId, Actor, SignInLinkId};
use store::Tx;

/// Tells the owner of an account that a link was made for it. An account is its owner's at every organiser, so they are told at each.
///
/// # Errors
///
/// Those of the database.
pub async fn tell_of_link(tx: &Tx, link: SignInLinkId, account: AccountId) -> Result<(), Error> {
    let persons = organisation::persons_of(tx, account)
        .await
        .map_err(Error::from)?;
    for own in persons {
        let house = Actor::System {
            job: "sign-in link",
            organiser: own.organiser,
        };
        let cause = Cause {
            id: link.uuid(),
            kind: Kind::SignInLinkMade,
            subject: own.person.into(),
        };
        tx.acting_as(house, async |tx: &Tx| tell(tx, cause, &[own.person]).await)
            .await?;
    }
    Ok(())
}
