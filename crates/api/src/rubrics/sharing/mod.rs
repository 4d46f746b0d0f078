//! Who writes a rubric, and who sees what of it.

pub(crate) mod audience;
pub(crate) mod input;
pub(crate) mod mutation;
pub(crate) mod preview;
pub(crate) mod together;
pub(crate) mod who_sees;
