//! Who may do what with a team's comment bank: pure.

use crate::{Error, Rubric, State};
use kit::{Actor, PersonId, Role, TeamId};

/// A team's bank is built by its members, of rubrics that they see and that are in use.
pub(crate) fn may_suggest(actor: &Actor, rubric: &Rubric, team: TeamId) -> Result<PersonId, Error> {
    let person = actor.person().ok_or(Error::PeopleOnly)?;
    if !actor.belongs_to(team) {
        return Err(Error::NotInTeam);
    }
    if rubric.state == State::Archived || rubric.is_deleted() {
        return Err(Error::NotActive);
    }
    Ok(person)
}

/// Whoever wrote it takes it back; a lead teacher in the team curates what it has.
pub(crate) fn may_remove(actor: &Actor, team: TeamId, by: PersonId) -> Result<(), Error> {
    let leads = match actor {
        Actor::Person(person) => person
            .roles
            .iter()
            .any(|held| held.role == Role::LeadTeacher),
        Actor::Anonymous | Actor::Service(_) | Actor::System { .. } => false,
    };
    if !actor.belongs_to(team) {
        Err(Error::NotFound)
    } else if actor.is(by) || leads {
        Ok(())
    } else {
        Err(Error::NotYourSuggestion)
    }
}
