//! What pupils see of a rubric: its words for them and nothing else. No guidance, no suggested feedback, no name.

use crate::{Content, Criterion, Level, Points, RubricKind};
use kit::{Bilingual, Body, Title};

/// A rubric in words for pupils.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForPupils {
    /// What it is called.
    pub title: Bilingual<Title>,
    /// How it is built.
    pub kind: RubricKind,
    /// Its criteria, in their order.
    pub criteria: Vec<CriterionForPupils>,
}

/// A criterion in words for pupils.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionForPupils {
    /// What it is called.
    pub title: Bilingual<Title>,
    /// The words for pupils, or what it means where there are none.
    pub wording: Option<Bilingual<Body>>,
    /// Its levels, in their order.
    pub levels: Vec<LevelForPupils>,
}

/// A level in words for pupils.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelForPupils {
    /// What it is called.
    pub label: Bilingual<Title>,
    /// The words for pupils, or its descriptor where there are none.
    pub wording: Option<Bilingual<Body>>,
    /// What it is worth, where the rubric has points.
    pub points: Option<Points>,
}

impl ForPupils {
    /// What pupils see of a content. The head's description is to colleagues and stays with them.
    #[must_use]
    pub fn of(content: &Content) -> Self {
        let Content { head, criteria } = content;
        Self {
            title: head.title.clone(),
            kind: head.kind,
            criteria: criteria
                .iter()
                .map(|criterion| CriterionForPupils::of(criterion, head.points))
                .collect(),
        }
    }
}

impl CriterionForPupils {
    fn of(criterion: &Criterion, points: bool) -> Self {
        Self {
            title: criterion.title.clone(),
            wording: wording(
                criterion.pupil_wording.as_ref(),
                criterion.description.as_ref(),
            ),
            levels: criterion
                .levels
                .iter()
                .map(|level| LevelForPupils::of(level, points))
                .collect(),
        }
    }
}

impl LevelForPupils {
    fn of(level: &Level, points: bool) -> Self {
        Self {
            label: level.label.clone(),
            wording: wording(level.pupil_wording.as_ref(), level.descriptor.as_ref()),
            points: level.points.filter(|_| points),
        }
    }
}

/// The words for pupils, language by language, or the room's own where there are none in that language.
fn wording(
    pupils: Option<&Bilingual<Body>>,
    own: Option<&Bilingual<Body>>,
) -> Option<Bilingual<Body>> {
    let said = |side: fn(&Bilingual<Body>) -> Option<&Body>| {
        pupils
            .and_then(side)
            .or_else(|| own.and_then(side))
            .cloned()
    };
    Bilingual::of(said(Bilingual::sv), said(Bilingual::en))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;
    use kit::Text;

    fn body(text: &str) -> Body {
        Text::parse(text).unwrap()
    }

    #[test]
    fn the_words_for_pupils_go_before_the_descriptor_language_by_language() {
        let both = |sv, en| Bilingual::of(Some(body(sv)), Some(body(en))).unwrap();
        let swedish = Bilingual::of(Some(body("Jag berättar.")), None).unwrap();
        let own = both("Texten berättar.", "The text tells.");
        assert_eq!(
            wording(Some(&swedish), Some(&own)),
            Some(both("Jag berättar.", "The text tells."))
        );
        assert_eq!(wording(None, Some(&own)), Some(own.clone()));
        assert_eq!(wording(Some(&swedish), None), Some(swedish));
        assert_eq!(wording(None, None), None);
    }

    #[test]
    fn what_is_for_colleagues_and_points_that_are_off_stay_away() {
        let mut content = sample::everything();
        content.head.points = true;
        let shown = ForPupils::of(&content);
        let points = |shown: &ForPupils| {
            let levels = shown.criteria.iter().flat_map(|it| &it.levels);
            levels.filter(|level| level.points.is_some()).count()
        };
        assert!(points(&shown) > 0, "the sample has points");

        content.head.points = false;
        content.head.description = Some(Bilingual::of(Some(body("hemligt")), None).unwrap());
        for criterion in &mut content.criteria {
            criterion.guidance = Bilingual::of(Some(body("hemligt")), None);
            for level in &mut criterion.levels {
                level.suggested_feedback = Bilingual::of(Some(body("hemligt")), None);
            }
        }
        let shown = ForPupils::of(&content);
        assert_eq!(points(&shown), 0);
        assert!(!format!("{shown:?}").contains("hemligt"));
    }
}
