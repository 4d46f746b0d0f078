//! What a rubric says, as the schema takes it. Everything that is wrong is said at once, with its place.

use super::content::{About, RubricKind};
use crate::words::{Reading, WordsInput};
use async_graphql::{ID, InputObject};
use kit::{CriterionId, LevelId};
use rubrics::Code;
use store::Ids;
use uuid::Uuid;

/// The whole content of a rubric.
#[derive(Debug, Clone, InputObject)]
pub struct RubricContentInput {
    /// Which form it has.
    pub kind: RubricKind,
    /// What it is called, at most 200 characters.
    pub title: WordsInput,
    /// What it is for, at most 4 000 characters.
    pub description: Option<WordsInput>,
    /// Codes of subjects, such as `SV` or `MA`.
    #[graphql(default)]
    pub subjects: Vec<String>,
    /// Codes of years: `F`, `1` to `9`.
    #[graphql(default)]
    pub years: Vec<String>,
    /// Codes of school forms, such as `GRUNDSKOLA` or `FORSKOLA`.
    #[graphql(default)]
    pub school_forms: Vec<String>,
    /// Codes of key strategies (nyckelstrategier), such as `FEEDBACK_FORWARD`.
    #[graphql(default)]
    pub strategies: Vec<String>,
    /// Whether levels carry points. Off until it is switched on.
    #[graphql(default)]
    pub points: bool,
    /// The criteria, in order; up to 50.
    #[graphql(default)]
    pub criteria: Vec<CriterionInput>,
}

/// A criterion of a rubric.
#[derive(Debug, Clone, InputObject)]
pub struct CriterionInput {
    /// Its id, made by the client or read from the rubric; left out, the server makes one.
    pub id: Option<ID>,
    /// What is looked at, in a few words; at most 200 characters.
    pub title: WordsInput,
    /// The same at length.
    pub description: Option<WordsInput>,
    /// How much it counts beside the other criteria, 1 to 100.
    #[graphql(default = 1)]
    pub weight: i32,
    /// Advice for those who assess; it never reaches pupils.
    pub guidance: Option<WordsInput>,
    /// How it is put to pupils.
    pub pupil_wording: Option<WordsInput>,
    /// What a preschool criterion looks at; never the child.
    pub about: Option<About>,
    /// Codes of subjects, beside those of the whole rubric.
    #[graphql(default)]
    pub subjects: Vec<String>,
    /// Codes of years, beside those of the whole rubric.
    #[graphql(default)]
    pub years: Vec<String>,
    /// Codes of key strategies that it serves.
    #[graphql(default)]
    pub strategies: Vec<String>,
    /// Its levels, in order.
    #[graphql(default)]
    pub levels: Vec<LevelInput>,
}

/// A level of a criterion.
#[derive(Debug, Clone, InputObject)]
pub struct LevelInput {
    /// Its id, made by the client or read from the rubric; left out, the server makes one.
    pub id: Option<ID>,
    /// What the level is called, at most 200 characters.
    pub label: WordsInput,
    /// The quality that is seen at this level.
    pub descriptor: Option<WordsInput>,
    /// How the quality is put to pupils.
    pub pupil_wording: Option<WordsInput>,
    /// Points, where points are switched on.
    pub points: Option<PointsInput>,
    /// Feedback that leads on from here.
    pub suggested_feedback: Option<WordsInput>,
}

/// Points of a level: one figure when `max` is left out, otherwise a range.
#[derive(Debug, Clone, InputObject)]
pub struct PointsInput {
    /// The lowest, with at most two decimals, 0 to 10 000.
    pub min: f64,
    /// The highest; the same as `min` when left out.
    pub max: Option<f64>,
}

/// The content, with what is wrong noted in `reading`.
pub(crate) fn content(
    reading: &mut Reading,
    ids: &Ids,
    input: &RubricContentInput,
) -> Option<rubrics::Content> {
    let head = head(reading, "content", input);
    let criteria: Vec<_> = input
        .criteria
        .iter()
        .enumerate()
        .map(|(index, input)| criterion(reading, ids, &format!("content.criteria.{index}"), input))
        .collect();
    Some(rubrics::Content {
        head: head?,
        criteria: criteria.into_iter().collect::<Option<_>>()?,
    })
}

pub(crate) fn head(
    reading: &mut Reading,
    at: &str,
    input: &RubricContentInput,
) -> Option<rubrics::Head> {
    let title = reading.words(&format!("{at}.title"), &input.title);
    let description =
        reading.words_or_none(&format!("{at}.description"), input.description.as_ref());
    let subjects = codes(reading, &format!("{at}.subjects"), &input.subjects);
    let years = codes(reading, &format!("{at}.years"), &input.years);
    let school_forms = codes(reading, &format!("{at}.schoolForms"), &input.school_forms);
    let strategies = codes(reading, &format!("{at}.strategies"), &input.strategies);
    Some(rubrics::Head {
        kind: input.kind.into(),
        title: title?,
        description,
        subjects: subjects?,
        years: years?,
        school_forms: school_forms?,
        strategies: strategies?,
        points: input.points,
    })
}

