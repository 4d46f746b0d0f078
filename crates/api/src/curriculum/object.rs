//! School forms, subjects, goal areas and grading criteria, as the schema shows them: plain data, the same for everybody.

use crate::words::Words;
use async_graphql::{Enum, SimpleObject};
use chrono::NaiveDate;
use curriculum::{Code, Entry, List, Reference};
use kit::{Bilingual, Text};

/// Where something that the state has decided comes from (källa).
#[derive(Debug, Clone, SimpleObject)]
pub struct CurriculumSource {
    /// What the source is called, such as the ordinance and its number.
    title: Words,
    /// The day from which the source has this wording.
    date: NaiveDate,
    /// Whether the words were compared with the source. Where it is false they are a sample: show that beside them, and refer to the
    /// source itself.
    is_verified: bool,
}

/// A school form (skolform). The leisure-time centre (fritidshem) counts as one here.
#[derive(Debug, Clone, SimpleObject)]
pub struct SchoolForm {
    /// The stable code, such as `GRUNDSKOLA`, as units and rubrics name it.
    code: String,
    /// What it is called.
    name: Words,
    /// The years (årskurser) that it has, in order; a preschool has none.
    years: Vec<Year>,
    /// The stages (stadier) that it is divided into, in order.
    stages: Vec<Stage>,
    /// Its first day under this name.
    valid_from: NaiveDate,
    /// Its last day, when one is decided.
    valid_to: Option<NaiveDate>,
    /// Where this comes from.
    source: CurriculumSource,
}

/// A year at school (årskurs).
#[derive(Debug, Clone, SimpleObject)]
pub struct Year {
    /// The stable code: `F` for the preschool class, then `1` to `9`.
    code: String,
    /// What it is called.
    name: Words,
}

/// A stage (stadium): three years of the compulsory school.
#[derive(Debug, Clone, SimpleObject)]
pub struct Stage {
    /// The stable code: `LAGSTADIET`, `MELLANSTADIET` or `HOGSTADIET`.
    code: String,
    /// What it is called.
    name: Words,
    /// Codes of its years, in order.
    years: Vec<String>,
}

/// A subject (ämne), or a subject area (ämnesområde) of the adapted compulsory school.
#[derive(Debug, Clone, SimpleObject)]
pub struct Subject {
    /// The stable code, such as `SV`, as rubrics name it.
    code: String,
    /// Its official name.
    name: Words,
    /// What it is called in the staff room, such as `SvA`; at most 13 characters.
    short_name: Words,
    /// Codes of the school forms that teach it.
    school_forms: Vec<String>,
    /// Codes of the stages at whose end there are grading criteria for it.
    graded_stages: Vec<String>,
    /// The first day on which it can be chosen.
    valid_from: NaiveDate,
    /// The last day on which it can be chosen, when one is decided. What names it already keeps it.
    valid_to: Option<NaiveDate>,
    /// Where this comes from.
    source: CurriculumSource,
}

/// A goal area (målområde) of a curriculum (läroplan): a section of its goals and guidelines.
#[derive(Debug, Clone, SimpleObject)]
pub struct CurriculumGoal {
    /// The stable code, such as `LGR22_2_1`.
    code: String,
    /// The code of the curriculum, such as `LGR22` or `LPFO18`.
    curriculum: String,
    /// The section, as the curriculum numbers it, such as `2.1`.
    section: String,
    /// Its heading in the curriculum.
    name: Words,
    /// Codes of the school forms that it is for.
    school_forms: Vec<String>,
    /// The first day on which the curriculum has it.
    valid_from: NaiveDate,
    /// The last day on which the curriculum has it, when one is decided.
    valid_to: Option<NaiveDate>,
    /// Where this comes from.
    source: CurriculumSource,
}

/// The grading criteria (betygskriterier) of a subject at the end of a stage.
#[derive(Debug, Clone, SimpleObject)]
pub struct GradingCriteria {
    /// The subject that is graded.
    subject: Subject,
    /// The code of the school form whose criteria they are.
    school_form: String,
    /// The stage at whose end they are used.
    stage: Stage,
    /// The year at whose end they are used.
    year: Year,
    /// What they look at, in the order of the text; at most 50.
    aspects: Vec<GradingAspect>,
    /// The first day on which they are used.
    valid_from: NaiveDate,
    /// The last day on which they are used, when one is decided.
    valid_to: Option<NaiveDate>,
    /// Where the words come from.
    source: CurriculumSource,
}

/// One thing that grading criteria look at (aspekt).
#[derive(Debug, Clone, SimpleObject)]
pub struct GradingAspect {
    /// What is looked at, in a few words that are Kollegium's own: the statute has no headings.
    title: Words,
    /// The words for E, C and A, in this order.
    levels: Vec<GradingLevel>,
}

