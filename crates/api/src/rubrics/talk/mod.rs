//! Talk about rubrics in the schema.

mod comment;
pub(crate) mod fields;
mod input;
mod mentions;
pub(crate) mod mutation;
pub(crate) mod warning;
