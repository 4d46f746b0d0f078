use crate::{Error, sql};
use kit::{Actor, Lang, OrganiserId, PersonId};
use store::{Cx, Tx};

/// Who came in by an invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redeemed {
    /// The person.
    pub person: PersonId,
    /// The address that the invitation was bound to: the account's.
    pub address: String,
    /// What they are called.
    pub name: String,
    /// The language they were invited in.
    pub lang: Lang,
}

/// The address that an invitation is bound to, as long as it can be used: so that the password is checked or hashed before the transaction.
///
/// # Errors
///
/// [`Error::InvitationSpent`] when it is unknown, used, ended or too old.
pub async fn invited_address(
    cx: &Cx,
    organiser: OrganiserId,
    secret_hash: &[u8],
) -> Result<String, Error> {
    let cx = cx.acting_as(house(organiser));
    let invitation = sql::invitation::open(&cx, secret_hash).await?;
    Ok(invitation.ok_or(Error::InvitationSpent)?.address)
}

const fn house(organiser: OrganiserId) -> Actor {
    Actor::System {
        job: "invitation",
        organiser,
    }
}

/// Uses an invitation: once, within seven days. The door then makes or finds the account of the address and links it with [`crate::link_account`].
///
/// Nobody is signed in yet, so the organiser comes from the link. An unknown secret is answered as a spent one.
///
/// # Errors
///
/// [`Error::InvitationSpent`] when it is unknown, used, ended, too old, or its person has left; [`Error::AlreadyJoined`].
pub async fn redeem_invitation(
    tx: &Tx,
    organiser: OrganiserId,
    secret_hash: &[u8],
) -> Result<Redeemed, Error> {
    tx.acting_as(house(organiser), async |tx: &Tx| {
        let invitation = sql::invitation::open(tx, secret_hash)
            .await?
            .ok_or(Error::InvitationSpent)?;
        let person = sql::person::find(tx, invitation.person).await?;
        if person.left {
            return Err(Error::InvitationSpent);
        }
        if person.record.joined {
            return Err(Error::AlreadyJoined);
        }
        if !sql::invitation::take(tx, invitation.id).await? {
            return Err(Error::InvitationSpent);
        }
        Ok(Redeemed {
            person: person.id,
            address: invitation.address,
            name: person.name,
            lang: person.record.lang,
        })
    })
    .await
}
