//! What every JSON file needs: read once, lists and texts by their kind, and what is of another kind told with its pointer.

use crate::{
    Problem, Reading,
    decode::decode,
    message::Place,
    messages::{Messages, excerpt},
    pen::Pen,
};
use serde_json::Value;

/// The value that a file is, or what there is to tell.
pub(crate) fn parse(bytes: &[u8], format: &'static str) -> Result<Value, Reading> {
    let text = decode(bytes).text;
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(Reading::failed(Problem::Empty));
    }
    serde_json::from_str(text).map_err(|error| {
        let place = Place {
            row: u32::try_from(error.line()).unwrap_or(u32::MAX).max(1),
            column: None,
            pointer: None,
        };
        let why = excerpt(&error.to_string());
        let mut messages = Messages::default();
        messages.at(&place, Problem::Unreadable { format, why });
        Reading {
            rubrics: Vec::new(),
            messages: messages.in_order(),
        }
    })
}

/// The values of a list; none where there is none.
pub(crate) fn list<'a>(pen: &mut Pen<'_>, place: &Place, value: &'a Value) -> &'a [Value] {
    match value {
        Value::Array(list) => list,
        Value::Null => &[],
        other => {
            wrong(pen, place, "a list", other);
            &[]
        }
    }
}

/// A text, or a figure that stands where a text is meant; `None` where there is none.
pub(crate) fn text(pen: &mut Pen<'_>, place: &Place, value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null => None,
        other => {
            wrong(pen, place, "a text", other);
            None
        }
    }
}

fn wrong(pen: &mut Pen<'_>, place: &Place, wanted: &str, found: &Value) {
    let why = excerpt(&format!("{wanted} is needed, not {found}"));
    pen.tell(place, Problem::FieldWrong { why });
}
