use crate::{
    Error, NewRole, Person, PersonRecord, add_member::take_in, assign_role::give, calendar::today,
    events::PersonInvited, policy, sql,
};
use chrono::TimeDelta;
use kit::{Instant, InvitationId, Lang, Name, PersonId, Role, TeamId, UnitId};
use store::{Outcome, Tx};

/// How long an invitation can be used.
pub const INVITATION_DAYS: i64 = 7;
/// Most roles in one invitation.
pub const ROLES_MAX: usize = 10;

/// Whom to invite, as what.
#[derive(Debug, Clone)]
pub struct Invite {
    /// The id that the client made for the person.
    pub person: PersonId,
    /// What they are called.
    pub name: Name,
    /// Their language, until they choose.
    pub lang: Lang,
    /// The address that the invitation is bound to, as identity parsed it.
    pub address: String,
    /// The hash of the one-time secret in the link; the secret itself is never here.
    pub secret_hash: Vec<u8>,
    /// Their home unit; `None` for people of the organiser itself.
    pub unit: Option<UnitId>,
    /// One to ten roles. A guest's has an end.
    pub roles: Vec<NewRole>,
    /// The teams they join at once: the way in for a guest.
    pub teams: Vec<TeamId>,
    /// Whether their identity is protected from the first moment. Only for those named for it.
    pub protected: bool,
}

/// An invitation that waits to be accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// Whom it is for.
    pub person: PersonId,
    /// The address it is bound to.
    pub address: String,
    /// Until when it can be used: seven days.
    pub expires_at: Instant,
}

/// Makes a person with roles and teams, and an invitation by which they come in.
///
/// # Errors
///
/// [`Error::NotFound`] for a unit or team that the actor may not know, [`Error::NotYours`] unless an administrator or principal of each
/// node asks, [`Error::RoleAboveYou`], [`Error::NotGuard`], [`Error::NoRole`], and those of [`crate::assign_role`] and
/// [`crate::add_member`]; `ID_TAKEN`.
pub async fn invite(tx: &Tx, ask: &Invite) -> Result<Invitation, Error> {
    if ask.roles.is_empty() || ask.roles.len() > ROLES_MAX {
        return Err(Error::NoRole);
    }
    let nodes = sql::unit::nodes_of(tx, ask.unit).await?;
    if ask.unit.is_some() {
        policy::may_invite(&tx.actor, &nodes)?;
    }
    if ask.protected {
        policy::may_protect(&tx.actor)?;
    }
    let only_guest = ask.roles.iter().all(|new| new.role == Role::Guest);
    let ends = ask.roles.iter().filter_map(|new| new.to_day).max();
    let person = Person {
        id: ask.person,
        name: ask.name.to_string(),
        unit: ask.unit,
        left: false,
        nodes,
        record: PersonRecord {
            lang: ask.lang,
            protected: ask.protected,
            joined: false,
            // A guest is gone when the visit is over; everybody else says when they leave.
            last_day: ends.filter(|_| only_guest),
            version: 1,
        },
    };
    sql::person::add(tx, &person).await?;
    if let Some(unit) = ask.unit {
        sql::person::move_home(tx, person.id, unit, today(tx.now)).await?;
    }
    for new in &ask.roles {
        give(tx, person.id, new).await?;
    }
    for team in &ask.teams {
        let team = sql::team::find(tx, *team).await?;
        take_in(tx, &team, &person).await?;
    }
    send(tx, person.id, &ask.address, &ask.secret_hash).await
}

/// Invites a person again who has not come in yet; the invitation before ends.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::NotYours`] unless an administrator or principal of their home unit asks, [`Error::AlreadyJoined`],
/// [`Error::HasLeft`].
pub async fn invite_again(
    tx: &Tx,
    person: PersonId,
    address: &str,
    secret_hash: &[u8],
) -> Result<Invitation, Error> {
    let person = sql::person::find(tx, person).await?;
    policy::may_invite(&tx.actor, &person.nodes)?;
    if person.record.joined {
        return Err(Error::AlreadyJoined);
    }
    if person.left {
        return Err(Error::HasLeft);
    }
    sql::invitation::end_all(tx, person.id).await?;
    send(tx, person.id, address, secret_hash).await
}

async fn send(
    tx: &Tx,
    person: PersonId,
    address: &str,
    secret_hash: &[u8],
) -> Result<Invitation, Error> {
    let invitation = Invitation {
        id: InvitationId(tx.ids.random()),
        person,
        address: address.to_owned(),
        expires_at: tx.now + TimeDelta::days(INVITATION_DAYS),
    };
    sql::invitation::add(tx, &invitation, secret_hash).await?;
    tx.emit(&PersonInvited { person });
    Ok(invitation)
}

impl Outcome<Error> for Invitation {
    fn outcome(&self) -> String {
        self.id.to_string()
    }

    async fn again(tx: &Tx, outcome: &str) -> Result<Self, Error> {
        let invitation = sql::invitation::find(tx, sql::remembered(outcome)?).await?;
        sql::person::find(tx, invitation.person).await?;
        Ok(invitation)
    }
}
