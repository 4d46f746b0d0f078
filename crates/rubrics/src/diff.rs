//! What separates two contents: per criterion and level, and of which weight. Pure; whoever publishes, pulls or proposes asks it.

#[cfg(test)]
mod tests;
mod words;

pub use words::{Piece, PieceKind};

use crate::{Code, Content, Criterion, Level};
use kit::{Bilingual, CriterionId, Lang, LevelId, Text};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

/// How deep a change goes. The first two make a minor version, the last two a major one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Impact {
    /// Nothing changed.
    None,
    /// Only words and codes: a judgement stays comparable.
    Wording,
    /// Points or weights: the same judgement counts differently.
    Scale,
    /// A criterion or level was added, removed or moved, or the rubric has another form.
    Structure,
}

impl Impact {
    /// Whether what changed makes the next version a major one.
    #[must_use]
    pub const fn is_major(self) -> bool {
        matches!(self, Self::Scale | Self::Structure)
    }
}

/// Which text of a rubric, a criterion or a level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TextField {
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
    /// The quality that is seen at a level.
    Descriptor,
    /// Feedback to start from.
    SuggestedFeedback,
}

/// A text that reads otherwise in one of the two languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewording {
    /// Which text.
    pub field: TextField,
    /// In which language.
    pub lang: Lang,
    /// How it read; `None` when it was not there.
    pub before: Option<String>,
    /// How it reads; `None` when it is gone.
    pub after: Option<String>,
}

/// Which list of codes of a rubric or a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodeField {
    /// The subjects (ämnen).
    Subjects,
    /// The years (årskurser).
    Years,
    /// The school forms (skolformer).
    SchoolForms,
    /// The key strategies (nyckelstrategier).
    Strategies,
}

/// Codes that came or went: what a rubric or criterion is tied to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recoding {
    /// Which list.
    pub field: CodeField,
    /// What is no longer in it.
    pub removed: Vec<Code>,
    /// What is new in it.
    pub added: Vec<Code>,
}

/// What became of a level.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LevelDiff {
    /// Which.
    pub id: LevelId,
    /// How it was; `None` when it was added.
    pub before: Option<Level>,
    /// How it is; `None` when it was removed.
    pub after: Option<Level>,
    /// Whether it stands elsewhere among the others.
    pub moved: bool,
    /// Whether it is worth something else.
    pub rescored: bool,
    /// Its texts that read otherwise.
    pub texts: Vec<Rewording>,
}

/// What became of a criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionDiff {
    /// Which.
    pub id: CriterionId,
    /// How it was; `None` when it was added.
    pub before: Option<Criterion>,
    /// How it is; `None` when it was removed.
    pub after: Option<Criterion>,
    /// Whether it stands elsewhere among the others.
    pub moved: bool,
    /// Whether it counts otherwise beside the others.
    pub reweighted: bool,
    /// Whether it looks at something else (at preschools).
    pub redirected: bool,
    /// Its texts that read otherwise.
    pub texts: Vec<Rewording>,
    /// Its codes that came or went.
    pub codes: Vec<Recoding>,
    /// Its levels that changed, in their present order; those that were removed stand last.
    pub levels: Vec<LevelDiff>,
}

/// What separates one content from another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diff {
    /// How deep it goes.
    pub impact: Impact,
    /// Whether the rubric has another form.
    pub rebuilt: bool,
    /// Whether points were switched on or off.
    pub points_switched: bool,
    /// Texts of the head that read otherwise.
    pub texts: Vec<Rewording>,
    /// Codes of the head that came or went.
    pub codes: Vec<Recoding>,
    /// The criteria that changed, in their present order; those that were removed stand last.
    pub criteria: Vec<CriterionDiff>,
}

impl Diff {
    /// Whether the two say the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.impact == Impact::None
    }
}

