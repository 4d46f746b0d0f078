//! How a rubric travels, in the schema: forks, lineage, pulls, proposals, uses and thanks.

pub(crate) mod input;
pub(crate) mod mutation;
pub(crate) mod offer;
pub(crate) mod origin;
pub(crate) mod proposal;
pub(crate) mod travels;
