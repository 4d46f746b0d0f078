//! The fields of a package as CASE 1.1 names them. Read leniently: unknown fields are passed over, and what is `null` is not there.

use rubrics::{Criterion, Head, Level};
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Document<'a> {
    pub(super) identifier: String,
    pub(super) uri: String,
    pub(super) creator: &'a str,
    pub(super) title: String,
    pub(super) last_change_date_time: String,
    pub(super) case_version: &'a str,
    pub(super) language: &'a str,
    pub(super) adoption_status: &'a str,
}

#[derive(Debug, Serialize)]
pub(super) struct Package<'a> {
    #[serde(rename = "CFDocument")]
    pub(super) document: Document<'a>,
    #[serde(rename = "CFRubrics")]
    pub(super) rubrics: Vec<Rubric>,
}

/// A rubric. Everything may be missing in a file; `Value` holds what is read by its kind and told when it is of another.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Rubric {
    pub(super) identifier: Value,
    pub(super) uri: Value,
    pub(super) title: Value,
    #[serde(skip_serializing_if = "Value::is_null")]
    pub(super) description: Value,
    pub(super) last_change_date_time: Value,
    #[serde(rename = "CFRubricCriteria")]
    pub(super) criteria: Value,
    #[serde(skip_serializing_if = "Value::is_null")]
    pub(super) extensions: Value,
}

/// A criterion: `category` says its name and `description` what it means, where it has both.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct RubricCriterion {
    pub(super) identifier: Value,
    pub(super) uri: Value,
    #[serde(skip_serializing_if = "Value::is_null")]
    pub(super) category: Value,
    #[serde(skip_serializing_if = "Value::is_null")]
    pub(super) description: Value,
    #[serde(rename = "CFItemURI", skip_serializing_if = "Value::is_null")]
    pub(super) item: Value,
    #[serde(skip_serializing_if = "Value::is_null")]
    pub(super) weight: Value,
    #[serde(skip_serializing_if = "Value::is_null")]
    pub(super) position: Value,
    pub(super) rubric_id: Value,
    pub(super) last_change_date_time: Value,
    #[serde(rename = "CFRubricCriterionLevels")]
    pub(super) levels: Value,
    #[serde(skip_serializing_if = "Value::is_null")]
    pub(super) extensions: Value,
}

/// A level of a criterion.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct RubricCriterionLevel {
    pub(super) identifier: Value,
    pub(super) uri: Value,
    #[serde(skip_serializing_if = "Value::is_null")]
    pub(super) description: Value,
    #[serde(skip_serializing_if = "Value::is_null")]
    pub(super) quality: Value,
    #[serde(skip_serializing_if = "Value::is_null")]
    pub(super) score: Value,
    #[serde(skip_serializing_if = "Value::is_null")]
    pub(super) feedback: Value,
    #[serde(skip_serializing_if = "Value::is_null")]
    pub(super) position: Value,
    pub(super) rubric_criterion_id: Value,
    pub(super) last_change_date_time: Value,
    /// A list in CASE 1.1, unlike the others.
    #[serde(skip_serializing_if = "Value::is_null")]
    pub(super) extensions: Value,
}

/// What stands in `extensions.kollegium` of a rubric.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct RubricExtension {
    pub(super) head: Head,
}

/// What stands in `extensions.kollegium` of a criterion: all of it but its levels.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct CriterionExtension {
    pub(super) criterion: Criterion,
}

/// What stands in `extensions[0].kollegium` of a level.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct LevelExtension {
    pub(super) level: Level,
}

/// The key of what is ours.
pub(super) const OURS: &str = "kollegium";

/// What is ours among the extensions, an object or a list of them; `None` when there is nothing that can be read.
pub(super) fn ours<T: serde::de::DeserializeOwned>(extensions: &Value) -> Option<T> {
    let found = match extensions {
        Value::Array(list) => list.iter().find_map(|one| one.get(OURS)),
        object => object.get(OURS),
    };
    T::deserialize(found?).ok()
}