/// What a grade asks for in one aspect.
#[derive(Debug, Clone, SimpleObject)]
pub struct GradingLevel {
    /// The grade that these words are for.
    grade: Grade,
    /// What it asks for.
    text: Words,
}

/// A grade that has criteria of its own. D lies between E and C, B between C and A.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "curriculum::Grade")]
pub enum Grade {
    /// Betyget E, the lowest that is passed.
    E,
    /// Betyget C, in the middle.
    C,
    /// Betyget A, the highest.
    A,
}

fn words<const MAX: usize, const LINES: bool>(text: &Bilingual<Text<MAX, LINES>>) -> Words {
    text.into()
}

fn codes<C: Code>(codes: &[C]) -> Vec<String> {
    codes.iter().map(|code| code.code().to_owned()).collect()
}

fn source<E: Entry>(list: &List<E>, entry: &E) -> CurriculumSource {
    let source = list.source_of(entry);
    CurriculumSource {
        title: words(&source.title),
        date: source.date,
        is_verified: source.verified,
    }
}

impl SchoolForm {
    pub(crate) fn of(
        reference: &Reference,
        form: &curriculum::SchoolFormEntry,
        day: NaiveDate,
    ) -> Self {
        let years = curriculum::Year::ALL.iter().copied();
        let has = |year: &curriculum::Year| year.belongs_to(form.code);
        let stages = reference.stages.on(day);
        let stages = stages.filter(|stage| stage.school_forms.contains(&form.code));
        Self {
            code: form.code.to_string(),
            name: words(&form.name),
            years: years
                .filter(has)
                .filter_map(|year| Year::of(reference, year, day))
                .collect(),
            stages: stages.map(Stage::of).collect(),
            valid_from: form.from,
            valid_to: form.to,
            source: source(&reference.school_forms, form),
        }
    }
}

impl Year {
    fn of(reference: &Reference, year: curriculum::Year, day: NaiveDate) -> Option<Self> {
        let entry = reference.year(year, day)?;
        Some(Self {
            code: year.to_string(),
            name: words(&entry.name),
        })
    }
}

impl Stage {
    fn of(stage: &curriculum::Stage) -> Self {
        Self {
            code: stage.code.clone(),
            name: words(&stage.name),
            years: codes(&stage.years),
        }
    }
}

impl Subject {
    pub(crate) fn of(reference: &Reference, subject: &curriculum::Subject, day: NaiveDate) -> Self {
        let graded = reference.criteria.on(day);
        let mut graded_stages: Vec<_> = graded
            .filter(|criteria| criteria.subject == subject.code)
            .map(|criteria| criteria.stage.clone())
            .collect();
        graded_stages.dedup();
        Self {
            code: subject.code.clone(),
            name: words(&subject.name),
            short_name: words(&subject.short_name),
            school_forms: codes(&subject.school_forms),
            graded_stages,
            valid_from: subject.from,
            valid_to: subject.to,
            source: source(&reference.subjects, subject),
        }
    }
}

impl CurriculumGoal {
    pub(crate) fn of(reference: &Reference, goal: &curriculum::Goal) -> Self {
        Self {
            code: goal.code.clone(),
            curriculum: goal.curriculum.clone(),
            section: goal.section.as_str().to_owned(),
            name: words(&goal.name),
            school_forms: codes(&goal.school_forms),
            valid_from: goal.from,
            valid_to: goal.to,
            source: source(&reference.goals, goal),
        }
    }
}

impl GradingCriteria {
    /// Nothing when no list knows their subject, stage or year.
    pub(crate) fn of(
        reference: &Reference,
        criteria: &curriculum::Criteria,
        day: NaiveDate,
    ) -> Option<Self> {
        let subject = reference.subject(&criteria.subject, day)?;
        let aspects = criteria.aspects.iter().map(|aspect| GradingAspect {
            title: words(&aspect.title),
            levels: aspect.levels.iter().map(GradingLevel::of).collect(),
        });
        Some(Self {
            subject: Subject::of(reference, subject, day),
            school_form: criteria.school_form.to_string(),
            stage: Stage::of(reference.stage(&criteria.stage, day)?),
            year: Year::of(reference, criteria.year, day)?,
            aspects: aspects.collect(),
            valid_from: criteria.from,
            valid_to: criteria.to,
            source: source(&reference.criteria, criteria),
        })
    }
}

impl GradingLevel {
    fn of(level: &curriculum::GradeText) -> Self {
        Self {
            grade: level.grade.into(),
            text: words(&level.text),
        }
    }
}
