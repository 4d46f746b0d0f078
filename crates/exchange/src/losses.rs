//! What a format cannot carry, told before a file is made.

use crate::{ExportFormat, blank, canvas, workbook};
use kit::{Bilingual, Lang, Text};
use rubrics::{Content, Criterion, Level};

/// Something of a rubric that a format has no place for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Loss {
    /// Which form it has: it comes back as another.
    Kind,
    /// Texts in the other language.
    OtherLanguage,
    /// What the rubric is for.
    Description,
    /// Codes of subjects, years, school forms and key strategies.
    Codes,
    /// How much criteria weigh beside each other.
    Weights,
    /// What a preschool criterion looks at.
    About,
    /// Advice for those who assess.
    Guidance,
    /// Words for pupils.
    PupilWording,
    /// Feedback to start from.
    Feedback,
    /// Whether points are switched on, where no level has any.
    Points,
    /// Points that a level begins with, where they are not those of the next level.
    PointRanges,
    /// A criterion without levels, or a rubric without criteria: nothing of it is read back.
    NoLevels,
    /// Names of levels where criteria have levels of different names, or different numbers of them.
    Labels,
    /// The name of a rubric that another one in the file has too: it gets a number.
    SameTitle,
    /// Several spaces in a row in a name become one.
    Spacing,
}

impl Loss {
    /// The stable code, as the schema names it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kind => "KIND",
            Self::OtherLanguage => "OTHER_LANGUAGE",
            Self::Description => "DESCRIPTION",
            Self::Codes => "CODES",
            Self::Weights => "WEIGHTS",
            Self::About => "ABOUT",
            Self::Guidance => "GUIDANCE",
            Self::PupilWording => "PUPIL_WORDING",
            Self::Feedback => "FEEDBACK",
            Self::Points => "POINTS",
            Self::PointRanges => "POINT_RANGES",
            Self::NoLevels => "NO_LEVELS",
            Self::Labels => "LABELS",
            Self::SameTitle => "SAME_TITLE",
            Self::Spacing => "SPACING",
        }
    }
}

/// What is lost of each content when the contents go out together in one file, in this order.
pub(crate) fn of(contents: &[&Content], format: ExportFormat, lang: Lang) -> Vec<Vec<Loss>> {
    let mut losses: Vec<Vec<Loss>> = contents
        .iter()
        .map(|content| match format {
            ExportFormat::CaseJson | ExportFormat::KollegiumJson => Vec::new(),
            ExportFormat::CanvasCsv => canvas(content),
            ExportFormat::Xlsx => workbook(content, lang),
            ExportFormat::Html | ExportFormat::Markdown => page(content),
        })
        .collect();
    if format == ExportFormat::CanvasCsv {
        let own = canvas::names(contents, lang);
        for ((content, name), losses) in contents.iter().zip(own).zip(&mut losses) {
            if *content.head.title.read(lang).as_str() != *name {
                losses.push(Loss::SameTitle);
            }
        }
    }
    losses
}

fn canvas(content: &Content) -> Vec<Loss> {
    let mut found = table(content);
    let criteria = &content.criteria;
    let is_spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ") != text;
    let names = Facts(content).names();
    found.extend(when(content.head.description.is_some(), Loss::Description));
    found.extend(when(
        criteria.is_empty() || criteria.iter().any(|one| one.levels.is_empty()),
        Loss::NoLevels,
    ));
    found.extend(when(
        !criteria.iter().all(canvas::carries_points),
        Loss::PointRanges,
    ));
    let has_points = Facts(content).levels().any(|level| level.points.is_some());
    found.extend(when(content.head.points != has_points, Loss::Points));
    found.extend(when(names.into_iter().any(is_spaced), Loss::Spacing));
    found
}

fn workbook(content: &Content, lang: Lang) -> Vec<Loss> {
    let mut found = table(content);
    let criteria = &content.criteria;
    let labels = |criterion: &Criterion| -> Vec<String> {
        let labels = criterion.levels.iter();
        labels
            .map(|level| level.label.read(lang).to_string())
            .collect()
    };
    let first = criteria.first().map(labels).unwrap_or_default();
    found.extend(when(first.is_empty(), Loss::NoLevels));
    found.extend(when(
        criteria.iter().any(|one| labels(one) != first),
        Loss::Labels,
    ));
    found.extend(when(!workbook::carries_points(content, lang), Loss::Points));
    found
}

