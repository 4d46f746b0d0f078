//! Files that people send in: stripped of everything but what they show, kept beside the database, seen by whoever sees the record they hang on.
//!
//! A file comes in four steps, of which a door does the second outside any transaction: [`clean()`] takes it apart and writes it anew,
//! [`announce`] notes that it comes, [`Shelf::put`] keeps its bytes, [`settle`] says that they lie there. Whatever stops half-way leaves a
//! row that was never settled, which nobody sees and [`forget`] clears away.

mod announce;
mod clean;
mod config;
mod error;
mod file;
mod find;
mod forget;
mod hang;
mod pdf;
mod photo_in_pdf;
mod picture;
mod shelf;
mod sql;
#[cfg(test)]
mod tests;

pub use announce::{Announce, announce, may_send, settle};
pub use clean::{Cleaned, TAKEN, clean, sha256};
pub use config::FilesConfig;
pub use error::Error;
pub use file::{File, Media, UNUSED, file_name};
pub use find::find;
pub use forget::{Outlived, forget, outlived, take_away};
pub use hang::{by_ids, hang, let_go};
pub use shelf::Shelf;
