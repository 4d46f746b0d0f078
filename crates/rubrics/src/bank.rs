//! The comment bank (kommentarsbank): suggested feedback per criterion and level that a team builds together.
//!
//! It is the team's own: its members read it, of rubrics that they see. How often a suggestion was used is counted for the team and never per person.

mod count_use;
mod policy;
mod remove;
mod suggest;
mod suggestion;
mod suggestions;
mod table;
#[cfg(test)]
mod tests;

pub use count_use::count_suggestion_use;
pub use remove::{RemoveSuggestion, remove_suggestion};
pub use suggest::{Suggest, suggest};
pub use suggestion::Suggestion;
pub use suggestions::{SuggestionFilter, suggestions};
pub(crate) use table::forget;
