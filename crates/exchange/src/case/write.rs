//! Rubrics as a CASE 1.1 package.

use super::{
    read,
    shape::{
        CriterionExtension, Document, LevelExtension, OURS, Package, Rubric, RubricCriterion,
        RubricCriterionLevel, RubricExtension,
    },
};
use crate::{Outgoing, identify, message::Place, messages::Messages, pen::Pen};
use kit::{Bilingual, Lang, Text};
use rubrics::{Criterion, Level};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

/// The package of these rubrics, with its texts in `lang` where they are.
pub(crate) fn write(rubrics: &[Outgoing], lang: Lang) -> String {
    let ids: Vec<String> = rubrics.iter().map(|rubric| rubric.id.to_string()).collect();
    let changed = rubrics.iter().map(|rubric| rubric.changed_at).max();
    let identifier = identify::of(&ids);
    let title = match rubrics {
        [only] => only.content.head.title.read(lang).to_string(),
        several => format!(
            "{} {}",
            several.len(),
            lang.pick("bedömningsmatriser", "rubrics")
        ),
    };
    let package = Package {
        document: Document {
            identifier: identifier.to_string(),
            uri: uri(identifier),
            creator: "Kollegium",
            title,
            last_change_date_time: changed
                .map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), moment),
            case_version: "1.1",
            language: lang.code(),
            adoption_status: "Draft",
        },
        rubrics: rubrics
            .iter()
            .map(|rubric| self::rubric(rubric, lang))
            .collect(),
    };
    serde_json::to_string_pretty(&package).expect("a package is plain data")
}

fn rubric(outgoing: &Outgoing, lang: Lang) -> Rubric {
    let Outgoing {
        id,
        content,
        changed_at,
    } = outgoing;
    let changed = Value::from(moment(*changed_at));
    let titles = content.criteria.iter();
    let titles: Vec<&str> = titles
        .map(|criterion| criterion.title.read(lang).as_str())
        .collect();
    let criteria = content.criteria.iter().zip(1..).map(|(one, position)| {
        let title = one.title.read(lang).as_str();
        let is_group = titles.iter().filter(|other| **other == title).count() > 1;
        criterion(id.0, one, position, is_group, &changed, lang)
    });
    let mut rubric = Rubric {
        identifier: json!(id.0),
        uri: uri(id.0).into(),
        title: said(Some(&content.head.title), lang),
        description: said(content.head.description.as_ref(), lang),
        last_change_date_time: changed.clone(),
        criteria: criteria.map(plain).collect(),
        extensions: Value::Null,
    };
    let bare = with_pen(lang, |pen| read::rubric(pen, &Place::FILE, &rubric));
    if bare.is_none_or(|bare| bare.head != content.head) {
        let head = content.head.clone();
        rubric.extensions = json!({ OURS: RubricExtension { head } });
    }
    rubric
}

fn criterion(
    rubric: Uuid,
    criterion: &Criterion,
    position: u32,
    is_group: bool,
    changed: &Value,
    lang: Lang,
) -> RubricCriterion {
    let id = criterion.id.0;
    let levels = criterion.levels.iter().zip(1..);
    let levels = levels.map(|(one, position)| level(id, one, position, changed, lang));
    let mut written = RubricCriterion {
        identifier: json!(id),
        uri: uri(id).into(),
        category: said(Some(&criterion.title), lang),
        description: said(criterion.description.as_ref(), lang),
        item: Value::Null,
        weight: criterion.weight.into(),
        position: position.into(),
        rubric_id: json!(rubric),
        last_change_date_time: changed.clone(),
        levels: levels.map(plain).collect(),
        extensions: Value::Null,
    };
    let bare = with_pen(lang, |pen| {
        read::criterion(pen, &Place::FILE, &written, is_group, 1.0)
    });
    if bare.as_ref() != Some(criterion) {
        let criterion = Criterion {
            levels: Vec::new(),
            ..criterion.clone()
        };
        written.extensions = json!({ OURS: CriterionExtension { criterion } });
    }
    written
}

fn level(
    criterion: Uuid,
    level: &Level,
    position: u32,
    changed: &Value,
    lang: Lang,
) -> RubricCriterionLevel {
    let id = level.id.0;
    let mut written = RubricCriterionLevel {
        identifier: json!(id),
        uri: uri(id).into(),
        description: said(level.descriptor.as_ref(), lang),
        quality: said(Some(&level.label), lang),
        score: level.points.map_or(Value::Null, |points| score(points.max)),
        feedback: said(level.suggested_feedback.as_ref(), lang),
        position: position.into(),
        rubric_criterion_id: json!(criterion),
        last_change_date_time: changed.clone(),
        extensions: Value::Null,
    };
    let bare = with_pen(lang, |pen| read::level(pen, &Place::FILE, &written, 0));
    if bare.as_ref() != Some(level) {
        let level = level.clone();
        written.extensions = json!([{ OURS: LevelExtension { level } }]);
    }
    written
}

/// What the reader makes of what was written, to learn whether anything is missing from it.
fn with_pen<T>(lang: Lang, read: impl FnOnce(&mut Pen<'_>) -> T) -> T {
    let mut messages = Messages::default();
    read(&mut Pen {
        lang,
        messages: &mut messages,
    })
}

fn plain(part: impl Serialize) -> Value {
    serde_json::to_value(part).expect("a part of a package is plain data")
}

fn said<const MAX: usize, const LINES: bool>(
    text: Option<&Bilingual<Text<MAX, LINES>>>,
    lang: Lang,
) -> Value {
    text.map_or(Value::Null, |text| text.read(lang).as_str().into())
}

/// Points as the number that people write: whole ones without decimals.
fn score(hundredths: i64) -> Value {
    let text = crate::Points::of(hundredths).to_string();
    serde_json::from_str(&text).expect("points are written as a number")
}

fn uri(id: Uuid) -> String {
    format!("urn:uuid:{id}")
}

fn moment(at: kit::Instant) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}
