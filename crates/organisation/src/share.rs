//! With whom something may be shared.

use crate::{Error, calendar::today, sql};
use kit::{Actor, Audience, PersonId, TeamId, UnitId};
use std::collections::BTreeSet;
use store::Cx;

/// Whether the actor may share something of theirs with each of these: people they may know, teams they belong to, units and the
/// organiser where they are a colleague. At most three statements.
///
/// # Errors
///
/// [`Error::NotFound`] for what the actor may not see, [`Error::NotYours`] for a team or unit they do not belong to,
/// [`Error::TeamEnded`], [`Error::HasLeft`].
pub async fn may_share_with(cx: &Cx, audiences: &BTreeSet<Audience>) -> Result<(), Error> {
    let mut people: Vec<PersonId> = Vec::new();
    let mut teams: Vec<TeamId> = Vec::new();
    let mut units: Vec<UnitId> = Vec::new();
    for audience in audiences {
        match *audience {
            Audience::Organiser(organiser) if organiser != cx.organiser() => {
                return Err(Error::NotFound);
            }
            Audience::Organiser(_) => {}
            Audience::Person(person) => people.push(person),
            Audience::Team(team) => teams.push(team),
            Audience::RoleAt(_, unit) | Audience::Unit(unit) => units.push(unit),
        }
    }
    let found = sql::person::find_all(cx, &people).await?;
    if found.len() < people.len() {
        return Err(Error::NotFound);
    }
    if found.iter().any(|person| person.left) {
        return Err(Error::HasLeft);
    }
    let found = sql::team::find_all(cx, &teams).await?;
    if found.len() < teams.len() {
        return Err(Error::NotFound);
    }
    if found.iter().any(|team| team.has_ended(today(cx.now))) {
        return Err(Error::TeamEnded);
    }
    units.sort_unstable();
    units.dedup();
    if sql::unit::find_all(cx, &units).await?.len() < units.len() {
        return Err(Error::NotFound);
    }
    if audiences
        .iter()
        .all(|audience| belongs(&cx.actor, audience))
    {
        Ok(())
    } else {
        Err(Error::NotYours)
    }
}

fn belongs(actor: &Actor, audience: &Audience) -> bool {
    let audience = match *audience {
        Audience::Person(_) => return true,
        // The roles of a unit are addressed by its colleagues.
        Audience::RoleAt(_, unit) => Audience::Unit(unit),
        other => other,
    };
    matches!(actor, Actor::System { .. })
        || actor
            .audiences()
            .iter()
            .any(|held| held.audience == audience)
}
