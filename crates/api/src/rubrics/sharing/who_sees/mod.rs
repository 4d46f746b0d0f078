//! Who sees what: one file for each kind of thing.

pub(crate) mod link;
pub(crate) mod proposal;
pub(crate) mod rubric;
pub(crate) mod version;
