//! The open catalogue in the schema.

pub(crate) mod input;
pub(crate) mod mutation;
pub(crate) mod object;
pub(crate) mod query;
pub(crate) mod standing;
