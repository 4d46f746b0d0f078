//! Whether a list can be taken: everything that is wrong at once, each with a pointer into the file.

use crate::{
    Code, Criteria, Entry, Grade, List, Reference, SHORT_NAME_MAX, SchoolForm, Stage, Subject,
    document::Document,
};
use kit::{Bilingual, Lang, Problem, Title};
use std::collections::{BTreeMap, BTreeSet};

/// The most entries that a list has.
pub(crate) const ENTRIES_MAX: usize = 500;
/// The most aspects that criteria have: as many as a rubric has criteria.
pub(crate) const ASPECTS_MAX: usize = 50;
/// The most characters of a code: as many as one that a rubric names.
const CODE_MAX: usize = 24;

/// Everything that is wrong with a list that is to take the place of the one in use.
pub(crate) fn problems(document: &Document, before: &Reference) -> Vec<Problem> {
    let mut found = Found::default();
    match document {
        Document::Criteria(list) => {
            entries(list, None, &mut found);
            criteria(list, before, &mut found);
        }
        Document::Goals(list) => {
            entries(list, Some(&before.goals), &mut found);
            for (at, goal) in list.entries.iter().enumerate() {
                found.code(at, "code", &goal.code);
                found.code(at, "curriculum", &goal.curriculum);
                found.name(at, "name", &goal.name);
                found.forms(at, &goal.school_forms);
            }
        }
        Document::SchoolForms(list) => {
            entries(list, Some(&before.school_forms), &mut found);
            for (at, form) in list.entries.iter().enumerate() {
                found.name(at, "name", &form.name);
            }
        }
        Document::Stages(list) => {
            entries(list, Some(&before.stages), &mut found);
            stages(list, &mut found);
        }
        Document::Subjects(list) => {
            entries(list, Some(&before.subjects), &mut found);
            subjects(list, &mut found);
        }
        Document::Years(list) => {
            entries(list, Some(&before.years), &mut found);
            for (at, year) in list.entries.iter().enumerate() {
                found.name(at, "name", &year.name);
            }
        }
    }
    found.problems
}

#[derive(Default)]
struct Found {
    problems: Vec<Problem>,
}

impl Found {
    fn add(
        &mut self,
        path: String,
        code: &'static str,
        sv: impl Into<String>,
        en: impl Into<String>,
    ) {
        self.problems.push(Problem {
            path,
            code,
            sv: sv.into(),
            en: en.into(),
        });
    }

    fn code(&mut self, at: usize, field: &str, code: &str) {
        let fits = (1..=CODE_MAX).contains(&code.len())
            && code
                .bytes()
                .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_');
        if !fits {
            self.add(
                format!("/entries/{at}/{field}"),
                "CURRICULUM_CODE",
                format!(
                    "En kod har 1 till {CODE_MAX} stora bokstäver (A–Z), siffror eller understreck."
                ),
                format!("A code has 1 to {CODE_MAX} capital letters (A–Z), digits or underscores."),
            );
        }
    }

    fn name(&mut self, at: usize, field: &str, name: &Bilingual<Title>) {
        if name.sv().is_none() || name.en().is_none() {
            self.add(
                format!("/entries/{at}/{field}"),
                "CURRICULUM_NAME",
                "Namnet behövs både på svenska och på engelska.",
                "The name is needed both in Swedish and in English.",
            );
        }
    }

    fn forms(&mut self, at: usize, forms: &[SchoolForm]) {
        let once: BTreeSet<_> = forms.iter().collect();
        if forms.is_empty() || once.len() < forms.len() {
            self.add(
                format!("/entries/{at}/schoolForms"),
                "CURRICULUM_SCHOOL_FORMS",
                "Namnge minst en skolform, och var och en bara en gång.",
                "Name at least one school form, and each only once.",
            );
        }
    }
}

/// What holds for every list. `before` is the list in use, where none of its keys may go away.
fn entries<E: Entry>(list: &List<E>, before: Option<&List<E>>, found: &mut Found) {
    if !(1..=ENTRIES_MAX).contains(&list.entries.len()) {
        found.add(
            "/entries".to_owned(),
            "CURRICULUM_ENTRIES",
            format!("En lista har mellan 1 och {ENTRIES_MAX} poster."),
            format!("A list has between 1 and {ENTRIES_MAX} entries."),
        );
        if list.entries.is_empty() {
            return;
        }
    }
    let mut met: BTreeMap<String, Vec<&E>> = BTreeMap::new();
    for (at, entry) in list.entries.iter().enumerate() {
        let (from, to) = entry.days();
        if to.is_some_and(|to| to < from) {
            found.add(
                format!("/entries/{at}/to"),
                "CURRICULUM_DAYS",
                "Den sista dagen ligger före den första.",
                "The last day lies before the first.",
            );
        }
        let same = met.entry(entry.key()).or_default();
        if same.iter().any(|other| overlap(other.days(), (from, to))) {
            found.add(
                format!("/entries/{at}"),
                "CURRICULUM_TWICE",
                format!("{} finns redan för samma dagar.", entry.key()),
                format!("{} is there already for the same days.", entry.key()),
            );
        }
        same.push(entry);
    }
    let before = before
        .map(|list| list.entries.as_slice())
        .unwrap_or_default();
    let gone: BTreeSet<_> = before
        .iter()
        .map(Entry::key)
        .filter(|key| !met.contains_key(key))
        .collect();
    for key in gone {
        found.add(
            "/entries".to_owned(),
            "CURRICULUM_GONE",
            format!("{key} saknas. Det som redan bär koden behöver den: ge den en sista dag (to) i stället."),
            format!("{key} is missing. What bears the code already needs it: give it a last day (to) instead."),
        );
    }
}

