//! Rubrics out of a CASE 1.1 package.

use super::{
    shape::{
        CriterionExtension, LevelExtension, Rubric, RubricCriterion, RubricCriterionLevel,
        RubricExtension, ours,
    },
    weave::weave,
};
use crate::{
    CRITERIA_MAX, Found, How, Points, Problem, RATINGS_MAX, RUBRICS_MAX, Reading, blank, checked,
    json,
    message::Place,
    messages::{Messages, excerpt},
    pen::Pen,
    table,
};
use kit::{CriterionId, Lang, LevelId};
use rubrics::{Content, Criterion, Level, WEIGHT_MAX};
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

/// Reads the rubrics of a package.
pub(crate) fn read(bytes: &[u8], how: How) -> Reading {
    let package: Value = match json::parse(bytes, "CASE") {
        Ok(package) => package,
        Err(failed) => return failed,
    };
    let mut messages = Messages::default();
    let language = package["CFDocument"]["language"]
        .as_str()
        .unwrap_or_default();
    let lang = match language.get(..2) {
        Some("sv") => Lang::Sv,
        Some("en") => Lang::En,
        _ => how.lang,
    };
    let mut pen = Pen {
        lang,
        messages: &mut messages,
    };
    let place = Place::at("/CFRubrics");
    let rubrics = json::list(&mut pen, &place, &package["CFRubrics"]);
    if rubrics.is_empty() {
        pen.tell(&place, Problem::RubricsMissing);
    }
    if rubrics.len() > RUBRICS_MAX {
        pen.tell(&place.within(RUBRICS_MAX), Problem::TooManyRubrics);
    }
    let rubrics = rubrics.iter().take(RUBRICS_MAX).enumerate();
    let rubrics = rubrics.map(|(at, value)| found(&mut pen, &place.within(at), value));
    Reading {
        rubrics: rubrics.collect(),
        messages: messages.in_order(),
    }
}

fn found(pen: &mut Pen<'_>, place: &Place, value: &Value) -> Found {
    let before = pen.messages.errors();
    let read: Rubric = shape(pen, place, value);
    let content = rubric(pen, place, &read);
    let name = json::text(pen, &place.within("title"), &read.title);
    Found {
        name: name.unwrap_or_default(),
        row: place.row,
        pointer: place.pointer.clone(),
        criteria: read.criteria.as_array().map_or(0, Vec::len),
        content: content.filter(|_| pen.messages.errors() == before),
        id: id(&read.identifier),
    }
}

/// The content of a rubric; `None` when it has no title.
pub(super) fn rubric(pen: &mut Pen<'_>, place: &Place, read: &Rubric) -> Option<Content> {
    let criteria = criteria(pen, &place.within("CFRubricCriteria"), &read.criteria);
    let head = ours(&read.extensions).map(|extension: RubricExtension| extension.head);
    let at = place.within("extensions/kollegium/head");
    let head = head.and_then(|head| checked::head(pen, &at, head));
    let at = place.within("title");
    let raw = json::text(pen, &at, &read.title).unwrap_or_default();
    let title = head.as_ref().map(|head| head.title.clone());
    let Some(title) = weave(title, &raw, pen.lang, || pen.title(&at, &raw)) else {
        pen.tell(&at, Problem::FieldMissing { field: "title" });
        return None;
    };
    let at = place.within("description");
    let raw = json::text(pen, &at, &read.description).unwrap_or_default();
    let description = head.as_ref().and_then(|head| head.description.clone());
    let description = weave(description, &raw, pen.lang, || pen.body(&at, &shown(&raw)));
    let mut content = blank::rubric(title, criteria);
    if let Some(head) = head {
        content.head = rubrics::Head {
            title: content.head.title,
            ..head
        };
    }
    content.head.description = description;
    Some(content)
}

fn criteria(pen: &mut Pen<'_>, place: &Place, value: &Value) -> Vec<Criterion> {
    let values = json::list(pen, place, value);
    if values.len() > CRITERIA_MAX {
        pen.tell(place, Problem::TooManyCriteria);
    }
    let values = values.iter().take(CRITERIA_MAX).enumerate();
    let mut read: Vec<(Place, RubricCriterion)> = values
        .map(|(at, value)| {
            let place = place.within(at);
            let read = shape(pen, &place, value);
            (place, read)
        })
        .collect();
    in_order(&mut read, |criterion| &criterion.position);
    let weights: Vec<Option<f64>> = read.iter().map(|(_, one)| number(&one.weight)).collect();
    let factor = factor(&weights);
    let categories: Vec<String> = read
        .iter()
        .map(|(_, one)| one.category.to_string())
        .collect();
    let read = read.iter().zip(&categories);
    read.filter_map(|((place, one), category)| {
        let count = categories.iter().filter(|other| *other == category).count();
        criterion(pen, place, one, count > 1, factor)
    })
    .collect()
}

