//! How a rubric travels: forks and where they come from, what is pulled and proposed back, what holds a version, and thanks.

mod answer;
mod changes;
mod counts;
mod forget;
mod fork;
mod heat;
mod hold;
mod lineage;
mod merge;
mod move_use;
mod order;
mod origin;
mod proposal;
mod propose;
mod pull;
mod table;
#[cfg(test)]
mod tests;
mod thank;

pub use answer::{AnswerProposal, Answered, Verdicts, answer_proposal};
pub(crate) use changes::note_changes;
pub(crate) use counts::count;
pub use counts::{Counts, counts};
pub(crate) use forget::forget;
pub use fork::{Fork, fork};
pub use heat::{Heat, heat};
pub(crate) use hold::held;
pub use hold::{Use, find_use, hold, release, uses_of_exemplars, uses_of_links};
pub use lineage::{LINEAGE_MAX, Lineage, Relative, lineages};
pub use merge::{Choice, Decision, Offer};
pub use move_use::{MoveUse, Moved, move_use};
pub use order::CountOrder;
pub(crate) use order::consumers;
pub(crate) use origin::parsed;
pub use origin::{Credit, Origin, origins};
pub use proposal::{Answer, Part, Proposal, find_proposal, proposals};
pub use propose::{PARTS_MAX, Propose, propose};
pub use pull::{Pull, Pulled, offers, pull};
pub use thank::{Thank, thank, thanks};
