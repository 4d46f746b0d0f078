//! Exemplars (exempel): anonymous samples of work that show what a level of a published rubric means.

mod add;
mod exemplar;
mod list;
mod remove;
mod table;
#[cfg(test)]
mod tests;

pub use add::{AddExemplar, add_exemplar};
pub use exemplar::{Exemplar, Sample, SampleText};
pub use list::{exemplars_of_rubrics, exemplars_of_versions, find_exemplar};
pub use remove::{RemovedExemplar, remove_exemplar};
pub(crate) use table::turn_to;
