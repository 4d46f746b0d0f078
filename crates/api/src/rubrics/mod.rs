//! Rubrics in the schema.

pub(crate) mod bank;
pub(crate) mod begin;
pub(crate) mod catalogue;
pub(crate) mod content;
pub(crate) mod diff;
pub(crate) mod exemplars;
pub(crate) mod export;
pub(crate) mod forks;
pub(crate) mod import;
pub(crate) mod input;
pub(crate) mod mutation;
pub(crate) mod object;
pub(crate) mod pupil_link;
pub(crate) mod query;
pub(crate) mod saving;
pub(crate) mod sharing;
pub(crate) mod shelves;
pub(crate) mod step;
pub(crate) mod subscription;
pub(crate) mod table;
pub(crate) mod talk;
pub(crate) mod version;