/// A criterion; `None` when it has no name. `is_group`: its category is that of others too, and so no name.
pub(super) fn criterion(
    pen: &mut Pen<'_>,
    place: &Place,
    read: &RubricCriterion,
    is_group: bool,
    factor: f64,
) -> Option<Criterion> {
    let ours = ours(&read.extensions).map(|extension: CriterionExtension| extension.criterion);
    let at = place.within("extensions/kollegium/criterion");
    let ours = ours.and_then(|ours| checked::criterion(pen, &at, ours));
    let category = json::text(pen, &place.within("category"), &read.category).unwrap_or_default();
    let at = place.within("description");
    let raw = json::text(pen, &at, &read.description).unwrap_or_default();
    let said = shown(&raw);
    let mut criterion = if let Some(ours) = ours {
        let title = weave(Some(ours.title.clone()), &category, pen.lang, || {
            pen.title(place, &category)
        });
        let description = ours.description.clone();
        Criterion {
            title: title.unwrap_or_else(|| ours.title.clone()),
            description: weave(description, &raw, pen.lang, || pen.body(&at, &said)),
            ..ours
        }
    } else {
        let (title, description) = match (category.trim(), said.trim()) {
            ("", said) => pen.name(&at, said),
            (category, "") => pen.name(place, category),
            (category, said) if is_group => pen.name(&at, &format!("{category}: {said}")),
            (category, said) => (pen.title(place, category), pen.body(&at, said)),
        };
        let Some(title) = title else {
            pen.tell(place, Problem::CriterionNameMissing);
            return None;
        };
        Criterion {
            description,
            ..blank::criterion(title)
        }
    };
    criterion.id = CriterionId(id(&read.identifier).unwrap_or_default());
    criterion.weight = weight(pen, &place.within("weight"), &read.weight, factor);
    criterion.levels = levels(pen, &place.within("CFRubricCriterionLevels"), &read.levels);
    Some(criterion)
}

fn levels(pen: &mut Pen<'_>, place: &Place, value: &Value) -> Vec<Level> {
    let values = json::list(pen, place, value);
    if values.len() > RATINGS_MAX {
        pen.tell(place, Problem::TooManyRatings);
    }
    let values = values.iter().take(RATINGS_MAX).enumerate();
    let mut read: Vec<(Place, RubricCriterionLevel)> = values
        .map(|(at, value)| {
            let place = place.within(at);
            let read = shape(pen, &place, value);
            (place, read)
        })
        .collect();
    in_order(&mut read, |level| &level.position);
    let read = read.iter().zip(1..);
    read.filter_map(|((place, one), nth)| level(pen, place, one, nth))
        .collect()
}

/// A level, the `nth` of its criterion.
pub(super) fn level(
    pen: &mut Pen<'_>,
    place: &Place,
    read: &RubricCriterionLevel,
    nth: usize,
) -> Option<Level> {
    let ours = ours(&read.extensions).map(|extension: LevelExtension| extension.level);
    let at = place.within("extensions/0/kollegium/level");
    let ours = ours.and_then(|ours| checked::level(pen, &at, ours));
    let points = points(pen, &place.within("score"), &read.score);
    let at = place.within("quality");
    let raw = json::text(pen, &at, &read.quality).unwrap_or_default();
    let mut beyond = None;
    let label = ours.as_ref().map(|ours| ours.label.clone());
    let label = weave(label, &raw, pen.lang, || {
        let (label, rest) = pen.name(&at, &raw);
        beyond = rest;
        label
    });
    let label = if let Some(label) = label {
        label
    } else {
        let made = points.map_or_else(
            || format!("{} {nth}", pen.lang.pick("Nivå", "Level")),
            |points| format!("{} p", points.text(pen.lang)),
        );
        pen.tell(
            &at,
            Problem::LabelMade {
                label: made.clone(),
            },
        );
        pen.title(&at, &made)?
    };
    let at = place.within("description");
    let raw = json::text(pen, &at, &read.description).unwrap_or_default();
    let descriptor = ours.as_ref().and_then(|ours| ours.descriptor.clone());
    let descriptor = weave(descriptor, &raw, pen.lang, || {
        let beyond = beyond.map(|rest| format!("{}\n\n", rest.read(pen.lang)));
        let text = beyond.unwrap_or_default() + &shown(&raw);
        pen.body(&at, &text)
    });
    let at = place.within("feedback");
    let raw = json::text(pen, &at, &read.feedback).unwrap_or_default();
    let feedback = ours
        .as_ref()
        .and_then(|ours| ours.suggested_feedback.clone());
    let feedback = weave(feedback, &raw, pen.lang, || pen.body(&at, &shown(&raw)));
    let points = points.map(|points| {
        let exactly = rubrics::Points::exactly(points.hundredths());
        let ours = ours.as_ref().and_then(|ours| ours.points);
        ours.filter(|ours| ours.max == exactly.max)
            .unwrap_or(exactly)
    });
    let level = ours.unwrap_or_else(|| blank::level(label.clone()));
    Some(Level {
        id: LevelId(id(&read.identifier).unwrap_or_default()),
        label,
        descriptor,
        points,
        suggested_feedback: feedback,
        ..level
    })
}

