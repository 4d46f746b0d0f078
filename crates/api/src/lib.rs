//!
pub mod preflight;
