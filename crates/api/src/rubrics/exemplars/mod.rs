//! Exemplars in the schema: samples of work, tied to a level.

pub(crate) mod listed;
pub(crate) mod mutation;
pub(crate) mod object;
