//! Reading what the state has decided.

use super::object::{CurriculumGoal, GradingCriteria, SchoolForm, Subject};
use crate::{answer, known_code::known_code};
use async_graphql::{Context, Object, Result};
use chrono::NaiveDate;
use curriculum::{Reference, SchoolForm as Form};
use store::Cx;

/// The root of what is read of the state's lists.
#[derive(Debug, Default)]
pub(crate) struct CurriculumQuery;

#[Object]
impl CurriculumQuery {
    /// The school forms (skolformer) with their years and stages; at most 500.
    async fn school_forms(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "As they are on this day; today when left out.")] on: Option<NaiveDate>,
    ) -> Result<Vec<SchoolForm>> {
        let (reference, day) = lists(ctx, on).await?;
        let forms = reference.school_forms.on(day);
        Ok(forms
            .map(|form| SchoolForm::of(&reference, form, day))
            .collect())
    }

    /// The subjects (ämnen), in the order of a timetable; at most 500.
    async fn subjects(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those of this school form, by its code, such as `GRUNDSKOLA`.")]
        school_form: Option<String>,
        #[graphql(desc = "As they are on this day; today when left out.")] on: Option<NaiveDate>,
    ) -> Result<Vec<Subject>> {
        let form = wanted(ctx, school_form.as_deref())?;
        let (reference, day) = lists(ctx, on).await?;
        let subjects = reference.subjects.on(day);
        Ok(subjects
            .filter(|subject| fits(&subject.school_forms, form))
            .map(|subject| Subject::of(&reference, subject, day))
            .collect())
    }

    /// The goal areas (målområden) of the curricula, in the order of their sections; at most 500.
    async fn curriculum_goals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those of this curriculum, by its code, such as `LPFO18`.")]
        curriculum: Option<String>,
        #[graphql(desc = "Only those of this school form, by its code, such as `FORSKOLA`.")]
        school_form: Option<String>,
        #[graphql(desc = "As they are on this day; today when left out.")] on: Option<NaiveDate>,
    ) -> Result<Vec<CurriculumGoal>> {
        let form = wanted(ctx, school_form.as_deref())?;
        let (reference, day) = lists(ctx, on).await?;
        let goals = reference.goals.on(day);
        Ok(goals
            .filter(|goal| {
                let curriculum = curriculum.as_ref();
                curriculum.is_none_or(|code| *code == goal.curriculum)
            })
            .filter(|goal| fits(&goal.school_forms, form))
            .map(|goal| CurriculumGoal::of(&reference, goal))
            .collect())
    }

    /// The grading criteria (betygskriterier) of a subject at the end of a stage; nothing where there are none. `createRubricFromCriteria` makes
    /// a rubric of them.
    async fn grading_criteria(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The code of the subject, such as `EN`.")] subject: String,
        #[graphql(desc = "The code of the stage, such as `MELLANSTADIET`.")] stage: String,
        #[graphql(desc = "The code of the school form.", default_with = "grundskola()")]
        school_form: String,
        #[graphql(desc = "As they are on this day; today when left out.")] on: Option<NaiveDate>,
    ) -> Result<Option<GradingCriteria>> {
        let form = known_code(ctx.data()?, &school_form)?;
        let (reference, day) = lists(ctx, on).await?;
        let criteria = reference.criteria_of(&subject, form, &stage, day);
        Ok(criteria.and_then(|criteria| GradingCriteria::of(&reference, criteria, day)))
    }
}

/// The school form that is meant when none is named.
pub(crate) fn grundskola() -> String {
    Form::CompulsorySchool.to_string()
}

/// The lists, and the day for which they are asked.
async fn lists(ctx: &Context<'_>, on: Option<NaiveDate>) -> Result<(Reference, NaiveDate)> {
    let cx: &Cx = ctx.data()?;
    let reference = curriculum::reference(cx).await;
    let reference = reference.map_err(|fault| answer::error(cx, &fault))?;
    Ok((reference, on.unwrap_or_else(|| cx.now.date_naive())))
}

/// The school form that a list is narrowed to.
fn wanted(ctx: &Context<'_>, code: Option<&str>) -> Result<Option<Form>> {
    let cx: &Cx = ctx.data()?;
    code.map(|code| known_code(cx, code)).transpose()
}

fn fits(forms: &[Form], wanted: Option<Form>) -> bool {
    wanted.is_none_or(|form| forms.contains(&form))
}
