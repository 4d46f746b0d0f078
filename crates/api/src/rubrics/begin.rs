//! Beginning a rubric from something: grading criteria, or a template.

use super::{
    content::RubricKind, input, mutation::finish, object::Rubric, step::CreateRubricInput,
};
use crate::{
    answer::payload,
    curriculum::query::grundskola,
    effect::{effect, key, once},
    words::{Reading, Words},
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use curriculum::{Code as _, SchoolForm};
use kit::RubricId;
use rubrics::{Error, Template};
use store::{Cx, Ids, Tx};

/// A form to begin a rubric from (mall).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rubrics::Template")]
pub enum RubricTemplateCode {
    /// Checklista: five criteria without levels.
    Checklist,
    /// Fyra steg: three criteria from *Påbörjad* to *Fördjupad*.
    FourSteps,
    /// E–C–A: three criteria with a level for each grade that has criteria of its own.
    Grades,
    /// Enpunktsmatris: three criteria with the goal alone.
    SinglePoint,
}

/// What a template looks like, for somebody who chooses one.
#[derive(Debug, Clone, SimpleObject)]
pub struct RubricTemplate {
    /// What `createRubric` takes as `template`.
    code: RubricTemplateCode,
    /// What it is called.
    name: Words,
    /// When it suits, in a sentence.
    purpose: Words,
    /// Which form the rubric gets.
    kind: RubricKind,
    /// What its criteria are called until they get their own names.
    criteria: Vec<Words>,
    /// What the levels of each criterion are called, in order; a checklist has none.
    levels: Vec<Words>,
}

/// Begins a rubric from grading criteria.
#[derive(Debug, Clone, InputObject)]
pub struct CreateRubricFromCriteriaInput {
    /// A random UUID (v4) that the client makes, so that the same ask sent twice makes one rubric. Left out, the server makes one.
    pub id: Option<ID>,
    /// The unit where it is made; you are a colleague there.
    pub unit: ID,
    /// The code of the subject, such as `EN`.
    pub subject: String,
    /// The code of the stage, such as `MELLANSTADIET`.
    pub stage: String,
    /// The code of the school form whose criteria are meant.
    #[graphql(default_with = "grundskola()")]
    pub school_form: String,
}

payload! {
    /// The rubric that was begun from grading criteria.
    CreateRubricFromCriteriaPayload {
        /// It, with a draft that has a criterion for each aspect, and E, C and A filled in.
        rubric: Rubric
    }
}

/// The root of what is read before a rubric is begun.
#[derive(Debug, Default)]
pub(crate) struct BeginQuery;

#[Object]
impl BeginQuery {
    /// The templates (mallar) that a rubric can begin from; `createRubric` takes their codes.
    async fn rubric_templates(&self, ctx: &Context<'_>) -> Result<Vec<RubricTemplate>> {
        let cx: &Cx = ctx.data()?;
        let templates = Template::ALL.into_iter();
        Ok(templates
            .map(|template| RubricTemplate::of(template, &cx.ids))
            .collect())
    }
}

/// The root of beginning a rubric from something else.
#[derive(Debug, Default)]
pub(crate) struct BeginMutation;

#[Object]
impl BeginMutation {
    /// Begins a rubric from the grading criteria (betygskriterier) that hold today: a draft with E, C and A filled in, which its author alone
    /// sees. Its description says where the words come from, and whether they were compared with it.
    async fn create_rubric_from_criteria(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Where it is made, and of which criteria.")]
        input: CreateRubricFromCriteriaInput,
    ) -> Result<CreateRubricFromCriteriaPayload> {
        let cx: &Cx = ctx.data()?;
        let made = key(cx, input.id.as_ref())?;
        let done = async {
            let form = SchoolForm::parse(&input.school_form);
            let ask = rubrics::CreateFromCriteria {
                id: RubricId(made.unwrap_or_else(|| cx.ids.random())),
                unit: input.unit.parse().map_err(|_| Error::NotHere)?,
                subject: input.subject.clone(),
                school_form: form.map_err(|_| Error::NoGradingCriteria)?,
                stage: input.stage.clone(),
            };
            let once = once("createRubricFromCriteria", made, &input);
            effect(cx, once, async |tx: &Tx| {
                rubrics::create_from_criteria(tx, &ask).await
            })
            .await
        };
        finish(cx, None, done.await).await
    }
}

impl RubricTemplate {
    fn of(template: Template, ids: &Ids) -> Self {
        let content = template.content(ids);
        let levels = content
            .criteria
            .first()
            .map(|first| first.levels.as_slice());
        Self {
            code: template.into(),
            name: (&template.name()).into(),
            purpose: (&template.purpose()).into(),
            kind: content.head.kind.into(),
            levels: levels
                .unwrap_or_default()
                .iter()
                .map(|level| (&level.label).into())
                .collect(),
            criteria: content
                .criteria
                .iter()
                .map(|criterion| (&criterion.title).into())
                .collect(),
        }
    }
}

impl CreateRubricInput {
    /// What the rubric says to begin with: its content, or that of its template.
    pub(super) fn begin(&self, reading: &mut Reading, ids: &Ids) -> Option<rubrics::Content> {
        match (&self.content, self.template) {
            (Some(content), None) => input::content(reading, ids, content),
            (None, Some(template)) => Some(Template::from(template).content(ids)),
            (Some(_), Some(_)) | (None, None) => {
                reading.wrong(
                    "content",
                    "BAD_CONTENT",
                    "Ange antingen `content` eller `template`.",
                    "Give either `content` or `template`.",
                );
                None
            }
        }
    }
}
