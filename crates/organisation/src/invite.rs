use crate::{
    Error, NewRole, Person, PersonRecord,
    add_member::take_in,
    assign_role::{give, may_give_all},
    calendar::today,
    events::PersonInvited,
    policy, sql,
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

/// Invites a person again who has not come in yet; the invitation before ends. Whoever may give every role of theirs may, since the address may be another.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::NotYours`] unless an administrator or principal of their home unit asks, [`Error::RoleAboveYou`], [`Error::AlreadyJoined`],
/// [`Error::HasLeft`].
pub async fn invite_again(
    tx: &Tx,
    person: PersonId,
    address: &str,
    secret_hash: &[u8],
) -> Result<Invitation, Error> {
    let person = sql::person::find(tx, person).await?;
    policy::may_invite(&tx.actor, &person.nodes)?;
    may_give_all(tx, person.id).await?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::*;
    use crate::{link_account, redeem_invitation};
    use chrono::Days;
    use kit::{Actor, Fault};
    use testkit::{id, on_both};

    #[tokio::test(flavor = "multi_thread")]
    async fn an_invitation_is_used_once_within_seven_days_and_brings_its_person_in() {
        on_both(async |db| {
            let world = World::new(db).await;
            let nobody = db.cx(Actor::Anonymous);
            let redeem = async |secret: &[u8]| {
                let now = db.cx(Actor::Anonymous);
                let done = store::write(&now, async |tx: &Tx| {
                    redeem_invitation(tx, world.organiser, secret).await
                })
                .await;
                done.map_err(|error| error.code())
            };
            let spent = Err("ORGANISATION_INVITATION_SPENT");
            let secret = TEACHER.to_be_bytes();
            db.clock
                .pass(TimeDelta::days(7) - TimeDelta::milliseconds(1));
            let redeemed = redeem(&secret).await.unwrap();
            assert_eq!(redeemed.person, id(TEACHER), "{}", db.kind());
            assert_eq!(redeemed.address, format!("p{TEACHER}@example.se"));
            let link = async |person: u128, account: u128| {
                let done = store::write(&nobody, async |tx: &Tx| {
                    link_account(tx, world.organiser, id(person), id(account)).await
                })
                .await;
                done.map_err(|error| error.code())
            };
            assert_eq!(link(TEACHER, 1).await, Ok(()));
            assert_eq!(link(TEACHER, 1).await, Ok(()), "twice is once");
            assert_eq!(link(TEACHER, 2).await, Err("ORGANISATION_ALREADY_JOINED"));
            assert_eq!(link(MATE, 1).await, Err("ORGANISATION_ACCOUNT_IN_USE"));
            assert_eq!(redeem(&secret).await, spent, "{}: used", db.kind());
            assert_eq!(redeem(b"unknown").await, spent, "{}: unknown", db.kind());
            db.clock.pass(TimeDelta::milliseconds(1));
            assert_eq!(
                redeem(&MATE.to_be_bytes()).await,
                spent,
                "{}: too old",
                db.kind()
            );

            let again = |person: u128| {
                world.by(PRINCIPAL, async move |tx: &Tx| {
                    invite_again(tx, id(person), "eva@example.se", b"new").await
                })
            };
            assert_eq!(
                again(TEACHER).await.unwrap_err().code(),
                "ORGANISATION_ALREADY_JOINED"
            );
            let above = again(AREA_ADMIN).await.unwrap_err().code();
            assert_eq!(
                above, "ORGANISATION_NOT_YOURS",
                "the role is not theirs to give"
            );
            again(MATE).await.unwrap();
            assert_eq!(
                redeem(b"new").await.map(|came| came.address).as_deref(),
                Ok("eva@example.se")
            );
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn of_two_who_use_an_invitation_at_once_one_comes_in() {
        on_both(async |db| {
            let world = World::new(db).await;
            let nobody = db.cx(Actor::Anonymous);
            let redeem = async || {
                store::write(&nobody, async |tx: &Tx| {
                    redeem_invitation(tx, world.organiser, &TEACHER.to_be_bytes()).await
                })
                .await
            };
            let (one, two) = tokio::join!(redeem(), redeem());
            let codes = [one, two].map(|came| came.map_err(|error| error.code()).err());
            let spent = Some("ORGANISATION_INVITATION_SPENT");
            assert!(
                codes == [None, spent] || codes == [spent, None],
                "{} {codes:?}",
                db.kind()
            );
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn refusals() {
        type Change = fn(&mut Invite, &World<'_>);
        const ABOVE: &str = "ORGANISATION_ROLE_ABOVE_YOU";
        let cases: &[(&str, u128, Change, &str)] = &[
            ("by a teacher", TEACHER, |_, _| {}, "ORGANISATION_NOT_YOURS"),
            (
                "into another school",
                PRINCIPAL,
                |ask, _| ask.unit = Some(id(12)),
                "ORGANISATION_NOT_YOURS",
            ),
            (
                "into no school",
                PRINCIPAL,
                |ask, _| ask.unit = Some(id(999)),
                "NOT_FOUND",
            ),
            (
                "a role in another school",
                PRINCIPAL,
                |ask, _| ask.roles[0].unit = Some(id(12)),
                "ORGANISATION_NOT_YOURS",
            ),
            (
                "a principal by a principal",
                PRINCIPAL,
                |ask, _| ask.roles[0].role = Role::Principal,
                ABOVE,
            ),
            (
                "an admin by a unit's admin",
                AREA_ADMIN,
                |ask, _| ask.roles[0].role = Role::Admin,
                ABOVE,
            ),
            (
                "without a role",
                PRINCIPAL,
                |ask, _| ask.roles.clear(),
                "ORGANISATION_NO_ROLE",
            ),
            (
                "a teacher of the organiser",
                ADMIN,
                |ask, _| ask.roles[0].unit = None,
                "ORGANISATION_ROLE_NEEDS_UNIT",
            ),
            (
                "a guest for ever",
                PRINCIPAL,
                |ask, _| ask.roles[0].role = Role::Guest,
                "ORGANISATION_GUEST_NEEDS_END",
            ),
            (
                "a role that ends first",
                PRINCIPAL,
                |ask, world| ask.roles[0].to_day = Some(world.today() - Days::new(1)),
                "ORGANISATION_DATES_REVERSED",
            ),
            (
                "into a team across units",
                PRINCIPAL,
                |ask, _| ask.teams = vec![id(31)],
                "ORGANISATION_NOT_YOURS",
            ),
            (
                "protected, by one who is not named",
                ADMIN,
                |ask, _| ask.protected = true,
                "ORGANISATION_NOT_GUARD",
            ),
            (
                "with another's id",
                PRINCIPAL,
                |ask, _| ask.person = id(OTHER),
                "ID_TAKEN",
            ),
        ];
        on_both(async |db| {
            let world = World::new(db).await;
            for (case, by, change, code) in cases {
                let mut ask = invite_of(200, "Nya Ny", Role::Teacher, Some(11));
                change(&mut ask, &world);
                let refusal = world
                    .by(*by, async |tx| invite(tx, &ask).await)
                    .await
                    .unwrap_err();
                assert_eq!(refusal.code(), *code, "{} {case}", db.kind());
                let made = crate::person(&world.house(), id(200)).await.unwrap();
                assert_eq!(made, None, "{} {case}: nothing may be stored", db.kind());
            }
            let ask = invite_of(200, "Nya Ny", Role::Teacher, Some(11));
            world
                .by(PRINCIPAL, async |tx| invite(tx, &ask).await)
                .await
                .unwrap();
        })
        .await;
    }
}
