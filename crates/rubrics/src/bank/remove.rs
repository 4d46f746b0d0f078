//! A suggestion is taken out of a team's bank.

use super::{policy::may_remove, suggestions, table};
use crate::{Error, Rubric};
use kit::RubricSuggestionId;
use store::Tx;

/// Remove a suggestion.
#[derive(Debug, Clone, Copy)]
pub struct RemoveSuggestion {
    /// Which suggestion.
    pub suggestion: RubricSuggestionId,
}

/// Takes a suggestion out of a team's bank. What it was used for keeps its words.
///
/// # Errors
///
/// [`Error::NotFound`] unless the actor is in the team and sees the rubric, and [`Error::NotYourSuggestion`] unless they wrote it or lead teaching in the
/// team.
pub async fn remove_suggestion(tx: &Tx, ask: &RemoveSuggestion) -> Result<Rubric, Error> {
    let (suggestion, rubric) = suggestions::find_suggestion(tx, ask.suggestion).await?;
    may_remove(&tx.actor, suggestion.team, suggestion.by)?;
    table::delete(tx, suggestion.id).await?;
    Ok(rubric)
}
