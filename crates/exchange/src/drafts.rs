//! What a Canvas rubric becomes here: the content of a draft. Its parts get their ids when it is taken.

use crate::{
    blank,
    canvas::{SheetCriterion, SheetRating, SheetRubric},
};
use kit::{Bilingual, Body, Lang, Text};
use rubrics::{Content, Criterion, Level, Points};

/// The rubric's content; `None` when a text of it does not fit, which a sound rubric's always do.
pub(crate) fn content(rubric: &SheetRubric, lang: Lang) -> Option<Content> {
    let criteria = rubric.criteria.iter();
    let criteria = criteria.map(|criterion| read(criterion, lang));
    Some(blank::rubric(
        words(&rubric.name, lang)?,
        criteria.collect::<Option<_>>()?,
    ))
}

fn read(criterion: &SheetCriterion, lang: Lang) -> Option<Criterion> {
    let below = criterion.ratings.iter().skip(1).map(Some).chain([None]);
    let levels = criterion.ratings.iter().zip(below);
    let levels = levels.map(|(rating, below)| {
        Some(Level {
            descriptor: optional(&rating.description, lang)?,
            points: points(rating, below.filter(|_| criterion.range)),
            ..blank::level(words(&rating.name, lang)?)
        })
    });
    Some(Criterion {
        description: optional(&criterion.description, lang)?,
        levels: levels.collect::<Option<_>>()?,
        ..blank::criterion(words(&criterion.name, lang)?)
    })
}

/// Where Canvas has a range, a rating reaches down to the points of the next one.
fn points(rating: &SheetRating, below: Option<&SheetRating>) -> Option<Points> {
    let max = rating.points?.hundredths();
    let min = below
        .and_then(|below| below.points)
        .map_or(max, crate::Points::hundredths);
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
