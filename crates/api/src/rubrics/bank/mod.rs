//! The comment bank in the schema.

pub(crate) mod mutation;
pub(crate) mod object;
