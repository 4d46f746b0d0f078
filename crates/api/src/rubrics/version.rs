//! One version of a rubric, as the schema shows it.

use super::{
    content::{Criterion, RubricKind},
    exemplars::listed::ExemplarsOfVersion,
    object::Rubric,
};
use crate::{
    loader::Loaders,
    organisation::{object::int, person::Colleague},
    words::Words,
};
use async_graphql::{Context, Description, Enum, ID, Object, Result};
use chrono::NaiveDate;
use rubrics::Version;
use std::sync::Arc;
use store::Cx;

/// Where a version is in its life. What is published never changes again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rubrics::VersionState", name = "RubricVersionState")]
pub enum RubricVersionState {
    /// Its authors write it.
    Draft,
    /// A colleague reviews it; it does not change meanwhile.
    InReview,
    /// It is in use, and stays as it is for ever.
    Published,
}

/// One version of a rubric. What was made with a version keeps that version.
#[derive(Debug, Clone, Description)]
pub struct RubricVersion(pub Arc<Version>);

#[Object(use_type_description)]
impl RubricVersion {
    /// Its id, with which `rubricVersion(id:)` finds it.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The rubric itself, with its other versions.
    async fn rubric(&self, ctx: &Context<'_>) -> Result<Option<Rubric>> {
        ctx.data::<Loaders>()?.rubric(self.0.rubric).await
    }

    /// Its number, such as `2.1`: the first rises with the structure, the second with the wording. A draft has none yet.
    async fn number(&self) -> Option<String> {
        self.0.number.map(|number| number.to_string())
    }

    /// Draft, in review or published.
    async fn state(&self) -> RubricVersionState {
        self.0.state.into()
    }

    /// What the rubric is called in this version.
    async fn title(&self) -> Words {
        (&self.0.content.head.title).into()
    }

    /// What the rubric is for, in this version.
    async fn description(&self) -> Option<Words> {
        self.0.content.head.description.as_ref().map(Into::into)
    }

    /// Which form the rubric has in this version.
    async fn kind(&self) -> RubricKind {
        self.0.content.head.kind.into()
    }

    /// Whether levels carry points.
    async fn points(&self) -> bool {
        self.0.content.head.points
    }

    /// Its criteria (kriterier, aspekter), in order; at most 50.
    async fn criteria(&self) -> Vec<Criterion> {
        let is_draft = self.0.state != rubrics::VersionState::Published;
        let revision = |id| {
            self.0
                .revisions
                .criteria
                .get(id)
                .filter(|_| is_draft)
                .copied()
                .map(int)
        };
        self.0
            .content
            .criteria
            .iter()
            .map(|criterion| Criterion::of(criterion, revision(&criterion.id)))
            .collect()
    }

    #[graphql(flatten)]
    async fn exemplified(&self) -> ExemplarsOfVersion {
        ExemplarsOfVersion(self.0.id)
    }

    /// In a draft: how often its head was saved. A save of the head or of the order names it.
    async fn head_revision(&self) -> Option<i32> {
        (self.0.state != rubrics::VersionState::Published).then(|| int(self.0.revisions.head))
    }

    /// Whether a colleague reviewed it. Otherwise it bears *inte granskad*.
    async fn is_reviewed(&self) -> bool {
        self.0.reviewed_by.is_some()
    }

    /// Who reviewed and approved it.
    async fn reviewed_by(&self, ctx: &Context<'_>) -> Result<Option<Colleague>> {
        match self.0.reviewed_by {
            Some(reviewer) => Ok(Some(Colleague::of(ctx, reviewer).await?)),
            None => Ok(None),
        }
    }

    /// What the reviewer wrote to its authors, for those who may read its drafts.
    async fn review_note(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let cx: &Cx = ctx.data()?;
        let Some(note) = &self.0.review_note else {
            return Ok(None);
        };
        let rubric = ctx.data::<Loaders>()?.rubric(self.0.rubric).await?;
        let is_author = rubric.is_some_and(|shown| rubrics::is_author(&cx.actor, &shown.rubric));
        Ok(is_author.then(|| note.as_str().to_owned()))
    }

    /// The day on which it was published.
    async fn published_on(&self) -> Option<NaiveDate> {
        self.0.published_at.map(|at| at.date_naive())
    }

    /// What its content is recognised by (SHA-256, hexadecimal): the same words have the same hash.
    async fn content_hash(&self) -> &str {
        &self.0.content_hash
    }
}