/// What leads from one content to another. Criteria and levels are the same when their ids are.
#[must_use]
pub fn diff(before: &Content, after: &Content) -> Diff {
    let (old, new) = (&before.head, &after.head);
    let mut texts = Vec::new();
    reworded(
        TextField::Title,
        Some(&old.title),
        Some(&new.title),
        &mut texts,
    );
    reworded(
        TextField::Description,
        old.description.as_ref(),
        new.description.as_ref(),
        &mut texts,
    );
    let codes = [
        recoded(CodeField::Subjects, &old.subjects, &new.subjects),
        recoded(CodeField::Years, &old.years, &new.years),
        recoded(CodeField::SchoolForms, &old.school_forms, &new.school_forms),
        recoded(CodeField::Strategies, &old.strategies, &new.strategies),
    ];
    let criteria = pairs(&before.criteria, &after.criteria, |criterion| criterion.id);
    let mut diff = Diff {
        impact: Impact::None,
        rebuilt: old.kind != new.kind,
        points_switched: old.points != new.points,
        texts,
        codes: codes.into_iter().flatten().collect(),
        criteria: criteria
            .into_iter()
            .filter_map(|pair| criterion(pair.before, pair.after, pair.moved))
            .collect(),
    };
    diff.impact = weigh(&diff, old != new);
    diff
}

/// What became of one criterion; `None` when it stands as it stood.
pub(crate) fn criterion(
    before: Option<&Criterion>,
    after: Option<&Criterion>,
    moved: bool,
) -> Option<CriterionDiff> {
    let id = after.or(before)?.id;
    if before == after && !moved {
        return None;
    }
    let mut found = CriterionDiff {
        id,
        before: before.cloned(),
        after: after.cloned(),
        moved,
        reweighted: false,
        redirected: false,
        texts: Vec::new(),
        codes: Vec::new(),
        levels: Vec::new(),
    };
    if let (Some(old), Some(new)) = (before, after) {
        found.reweighted = old.weight != new.weight;
        found.redirected = old.about != new.about;
        let texts = &mut found.texts;
        reworded(TextField::Title, Some(&old.title), Some(&new.title), texts);
        for (field, old, new) in [
            (TextField::Description, &old.description, &new.description),
            (TextField::Guidance, &old.guidance, &new.guidance),
            (
                TextField::PupilWording,
                &old.pupil_wording,
                &new.pupil_wording,
            ),
        ] {
            reworded(field, old.as_ref(), new.as_ref(), texts);
        }
        let codes = [
            recoded(CodeField::Subjects, &old.subjects, &new.subjects),
            recoded(CodeField::Years, &old.years, &new.years),
            recoded(CodeField::Strategies, &old.strategies, &new.strategies),
        ];
        found.codes = codes.into_iter().flatten().collect();
        found.levels = pairs(&old.levels, &new.levels, |level| level.id)
            .into_iter()
            .filter_map(|pair| level(&pair))
            .collect();
    }
    Some(found)
}

fn level(pair: &Pair<'_, Level>) -> Option<LevelDiff> {
    let id = pair.after.or(pair.before)?.id;
    if pair.before == pair.after && !pair.moved {
        return None;
    }
    let mut found = LevelDiff {
        id,
        before: pair.before.cloned(),
        after: pair.after.cloned(),
        moved: pair.moved,
        rescored: false,
        texts: Vec::new(),
    };
    if let (Some(old), Some(new)) = (pair.before, pair.after) {
        found.rescored = old.points != new.points;
        let texts = &mut found.texts;
        reworded(TextField::Label, Some(&old.label), Some(&new.label), texts);
        for (field, old, new) in [
            (TextField::Descriptor, &old.descriptor, &new.descriptor),
            (
                TextField::PupilWording,
                &old.pupil_wording,
                &new.pupil_wording,
            ),
            (
                TextField::SuggestedFeedback,
                &old.suggested_feedback,
                &new.suggested_feedback,
            ),
        ] {
            reworded(field, old.as_ref(), new.as_ref(), texts);
        }
    }
    Some(found)
}

