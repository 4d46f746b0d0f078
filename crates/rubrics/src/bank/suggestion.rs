//! A suggestion: what a team says to pupils whose work is at a criterion and level.

use kit::{
    Bilingual, Body, CriterionId, Instant, LevelId, PersonId, RubricId, RubricSuggestionId, TeamId,
};

/// Suggested feedback in a team's comment bank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// Made by the client, at random.
    pub id: RubricSuggestionId,
    /// Whose bank it is in.
    pub team: TeamId,
    /// For which rubric.
    pub rubric: RubricId,
    /// For which criterion, whatever becomes of it.
    pub criterion: CriterionId,
    /// For which level of it; for any when `None`.
    pub level: Option<LevelId>,
    /// What to say.
    pub text: Bilingual<Body>,
    /// Who wrote it.
    pub by: PersonId,
    /// When it was written.
    pub at: Instant,
    /// How often the team used it.
    pub uses: i64,
    /// Whether the reader may remove it.
    pub may_remove: bool,
}
