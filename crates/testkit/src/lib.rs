//! What every test needs, and no room of its own.

pub mod cluster;
