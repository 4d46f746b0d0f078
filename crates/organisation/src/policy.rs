//! Who may do what in the organisation. Pure: reads only the actor and the thing.

use crate::{Error, Person, Team, Unit};
use kit::{Actor, Role, UnitId};

/// The scope with which a service account reads units, teams and school years.
pub const SCOPE_ORGANISATION: &str = "organisation:read";
/// The scope with which a service account reads people, the protected left out.
pub const SCOPE_PEOPLE: &str = "people:read";
/// The scope with which a service account reads what is shared with the whole organiser.
pub const SCOPE_RUBRICS: &str = "rubrics:read";

/// How much of the organisation an actor sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sight<'a> {
    /// All of it.
    Whole,
    /// These units, what belongs to them, and no protected person.
    Units(&'a [UnitId]),
    /// Only the own teams, their members and the units of own roles: a guest.
    Own,
    /// Nothing.
    Nothing,
}

/// Everybody who works here sees the organisation; a guest only their own teams.
pub(crate) fn sight(actor: &Actor) -> Sight<'_> {
    sight_with(actor, SCOPE_ORGANISATION)
}

/// Everybody who works here sees who their colleagues are; a guest only the members of their own teams.
pub(crate) fn sight_of_people(actor: &Actor) -> Sight<'_> {
    sight_with(actor, SCOPE_PEOPLE)
}

fn sight_with<'a>(actor: &'a Actor, scope: &str) -> Sight<'a> {
    match actor {
        Actor::System { .. } => Sight::Whole,
        Actor::Person(person) if person.roles.iter().any(|held| held.role != Role::Guest) => {
            Sight::Whole
        }
        Actor::Person(_) => Sight::Own,
        Actor::Service(service) if service.scopes.iter().any(|held| held == scope) => {
            service.units.as_deref().map_or(Sight::Whole, Sight::Units)
        }
        Actor::Anonymous | Actor::Service(_) => Sight::Nothing,
    }
}

fn is_house(actor: &Actor) -> bool {
    matches!(actor, Actor::System { .. })
}

fn demand(allowed: bool) -> Result<(), Error> {
    if allowed {
        Ok(())
    } else {
        Err(Error::NotYours)
    }
}

/// Organisers are made by whoever runs the installation.
pub(crate) fn may_create_organiser(actor: &Actor) -> Result<(), Error> {
    demand(is_house(actor))
}

/// An administrator at a node manages its units, settings and people, and those below it; no nodes means the organiser.
pub(crate) fn may_manage(actor: &Actor, nodes: &[UnitId]) -> Result<(), Error> {
    demand(is_house(actor) || actor.holds(&[Role::Admin], nodes))
}

/// Those who lead colleagues at a unit make its teams and say who is in them.
pub(crate) fn may_lead_teams(actor: &Actor, nodes: &[UnitId]) -> Result<(), Error> {
    const LEADERS: &[Role] = &[
        Role::Admin,
        Role::Coordinator,
        Role::LeadTeacher,
        Role::Principal,
    ];
    demand(is_house(actor) || actor.holds(LEADERS, nodes))
}

/// Whoever leads the team takes members out; everybody may leave.
pub(crate) fn may_remove(actor: &Actor, team: &Team, member: &Person) -> Result<(), Error> {
    if actor.is(member.id) {
        Ok(())
    } else {
        may_lead_teams(actor, &team.nodes)
    }
}

/// Nobody gives a role above their own: offices of the organiser come from its administrators, the rest from the unit's administrators and principals.
pub(crate) fn may_give(actor: &Actor, role: Role, nodes: &[UnitId]) -> Result<(), Error> {
    if is_house(actor) {
        return Ok(());
    }
    may_invite(actor, nodes)?;
    let gives = match role {
        Role::Admin | Role::DataProtectionOfficer | Role::OrganiserHead | Role::RecordsOfficer => {
            actor.holds(&[Role::Admin], &[])
        }
        Role::Principal => actor.holds(&[Role::Admin], nodes),
        Role::Coordinator
        | Role::Deputy
        | Role::Guest
        | Role::LeadTeacher
        | Role::PreschoolTeacher
        | Role::Staff
        | Role::Teacher => true,
    };
    if gives {
        Ok(())
    } else {
        Err(Error::RoleAboveYou)
    }
}

/// Administrators and principals bring people in.
pub(crate) fn may_invite(actor: &Actor, nodes: &[UnitId]) -> Result<(), Error> {
    demand(is_house(actor) || actor.holds(&[Role::Admin, Role::Principal], nodes))
}

/// Only the few who are named for it set the marking.
pub(crate) fn may_protect(actor: &Actor) -> Result<(), Error> {
    if is_house(actor) || guards(actor) {
        Ok(())
    } else {
        Err(Error::NotGuard)
    }
}

/// Whether the actor is one of the few who are named for protected identities, and an administrator still.
pub(crate) fn guards(actor: &Actor) -> bool {
    matches!(actor, Actor::Person(person) if person.guards_protected)
}

