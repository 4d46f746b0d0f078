//! What the state has decided and every teacher refers to: school forms, subjects, years, stages, the goal areas of the curricula, and the
//! grading criteria, each with its source and the days on which it holds.
//!
//! The lists are files that ship with Kollegium (`data/`); whoever runs it replaces one by importing another. A code never changes its
//! meaning and is never taken away: it gets a last day.

mod check;
mod code;
mod criteria;
mod document;
mod error;
mod goal;
mod import;
mod list;
mod reference;
mod school_form;
mod sql;
mod stage;
mod strategy;
mod subject;
mod year;

pub use code::{Code, UnknownCode};
pub use criteria::{Aspect, Criteria, Grade, GradeText};
pub use error::Error;
pub use goal::Goal;
pub use import::{Change, Import, import, preview};
pub use list::{Entry, List, ListKind, Source};
pub use reference::{Reference, reference};
pub use school_form::{SchoolForm, SchoolFormEntry};
pub use stage::Stage;
pub use strategy::KeyStrategy;
pub use subject::{SHORT_NAME_MAX, Subject};
pub use year::{Year, YearEntry};
