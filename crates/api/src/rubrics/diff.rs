//! What separates two versions, as the schema shows it.

use super::{
    content::{Criterion, Level},
    version::RubricVersion,
};
use crate::{answer, organisation::codes::Language};
use async_graphql::{Context, Description, Enum, ID, Object, Result, SimpleObject};
use kit::RubricVersionId;
use std::sync::Arc;
use store::Cx;

/// How deep a change goes. Up to wording it makes a minor version, such as 1.1; beyond, a major one, such as 2.0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rubrics::Impact", name = "RubricImpact")]
pub enum RubricImpact {
    /// The two say the same.
    None,
    /// Only words and codes changed: judgements stay comparable.
    Wording,
    /// Points or weights changed: the same judgement counts differently.
    Scale,
    /// A criterion or a level was added, removed or moved, or the rubric has another form.
    Structure,
}

/// Which text of a rubric, a criterion or a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rubrics::TextField", name = "RubricTextField")]
pub enum RubricTextField {
    /// What a rubric or a criterion is called.
    Title,
    /// What it means or is for.
    Description,
    /// Advice for those who assess.
    Guidance,
    /// How it is put to pupils.
    PupilWording,
    /// What a level is called.
    Label,
    /// The quality that is seen at a level (nivåbeskrivning).
    Descriptor,
    /// Feedback that leads on from a level.
    SuggestedFeedback,
}

/// What became of a run of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rubrics::PieceKind", name = "WordChangeKind")]
pub enum WordChangeKind {
    /// The words stand in both texts.
    Same,
    /// The words were taken out.
    Removed,
    /// The words were put in.
    Added,
}

/// Which list of codes of a rubric or a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rubrics::CodeField", name = "RubricCodeField")]
pub enum RubricCodeField {
    /// The subjects (ämnen) that it is about.
    Subjects,
    /// The years (årskurser) that it is meant for.
    Years,
    /// The school forms (skolformer) that it is meant for.
    SchoolForms,
    /// The key strategies (nyckelstrategier) that it serves.
    Strategies,
}

/// A run of words in a text that was reworded.
#[derive(Debug, Clone, SimpleObject)]
pub struct WordChange {
    /// What became of it.
    kind: WordChangeKind,
    /// The words, with the white space behind them.
    text: String,
}

/// A text that reads otherwise, in one of the two languages.
#[derive(Debug, Clone, Description)]
pub struct RubricTextChange(rubrics::Rewording);

#[Object(use_type_description)]
impl RubricTextChange {
    /// Whether it is the title, a level's descriptor or another of them.
    async fn field(&self) -> RubricTextField {
        self.0.field.into()
    }

    /// In which language it changed.
    async fn language(&self) -> Language {
        self.0.lang.into()
    }

    /// How it read; nothing when it was not there.
    async fn before(&self) -> Option<&str> {
        self.0.before.as_deref()
    }

    /// How it reads; nothing when it is gone.
    async fn after(&self) -> Option<&str> {
        self.0.after.as_deref()
    }

    /// The same word by word, in reading order: what was taken out stands before what took its place.
    async fn words(&self) -> Vec<WordChange> {
        let words = self.0.words().into_iter().map(|piece| WordChange {
            kind: piece.kind.into(),
            text: piece.text,
        });
        words.collect()
    }
}

/// Codes that came or went.
#[derive(Debug, Clone, SimpleObject)]
pub struct RubricCodeChange {
    /// Which list of codes it is.
    field: RubricCodeField,
    /// Codes that are no longer in it.
    removed: Vec<String>,
    /// Codes that are new in it.
    added: Vec<String>,
}

/// What became of a level.
#[derive(Debug, Clone, SimpleObject)]
pub struct LevelChange {
    /// The level's id, the same on both sides.
    id: ID,
    /// How it was; nothing when it was added.
    before: Option<Level>,
    /// How it is; nothing when it was removed.
    after: Option<Level>,
    /// Whether it stands elsewhere among the other levels.
    is_moved: bool,
    /// Whether it is worth other points.
    is_rescored: bool,
    /// Its texts that read otherwise.
    texts: Vec<RubricTextChange>,
}