/// A part of the package; one of another kind is told and read as an empty one.
fn shape<T: DeserializeOwned + Default>(pen: &mut Pen<'_>, place: &Place, value: &Value) -> T {
    T::deserialize(value).unwrap_or_else(|error| {
        let why = excerpt(&error.to_string());
        pen.tell(place, Problem::FieldWrong { why });
        T::default()
    })
}

/// Positions put parts in order when each has one.
fn in_order<T>(read: &mut [(Place, T)], position: impl Fn(&T) -> &Value) {
    if read.iter().all(|(_, one)| position(one).is_i64()) {
        read.sort_by_key(|(_, one)| position(one).as_i64());
    }
}

fn id(identifier: &Value) -> Option<Uuid> {
    identifier.as_str()?.trim().parse().ok()
}

/// Text as people read it: some systems write HTML.
fn shown(raw: &str) -> String {
    let is_html = ["</", "<br", "<p>", "&nbsp;", "&amp;"]
        .iter()
        .any(|mark| raw.contains(mark));
    if is_html {
        table::plain(raw)
    } else {
        raw.to_owned()
    }
}

fn number(value: &Value) -> Option<f64> {
    let text = || value.as_str()?.trim().replace(',', ".").parse().ok();
    value.as_f64().or_else(text)
}

fn points(pen: &mut Pen<'_>, place: &Place, value: &Value) -> Option<Points> {
    if value.is_null() {
        return None;
    }
    let Some(score) = number(value) else {
        let found = excerpt(&value.to_string());
        pen.tell(place, Problem::PointsNotANumber { found });
        return None;
    };
    // Whole figures are written without an exponent up to the most that a level can be worth.
    match Points::parse(&format!("{score}")) {
        Ok(points) => {
            let exact = score.mul_add(100.0, -(score * 100.0).round()).abs() < 1e-6;
            if !exact {
                pen.tell(place, Problem::PointsRounded { to: points });
            }
            Some(points)
        }
        Err(error) => {
            pen.tell(place, Problem::points(error, &value.to_string()));
            None
        }
    }
}

/// By what weights have to be multiplied to be whole numbers that fit, so that 1 and 1.5 become 2 and 3; by nothing where no factor does.
fn factor(weights: &[Option<f64>]) -> f64 {
    let fits = |factor: &f64| {
        weights.iter().flatten().all(|weight| {
            let scaled = weight * factor;
            (scaled - scaled.round()).abs() < 1e-6
                && (0.5..f64::from(WEIGHT_MAX) + 0.5).contains(&scaled)
        })
    };
    let factors = [1.0, 2.0, 3.0, 4.0, 5.0, 8.0, 10.0, 20.0, 100.0];
    factors.into_iter().find(fits).unwrap_or(1.0)
}

fn weight(pen: &mut Pen<'_>, place: &Place, value: &Value, factor: f64) -> u32 {
    let Some(given) = number(value) else {
        return 1;
    };
    let wanted = given * factor;
    let fits = (1..=WEIGHT_MAX).min_by(|a, b| {
        let off = |weight: &u32| (f64::from(*weight) - wanted).abs();
        off(a).total_cmp(&off(b))
    });
    let to = fits.unwrap_or(1);
    if (f64::from(to) - given).abs() > 1e-9 {
        pen.tell(place, Problem::WeightChanged { to });
    }
    to
}
