//! One sample of work, and what it shows.

use kit::{
    Body, CriterionId, FileId, Instant, LevelId, PersonId, RubricExemplarId, RubricId,
    RubricVersionId, Text,
};

/// A text of a pupil's, some pages long: up to 12 000 characters in several lines.
pub type SampleText = Text<12_000, true>;

/// An anonymous sample of work, tied to a level of a criterion. It holds its version: what the level meant when somebody chose the sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exemplar {
    /// Made by the client, at random.
    pub id: RubricExemplarId,
    /// Of which rubric.
    pub rubric: RubricId,
    /// Which version it was chosen for; it never moves on by itself.
    pub version: RubricVersionId,
    /// Which criterion it shows.
    pub criterion: CriterionId,
    /// At which level of it.
    pub level: LevelId,
    /// Who added it.
    pub by: PersonId,
    /// Why it stands at this level.
    pub why: Body,
    /// The work itself.
    pub sample: Sample,
    /// When it was added.
    pub created_at: Instant,
}

/// The work that an exemplar shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sample {
    /// In words.
    Text(SampleText),
    /// A picture, a PDF or a text, which hangs on the rubric.
    File(FileId),
}
