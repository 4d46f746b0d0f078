//! What every record has: reach, the rows that say who may see it, and the files that hang on it.
//!
//! A room says which audiences a thing has; this is the one place that writes them, and the one rule that reads them.

pub mod files;
mod reach;
mod weigh;

pub use reach::{clear, meets, set, visible};
pub use store::{Scan, heaviest, newest};
pub use weigh::weigh;
