//! Saving drafts by parts, and what comes back when somebody saved meanwhile.

use super::{
    content::{Criterion, RubricKind},
    input::{self, CriterionInput, RubricContentInput},
    object::Rubric,
    talk::warning::TextWarning,
    version::RubricVersion,
};
use crate::{
    answer::{Payload, UserError},
    organisation::{object::int, person::Colleague},
    words::{Reading, Words},
};
use async_graphql::{Context, Description, ID, InputObject, Object, Result, SimpleObject};
use chrono::NaiveDate;
use kit::CriterionId;
use rubrics::{Conflict, CriterionPatch, HeadPatch};
use store::Ids;

/// Saves a draft: the whole content with the `version` that was read, or parts with their revisions.
#[derive(Debug, Clone, InputObject)]
pub struct SaveRubricDraftInput {
    /// Which rubric you write in.
    pub rubric: ID,
    /// The rubric's `version` as it was read; needed with `content`.
    pub version: Option<i32>,
    /// The whole content.
    pub content: Option<RubricContentInput>,
    /// The head or the order alone. Goes with `criteria`, not with `content`.
    pub head: Option<RubricHeadPatchInput>,
    /// Single criteria: colleagues who write in different ones do not meet.
    #[graphql(default)]
    pub criteria: Vec<CriterionPatchInput>,
    /// A random UUID. The same save sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

/// A change of a draft's head, or of the order of its criteria.
#[derive(Debug, Clone, InputObject)]
pub struct RubricHeadPatchInput {
    /// `headRevision` as it was read.
    pub revision: i32,
    /// The whole new head; `criteria` of it are passed over. Left out, it stays.
    pub head: Option<RubricContentInput>,
    /// The new order of the criteria, by id. Left out, it stays.
    pub order: Option<Vec<ID>>,
}

/// A change of one criterion.
#[derive(Debug, Clone, InputObject)]
pub struct CriterionPatchInput {
    /// The criterion; a random id for a new one.
    pub id: ID,
    /// Its revision as it was read; left out for a new one.
    pub revision: Option<i32>,
    /// The whole criterion as it is to be; left out, it is removed.
    pub content: Option<CriterionInput>,
}

impl SaveRubricDraftInput {
    /// What is to change, with what is wrong noted.
    pub(crate) fn change(&self, reading: &mut Reading, ids: &Ids) -> Option<rubrics::Change> {
        match (&self.content, self.version) {
            (Some(content), Some(version)) if self.head.is_none() && self.criteria.is_empty() => {
                let content = input::content(reading, ids, content)?;
                Some(rubrics::Change::Whole {
                    version: version.into(),
                    content,
                })
            }
            (None, _) if self.head.is_some() || !self.criteria.is_empty() => {
                let head = match &self.head {
                    None => Some(None),
                    Some(patch) => patch.read(reading).map(Some),
                };
                let criteria: Vec<_> = self
                    .criteria
                    .iter()
                    .enumerate()
                    .map(|(index, patch)| patch.read(reading, ids, index))
                    .collect();
                Some(rubrics::Change::Parts {
                    head: head?,
                    criteria: criteria.into_iter().collect::<Option<_>>()?,
                })
            }
            _ => {
                reading.wrong(
                    "",
                    "BAD_INPUT",
                    "Skicka antingen `content` tillsammans med `version`, eller `head` och `criteria`.",
                    "Send either `content` together with `version`, or `head` and `criteria`.",
                );
                None
            }
        }
    }
}

impl RubricHeadPatchInput {
    fn read(&self, reading: &mut Reading) -> Option<HeadPatch> {
        let head = match &self.head {
            None => Some(None),
            Some(head) => input::head(reading, "head.head", head).map(Some),
        };
        let order = match &self.order {
            None => Some(None),
            Some(order) => {
                let read = order
                    .iter()
                    .map(|id| id.parse::<CriterionId>().ok())
                    .collect::<Option<Vec<_>>>();
                if read.is_none() {
                    reading.wrong(
                        "head.order",
                        "BAD_ID",
                        "Ett av id:na är inget kriterium.",
                        "One of the ids is no criterion.",
                    );
                }
                read.map(Some)
            }
        };
        Some(HeadPatch {
            revision: self.revision.into(),
            head: head?,
            order: order?,
        })
    }
}

impl CriterionPatchInput {
    fn read(&self, reading: &mut Reading, ids: &Ids, index: usize) -> Option<CriterionPatch> {
        let at = format!("criteria.{index}");
        let id = self.id.parse::<CriterionId>().ok();
        if id.is_none() {
            reading.wrong(
                &format!("{at}.id"),
                "BAD_ID",
                "Det är inget id av ett kriterium.",
                "This is no id of a criterion.",
            );
        }
        let content = match &self.content {
            None => Some(None),
            Some(content) => {
                let content = CriterionInput {
                    id: Some(self.id.clone()),
                    ..content.clone()
                };
                input::criterion(reading, ids, &format!("{at}.content"), &content).map(Some)
            }
        };
        Some(CriterionPatch {
            id: id?,
            revision: self.revision.map(Into::into),
            content: content?,
        })
    }
}

/// What a save answers: what was stored, and what somebody else saved meanwhile.
#[derive(SimpleObject)]
pub struct SaveRubricDraftPayload {
    /// The rubric as it is now.
    pub rubric: Option<Rubric>,
    /// Its draft as it is now.
    pub draft: Option<RubricVersion>,
    /// Parts that somebody else saved meanwhile. They were not stored, the others were: both texts, so that nobody's words are lost.
    pub conflicts: Vec<RubricConflict>,
    /// What you should look at again in what you sent, such as what looks like a pupil's name. It was saved all the same.
    pub warnings: Vec<TextWarning>,
    /// Why nothing was saved; empty when something was.
    pub user_errors: Vec<UserError>,
}

impl Payload for SaveRubricDraftPayload {
    type Object = (
        Option<Rubric>,
        Option<RubricVersion>,
        Vec<RubricConflict>,
        Vec<TextWarning>,
    );