/// A criterion at `at` of the input.
pub(crate) fn criterion(
    reading: &mut Reading,
    ids: &Ids,
    at: &str,
    input: &CriterionInput,
) -> Option<rubrics::Criterion> {
    let id = made_id::<CriterionId>(reading, ids, &format!("{at}.id"), input.id.as_ref());
    let title = reading.words(&format!("{at}.title"), &input.title);
    let description =
        reading.words_or_none(&format!("{at}.description"), input.description.as_ref());
    let weight = u32::try_from(input.weight).ok();
    if weight.is_none() {
        reading.wrong(
            &format!("{at}.weight"),
            "BAD_WEIGHT",
            "Vikten är 1 till 100.",
            "The weight is 1 to 100.",
        );
    }
    let guidance = reading.words_or_none(&format!("{at}.guidance"), input.guidance.as_ref());
    let pupil_wording =
        reading.words_or_none(&format!("{at}.pupilWording"), input.pupil_wording.as_ref());
    let subjects = codes(reading, &format!("{at}.subjects"), &input.subjects);
    let years = codes(reading, &format!("{at}.years"), &input.years);
    let strategies = codes(reading, &format!("{at}.strategies"), &input.strategies);
    let levels: Vec<_> = input
        .levels
        .iter()
        .enumerate()
        .map(|(index, input)| level(reading, ids, &format!("{at}.levels.{index}"), input))
        .collect();
    Some(rubrics::Criterion {
        id: id?,
        title: title?,
        description,
        weight: weight?,
        guidance,
        pupil_wording,
        about: input.about.map(Into::into),
        subjects: subjects?,
        years: years?,
        strategies: strategies?,
        levels: levels.into_iter().collect::<Option<_>>()?,
    })
}

fn level(reading: &mut Reading, ids: &Ids, at: &str, input: &LevelInput) -> Option<rubrics::Level> {
    let id = made_id::<LevelId>(reading, ids, &format!("{at}.id"), input.id.as_ref());
    let label = reading.words(&format!("{at}.label"), &input.label);
    let descriptor = reading.words_or_none(&format!("{at}.descriptor"), input.descriptor.as_ref());
    let pupil_wording =
        reading.words_or_none(&format!("{at}.pupilWording"), input.pupil_wording.as_ref());
    let points = match &input.points {
        None => Some(None),
        Some(input) => points(reading, &format!("{at}.points"), input).map(Some),
    };
    let suggested_feedback = reading.words_or_none(
        &format!("{at}.suggestedFeedback"),
        input.suggested_feedback.as_ref(),
    );
    Some(rubrics::Level {
        id: id?,
        label: label?,
        descriptor,
        pupil_wording,
        points: points?,
        suggested_feedback,
    })
}

fn points(reading: &mut Reading, at: &str, input: &PointsInput) -> Option<rubrics::Points> {
    let (min, max) = (
        hundredths(input.min),
        hundredths(input.max.unwrap_or(input.min)),
    );
    if let (Some(min), Some(max)) = (min, max) {
        return Some(rubrics::Points { min, max });
    }
    reading.wrong(
        at,
        "BAD_POINTS",
        "Poäng är 0 till 10 000 med högst två decimaler.",
        "Points are 0 to 10 000 with at most two decimals.",
    );
    None
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "the bounds are checked first"
)]
fn hundredths(points: f64) -> Option<i64> {
    let scaled = points * 100.0;
    let rounded = scaled.round();
    ((0.0..=1_000_000.0).contains(&scaled) && (scaled - rounded).abs() < 1e-6)
        .then_some(rounded as i64)
}

fn codes(reading: &mut Reading, at: &str, input: &[String]) -> Option<Vec<Code>> {
    let read = input.iter().enumerate().map(|(index, code)| {
        let read = Code::parse(code).ok();
        if read.is_none() {
            reading.wrong(
                &format!("{at}.{index}"),
                "BAD_CODE",
                "En kod har bara stora bokstäver, siffror och understreck, som `SV` eller `MSPR`.",
                "A code has only capital letters, digits and underscores, such as `SV` or `MSPR`.",
            );
        }
        read
    });
    read.collect::<Vec<_>>().into_iter().collect()
}

/// The id that the client made, or one of the server's.
fn made_id<I: From<Uuid> + std::str::FromStr>(
    reading: &mut Reading,
    ids: &Ids,
    at: &str,
    id: Option<&ID>,
) -> Option<I> {
    let Some(id) = id else {
        return Some(I::from(ids.random()));
    };
    let read = id.parse::<I>().ok();
    if read.is_none() {
        reading.wrong(
            at,
            "BAD_ID",
            "Det är inget id av rätt sort.",
            "This is not an id of the right kind.",
        );
    }
    read
}

/// Reads a rubric's content in the form that `createRubric` takes, for files that ship with Kollegium.
///
/// # Errors
///
/// Everything that is wrong with it.
pub fn rubric_content(
    ids: &Ids,
    json: serde_json::Value,
) -> Result<rubrics::Content, Vec<kit::Problem>> {
    use async_graphql::{InputType, Pos, Value};
    let bad = |message: String| {
        vec![kit::Problem {
            path: String::new(),
            code: "BAD_INPUT",
            sv: message.clone(),
            en: message,
        }]
    };
    let value = Value::from_json(json).map_err(|error| bad(error.to_string()))?;
    let input = RubricContentInput::parse(Some(value))
        .map_err(|error| bad(error.into_server_error(Pos::default()).message))?;
    let mut reading = Reading::default();
    let read = content(&mut reading, ids, &input);
    reading
        .done(read)
        .map_err(crate::words::BadInput::into_problems)
}
