//! Rubrics as Canvas imports them.

use kit::{Bilingual, Lang, Text};
use rubrics::{Content, Criterion, Level};

const IN_MEMORY: &str = "text in memory is written without errors";

/// The CSV: a row for each criterion, as many rating columns as the widest of them needs, UTF-8.
pub(crate) fn write(contents: &[&Content], lang: Lang) -> String {
    let criteria = contents.iter().flat_map(|content| &content.criteria);
    let widest = criteria.map(|criterion| criterion.levels.len()).max();
    let mut headings = vec![
        "Rubric Name",
        "Criteria Name",
        "Criteria Description",
        "Criteria Enable Range",
    ];
    for _ in 0..widest.unwrap_or(0).max(1) {
        headings.extend(["Rating Name", "Rating Description", "Rating Points"]);
    }
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .from_writer(Vec::new());
    writer.write_record(&headings).expect(IN_MEMORY);
    for (content, name) in contents.iter().zip(names(contents, lang)) {
        for criterion in &content.criteria {
            let mut row = vec![
                name.clone(),
                said(Some(&criterion.title), lang),
                said(criterion.description.as_ref(), lang),
                is_range(criterion).to_string(),
            ];
            for level in &criterion.levels {
                row.push(said(Some(&level.label), lang));
                row.push(said(level.descriptor.as_ref(), lang));
                let points = level.points.map(|points| crate::Points::of(points.max));
                row.push(points.map_or_else(String::new, |points| points.to_string()));
            }
            row.resize(headings.len(), String::new());
            writer.write_record(&row).expect(IN_MEMORY);
        }
    }
    String::from_utf8(writer.into_inner().expect(IN_MEMORY)).expect(IN_MEMORY)
}

/// The names of the rubrics. Canvas tells rubrics apart by name, so that a second one of the same gets a number.
pub(crate) fn names(contents: &[&Content], lang: Lang) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for content in contents {
        let name = said(Some(&content.head.title), lang);
        let mut own = name.clone();
        let mut nth = 1;
        while names.contains(&own) {
            nth += 1;
            let ending = format!(" ({nth})");
            let room = 200 - ending.chars().count();
            own = name
                .chars()
                .take(room)
                .collect::<String>()
                .trim_end()
                .to_owned()
                + &ending;
        }
        names.push(own);
    }
    names
}

/// Whether a rating reaches down to the points of the next one.
fn is_range(criterion: &Criterion) -> bool {
    let mut levels = criterion.levels.iter();
    levels.any(|level| level.points.is_some_and(|points| points.min < points.max))
}

/// Whether the points of a criterion can be said in Canvas: single values, or ranges that each reach down to the next one.
pub(crate) fn carries_points(criterion: &Criterion) -> bool {
    let max = |level: Option<&Level>| level?.points.map(|points| points.max);
    let is_range = is_range(criterion);
    criterion.levels.iter().enumerate().all(|(at, level)| {
        let Some(points) = level.points else {
            return true;
        };
        let below = max(criterion.levels.get(at + 1)).filter(|_| is_range);
        points.min == below.unwrap_or(points.max).min(points.max)
    })
}

fn said<const MAX: usize, const LINES: bool>(
    text: Option<&Bilingual<Text<MAX, LINES>>>,
    lang: Lang,
) -> String {
    text.map_or_else(String::new, |text| text.read(lang).to_string())
}
