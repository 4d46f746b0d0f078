//! Contents for this room's tests.

use crate::{About, Code, Content, Criterion, Head, Level, Points, RubricKind};
use kit::{Bilingual, Body, Text};
use testkit::id;

pub(crate) fn both<const MAX: usize, const LINES: bool>(text: &str) -> Bilingual<Text<MAX, LINES>> {
    Bilingual::of(
        Some(Text::parse(text).unwrap()),
        Some(Text::parse(&format!("{text} (en)")).unwrap()),
    )
    .unwrap()
}

pub(crate) fn words(text: &str) -> Bilingual<Body> {
    Bilingual::of(Some(Text::parse(text).unwrap()), None).unwrap()
}

pub(crate) fn codes(codes: &[&str]) -> Vec<Code> {
    codes
        .iter()
        .map(|code| Code::parse(code).unwrap())
        .collect()
}

pub(crate) fn level(number: u128) -> Level {
    Level {
        id: id(number),
        label: both(&format!("Nivå {number}")),
        descriptor: Some(words("Resonemanget är utvecklat.")),
        pupil_wording: None,
        points: None,
        suggested_feedback: None,
    }
}

pub(crate) fn criterion(number: u128) -> Criterion {
    Criterion {
        id: id(number),
        title: both(&format!("Kriterium {number}")),
        description: None,
        weight: 1,
        guidance: None,
        pupil_wording: None,
        about: None,
        subjects: Vec::new(),
        years: Vec::new(),
        strategies: Vec::new(),
        levels: vec![level(1_000 + number * 100), level(1_001 + number * 100)],
    }
}

/// A finished rubric that is called so.
pub(crate) fn titled(title: &str) -> Content {
    Content {
        head: Head {
            kind: RubricKind::Analytic,
            title: both(title),
            description: None,
            subjects: Vec::new(),
            years: Vec::new(),
            school_forms: Vec::new(),
            strategies: Vec::new(),
            points: false,
        },
        criteria: vec![criterion(1), criterion(2)],
    }
}

/// A finished rubric with every field filled in somewhere.
pub(crate) fn everything() -> Content {
    let mut content = titled("Argumenterande text");
    content.head.description = Some(words("För **åk 7–9**.\n\nSkriv under tystnad."));
    content.head.subjects = codes(&["SV", "SVA"]);
    content.head.years = codes(&["7", "8", "9"]);
    content.head.school_forms = codes(&["GR"]);
    content.head.strategies = codes(&["CLARIFY"]);
    content.head.points = true;
    let first = &mut content.criteria[0];
    first.description = Some(words("Tes och argument."));
    first.weight = 2;
    first.guidance = Some(words("Läs hela texten först."));
    first.pupil_wording = Some(words("Jag säger vad jag tycker och varför."));
    first.about = Some(About::Education);
    first.subjects = codes(&["SO"]);
    first.years = codes(&["6"]);
    first.strategies = codes(&["FEEDBACK"]);
    first.levels[0].pupil_wording = Some(words("Jag är på väg."));
    first.levels[0].points = Some(Points { min: 50, max: 150 });
    first.levels[0].suggested_feedback = Some(words("Ge ett argument till."));
    first.levels[1].points = Some(Points::exactly(200));
    let second = &mut content.criteria[1];
    second.about = Some(About::Team);
    second.levels[0].points = Some(Points::exactly(0));
    content
}
