//! What putting in, taking back, hiding and reporting take, and what they answer.

use super::object::{Licence, OpenRubric, ReportReason};
use crate::{answer::payload, node::Node, rubrics::object::Rubric};
use async_graphql::{ID, InputObject};

/// Puts a rubric in the open catalogue.
#[derive(Debug, Clone, InputObject)]
pub struct PublishToCatalogueInput {
    /// Which rubric of your own; the version in use is copied.
    pub rubric: ID,
    /// The rubric's `version` as it was read.
    pub version: i32,
    /// What others may do with it.
    pub licence: Licence,
    /// The name in the credit line: yours, your team's, or none at all. Your organiser's name always stands there.
    pub credit_name: Option<String>,
    /// A random UUID. The same step sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

/// Takes a rubric out of the open catalogue.
#[derive(Debug, Clone, InputObject)]
pub struct WithdrawFromCatalogueInput {
    /// Which rubric of your own.
    pub rubric: ID,
    /// A random UUID. The same step sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

/// Hides an open rubric, or shows it again.
#[derive(Debug, Clone, InputObject)]
pub struct HideOpenRubricInput {
    /// Which item of the open catalogue it is about, by its `open_…` id.
    pub id: ID,
    /// Why, in words that its authors may read.
    pub reason: String,
    /// Whether it is hidden from now on; `false` shows it again.
    #[graphql(default = true)]
    pub hidden: bool,
    /// A random UUID. The same step sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

/// Reports that something should not be shown as it is.
#[derive(Debug, Clone, InputObject)]
pub struct ReportContentInput {
    /// What you report: an open rubric.
    pub id: ID,
    /// What is wrong with it.
    pub reason: ReportReason,
    /// The same in words, for the administrators; needed with `OTHER`.
    pub words: Option<String>,
}

payload! { /// The rubric and how it stands in the catalogue, or why it was not put there.
PublishToCataloguePayload { /// The rubric: its `inCatalogue` says how it stands there.
    rubric: Rubric } }
payload! { /// The rubric that was taken back, or why it was not.
WithdrawFromCataloguePayload { /// The rubric: its `inCatalogue` says how it stands there.
    rubric: Rubric } }
payload! { /// The open rubric, or why it was not hidden.
HideOpenRubricPayload { /// The open rubric as you know it as an administrator.
    open_rubric: OpenRubric } }
payload! { /// What was reported, or why it was not.
ReportContentPayload { /// What you reported. The administrators are told, and not by whom.
    content: Node } }