/// What no table has a place for.
fn table(content: &Content) -> Vec<Loss> {
    let Content { head, criteria } = content;
    let facts = Facts(content);
    let kind = blank::rubric(head.title.clone(), criteria.clone())
        .head
        .kind;
    [
        (head.kind != kind, Loss::Kind),
        (facts.is_bilingual(), Loss::OtherLanguage),
        (facts.has_codes(), Loss::Codes),
        (criteria.iter().any(|one| one.weight != 1), Loss::Weights),
        (criteria.iter().any(|one| one.about.is_some()), Loss::About),
        (facts.has_guidance(), Loss::Guidance),
        (facts.has_pupil_wording(), Loss::PupilWording),
        (facts.has_feedback(), Loss::Feedback),
    ]
    .into_iter()
    .filter_map(|(is_lost, loss)| is_lost.then_some(loss))
    .collect()
}

/// What a page that is read or printed leaves out.
fn page(content: &Content) -> Vec<Loss> {
    let facts = Facts(content);
    [
        (facts.is_bilingual(), Loss::OtherLanguage),
        (facts.has_codes(), Loss::Codes),
        (
            content.criteria.iter().any(|one| one.about.is_some()),
            Loss::About,
        ),
        (facts.has_guidance(), Loss::Guidance),
        (facts.has_pupil_wording(), Loss::PupilWording),
        (facts.has_feedback(), Loss::Feedback),
    ]
    .into_iter()
    .filter_map(|(is_lost, loss)| is_lost.then_some(loss))
    .collect()
}

fn when(is_lost: bool, loss: Loss) -> Option<Loss> {
    is_lost.then_some(loss)
}

/// What there is in a content.
struct Facts<'a>(&'a Content);

impl<'a> Facts<'a> {
    fn levels(&self) -> impl Iterator<Item = &'a Level> {
        self.0
            .criteria
            .iter()
            .flat_map(|criterion| &criterion.levels)
    }

    /// What it and its parts are called, in the languages that there are.
    fn names(&self) -> Vec<&'a str> {
        let criteria = self.0.criteria.iter().map(|criterion| &criterion.title);
        let titles = [&self.0.head.title].into_iter().chain(criteria);
        let titles = titles.chain(self.levels().map(|level| &level.label));
        titles.flat_map(said).collect()
    }

    /// Whether some text is there in both languages, or texts in one language stand beside texts in the other.
    fn is_bilingual(&self) -> bool {
        let mut seen = (false, false);
        let mut both = |(sv, en): (bool, bool)| {
            seen = (seen.0 || sv, seen.1 || en);
        };
        let Content { head, criteria } = self.0;
        both(sides(Some(&head.title)));
        both(sides(head.description.as_ref()));
        for criterion in criteria {
            both(sides(Some(&criterion.title)));
            both(sides(criterion.description.as_ref()));
        }
        for level in self.levels() {
            both(sides(Some(&level.label)));
            both(sides(level.descriptor.as_ref()));
        }
        seen == (true, true)
    }

    fn has_codes(&self) -> bool {
        let Content { head, criteria } = self.0;
        let of_head = [
            &head.subjects,
            &head.years,
            &head.school_forms,
            &head.strategies,
        ];
        let of_criteria = criteria
            .iter()
            .flat_map(|one| [&one.subjects, &one.years, &one.strategies]);
        of_head
            .into_iter()
            .chain(of_criteria)
            .any(|codes| !codes.is_empty())
    }

    fn has_guidance(&self) -> bool {
        self.0.criteria.iter().any(|one| one.guidance.is_some())
    }

    fn has_pupil_wording(&self) -> bool {
        let of_criteria = self
            .0
            .criteria
            .iter()
            .any(|one| one.pupil_wording.is_some());
        of_criteria || self.levels().any(|level| level.pupil_wording.is_some())
    }

    fn has_feedback(&self) -> bool {
        self.levels()
            .any(|level| level.suggested_feedback.is_some())
    }
}

fn said<const MAX: usize, const LINES: bool>(
    text: &Bilingual<Text<MAX, LINES>>,
) -> impl Iterator<Item = &str> {
    [text.sv(), text.en()]
        .into_iter()
        .flatten()
        .map(Text::as_str)
}

/// In which languages a text is there.
fn sides<const MAX: usize, const LINES: bool>(
    text: Option<&Bilingual<Text<MAX, LINES>>>,
) -> (bool, bool) {
    text.map_or((false, false), |text| {
        (text.sv().is_some(), text.en().is_some())
    })
}