type Days = (chrono::NaiveDate, Option<chrono::NaiveDate>);

fn overlap(one: Days, other: Days) -> bool {
    let begins_within = |a: Days, b: Days| b.0 <= a.0 && b.1.is_none_or(|end| a.0 <= end);
    begins_within(one, other) || begins_within(other, one)
}

fn stages(list: &List<Stage>, found: &mut Found) {
    for (at, stage) in list.entries.iter().enumerate() {
        found.code(at, "code", &stage.code);
        found.name(at, "name", &stage.name);
        found.forms(at, &stage.school_forms);
        if stage.years.is_empty() || !stage.years.is_sorted_by(|one, next| one < next) {
            found.add(
                format!("/entries/{at}/years"),
                "CURRICULUM_YEARS",
                "Namnge minst en årskurs, i ordning och var och en bara en gång.",
                "Name at least one year, in order and each only once.",
            );
        }
    }
}

fn subjects(list: &List<Subject>, found: &mut Found) {
    for (at, subject) in list.entries.iter().enumerate() {
        found.code(at, "code", &subject.code);
        found.name(at, "name", &subject.name);
        found.name(at, "shortName", &subject.short_name);
        found.forms(at, &subject.school_forms);
        let short = &subject.short_name;
        let is_long = |lang| short.read(lang).chars().count() > SHORT_NAME_MAX;
        if [Lang::Sv, Lang::En].into_iter().any(is_long) {
            found.add(
                format!("/entries/{at}/shortName"),
                "CURRICULUM_SHORT_NAME",
                format!("Ett kort namn har högst {SHORT_NAME_MAX} tecken."),
                format!("A short name has at most {SHORT_NAME_MAX} characters."),
            );
        }
    }
}

fn criteria(list: &List<Criteria>, before: &Reference, found: &mut Found) {
    for (at, criteria) in list.entries.iter().enumerate() {
        let subjects = &before.subjects.entries;
        if !subjects
            .iter()
            .any(|subject| subject.code == criteria.subject)
        {
            found.add(
                format!("/entries/{at}/subject"),
                "CURRICULUM_UNKNOWN",
                "Ämnet finns inte i listan över ämnen. Läs in den listan först.",
                "The subject is not in the list of subjects. Import that list first.",
            );
        }
        let stages = before.stages.entries.iter();
        let mut stages = stages
            .filter(|stage| stage.code == criteria.stage)
            .peekable();
        if stages.peek().is_none() {
            found.add(
                format!("/entries/{at}/stage"),
                "CURRICULUM_UNKNOWN",
                "Stadiet finns inte i listan över stadier. Läs in den listan först.",
                "The stage is not in the list of stages. Import that list first.",
            );
        } else if !stages.any(|stage| stage.years.contains(&criteria.year)) {
            found.add(
                format!("/entries/{at}/year"),
                "CURRICULUM_YEARS",
                "Årskursen hör inte till stadiet.",
                "The year does not belong to the stage.",
            );
        }
        if !(1..=ASPECTS_MAX).contains(&criteria.aspects.len()) {
            found.add(
                format!("/entries/{at}/aspects"),
                "CURRICULUM_ASPECTS",
                format!("Kriterier har mellan 1 och {ASPECTS_MAX} aspekter."),
                format!("Criteria have between 1 and {ASPECTS_MAX} aspects."),
            );
        }
        for (a, aspect) in criteria.aspects.iter().enumerate() {
            let grades = aspect.levels.iter().map(|level| level.grade);
            if !grades.eq(Grade::ALL.iter().copied()) {
                found.add(
                    format!("/entries/{at}/aspects/{a}/levels"),
                    "CURRICULUM_GRADES",
                    "En aspekt har E, C och A, i den ordningen.",
                    "An aspect has E, C and A, in this order.",
                );
            }
        }
    }
}
