use crate::{Error, events::TeamMembershipChanged, policy, sql};
use kit::{PersonId, TeamId};
use store::Tx;

/// Takes a person out of a team, or lets them leave it; what was shared with it is closed to them at once. Answers whether they were in it.
///
/// # Errors
///
/// [`Error::NotFound`] for a team or person that the actor may not know, [`Error::NotYours`] unless it is the person themself or the
/// actor leads colleagues at the team's unit.
pub async fn remove_member(tx: &Tx, team: TeamId, person: PersonId) -> Result<bool, Error> {
    let team = sql::team::find(tx, team).await?;
    let person = sql::person::find(tx, person).await?;
    policy::may_remove(&tx.actor, &team, &person)?;
    let left = sql::team::leave(tx, team.id, person.id).await?;
    if left {
        tx.emit(&TeamMembershipChanged {
            team: team.id,
            person: person.id,
            member: false,
        });
    }
    Ok(left)
}
