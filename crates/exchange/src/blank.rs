//! Contents to fill in: what every file leaves out is as in a rubric that was just begun. Ids are nil until the rubric is taken.

use kit::{Bilingual, CriterionId, LevelId, Title};
use rubrics::{Content, Criterion, Head, Level, RubricKind};
use uuid::Uuid;

/// A rubric with these criteria. Its kind follows from their levels; it has points when a level has.
pub(crate) fn rubric(title: Bilingual<Title>, criteria: Vec<Criterion>) -> Content {
    let all = |count: usize| {
        criteria
            .iter()
            .all(|criterion| criterion.levels.len() == count)
    };
    let kind = match (all(0), all(1)) {
        (true, _) => RubricKind::Checklist,
        (false, true) => RubricKind::SinglePoint,
        (false, false) => RubricKind::Analytic,
    };
    let mut levels = criteria.iter().flat_map(|criterion| &criterion.levels);
    let points = levels.any(|level| level.points.is_some());
    Content {
        head: Head {
            kind,
            title,
            description: None,
            subjects: Vec::new(),
            years: Vec::new(),
            school_forms: Vec::new(),
            strategies: Vec::new(),
            points,
        },
        criteria,
    }
}

/// A criterion without levels.
pub(crate) fn criterion(title: Bilingual<Title>) -> Criterion {
    Criterion {
        id: CriterionId(Uuid::nil()),
        title,
        description: None,
        weight: 1,
        guidance: None,
        pupil_wording: None,
        about: None,
        subjects: Vec::new(),
        years: Vec::new(),
        strategies: Vec::new(),
        levels: Vec::new(),
    }
}

/// A level that says no more than what it is called.
pub(crate) fn level(label: Bilingual<Title>) -> Level {
    Level {
        id: LevelId(Uuid::nil()),
        label,
        descriptor: None,
        pupil_wording: None,
        points: None,
        suggested_feedback: None,
    }
}
