//! Our own JSON: everything that a rubric says.
//!
//! ```json
//! { "format": "kollegium-rubrics", "version": 1, "rubrics": [{ "id": "…", "changedAt": "…", "content": { "head": { … }, "criteria": [ … ] } }] }
//! ```

use crate::{
    Found, How, Outgoing, Problem, RUBRICS_MAX, Reading, checked, json,
    message::Place,
    messages::{Messages, excerpt},
    pen::Pen,
};
use rubrics::{Content, Criterion, Head};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// What a file calls itself.
const FORMAT: &str = "kollegium-rubrics";
/// The version that this release writes. It is raised when an older reader would misread what is new.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct File<'a> {
    format: &'a str,
    version: u32,
    rubrics: Vec<Part<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Part<'a> {
    id: Uuid,
    changed_at: kit::Instant,
    content: &'a Content,
}

/// Writes rubrics whole.
pub(crate) fn write(rubrics: &[Outgoing]) -> String {
    let parts = rubrics.iter().map(|rubric| Part {
        id: rubric.id.0,
        changed_at: rubric.changed_at,
        content: &rubric.content,
    });
    let file = File {
        format: FORMAT,
        version: VERSION,
        rubrics: parts.collect(),
    };
    serde_json::to_string_pretty(&file).expect("a content is plain data")
}

/// Reads a file of this format.
pub(crate) fn read(bytes: &[u8], how: How) -> Reading {
    let file = match json::parse(bytes, "JSON") {
        Ok(file) => file,
        Err(failed) => return failed,
    };
    if file["format"] != FORMAT || file["version"] != VERSION {
        let found = excerpt(&format!("{} {}", file["format"], file["version"]));
        return Reading::failed(Problem::FormatUnknown { found });
    }
    let mut messages = Messages::default();
    let mut pen = Pen {
        lang: how.lang,
        messages: &mut messages,
    };
    let place = Place::at("/rubrics");
    let rubrics = json::list(&mut pen, &place, &file["rubrics"]);
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
    let at = place.within("content");
    let head = part::<Head>(pen, &at.within("head"), &value["content"]["head"]);
    let head = head.and_then(|head| checked::head(pen, &at.within("head"), head));
    let at = at.within("criteria");
    let values = json::list(pen, &at, &value["content"]["criteria"])
        .iter()
        .enumerate();
    let criteria: Vec<Criterion> = values
        .filter_map(|(nth, value)| {
            let place = at.within(nth);
            let criterion = part::<Criterion>(pen, &place, value)?;
            checked::criterion(pen, &place, criterion)
        })
        .collect();
    let name = head
        .as_ref()
        .map(|head| head.title.read(pen.lang).to_string());
    Found {
        name: name.unwrap_or_default(),
        row: place.row,
        pointer: place.pointer.clone(),
        criteria: criteria.len(),
        content: head
            .map(|head| Content { head, criteria })
            .filter(|_| pen.messages.errors() == before),
        id: value["id"].as_str().and_then(|id| id.parse().ok()),
    }
}

fn part<'a, T: Deserialize<'a>>(pen: &mut Pen<'_>, place: &Place, value: &'a Value) -> Option<T> {
    match T::deserialize(value) {
        Ok(part) => Some(part),
        Err(error) => {
            let why = excerpt(&error.to_string());
            pen.tell(place, Problem::FieldWrong { why });
            None
        }
    }
}
