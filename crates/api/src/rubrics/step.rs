//! What a rubric's steps take, and what they answer.

use super::{
    begin::RubricTemplateCode,
    input::RubricContentInput,
    object::{Rubric, RubricScope},
};
use crate::answer::payload;
use async_graphql::{Enum, ID, InputObject, InputType};
use kit::RubricId;
use rubrics::Error;

/// Begins a rubric.
#[derive(Debug, Clone, InputObject)]
pub struct CreateRubricInput {
    /// A random UUID (v4) that the client makes, so that the same ask sent twice makes one rubric. Left out, the server makes one.
    pub id: Option<ID>,
    /// The unit where it is made; you are a colleague there.
    pub unit: ID,
    /// What it says to begin with; it may be unfinished. Left out where `template` is given.
    pub content: Option<RubricContentInput>,
    /// The template that it begins from, in the place of `content`; `rubricTemplates` shows them.
    pub template: Option<RubricTemplateCode>,
}

/// Inputs of steps that need nothing but the rubric as it was read.
macro_rules! steps {
    ($($(#[$doc:meta])* $input:ident),+ $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, InputObject)]
            pub struct $input {
                /// Which rubric it is about.
                pub rubric: ID,
                /// The rubric's `version` as it was read.
                pub version: i32,
                /// A random UUID. The same step sent twice with it is done once.
                pub idempotency_key: Option<ID>,
            }

            impl Step for $input {
                fn rubric(&self) -> Result<RubricId, Error> {
                    self.rubric.parse().map_err(|_| Error::NotFound)
                }

                fn key(&self) -> Option<&ID> {
                    self.idempotency_key.as_ref()
                }
            }
        )+
    };
}

/// A step in a rubric's life.
pub(super) trait Step: InputType {
    fn rubric(&self) -> Result<RubricId, Error>;
    fn key(&self) -> Option<&ID>;
}

steps! {
    /// Publishes a draft.
    PublishRubricInput,
    /// Begins a draft beside what is published.
    ReviseRubricInput,
    /// Takes a rubric out of use.
    RetireRubricInput,
    /// Puts a retired rubric away.
    ArchiveRubricInput,
    /// Deletes a draft; what is published stays.
    DeleteRubricDraftInput,
    /// Brings back what was archived or deleted.
    RestoreRubricInput,
}

/// Asks a colleague to review a draft.
#[derive(Debug, Clone, InputObject)]
pub struct SubmitRubricForReviewInput {
    /// Which rubric's draft to review.
    pub rubric: ID,
    /// The rubric's `version` as it was read.
    pub version: i32,
    /// The colleague who is asked; not one of its authors.
    pub reviewer: ID,
    /// A random UUID. The same step sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

/// What comes of a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rubrics::Verdict", name = "RubricVerdict")]
pub enum RubricVerdict {
    /// It is good: it is published, and bears who reviewed it.
    Approve,
    /// It goes back to its authors as a draft. An author may take it back so too.
    Return,
}

/// Approves a draft or returns it.
#[derive(Debug, Clone, InputObject)]
pub struct ReviewRubricInput {
    /// Which rubric's draft was reviewed.
    pub rubric: ID,
    /// The rubric's `version` as it was read.
    pub version: i32,
    /// What the reviewer says.
    pub verdict: RubricVerdict,
    /// What the reviewer writes to the authors.
    pub note: Option<String>,
    /// A random UUID. The same step sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

/// Decides for which circle a rubric is.
#[derive(Debug, Clone, InputObject)]
pub struct ShareRubricInput {
    /// Which rubric it is about.
    pub rubric: ID,
    /// The rubric's `version` as it was read.
    pub version: i32,
    /// For whom it is from now on.
    pub scope: RubricScope,
    /// With `PEOPLE`: who, at most 100.
    #[graphql(default)]
    pub people: Vec<ID>,
    /// With `TEAM`: which; you belong to it.
    pub team: Option<ID>,
    /// With `UNIT`: which; you are a colleague there.
    pub unit: Option<ID>,
    /// A random UUID. The same step sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

payload! { /// The new rubric, or why it was not made.
CreateRubricPayload { /// The rubric, with a draft that its author alone sees.
    rubric: Rubric } }
payload! { /// The published rubric, or why it was not published.
PublishRubricPayload { /// The rubric; on `STALE_VERSION` as it is now.
    rubric: Rubric } }
payload! { /// The rubric with its new draft, or why none was begun.
ReviseRubricPayload { /// The rubric; on `STALE_VERSION` as it is now.
    rubric: Rubric } }
payload! { /// The retired rubric, or why it was not retired.
RetireRubricPayload { /// The rubric; on `STALE_VERSION` as it is now.
    rubric: Rubric } }
payload! { /// The archived rubric, or why it was not put away.
ArchiveRubricPayload { /// The rubric; on `STALE_VERSION` as it is now.
    rubric: Rubric } }
payload! { /// The rubric without its draft, or why it was not deleted.
DeleteRubricDraftPayload { /// The rubric; on `STALE_VERSION` as it is now.
    rubric: Rubric } }
payload! { /// The restored rubric, or why it was not brought back.
RestoreRubricPayload { /// The rubric; on `STALE_VERSION` as it is now.
    rubric: Rubric } }
payload! { /// The rubric in review, or why nobody was asked.
SubmitRubricForReviewPayload { /// The rubric; on `STALE_VERSION` as it is now.
    rubric: Rubric } }
payload! { /// The reviewed rubric, or why it was not reviewed.
ReviewRubricPayload { /// The rubric; on `STALE_VERSION` as it is now. Nothing when returning it took it out of the reviewer's sight.
    rubric: Rubric } }
payload! { /// The shared rubric, or why it was not shared.
ShareRubricPayload { /// The rubric; on `STALE_VERSION` as it is now.
    rubric: Rubric } }
