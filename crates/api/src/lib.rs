//! The GraphQL schema and the one door to it.

pub mod preflight;
