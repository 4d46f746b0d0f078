//! What the state has decided, in the schema.

pub(crate) mod object;
pub(crate) mod query;
