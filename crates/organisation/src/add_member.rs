use crate::{
    Error, Member, Person, Team, calendar::today, events::TeamMembershipChanged, policy, sql,
};
use kit::{MembershipId, PersonId, TeamId};
use store::{Outcome, Tx};

/// Takes a person into a team, from this moment on. Whoever is in it already stays so, with the moment they joined.
///
/// # Errors
///
/// [`Error::NotFound`] for a team or person that the actor may not know, [`Error::NotYours`] unless the actor leads colleagues at the
/// team's unit, [`Error::TeamEnded`], [`Error::HasLeft`].
pub async fn add_member(tx: &Tx, team: TeamId, person: PersonId) -> Result<Member, Error> {
    let team = sql::team::find(tx, team).await?;
    let person = sql::person::find(tx, person).await?;
    take_in(tx, &team, &person).await
}

/// As [`add_member`], for a team and person that were just read or made.
pub(crate) async fn take_in(tx: &Tx, team: &Team, person: &Person) -> Result<Member, Error> {
    policy::may_lead_teams(&tx.actor, &team.nodes)?;
    if team.has_ended(today(tx.now)) {
        return Err(Error::TeamEnded);
    }
    if person.left {
        return Err(Error::HasLeft);
    }
    if let Some(member) = sql::team::membership(tx, team.id, person.id).await? {
        return Ok(member);
    }
    let member = Member {
        id: MembershipId(tx.ids.random()),
        team: team.id,
        person: person.id,
        joined_at: tx.now,
    };
    sql::team::join(tx, member).await?;
    tx.emit(&TeamMembershipChanged {
        team: team.id,
        person: person.id,
        member: true,
    });
    Ok(member)
}

impl Outcome<Error> for Member {
    fn outcome(&self) -> String {
        self.id.to_string()
    }

    async fn again(tx: &Tx, outcome: &str) -> Result<Self, Error> {
        let member = sql::team::membership_by_id(tx, sql::remembered(outcome)?).await?;
        sql::team::find(tx, member.team).await?;
        sql::person::find(tx, member.person).await?;
        Ok(member)
    }
}
