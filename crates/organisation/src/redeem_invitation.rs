use crate::{Error, sql};
use kit::{Actor, Lang, OrganiserId, PersonId};
use store::Tx;

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
    let house = Actor::System {
        job: "invitation",
        organiser,
    };
    tx.acting_as(house, async |tx: &Tx| {
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