fn weigh(diff: &Diff, head_changed: bool) -> Impact {
    let in_head = if diff.rebuilt {
        Impact::Structure
    } else if diff.points_switched {
        Impact::Scale
    } else if head_changed {
        Impact::Wording
    } else {
        Impact::None
    };
    diff.criteria
        .iter()
        .map(CriterionDiff::impact)
        .fold(in_head, Impact::max)
}

impl CriterionDiff {
    /// How deep this change goes.
    #[must_use]
    pub fn impact(&self) -> Impact {
        let uprooted = self.moved || self.before.is_none() || self.after.is_none();
        let levels_uprooted = self
            .levels
            .iter()
            .any(|level| level.moved || level.before.is_none() || level.after.is_none());
        if uprooted || levels_uprooted {
            Impact::Structure
        } else if self.reweighted || self.levels.iter().any(|level| level.rescored) {
            Impact::Scale
        } else {
            Impact::Wording
        }
    }
}

/// The same thing before and after.
struct Pair<'a, T> {
    before: Option<&'a T>,
    after: Option<&'a T>,
    moved: bool,
}

/// Things matched by id, in their present order, then those that are gone. As few as possible count as moved: if the last of ten goes first, one moved.
fn pairs<'a, T, K: Copy + Eq + Ord + Hash>(
    before: &'a [T],
    after: &'a [T],
    id: impl Fn(&T) -> K,
) -> Vec<Pair<'a, T>> {
    let old: HashMap<K, &T> = before.iter().map(|thing| (id(thing), thing)).collect();
    let new: BTreeSet<K> = after.iter().map(&id).collect();
    let shared = |things: &[T], other: &dyn Fn(&K) -> bool| -> Vec<K> {
        things.iter().map(&id).filter(|id| other(id)).collect()
    };
    let (was, is) = (
        shared(before, &|id| new.contains(id)),
        shared(after, &|id| old.contains_key(id)),
    );
    let mut stayed: BTreeSet<K> = BTreeSet::new();
    for op in capture_diff_slices(Algorithm::Myers, &was, &is) {
        if let DiffOp::Equal { new_index, len, .. } = op {
            stayed.extend(&is[new_index..new_index + len]);
        }
    }
    let present = after.iter().map(|thing| {
        let before = old.get(&id(thing)).copied();
        Pair {
            before,
            after: Some(thing),
            moved: before.is_some() && !stayed.contains(&id(thing)),
        }
    });
    let gone = before
        .iter()
        .filter(|thing| !new.contains(&id(thing)))
        .map(|thing| Pair {
            before: Some(thing),
            after: None,
            moved: false,
        });
    present.chain(gone).collect()
}

fn reworded<const MAX: usize, const LINES: bool>(
    field: TextField,
    before: Option<&Bilingual<Text<MAX, LINES>>>,
    after: Option<&Bilingual<Text<MAX, LINES>>>,
    found: &mut Vec<Rewording>,
) {
    let said = |text: Option<&Bilingual<Text<MAX, LINES>>>, lang: Lang| {
        let text = text?;
        lang.pick(text.sv(), text.en())
            .map(|text| text.as_str().to_owned())
    };
    for lang in [Lang::Sv, Lang::En] {
        let (before, after) = (said(before, lang), said(after, lang));
        if before != after {
            found.push(Rewording {
                field,
                lang,
                before,
                after,
            });
        }
    }
}

/// Codes that came or went; `None` where the lists have the same ones, in whatever order.
fn recoded(field: CodeField, before: &[Code], after: &[Code]) -> Option<Recoding> {
    let without = |from: &[Code], other: &[Code]| -> Vec<Code> {
        from.iter()
            .filter(|code| !other.contains(code))
            .cloned()
            .collect()
    };
    let (removed, added) = (without(before, after), without(after, before));
    (!removed.is_empty() || !added.is_empty()).then_some(Recoding {
        field,
        removed,
        added,
    })
}
