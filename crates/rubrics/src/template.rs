//! Templates (mallar): forms to begin a rubric from. Levels have their names, criteria wait for theirs.

use crate::{Content, Criterion, Head, Level, RubricKind};
use kit::{Bilingual, Text, Title};
use store::Ids;

/// A form to begin a rubric from (mall).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// Checklista: what is there, or not yet.
    Checklist,
    /// Fyra steg: from begun to beyond.
    FourSteps,
    /// E–C–A: the grades that have criteria.
    Grades,
    /// Enpunktsmatris: the goal, with room for evidence on both sides.
    SinglePoint,
}

type Pair = (&'static str, &'static str);

const GRADES: &[Pair] = &[("E", "E"), ("C", "C"), ("A", "A")];
const STEPS: &[Pair] = &[
    ("Påbörjad", "Begun"),
    ("På väg", "On the way"),
    ("Säker", "Secure"),
    ("Fördjupad", "In depth"),
];
const GOAL: &[Pair] = &[("Målet", "The goal")];

impl Template {
    /// Every template, in the order in which they are offered.
    pub const ALL: [Self; 4] = [
        Self::Grades,
        Self::FourSteps,
        Self::SinglePoint,
        Self::Checklist,
    ];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> Bilingual<Title> {
        both(match self {
            Self::Checklist => ("Checklista", "Checklist"),
            Self::FourSteps => ("Fyra steg", "Four steps"),
            Self::Grades => ("E–C–A", "E–C–A"),
            Self::SinglePoint => ("Enpunktsmatris", "Single-point rubric"),
        })
    }

    /// When it suits, in a sentence.
    #[must_use]
    pub fn purpose(self) -> Bilingual<Title> {
        both(match self {
            Self::Checklist => (
                "När något är gjort eller inte: inför en inlämning, en redovisning eller ett försök.",
                "When something is done or not: before work is handed in, presented or tried out.",
            ),
            Self::FourSteps => (
                "När elever ska se vägen framåt utan betyg.",
                "When pupils are to see the way ahead without grades.",
            ),
            Self::Grades => (
                "När arbetet bedöms mot betygskriterierna, i årskurs 4–9.",
                "When work is judged against the grading criteria, in years 4–9.",
            ),
            Self::SinglePoint => (
                "När återkopplingen är viktigast: målet i mitten, det som saknas och det som går utöver på var sin sida.",
                "When feedback matters most: the goal in the middle, what is missing and what goes beyond on either side.",
            ),
        })
    }

    /// What it holds, with ids of its own: a draft is made of it as it is.
    #[must_use]
    pub fn content(self, ids: &Ids) -> Content {
        let (kind, levels, criteria) = match self {
            Self::Checklist => (RubricKind::Checklist, &[] as &[Pair], 5),
            Self::FourSteps => (RubricKind::Analytic, STEPS, 3),
            Self::Grades => (RubricKind::Analytic, GRADES, 3),
            Self::SinglePoint => (RubricKind::SinglePoint, GOAL, 3),
        };
        Content {
            head: Head {
                kind,
                title: self.name(),
                description: None,
                subjects: Vec::new(),
                years: Vec::new(),
                school_forms: Vec::new(),
                strategies: Vec::new(),
                points: false,
            },
            criteria: (1..=criteria)
                .map(|number| criterion(ids, number, levels))
                .collect(),
        }
    }
}

fn both<const MAX: usize, const LINES: bool>((sv, en): Pair) -> Bilingual<Text<MAX, LINES>> {
    let read = |text| Some(Text::parse(text).expect("a template's texts are short"));
    Bilingual::of(read(sv), read(en)).expect("both are there")
}

fn criterion(ids: &Ids, number: u32, levels: &[Pair]) -> Criterion {
    let named = |text: String| Some(Title::parse(&text).expect("a word and a number are short"));
    let levels = levels.iter().map(|label| Level {
        id: ids.random().into(),
        label: both(*label),
        descriptor: None,
        pupil_wording: None,
        points: None,
        suggested_feedback: None,
    });
    Criterion {
        id: ids.random().into(),
        title: Bilingual::of(
            named(format!("Kriterium {number}")),
            named(format!("Criterion {number}")),
        )
        .expect("both are there"),
        description: None,
        weight: 1,
        guidance: None,
        pupil_wording: None,
        about: None,
        subjects: Vec::new(),
        years: Vec::new(),
        strategies: Vec::new(),
        levels: levels.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Stage, problems};
    use kit::Lang;

    #[test]
    fn every_template_is_named_and_makes_a_draft_that_could_be_published() {
        for template in Template::ALL {
            let content = template.content(&Ids::system());
            let ready = Stage::Ready { preschool: false };
            assert_eq!(problems(&content, ready, ""), [], "{template:?}");
            assert!(!content.head.points);
            for lang in [Lang::Sv, Lang::En] {
                assert!(!template.name().read(lang).is_empty());
                assert!(!template.purpose().read(lang).is_empty());
            }
            let again = template.content(&Ids::system());
            assert_ne!(
                content.criteria[0].id, again.criteria[0].id,
                "ids are its own"
            );
        }
    }
}
