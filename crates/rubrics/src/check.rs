//! Whether a content can be kept, and whether it is ready for others: every problem at once, each with its place.

use crate::{Content, Points, RubricKind, content::Place, document, personal_number};
use kit::{CriterionId, Problem};
use std::collections::HashSet;

/// How far a content must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// A draft may be unfinished, never wrong.
    Draft,
    /// Others will use it: nothing may be missing.
    Ready {
        /// Whether its unit is a preschool, where every criterion says what it looks at, and never at a child.
        preschool: bool,
    },
}

/// Where the parts of a content stand in the input that they came by.
#[derive(Debug, Clone)]
pub(crate) struct Paths {
    head: String,
    criteria: String,
    each: Vec<String>,
}

impl Paths {
    /// A whole content that stands at `root`, its head's fields beside its criteria; at the top when it is empty.
    pub(crate) fn whole(root: &str, content: &Content) -> Self {
        let criteria = join(root, "criteria");
        let each = (0..content.criteria.len())
            .map(|at| format!("{criteria}.{at}"))
            .collect();
        Self {
            head: root.to_owned(),
            criteria,
            each,
        }
    }

    /// Patches by themselves, each criterion at the place of its patch.
    pub(crate) fn patches(many: usize) -> Self {
        Self {
            head: "head.head".to_owned(),
            criteria: "criteria".to_owned(),
            each: (0..many)
                .map(|at| format!("criteria.{at}.content"))
                .collect(),
        }
    }

    /// A content that came as patches; a criterion that no patch names stands for the whole list.
    pub(crate) fn patched(content: &Content, patches: &[CriterionId]) -> Self {
        let each = content.criteria.iter().map(|criterion| {
            let patch = patches.iter().position(|patched| *patched == criterion.id);
            patch.map_or_else(
                || "criteria".to_owned(),
                |at| format!("criteria.{at}.content"),
            )
        });
        Self {
            head: "head.head".to_owned(),
            criteria: "criteria".to_owned(),
            each: each.collect(),
        }
    }

    /// Where a place stands.
    pub(crate) fn of(&self, place: Place) -> String {
        let each = |at: usize| {
            self.each
                .get(at)
                .map_or(self.criteria.as_str(), String::as_str)
        };
        match place {
            Place::Head(field) => join(&self.head, field),
            Place::Criteria => self.criteria.clone(),
            Place::Criterion(at, field) => join(each(at), field),
            Place::Level(at, level, field) => join(&format!("{}.levels.{level}", each(at)), field),
        }
    }
}

fn join(root: &str, field: &str) -> String {
    match (root, field) {
        ("", field) => field.to_owned(),
        (root, "") => root.to_owned(),
        (root, field) => format!("{root}.{field}"),
    }
}

/// Everything that is wrong with a content, with paths into an input that has it as `root`; empty when it can be kept.
///
/// An import's dry run asks it too.
#[must_use]
pub fn problems(content: &Content, stage: Stage, root: &str) -> Vec<Problem> {
    problems_at(content, stage, &Paths::whole(root, content))
}

pub(crate) fn problems_at(content: &Content, stage: Stage, paths: &Paths) -> Vec<Problem> {
    let mut found = Found {
        paths,
        problems: Vec::new(),
    };
    bounds(content, &mut found);
    if let Stage::Ready { preschool } = stage {
        ready(content, preschool, &mut found);
    }
    found.problems
}

struct Found<'a> {
    paths: &'a Paths,
    problems: Vec<Problem>,
}

impl Found<'_> {
    fn add(
        &mut self,
        place: Place,
        code: &'static str,
        sv: impl Into<String>,
        en: impl Into<String>,
    ) {
        self.problems.push(Problem {
            path: self.paths.of(place),
            code,
            sv: sv.into(),
            en: en.into(),
        });
    }
}

/// The most criteria that a rubric has.
pub const CRITERIA_MAX: usize = 50;
/// The most levels that a criterion has.
pub const LEVELS_MAX: usize = 10;
/// The most a criterion can weigh.
pub const WEIGHT_MAX: u32 = 100;
/// The most codes of one kind that a rubric or criterion names.
pub const CODES_MAX: usize = 50;