    fn of(saved: Option<Self::Object>, user_errors: Vec<UserError>) -> Self {
        let (rubric, draft, conflicts, warnings) = saved.unwrap_or_default();
        Self {
            rubric,
            draft,
            conflicts,
            warnings,
            user_errors,
        }
    }
}

/// A part of a draft that somebody else saved after it was read: what you sent, and what stands there now.
#[derive(Debug, Clone, SimpleObject)]
pub struct RubricConflict {
    /// Which part of the input it is about: `head`, or `criteria` and an index.
    path: Vec<String>,
    /// Its revision now; nothing when it was removed. A new save names it.
    revision: Option<i32>,
    /// The criterion that you sent; nothing when it was to be removed, or when it is about the head.
    yours: Option<Criterion>,
    /// The criterion that stands there now; nothing when it was removed, or when it is about the head.
    theirs: Option<Criterion>,
    /// The title that the head has now, when it is about the head.
    title: Option<Words>,
    /// The description that the head has now, when it is about the head.
    description: Option<Words>,
    /// The form that the head has now, when it is about the head.
    kind: Option<RubricKind>,
}

impl From<&Conflict> for RubricConflict {
    fn from(conflict: &Conflict) -> Self {
        let path = conflict
            .problem()
            .path
            .split('.')
            .map(str::to_owned)
            .collect();
        match conflict {
            Conflict::Head {
                revision, theirs, ..
            } => Self {
                path,
                revision: Some(int(*revision)),
                yours: None,
                theirs: None,
                title: Some((&theirs.title).into()),
                description: theirs.description.as_ref().map(Into::into),
                kind: Some(theirs.kind.into()),
            },
            Conflict::Criterion {
                revision,
                yours,
                theirs,
                ..
            } => Self {
                path,
                revision: revision.map(int),
                yours: yours
                    .as_deref()
                    .map(|criterion| Criterion::of(criterion, None)),
                theirs: theirs
                    .as_deref()
                    .map(|criterion| Criterion::of(criterion, revision.map(int))),
                title: None,
                description: None,
                kind: None,
            },
        }
    }
}

/// One save of a draft.
#[derive(Debug, Clone, Description)]
pub struct RubricSave(pub rubrics::Save);

#[Object(use_type_description)]
impl RubricSave {
    /// The revision that the changed parts got.
    async fn revision(&self) -> i32 {
        int(self.0.revision)
    }

    /// Which author saved it.
    async fn by(&self, ctx: &Context<'_>) -> Result<Colleague> {
        Colleague::of(ctx, self.0.by).await
    }

    /// The day on which it was saved.
    async fn on(&self) -> NaiveDate {
        self.0.at.date_naive()
    }

    /// The title that it changed to, when it changed the head.
    async fn title(&self) -> Option<Words> {
        self.0.patch.head.as_ref().map(|head| (&head.title).into())
    }

    /// The criteria that it changed, as they were saved.
    async fn criteria(&self) -> Vec<Criterion> {
        self.0
            .patch
            .criteria
            .iter()
            .filter_map(|(_, criterion)| criterion.as_ref())
            .map(|criterion| Criterion::of(criterion, None))
            .collect()
    }

    /// The ids of criteria that it removed.
    async fn removed(&self) -> Vec<ID> {
        self.0
            .patch
            .criteria
            .iter()
            .filter(|(_, criterion)| criterion.is_none())
            .map(|(id, _)| id.to_string().into())
            .collect()
    }
}
