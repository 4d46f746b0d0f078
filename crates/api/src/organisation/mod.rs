//! The organiser's tree, its people, roles, teams and school years.

pub(crate) mod codes;
pub(crate) mod input;
pub(crate) mod mutation;
pub(crate) mod object;
pub(crate) mod people;
pub(crate) mod person;
pub(crate) mod query;
pub(crate) mod team;
