//! The organiser's tree of units, its people with their dated roles, its teams, and the school's calendar.
//!
//! Every other room asks this one who somebody is ([`load_actor`]), what a unit or team is, and what day it is at school.
//! A person's identity can be protected: then only the own teams, those named for it and the person are answered; to all others
//! there is no such person, and where one must be mentioned stands [`hidden_name`] without an id. An id of a person is therefore
//! never shown to an actor whom [`people_by_ids`] did not answer it to.

mod account_to_help;
mod actor;
mod add_member;
mod assign_role;
pub mod calendar;
mod catalogue;
mod create_organiser;
mod create_team;
mod create_unit;
mod end_role;
mod error;
pub mod events;
mod headcount;
mod invite;
mod link_account;
mod name_guard;
mod order;
mod organiser;
mod people;
mod person;
mod policy;
mod redeem_invitation;
mod remove_member;
mod save_school_year;
mod share;
mod sql;
mod team;
mod teams;
mod unit;
mod units;
mod update_me;
mod update_organiser;
mod update_person;
mod update_team;
mod update_unit;

#[cfg(test)]
mod world;

pub use account_to_help::account_to_help;
pub use actor::{ActorCache, PersonOf, load_actor, persons_of, service_actor};
pub use add_member::add_member;
pub use assign_role::assign_role;
pub use calendar::{Calendar, DayOff, SchoolYear, Term, TermKind, today};
pub use catalogue::{administers, administrators, catalogue_is_off, protects_any};
pub use create_organiser::{CreateOrganiser, create_organiser};
pub use create_team::{CreateTeam, create_team};
pub use create_unit::{CreateUnit, create_unit};
pub use end_role::end_role;
pub use error::Error;
pub use headcount::{Headcount, belongs_to_one, headcount, member_ids};
pub use invite::{INVITATION_DAYS, Invitation, Invite, ROLES_MAX, invite, invite_again};
pub use link_account::link_account;
pub use name_guard::{GUARDS_MAX, name_guard, unname_guard};
pub use organiser::{Organiser, OrganiserKind, Settings};
pub use people::{
    PeopleFilter, home_unit_on, home_units_on, members, people, people_by_ids, person,
    role_history, roles_of,
};
pub use person::{NewRole, Person, PersonRecord, RoleHeld, hidden_name};
pub use policy::{
    Abilities, PersonAbilities, SCOPE_ORGANISATION, SCOPE_PEOPLE, SCOPE_RUBRICS, TeamAbilities,
    UnitAbilities,
};
pub use redeem_invitation::{Redeemed, invited_address, redeem_invitation};
pub use remove_member::remove_member;
pub use save_school_year::{SaveSchoolYear, save_school_year};
pub use share::may_share_with;
pub use team::{Member, Team, TeamKind};
pub use teams::{TeamFilter, my_memberships, team, teams, teams_by_ids};
pub use unit::{LEVELS_MAX, Unit, UnitKind};
pub use units::{
    UnitFilter, calendar, organiser, school_years, settings, unit, units, units_by_ids,
};
pub use update_me::update_me;
pub use update_organiser::{UpdateOrganiser, update_organiser};
pub use update_person::{Move, UpdatePerson, update_person};
pub use update_team::{UpdateTeam, update_team};
pub use update_unit::{UpdateUnit, update_unit};