/// The record of a person is for themself, who manages them, and who guards protected identities.
pub(crate) fn reads_record(actor: &Actor, person: &Person) -> bool {
    actor.is(person.id) || guards(actor) || may_manage(actor, &person.nodes).is_ok()
}

/// What an actor may do with a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnitAbilities {
    /// Rename it, move it, close it, and make units below it.
    pub manage: bool,
    /// Make teams in it.
    pub create_team: bool,
    /// Invite people to it.
    pub invite: bool,
}

/// What an actor may do with a team.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TeamAbilities {
    /// Rename it, give it an end, add and remove members.
    pub lead: bool,
    /// Leave it.
    pub leave: bool,
}

/// What an actor may do with a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PersonAbilities {
    /// Rename them, move them, set their last day.
    pub manage: bool,
    /// Set or lift the protection of their identity.
    pub protect: bool,
}

/// What the actor may do with something, made of the same rules as the use cases.
pub trait Abilities {
    /// The answers.
    type Answer;

    /// What `actor` may do with it.
    fn abilities(&self, actor: &Actor) -> Self::Answer;
}

impl Abilities for Unit {
    type Answer = UnitAbilities;

    fn abilities(&self, actor: &Actor) -> UnitAbilities {
        UnitAbilities {
            manage: may_manage(actor, &self.nodes).is_ok(),
            create_team: may_lead_teams(actor, &self.nodes).is_ok(),
            invite: may_invite(actor, &self.nodes).is_ok(),
        }
    }
}

impl Abilities for Team {
    type Answer = TeamAbilities;

    fn abilities(&self, actor: &Actor) -> TeamAbilities {
        TeamAbilities {
            lead: may_lead_teams(actor, &self.nodes).is_ok(),
            leave: actor.belongs_to(self.id),
        }
    }
}

impl Abilities for Person {
    type Answer = PersonAbilities;

    fn abilities(&self, actor: &Actor) -> PersonAbilities {
        PersonAbilities {
            manage: may_manage(actor, &self.nodes).is_ok(),
            protect: may_protect(actor).is_ok(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kit::{Fault, OrganiserId};
    use testkit::{actor, id};

    #[test]
    fn nobody_gives_a_role_above_their_own() {
        use Role::*;
        let organiser: OrganiserId = id(1);
        let (area, school, other) = (id::<UnitId>(2), id::<UnitId>(3), id::<UnitId>(4));
        let at = |role, unit| actor(organiser, id(9), &[(role, unit)], &[]);
        let nodes = [area, school];
        let (yours, above, no) = (
            "OK",
            "ORGANISATION_ROLE_ABOVE_YOU",
            "ORGANISATION_NOT_YOURS",
        );
        let cases = [
            (at(Admin, None), Admin, yours),
            (at(Admin, None), OrganiserHead, yours),
            (at(Admin, None), Principal, yours),
            (at(Admin, Some(area)), Principal, yours),
            (at(Admin, Some(area)), Admin, above),
            (at(Admin, Some(school)), DataProtectionOfficer, above),
            (at(Admin, Some(school)), RecordsOfficer, above),
            (at(Admin, Some(other)), Teacher, no),
            (at(Principal, Some(school)), Teacher, yours),
            (at(Principal, Some(area)), Deputy, yours),
            (at(Principal, Some(school)), Guest, yours),
            (at(Principal, Some(school)), Principal, above),
            (at(Principal, Some(school)), OrganiserHead, above),
            (at(Principal, Some(other)), Teacher, no),
            (at(Deputy, Some(school)), Teacher, no),
            (at(OrganiserHead, None), Teacher, no),
            (at(Teacher, Some(school)), Teacher, no),
            (Actor::Anonymous, Teacher, no),
        ];
        for (actor, role, expected) in cases {
            let answer = may_give(&actor, role, &nodes);
            let code = answer.as_ref().map_or_else(Fault::code, |()| "OK");
            assert_eq!(code, expected, "{role:?} by {actor:?}");
        }
    }

    #[test]
    fn a_team_is_led_from_its_unit_or_above_and_one_across_units_from_the_organiser() {
        use Role::*;
        let (area, school) = (id::<UnitId>(2), id::<UnitId>(3));
        let at = |role, unit| actor(id(1), id(9), &[(role, unit)], &[]);
        let cases = [
            (at(LeadTeacher, Some(school)), true, false),
            (at(Coordinator, Some(area)), true, false),
            (at(Principal, Some(school)), true, false),
            (at(Admin, Some(area)), true, false),
            (at(Coordinator, None), true, true),
            (at(Deputy, Some(school)), false, false),
            (at(Teacher, Some(school)), false, false),
            (at(Guest, Some(school)), false, false),
            (at(OrganiserHead, None), false, false),
        ];
        for (actor, in_school, across) in cases {
            assert_eq!(
                may_lead_teams(&actor, &[area, school]).is_ok(),
                in_school,
                "{actor:?}"
            );
            assert_eq!(
                may_lead_teams(&actor, &[]).is_ok(),
                across,
                "{actor:?} across units"
            );
        }
    }
}