/// What not even a draft may be.
fn bounds(content: &Content, found: &mut Found<'_>) {
    if content.criteria.len() > CRITERIA_MAX {
        let has = content.criteria.len();
        found.add(
            Place::Criteria,
            "RUBRIC_TOO_MANY_CRITERIA",
            format!("Matrisen har {has} kriterier; högst {CRITERIA_MAX} får plats."),
            format!("The rubric has {has} criteria; at most {CRITERIA_MAX} fit."),
        );
    }
    let bytes = document::write(content).len();
    if bytes > document::DOCUMENT_BYTES_MAX {
        found.add(
            Place::Criteria,
            "RUBRIC_TOO_BIG",
            format!(
                "Matrisen är för stor: {} kB text, högst 512 kB får plats.",
                bytes.div_ceil(1024)
            ),
            format!(
                "The rubric is too big: {} KB of text, at most 512 KB fit.",
                bytes.div_ceil(1024)
            ),
        );
    }
    let head = &content.head;
    for (field, codes) in [
        ("subjects", &head.subjects),
        ("years", &head.years),
        ("schoolForms", &head.school_forms),
        ("strategies", &head.strategies),
    ] {
        codes_fit(codes.len(), Place::Head(field), found);
    }
    let (mut criteria, mut levels) = (HashSet::new(), HashSet::new());
    for (c, criterion) in content.criteria.iter().enumerate() {
        if !criteria.insert(criterion.id) {
            twice(Place::Criterion(c, "id"), found);
        }
        if !(1..=WEIGHT_MAX).contains(&criterion.weight) {
            found.add(
                Place::Criterion(c, "weight"),
                "RUBRIC_WEIGHT",
                "Ett kriterium väger mellan 1 och 100.",
                "A criterion weighs between 1 and 100.",
            );
        }
        for (field, codes) in [
            ("subjects", &criterion.subjects),
            ("years", &criterion.years),
            ("strategies", &criterion.strategies),
        ] {
            codes_fit(codes.len(), Place::Criterion(c, field), found);
        }
        if criterion.levels.len() > LEVELS_MAX {
            found.add(
                Place::Criterion(c, "levels"),
                "RUBRIC_LEVELS",
                format!("Ett kriterium har högst {LEVELS_MAX} nivåer."),
                format!("A criterion has at most {LEVELS_MAX} levels."),
            );
        }
        for (l, level) in criterion.levels.iter().enumerate() {
            if !levels.insert(level.id) {
                twice(Place::Level(c, l, "id"), found);
            }
            if level
                .points
                .is_some_and(|Points { min, max }| min < 0 || min > max || max > Points::MAX)
            {
                found.add(
                    Place::Level(c, l, "points"),
                    "RUBRIC_POINTS",
                    "Poängen går från ett lägsta till ett högsta värde, mellan 0 och 10 000.",
                    "Points go from a least to a greatest value, between 0 and 10,000.",
                );
            }
        }
    }
    content.texts(|place, text| {
        if personal_number::is_in(text) {
            found.add(
                place,
                "RUBRIC_PERSONAL_NUMBER",
                "Här står ett personnummer. Ta bort det: en matris handlar aldrig om en viss person.",
                "There is a personal number here. Take it out: a rubric is never about a certain person.",
            );
        }
    });
}

fn codes_fit(has: usize, place: Place, found: &mut Found<'_>) {
    if has > CODES_MAX {
        found.add(
            place,
            "RUBRIC_TOO_MANY_CODES",
            format!("Högst {CODES_MAX} får plats."),
            format!("At most {CODES_MAX} fit."),
        );
    }
}

fn twice(place: Place, found: &mut Found<'_>) {
    found.add(
        place,
        "RUBRIC_ID_TWICE",
        "Samma id förekommer två gånger. Ge varje del ett eget id.",
        "The same id occurs twice. Give every part an id of its own.",
    );
}

/// What others may expect of a rubric.
fn ready(content: &Content, preschool: bool, found: &mut Found<'_>) {
    let kind = content.head.kind;
    if content.criteria.is_empty() {
        found.add(
            Place::Criteria,
            "RUBRIC_NO_CRITERIA",
            "Matrisen behöver minst ett kriterium.",
            "The rubric needs at least one criterion.",
        );
    }
    if kind == RubricKind::Holistic && content.criteria.len() > 1 {
        found.add(
            Place::Criteria,
            "RUBRIC_ONE_CRITERION",
            "En holistisk matris har ett enda kriterium. Ta bort de andra, eller välj en analytisk matris.",
            "A holistic rubric has one criterion only. Remove the others, or choose an analytic rubric.",
        );
    }
    let (levels, sv, en) = match kind {
        RubricKind::Analytic | RubricKind::Holistic => (
            2..=LEVELS_MAX,
            "Kriteriet behöver mellan 2 och 10 nivåer.",
            "The criterion needs between 2 and 10 levels.",
        ),
        RubricKind::SinglePoint => (
            1..=1,
            "I en enpunktsmatris har kriteriet exakt en nivå.",
            "In a single-point rubric the criterion has exactly one level.",
        ),
        RubricKind::Checklist => (
            0..=0,
            "I en checklista har kriteriet inga nivåer.",
            "In a checklist the criterion has no levels.",
        ),
    };
    for (c, criterion) in content.criteria.iter().enumerate() {
        // Above the bound of every kind it was already said.
        if !levels.contains(&criterion.levels.len()) && criterion.levels.len() <= LEVELS_MAX {
            found.add(Place::Criterion(c, "levels"), "RUBRIC_LEVELS", sv, en);
        }
        if preschool && criterion.about.is_none() {
            found.add(
                Place::Criterion(c, "about"),
                "RUBRIC_ABOUT",
                "I förskolan handlar varje kriterium om utbildningen, miljön eller arbetslaget, aldrig om ett barn. Välj ett av dem.",
                "At a preschool every criterion is about the education, the environment or the team, never about a child. Choose one of them.",
            );
        }
        for (l, level) in criterion.levels.iter().enumerate() {
            if level.points.is_some() && !content.head.points {
                found.add(
                    Place::Level(c, l, "points"),
                    "RUBRIC_POINTS_OFF",
                    "Nivån har poäng, men matrisen är utan poäng. Slå på poäng, eller ta bort dem här.",
                    "The level has points, but the rubric has none. Switch points on, or remove them here.",
                );
            }
        }
    }
}

#[cfg(test)]
mod tests;
