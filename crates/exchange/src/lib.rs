//! What comes in from other systems and goes out to them.

pub mod canvas;
mod drafts;
mod import;

pub use import::{Import, Imported, Outcome, import, preview};
