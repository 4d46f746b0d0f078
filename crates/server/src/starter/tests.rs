//! What is on the shelf is worth being found there: complete in both languages, specific, and different from level to level.

use super::*;
use curriculum::{Code, KeyStrategy, List, ListKind, SchoolForm, Subject, Year};
use kit::{Bilingual, Text};
use rubrics::{Content, RubricKind};
use std::collections::{BTreeMap, BTreeSet, HashSet};

/// Words that say how much instead of what, or what is missing instead of what is there.
const EMPTY_WORDS: [&str; 12] = [
    "saknar",
    "brister",
    "i huvudsak",
    "till viss del",
    "i viss mån",
    "välutveckla",
    "relativt",
    "på ett enkelt sätt",
    "lacks",
    "to some extent",
    "well developed",
    "relatively",
];

fn shelf() -> Vec<(String, Content)> {
    let read = |file: String| {
        let content = api::rubric_content(&ids(&file), content(&file));
        let content = content.unwrap_or_else(|problems| panic!("{file}: {problems:?}"));
        (file, content)
    };
    files().into_iter().map(read).collect()
}

/// A text in both languages.
fn both<const MAX: usize, const LINES: bool>(
    text: &Bilingual<Text<MAX, LINES>>,
    place: &str,
) -> [String; 2] {
    let said = |text: Option<&Text<MAX, LINES>>, lang: &str| {
        text.unwrap_or_else(|| panic!("{place} is not in {lang}"))
            .as_str()
            .to_owned()
    };
    [said(text.sv(), "Swedish"), said(text.en(), "English")]
}

/// Every text of a rubric with its kind, in both languages; what must be there is there.
fn texts(file: &str, content: &Content) -> Vec<(&'static str, [String; 2])> {
    let head = &content.head;
    let description = head
        .description
        .as_ref()
        .expect("a shelf rubric says what it is for");
    let mut texts = vec![
        ("title", both(&head.title, file)),
        ("what it is for", both(description, file)),
    ];
    for criterion in &content.criteria {
        let place = format!("{file}: {:?}", criterion.title);
        texts.push(("criterion", both(&criterion.title, &place)));
        let guidance = criterion.guidance.as_ref().into_iter();
        texts.extend(guidance.map(|text| ("guidance", both(text, &place))));
        let pupils = criterion.pupil_wording.as_ref().into_iter();
        texts.extend(pupils.map(|text| ("for pupils", both(text, &place))));
        for level in &criterion.levels {
            let place = format!("{place}, {:?}", level.label);
            texts.push(("label", both(&level.label, &place)));
            let descriptor = level
                .descriptor
                .as_ref()
                .unwrap_or_else(|| panic!("{place}"));
            texts.push(("descriptor", both(descriptor, &place)));
            let next = level.suggested_feedback.as_ref();
            let next = next.unwrap_or_else(|| panic!("{place} has no next step"));
            texts.push(("next step", both(next, &place)));
            let pupils = level.pupil_wording.as_ref().into_iter();
            texts.extend(pupils.map(|text| ("level for pupils", both(text, &place))));
        }
    }
    texts
}

#[test]
fn there_is_something_for_every_year_and_many_subjects() {
    let shelf = shelf();
    let list: List<Subject> = serde_json::from_str(ListKind::Subjects.bundled()).unwrap();
    assert!(shelf.len() >= 25, "{}", shelf.len());
    let (mut kinds, mut subjects, mut years) = (BTreeMap::new(), BTreeSet::new(), BTreeSet::new());
    let (mut forms, mut titles) = (BTreeSet::new(), HashSet::new());
    for (file, content) in &shelf {
        let head = &content.head;
        *kinds.entry(head.kind).or_insert(0) += 1;
        for code in &head.subjects {
            let code = code.to_string();
            assert!(
                list.entries.iter().any(|subject| subject.code == code),
                "{file}: {code}"
            );
            subjects.insert(code);
        }
        for code in &head.years {
            years.insert(Year::parse(&code.to_string()).unwrap().code());
        }
        for code in &head.school_forms {
            forms.insert(SchoolForm::parse(&code.to_string()).unwrap().code());
        }
        let strategies = head.strategies.iter();
        let own = content.criteria.iter().flat_map(|it| &it.strategies);
        for code in strategies.chain(own) {
            assert!(
                KeyStrategy::parse(&code.to_string()).is_ok(),
                "{file}: {code}"
            );
        }
        assert!(!head.strategies.is_empty(), "{file} serves a strategy");
        assert!(
            titles.insert(both(&head.title, file)),
            "{file}: a title twice"
        );
    }
    assert!(kinds[&RubricKind::Analytic] >= 12 && kinds[&RubricKind::SinglePoint] >= 6);
    // Points are off until a team switches them on; one shows what they look like.
    let with_points = shelf.iter().filter(|(_, content)| content.head.points);
    assert_eq!(with_points.count(), 1);
    assert!(subjects.len() >= 15, "{subjects:?}");
    for year in ["F", "1", "2", "3", "4", "5", "6", "7", "8", "9"] {
        assert!(years.contains(year), "{year}: {years:?}");
    }
    assert!(forms.len() >= 4, "{forms:?}");
}

