//! Grading criteria.

use crate::{
    SchoolForm, Source, Year,
    code::{Code, code_as_text},
    list::entry,
};
use chrono::NaiveDate;
use kit::{Bilingual, Body, Title};
use serde::Deserialize;

/// A grade that has criteria of its own. D and B lie between two of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// E.
    E,
    /// C.
    C,
    /// A.
    A,
}

code_as_text!(Grade);

impl Code for Grade {
    const LIST: &'static str = "betyg";

    const ALL: &'static [Self] = &[Self::E, Self::C, Self::A];

    fn code(self) -> &'static str {
        match self {
            Self::E => "E",
            Self::C => "C",
            Self::A => "A",
        }
    }
}

/// The grading criteria (betygskriterier) of a subject at the end of a stage.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Criteria {
    /// The code of the subject.
    pub subject: String,
    /// The school form.
    pub school_form: SchoolForm,
    /// The code of the stage.
    pub stage: String,
    /// The year at whose end they are used.
    pub year: Year,
    /// What they look at, one part of the text each.
    pub aspects: Vec<Aspect>,
    /// Their first day.
    pub from: NaiveDate,
    /// Their last day, if one is known.
    #[serde(default)]
    pub to: Option<NaiveDate>,
    /// Where they come from, when that is not the list's source.
    #[serde(default)]
    pub source: Option<Source>,
}

/// One thing that criteria look at (aspekt), with its words for each grade.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Aspect {
    /// What is looked at, in a few words; the statute has no headings, so these are Kollegium's.
    pub title: Bilingual<Title>,
    /// The words for E, C and A, in this order.
    pub levels: Vec<GradeText>,
}

/// What a grade asks for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct GradeText {
    /// The grade.
    pub grade: Grade,
    /// What it asks for.
    pub text: Bilingual<Body>,
}

entry!(Criteria, |criteria| format!(
    "{}/{}/{}",
    criteria.subject, criteria.school_form, criteria.stage
));
