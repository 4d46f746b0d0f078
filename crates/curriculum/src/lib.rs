//! The trade's code lists: school forms, subjects, years and the five key strategies, each with its validity dates.
//!
//! Codes are stable and never change their meaning; names are what a teacher reads. A list grows by a line of data.

mod code;
mod school_form;
mod strategy;
mod subject;
mod year;

pub use code::{Code, UnknownCode, Validity};
pub use school_form::SchoolForm;
pub use strategy::KeyStrategy;
pub use subject::Subject;
pub use year::Year;
