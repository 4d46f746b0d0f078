//! What a rubric says, as the schema shows it. Levels and criteria are plain data: no permission lies between them and their version.

use crate::words::Words;
use async_graphql::{Enum, ID, SimpleObject};

/// Which form a rubric has; it decides how many levels a criterion has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rubrics::RubricKind")]
pub enum RubricKind {
    /// Analytisk matris: several criteria with two to ten levels each.
    Analytic,
    /// Checklista: criteria without levels, seen or not yet seen.
    Checklist,
    /// Helhetsbedömning: one criterion with two to ten levels.
    Holistic,
    /// Enpunktsmatris: each criterion describes the goal alone, with room for evidence on both sides.
    SinglePoint,
}

/// What a preschool criterion looks at. It is never the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rubrics::About")]
pub enum About {
    /// Utbildningen: the education that is offered.
    Education,
    /// Lärmiljön: rooms, material and time.
    Environment,
    /// Arbetslaget: how the team works.
    Team,
}

/// A criterion (kriterium, aspekt): one thing that is looked at.
#[derive(Debug, Clone, SimpleObject)]
pub struct Criterion {
    /// Its id, the same in every version of the rubric.
    id: ID,
    /// What is looked at, in a few words.
    title: Words,
    /// The same at length.
    description: Option<Words>,
    /// How much it counts beside the other criteria, 1 to 100.
    weight: i32,
    /// Advice for those who assess; it never reaches pupils.
    guidance: Option<Words>,
    /// How it is put to pupils.
    pupil_wording: Option<Words>,
    /// What a preschool criterion looks at; never the child.
    about: Option<About>,
    /// Codes of the subjects it belongs to, beside those of the whole rubric.
    subjects: Vec<String>,
    /// Codes of the years it is meant for, beside those of the whole rubric.
    years: Vec<String>,
    /// Codes of the key strategies (nyckelstrategier) that it serves.
    strategies: Vec<String>,
    /// Its levels (nivåer), in order.
    levels: Vec<Level>,
    /// In a draft: how often this criterion was saved. A save that names it changes only what was read.
    revision: Option<i32>,
}

/// A level (nivå) of a criterion.
#[derive(Debug, Clone, SimpleObject)]
pub struct Level {
    /// Its id, the same in every version of the rubric.
    id: ID,
    /// What the level is called.
    label: Words,
    /// The quality that is seen at this level (nivåbeskrivning).
    descriptor: Option<Words>,
    /// How the quality is put to pupils.
    pupil_wording: Option<Words>,
    /// Points, where points are switched on. Equal points are legal.
    points: Option<Points>,
    /// Feedback that leads on from here.
    suggested_feedback: Option<Words>,
}

/// Points of a level: one figure when `min` and `max` are equal, otherwise a range.
#[derive(Debug, Clone, SimpleObject)]
pub struct Points {
    /// The lowest, with at most two decimals.
    min: f64,
    /// The highest, with at most two decimals.
    max: f64,
}

impl Criterion {
    /// The criterion of a version, with its revision in a draft.
    pub(crate) fn of(criterion: &rubrics::Criterion, revision: Option<i32>) -> Self {
        let codes = |codes: &[rubrics::Code]| codes.iter().map(ToString::to_string).collect();
        Self {
            id: criterion.id.to_string().into(),
            title: (&criterion.title).into(),
            description: criterion.description.as_ref().map(Into::into),
            weight: i32::try_from(criterion.weight).unwrap_or(i32::MAX),
            guidance: criterion.guidance.as_ref().map(Into::into),
            pupil_wording: criterion.pupil_wording.as_ref().map(Into::into),
            about: criterion.about.map(Into::into),
            subjects: codes(&criterion.subjects),
            years: codes(&criterion.years),
            strategies: codes(&criterion.strategies),
            levels: criterion.levels.iter().map(Level::of).collect(),
            revision,
        }
    }
}

impl Level {
    pub(crate) fn of(level: &rubrics::Level) -> Self {
        Self {
            id: level.id.to_string().into(),
            label: (&level.label).into(),
            descriptor: level.descriptor.as_ref().map(Into::into),
            pupil_wording: level.pupil_wording.as_ref().map(Into::into),
            points: level.points.map(Into::into),
            suggested_feedback: level.suggested_feedback.as_ref().map(Into::into),
        }
    }
}

impl From<rubrics::Points> for Points {
    fn from(points: rubrics::Points) -> Self {
        Self {
            min: decimal(points.min),
            max: decimal(points.max),
        }
    }
}

/// Hundredths as a decimal number. They are bounded far below where a float loses one.
#[expect(
    clippy::cast_precision_loss,
    reason = "points are at most a million hundredths"
)]
fn decimal(hundredths: i64) -> f64 {
    hundredths as f64 / 100.0
}
