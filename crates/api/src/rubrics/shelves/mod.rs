//! Shelves in the schema: collections, and what one used last.

pub(crate) mod collection;
pub(crate) mod input;
pub(crate) mod mutation;
pub(crate) mod query;
