//! What a Canvas rubric becomes here: the content of a draft, with ids that follow from the file, so that the same file makes the same rubrics.

use crate::canvas::{SheetCriterion, SheetRating, SheetRubric};
use kit::{Bilingual, Body, CriterionId, Lang, LevelId, PersonId, RubricId, Text, Title, UnitId};
use rubrics::{Content, Criterion, Head, Level, Points, RubricKind};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

/// The rubric's id and its content; `None` when a text of it does not fit, which a sound rubric's always do.
pub(crate) fn draft(
    rubric: &SheetRubric,
    person: PersonId,
    unit: UnitId,
    lang: Lang,
) -> Option<(RubricId, Content)> {
    let seed = Seed::of(rubric, person, unit, lang);
    let has_points = rubric
        .criteria
        .iter()
        .flat_map(|criterion| &criterion.ratings)
        .any(|rating| rating.points.is_some());
    let is_single_point = rubric
        .criteria
        .iter()
        .all(|criterion| criterion.ratings.len() == 1);
    let is_checklist = rubric
        .criteria
        .iter()
        .all(|criterion| criterion.ratings.is_empty());
    let kind = match (is_checklist, is_single_point) {
        (true, _) => RubricKind::Checklist,
        (false, true) => RubricKind::SinglePoint,
        (false, false) => RubricKind::Analytic,
    };
    let criteria = rubric.criteria.iter().enumerate();
    let criteria = criteria.map(|(index, criterion)| read(&seed, index, criterion, lang));
    let head = Head {
        kind,
        title: words::<{ Title::MAX }, false>(&rubric.name, lang)?,
        description: None,
        subjects: Vec::new(),
        years: Vec::new(),
        school_forms: Vec::new(),
        strategies: Vec::new(),
        points: has_points,
    };
    Some((
        RubricId(seed.id(&[])),
        Content {
            head,
            criteria: criteria.collect::<Option<_>>()?,
        },
    ))
}

fn read(seed: &Seed, index: usize, criterion: &SheetCriterion, lang: Lang) -> Option<Criterion> {
    let below = criterion.ratings.iter().skip(1).map(Some).chain([None]);
    let levels = criterion
        .ratings
        .iter()
        .zip(below)
        .enumerate()
        .map(|(at, (rating, below))| {
            Some(Level {
                id: LevelId(seed.id(&[index, at])),
                label: words(&rating.name, lang)?,
                descriptor: optional(&rating.description, lang)?,
                pupil_wording: None,
                points: points(rating, below.filter(|_| criterion.range)),
                suggested_feedback: None,
            })
        });
    Some(Criterion {
        id: CriterionId(seed.id(&[index])),
        title: words(&criterion.name, lang)?,
        description: optional(&criterion.description, lang)?,
        weight: 1,
        guidance: None,
        pupil_wording: None,
        about: None,
        subjects: Vec::new(),
        years: Vec::new(),
        strategies: Vec::new(),
        levels: levels.collect::<Option<_>>()?,
    })
}

/// Where Canvas has a range, a rating reaches down to the points of the next one.
fn points(rating: &SheetRating, below: Option<&SheetRating>) -> Option<Points> {
    let max = rating.points?.hundredths();
    let min = below
        .and_then(|below| below.points)
        .map_or(max, crate::canvas::Points::hundredths);
    Some(Points {
        min: min.min(max),
        max,
    })
}

fn words<const MAX: usize, const LINES: bool>(
    text: &str,
    lang: Lang,
) -> Option<Bilingual<Text<MAX, LINES>>> {
    let text = Text::parse(text).ok()?;
    match lang {
        Lang::Sv => Bilingual::of(Some(text), None),
        Lang::En => Bilingual::of(None, Some(text)),
    }
}

/// A text that may be empty.
#[expect(
    clippy::option_option,
    reason = "an empty text is as sound as a short one; only one that is too long is not"
)]
fn optional(text: &str, lang: Lang) -> Option<Option<Bilingual<Body>>> {
    if text.trim().is_empty() {
        Some(None)
    } else {
        words(text, lang).map(Some)
    }
}

/// What the ids of one imported rubric follow from: everything the file says of it, by whom and where it was brought in.
struct Seed(Sha256);

impl Seed {
    fn of(rubric: &SheetRubric, person: PersonId, unit: UnitId, lang: Lang) -> Self {
        let mut hash = Sha256::new();
        let mut feed = |part: &str| {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        };
        for part in [
            "canvas",
            &person.to_string(),
            &unit.to_string(),
            lang.code(),
            &rubric.name,
        ] {
            feed(part);
        }
        for criterion in &rubric.criteria {
            feed(&criterion.name);
            feed(&criterion.description);
            feed(if criterion.range { "range" } else { "" });
            for rating in &criterion.ratings {
                feed(&rating.name);
                feed(&rating.description);
                feed(
                    &rating
                        .points
                        .map(|points| points.hundredths().to_string())
                        .unwrap_or_default(),
                );
            }
        }
        Self(hash)
    }

    fn id(&self, place: &[usize]) -> Uuid {
        let mut hash = self.0.clone();
        for index in place {
            hash.update((*index as u64).to_be_bytes());
        }
        let digest: [u8; 32] = hash.finalize().into();
        let (first, _) = digest
            .split_first_chunk::<16>()
            .expect("a digest has 32 bytes");
        Builder::from_random_bytes(*first).into_uuid()
    }
}
