//! What `rubricByLink` answers.

use chrono::NaiveDate;
use kit::Lang;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Answer {
    pub rubric_by_link: Option<Rubric>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rubric {
    pub title: Words,
    pub kind: Kind,
    pub ends_on: NaiveDate,
    pub criteria: Vec<Criterion>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum Kind {
    Analytic,
    Checklist,
    Holistic,
    SinglePoint,
}

#[derive(Debug, Deserialize)]
pub(super) struct Criterion {
    pub title: Words,
    pub wording: Option<Words>,
    pub levels: Vec<Level>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Level {
    pub label: Words,
    pub wording: Option<Words>,
    pub points: Option<Points>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Points {
    pub min: f64,
    pub max: f64,
}

/// A text in Swedish, in English or in both.
#[derive(Debug, Deserialize)]
pub(super) struct Words {
    pub sv: Option<String>,
    pub en: Option<String>,
}

impl Words {
    /// The text in `lang`, or else in the other language, and which of them it is.
    pub(super) fn read(&self, lang: Lang) -> (Lang, &str) {
        let other = lang.pick(Lang::En, Lang::Sv);
        let said = |lang: Lang| Some((lang, lang.pick(&self.sv, &self.en).as_deref()?));
        said(lang).or_else(|| said(other)).unwrap_or((lang, ""))
    }
}

impl Rubric {
    /// Whether somebody can choose between the languages.
    pub(super) fn is_bilingual(&self) -> bool {
        self.title.sv.is_some() && self.title.en.is_some()
    }

    /// The language of the page: the wanted one where the rubric has it, Swedish first.
    pub(super) fn lang(&self, wanted: Option<Lang>) -> Lang {
        self.title.read(wanted.unwrap_or_default()).0
    }

    /// How many characters the page has about, so that print can choose a size that fits.
    pub(super) fn length(&self, lang: Lang) -> usize {
        let long = |words: &Words| words.read(lang).1.chars().count();
        let maybe = |words: &Option<Words>| words.as_ref().map_or(0, long);
        let levels = |criterion: &Criterion| {
            let level = |level: &Level| long(&level.label) + maybe(&level.wording);
            criterion.levels.iter().map(level).sum::<usize>()
        };
        // What stands in the narrow first column takes twice the room.
        let column = if self.kind == Kind::Checklist { 1 } else { 2 };
        let criterion =
            |it: &Criterion| 60 + column * (long(&it.title) + maybe(&it.wording)) + levels(it);
        self.criteria.iter().map(criterion).sum()
    }
}
