//! Which fields have a value in an answer.

use super::tree::{Branch, Step};
use crate::schema::FieldOf;
use serde_json::Value;
use std::collections::BTreeSet;

/// Reads one selection out of the object that it stands on.
pub(super) fn read(branch: &Branch, object: &Value, found: &mut BTreeSet<FieldOf>) {
    match &branch.step {
        Step::On(on) => {
            if object["__typename"] == on.as_str() {
                read_all(&branch.below, object, found);
            }
        }
        Step::Field(field) => {
            let value = &object[field.key()];
            if has_value(value) {
                found.insert(FieldOf::new(&field.on, &field.name));
                each(value, &mut |item| read_all(&branch.below, item, found));
            }
        }
    }
}

fn read_all(below: &[Branch], object: &Value, found: &mut BTreeSet<FieldOf>) {
    for branch in below {
        read(branch, object, found);
    }
}

fn has_value(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Array(items) => items.iter().any(has_value),
        _ => true,
    }
}

/// The value itself, or each item of the list, however deep the lists stand.
fn each(value: &Value, visit: &mut impl FnMut(&Value)) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| each(item, visit)),
        one => visit(one),
    }
}
