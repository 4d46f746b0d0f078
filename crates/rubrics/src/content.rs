//! What a rubric says: its head, its criteria and their levels. A superset of the rubrics of CASE 1.1.

use crate::Code;
use kit::{Bilingual, Body, CriterionId, LevelId, Title};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How a rubric is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RubricKind {
    /// Analytisk: every criterion has 2 to 10 levels.
    Analytic,
    /// Checklista: criteria without levels.
    Checklist,
    /// Holistisk: one criterion with 2 to 10 levels.
    Holistic,
    /// Enpunktsmatris: every criterion has exactly one level, with room for evidence on both sides.
    SinglePoint,
}

impl RubricKind {
    /// The stable code, as stored and as the schema names it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Analytic => "ANALYTIC",
            Self::Checklist => "CHECKLIST",
            Self::Holistic => "HOLISTIC",
            Self::SinglePoint => "SINGLE_POINT",
        }
    }
}

/// What a criterion of a preschool looks at. Never at a child: there is no such value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum About {
    /// Utbildningen.
    Education,
    /// Miljön.
    Environment,
    /// Arbetslaget.
    Team,
}

/// What a rubric is as a whole, without its criteria.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// How it is built.
    pub kind: RubricKind,
    /// What it is called.
    pub title: Bilingual<Title>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Bilingual<Body>>,
    /// The subjects (ämnen) that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Code>,
    /// The years (årskurser) that it is meant for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub years: Vec<Code>,
    /// The school forms (skolformer) that it is meant for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub school_forms: Vec<Code>,
    /// The key strategies (nyckelstrategier) that it serves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strategies: Vec<Code>,
    /// Whether its levels carry points. Off until switched on.
    #[serde(default)]
    pub points: bool,
}

/// A criterion (kriterium, aspekt): one thing that is looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// The same in every version.
    pub id: CriterionId,
    /// What it is called.
    pub title: Bilingual<Title>,
    /// What it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Bilingual<Body>>,
    /// How much it counts beside the others: 1 to 100.
    #[serde(default = "one")]
    pub weight: u32,
    /// How to judge it; for those who assess, never for pupils.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guidance: Option<Bilingual<Body>>,
    /// The same in words for pupils.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pupil_wording: Option<Bilingual<Body>>,
    /// What it looks at; asked for at preschools.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// The subjects (ämnen) that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Code>,
    /// The years (årskurser) that it is meant for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub years: Vec<Code>,
    /// The key strategies (nyckelstrategier) that it serves.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub strategies: Vec<Code>,
    /// Its levels, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<Level>,
}

const fn one() -> u32 {
    1
}

/// A level (nivå) of a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Level {
    /// The same in every version.
    pub id: LevelId,
    /// What it is called, such as *E* or *på god väg*.
    pub label: Bilingual<Title>,
    /// What work at this level is like (nivåbeskrivning).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub descriptor: Option<Bilingual<Body>>,
    /// The same in words for pupils.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pupil_wording: Option<Bilingual<Body>>,
    /// What it is worth, where the rubric has points. Levels may be worth the same, or nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Points>,
    /// Feedback to start from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggested_feedback: Option<Bilingual<Body>>,
}

/// What a level is worth: from `min` to `max`, in hundredths of a point; equal for a single value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Points {
    /// The least, in hundredths of a point.
    pub min: i64,
    /// The most, in hundredths of a point.
    pub max: i64,
}

impl Points {
    /// The most hundredths that a level can be worth: ten thousand points.
    pub const MAX: i64 = 1_000_000;

    /// A single value, in hundredths of a point.
    #[must_use]
    pub const fn exactly(hundredths: i64) -> Self {
        Self {
            min: hundredths,
            max: hundredths,
        }
    }
}

/// Everything that one version of a rubric says. Order is data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The rubric as a whole.
    pub head: Head,
    /// Its criteria, in their order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<Criterion>,
}

impl Head {
    /// Visits every text of the head.
    pub(crate) fn texts<'a>(&'a self, visit: &mut impl FnMut(Place, &'a str)) {
        both(Place::Head("title"), Some(&self.title), visit);
        both(Place::Head("description"), self.description.as_ref(), visit);
    }
}

impl Criterion {
    /// Visits every text of the criterion and its levels, as the one at `c`.
    pub(crate) fn texts<'a>(&'a self, c: usize, visit: &mut impl FnMut(Place, &'a str)) {
        let at = |field| Place::Criterion(c, field);
        both(at("title"), Some(&self.title), visit);
        both(at("description"), self.description.as_ref(), visit);
        both(at("guidance"), self.guidance.as_ref(), visit);
        both(at("pupilWording"), self.pupil_wording.as_ref(), visit);
        for (l, level) in self.levels.iter().enumerate() {
            let at = |field| Place::Level(c, l, field);
            both(at("label"), Some(&level.label), visit);
            both(at("descriptor"), level.descriptor.as_ref(), visit);
            both(at("pupilWording"), level.pupil_wording.as_ref(), visit);
            both(
                at("suggestedFeedback"),
                level.suggested_feedback.as_ref(),
                visit,
            );
        }
    }
}

impl Content {
    /// Whether it has this level of this criterion.
    pub(crate) fn has_level(&self, criterion: CriterionId, level: LevelId) -> bool {
        self.criteria
            .iter()
            .filter(|it| it.id == criterion)
            .any(|it| it.levels.iter().any(|it| it.id == level))
    }

    /// Visits every text that it says, in both languages: what search finds, and where personal numbers are looked for.
    pub(crate) fn texts<'a>(&'a self, mut visit: impl FnMut(Place, &'a str)) {
        self.head.texts(&mut visit);
        for (c, criterion) in self.criteria.iter().enumerate() {
            criterion.texts(c, &mut visit);
        }
    }

    /// The subjects of the rubric and of its criteria.
    #[must_use]
    pub fn subjects(&self) -> BTreeSet<&Code> {
        let of_criteria = self
            .criteria
            .iter()
            .flat_map(|criterion| &criterion.subjects);
        self.head.subjects.iter().chain(of_criteria).collect()
    }

    /// The years of the rubric and of its criteria.
    #[must_use]
    pub fn years(&self) -> BTreeSet<&Code> {
        let of_criteria = self.criteria.iter().flat_map(|criterion| &criterion.years);
        self.head.years.iter().chain(of_criteria).collect()
    }

    /// The key strategies of the rubric and of its criteria.
    #[must_use]
    pub fn strategies(&self) -> BTreeSet<&Code> {
        let of_criteria = self
            .criteria
            .iter()
            .flat_map(|criterion| &criterion.strategies);
        self.head.strategies.iter().chain(of_criteria).collect()
    }
}

/// Where in a content something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// A field of the head.
    Head(&'static str),
    /// The list of criteria.
    Criteria,
    /// A field of a criterion.
    Criterion(usize, &'static str),
    /// A field of a level.
    Level(usize, usize, &'static str),
}

fn both<'a, const MAX: usize, const LINES: bool>(
    place: Place,
    text: Option<&'a Bilingual<kit::Text<MAX, LINES>>>,
    visit: &mut impl FnMut(Place, &'a str),
) {
    let Some(text) = text else { return };
    for said in [text.sv(), text.en()].into_iter().flatten() {
        visit(place, said.as_str());
    }
}
