//! The organiser's tree of units, its people with their dated roles, its teams, and the school's calendar.
//!
//! Every other room asks this one who somebody is ([`load_actor`]), what a unit or team is, and what day it is at school.
//! A person's identity can be protected: then only the own teams, those named for it and the person are answered; to all others
//! there is no such person, and where one must be mentioned stands [`hidden_name`] without an id. An id of a person is therefore
//! never shown to an actor whom [`people_by_ids`] did not answer it to.

mod actor;
pub mod calendar;
mod error;
pub mod events;
mod order;
mod organiser;
mod people;
mod person;
mod policy;
mod sql;
mod team;
mod teams;
mod unit;
mod units;

pub use actor::{ActorCache, PersonOf, load_actor, persons_of, service_actor};
pub use calendar::{Calendar, DayOff, SchoolYear, Term, TermKind, today};
pub use error::Error;
pub use organiser::{Organiser, OrganiserKind, Settings};
pub use people::{
    PeopleFilter, home_unit_on, home_units_on, people, people_by_ids, person, role_history,
    roles_of,
};
pub use person::{NewRole, Person, PersonRecord, RoleHeld, hidden_name};
pub use policy::{
    Abilities, PersonAbilities, SCOPE_ORGANISATION, SCOPE_PEOPLE, SCOPE_RUBRICS, TeamAbilities,
    UnitAbilities,
};
pub use team::{Member, Team, TeamKind};
pub use teams::{TeamFilter, my_memberships, team, teams, teams_by_ids};
pub use unit::{LEVELS_MAX, Unit, UnitKind};
pub use units::{
    UnitFilter, calendar, organiser, school_years, settings, unit, units, units_by_ids,
};