/// What became of a criterion.
#[derive(Debug, Clone, SimpleObject)]
pub struct CriterionChange {
    /// The criterion's id, the same on both sides.
    id: ID,
    /// How deep this change goes.
    impact: RubricImpact,
    /// How it was; nothing when it was added.
    before: Option<Criterion>,
    /// How it is; nothing when it was removed.
    after: Option<Criterion>,
    /// Whether it stands elsewhere among the other criteria.
    is_moved: bool,
    /// Whether it counts otherwise beside the other criteria.
    is_reweighted: bool,
    /// Whether a preschool criterion looks at something else.
    is_redirected: bool,
    /// Its own texts that read otherwise.
    texts: Vec<RubricTextChange>,
    /// Its own codes that came or went.
    codes: Vec<RubricCodeChange>,
    /// Its levels that changed, in their present order; those that were removed stand last.
    levels: Vec<LevelChange>,
}

/// What separates two versions of a rubric, or of a fork and its origin. Criteria and levels are matched by their ids.
#[derive(Debug, Clone, SimpleObject)]
pub struct RubricDiff {
    /// The version that one goes from.
    from: RubricVersion,
    /// The version that one comes to.
    to: RubricVersion,
    /// How deep the change goes; it decides whether publishing makes a minor or a major version.
    impact: RubricImpact,
    /// Whether the rubric has another form.
    is_rebuilt: bool,
    /// Whether points were switched on or off.
    is_points_switched: bool,
    /// Texts of the rubric as a whole that read otherwise.
    texts: Vec<RubricTextChange>,
    /// Codes of the rubric as a whole that came or went.
    codes: Vec<RubricCodeChange>,
    /// The criteria that changed, in their present order; those that were removed stand last.
    criteria: Vec<CriterionChange>,
}

fn texts(texts: Vec<rubrics::Rewording>) -> Vec<RubricTextChange> {
    texts.into_iter().map(RubricTextChange).collect()
}

fn codes(codes: Vec<rubrics::Recoding>) -> Vec<RubricCodeChange> {
    let names = |codes: Vec<rubrics::Code>| codes.iter().map(ToString::to_string).collect();
    let changes = codes.into_iter().map(|change| RubricCodeChange {
        field: change.field.into(),
        removed: names(change.removed),
        added: names(change.added),
    });
    changes.collect()
}

impl CriterionChange {
    pub(crate) fn of(change: rubrics::CriterionDiff) -> Self {
        let impact = change.impact().into();
        let levels = change.levels.into_iter().map(|level| LevelChange {
            id: level.id.to_string().into(),
            before: level.before.as_ref().map(Level::of),
            after: level.after.as_ref().map(Level::of),
            is_moved: level.moved,
            is_rescored: level.rescored,
            texts: texts(level.texts),
        });
        let levels = levels.collect();
        Self {
            id: change.id.to_string().into(),
            impact,
            before: change.before.as_ref().map(|c| Criterion::of(c, None)),
            after: change.after.as_ref().map(|c| Criterion::of(c, None)),
            is_moved: change.moved,
            is_reweighted: change.reweighted,
            is_redirected: change.redirected,
            texts: texts(change.texts),
            codes: codes(change.codes),
            levels,
        }
    }
}

impl RubricDiff {
    /// What separates two versions that the reader may see.
    pub(crate) fn of(from: rubrics::Version, to: rubrics::Version) -> Self {
        let found = rubrics::diff(&from.content, &to.content);
        Self {
            from: RubricVersion(Arc::new(from)),
            to: RubricVersion(Arc::new(to)),
            impact: found.impact.into(),
            is_rebuilt: found.rebuilt,
            is_points_switched: found.points_switched,
            texts: texts(found.texts),
            codes: codes(found.codes),
            criteria: found
                .criteria
                .into_iter()
                .map(CriterionChange::of)
                .collect(),
        }
    }
}

/// The root of what is told of differences.
#[derive(Debug, Default)]
pub(crate) struct DiffQuery;

#[Object]
impl DiffQuery {
    /// What separates two versions of a rubric, or of rubrics that were forked from one another; nothing when there are no such two that
    /// you may see.
    async fn rubric_diff(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The version that one goes from.")] from: ID,
        #[graphql(desc = "The version that one comes to.")] to: ID,
    ) -> Result<Option<RubricDiff>> {
        let cx: &Cx = ctx.data()?;
        let (Ok(from), Ok(to)) = (
            from.parse::<RubricVersionId>(),
            to.parse::<RubricVersionId>(),
        ) else {
            return Ok(None);
        };
        let found = answer::seen(cx, rubrics::compare(cx, from, to).await)?;
        Ok(found.map(|(from, to)| RubricDiff::of(from, to)))
    }
}