#[test]
fn each_has_the_size_that_one_takes_in_and_texts_that_say_enough() {
    for (file, content) in shelf() {
        let (criteria, levels) = match content.head.kind {
            RubricKind::Analytic => (3..=6, 3..=4),
            RubricKind::SinglePoint => (3..=6, 1..=1),
            RubricKind::Holistic => (1..=1, 3..=4),
            RubricKind::Checklist => (4..=10, 0..=0),
        };
        assert!(criteria.contains(&content.criteria.len()), "{file}");
        for criterion in &content.criteria {
            assert!(
                levels.contains(&criterion.levels.len()),
                "{file}: {:?}",
                criterion.title
            );
        }
        for (kind, pair) in texts(&file, &content) {
            for text in pair {
                let length = text.chars().count();
                let fits = match kind {
                    "what it is for" => 200..=500,
                    "descriptor" | "guidance" => 40..=260,
                    "next step" => 30..=200,
                    _ => 2..=100,
                };
                assert!(fits.contains(&length), "{file}, {kind}, {length}: {text}");
                assert_eq!(text, text.trim(), "{file}");
                assert!(!text.contains("  "), "{file}: {text}");
            }
        }
    }
}

#[test]
fn no_sentence_is_said_twice_and_levels_differ_in_more_than_a_word() {
    let mut said = HashSet::new();
    for (file, content) in shelf() {
        for (kind, pair) in texts(&file, &content) {
            if matches!(
                kind,
                "what it is for" | "descriptor" | "next step" | "guidance"
            ) {
                for text in pair {
                    assert!(said.insert(text.clone()), "{file}: twice: {text}");
                }
            }
        }
        for criterion in &content.criteria {
            let levels = criterion
                .levels
                .iter()
                .filter_map(|it| it.descriptor.as_ref());
            let levels: Vec<_> = levels.map(|text| both(text, &file)).collect();
            for (place, one) in levels.iter().enumerate() {
                for other in &levels[..place] {
                    for lang in 0..2 {
                        let alike = likeness(&one[lang], &other[lang]);
                        assert!(
                            alike < 50,
                            "{file}: {alike} % alike: {} / {}",
                            one[lang],
                            other[lang]
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn levels_say_what_is_there_in_words_that_one_can_look_for() {
    for (file, content) in shelf() {
        for (kind, pair) in texts(&file, &content) {
            if matches!(kind, "descriptor" | "level for pupils") {
                for text in pair {
                    let text = text.to_lowercase();
                    let empty = EMPTY_WORDS.iter().find(|word| text.contains(*word));
                    assert_eq!(empty, None, "{file}: {text}");
                }
            }
        }
    }
}

#[test]
fn at_preschools_it_is_the_education_that_is_looked_at_and_never_a_child() {
    let mut met = 0;
    for (file, content) in shelf() {
        if !is_for_preschools(&content) {
            continue;
        }
        met += 1;
        let stage = rubrics::Stage::Ready { preschool: true };
        assert_eq!(rubrics::problems(&content, stage, ""), [], "{file}");
        for (kind, [sv, en]) in texts(&file, &content) {
            let (sv, en) = (sv.to_lowercase(), en.to_lowercase());
            let names = |text: &str, words: &[&str]| {
                let mut split = text.split(|c: char| !c.is_alphabetic());
                split.any(|word| words.contains(&word))
            };
            // What it is for says that it is not about a child.
            if kind != "what it is for" {
                assert!(
                    !names(&sv, &["barnet", "barnets", "eleven"]),
                    "{file}, {kind}: {sv}"
                );
                assert!(!names(&en, &["child", "pupil"]), "{file}, {kind}: {en}");
            }
        }
    }
    assert!(met >= 3, "{met}");
}

#[test]
fn its_ids_are_the_same_on_every_machine() {
    let of = |file: &str| api::rubric_content(&ids(file), content(file)).unwrap();
    let files = files();
    assert_eq!(of(&files[0]), of(&files[0]));
    assert_ne!(named(&files[0]), named(&files[1]));
}

/// How many of the words that two texts have they share, in percent.
fn likeness(one: &str, other: &str) -> usize {
    let words = |text: &str| {
        let split = text.split(|c: char| !c.is_alphanumeric());
        let words = split.filter(|word| !word.is_empty()).map(str::to_lowercase);
        words.collect::<HashSet<_>>()
    };
    let (one, other) = (words(one), words(other));
    one.intersection(&other).count() * 100 / one.union(&other).count().max(1)
}
