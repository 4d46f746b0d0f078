//! What the sharing of a rubric takes, and what it answers.

use crate::{
    answer::payload,
    rubrics::object::{Rubric, RubricScope},
};
use async_graphql::{ID, InputObject, OneofObject};

/// Somebody who writes a rubric: a colleague or a team.
#[derive(Debug, Clone, OneofObject)]
pub enum RubricAuthorInput {
    /// A colleague at the organiser; not a guest.
    Person(ID),
    /// A team (arbetslag, ämneslag, lärgrupp) that you belong to: whoever belongs to it writes, as long as they do.
    Team(ID),
}

/// Takes a colleague or a team in as an author.
#[derive(Debug, Clone, InputObject)]
pub struct AddRubricAuthorInput {
    /// Which rubric they are to write.
    pub rubric: ID,
    /// The rubric's `version` as it was read.
    pub version: i32,
    /// Who is to write it too.
    pub author: RubricAuthorInput,
    /// A random UUID. The same step sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

/// Takes an author off, who may be yourself.
#[derive(Debug, Clone, InputObject)]
pub struct RemoveRubricAuthorInput {
    /// Which rubric they no longer write.
    pub rubric: ID,
    /// The rubric's `version` as it was read.
    pub version: i32,
    /// Who is to write it no longer.
    pub author: RubricAuthorInput,
    /// A random UUID. The same step sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

/// Undoes the latest share.
#[derive(Debug, Clone, InputObject)]
pub struct UndoShareInput {
    /// Which rubric was shared.
    pub rubric: ID,
    /// The rubric's `version` as it was read.
    pub version: i32,
    /// A random UUID. The same step sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

/// A circle to look at before sharing: the same as in `shareRubric`.
#[derive(Debug, Clone, InputObject)]
pub struct AudienceScopeInput {
    /// For whom it would be.
    pub scope: RubricScope,
    /// With `PEOPLE`: who, at most 100.
    #[graphql(default)]
    pub people: Vec<ID>,
    /// With `TEAM`: which of the teams (lag).
    pub team: Option<ID>,
    /// With `UNIT`: which of the units (enheter).
    pub unit: Option<ID>,
}

payload! { /// The rubric with its new author, or why nobody was added.
AddRubricAuthorPayload { /// The rubric; on `STALE_VERSION` as it is now.
    rubric: Rubric } }
payload! { /// The rubric without that author, or why nobody was taken off.
RemoveRubricAuthorPayload { /// The rubric; on `STALE_VERSION` as it is now. Nothing when you left and no longer see it.
    rubric: Rubric } }
payload! { /// The rubric as it was shared before, or why the share stands.
UndoSharePayload { /// The rubric; on `STALE_VERSION` as it is now.
    rubric: Rubric } }
