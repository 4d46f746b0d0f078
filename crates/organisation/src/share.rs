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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::*;
    use kit::{Fault, Role};
    use testkit::{id, on_both};

    #[tokio::test(flavor = "multi_thread")]
    async fn one_shares_where_one_belongs_and_with_whom_one_may_know() {
        on_both(async |db| {
            let world = World::new(db).await;
            let organiser = Audience::Organiser(world.organiser);
            let (person, team, unit) = (
                |number| Audience::Person(id(number)),
                |number| Audience::Team(id(number)),
                |number| Audience::Unit(id(number)),
            );
            let cases = [
                (TEACHER, organiser, "OK"),
                (TEACHER, Audience::Organiser(id(2)), "NOT_FOUND"),
                (TEACHER, unit(11), "OK"),
                (TEACHER, unit(10), "OK"),
                (TEACHER, unit(12), "ORGANISATION_NOT_YOURS"),
                (TEACHER, unit(999), "NOT_FOUND"),
                (TEACHER, team(30), "OK"),
                (TEACHER, team(31), "ORGANISATION_NOT_YOURS"),
                (TEACHER, Audience::RoleAt(Role::LeadTeacher, id(11)), "OK"),
                (TEACHER, person(OTHER), "OK"),
                (TEACHER, person(PROTECTED), "OK"),
                (OTHER, person(PROTECTED), "NOT_FOUND"),
                (GUEST, team(30), "OK"),
                (GUEST, team(31), "NOT_FOUND"),
                (GUEST, unit(11), "ORGANISATION_NOT_YOURS"),
                (GUEST, organiser, "ORGANISATION_NOT_YOURS"),
                (GUEST, person(OTHER), "NOT_FOUND"),
                (ADMIN, organiser, "ORGANISATION_NOT_YOURS"),
            ];
            for (who, audience, expected) in cases {
                let cx = world.cx(who).await;
                let answer = may_share_with(&cx, &BTreeSet::from([audience])).await;
                let code = answer.as_ref().map_or_else(Fault::code, |()| "OK");
                assert_eq!(code, expected, "{} {who} {audience:?}", db.kind());
                assert!(cx.db().statements() <= 1);
            }
        })
        .await;
    }
}
