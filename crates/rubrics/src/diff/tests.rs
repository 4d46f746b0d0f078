//! What a diff tells, and that it tells nothing else.

use super::*;
use crate::{About, Points, RubricKind, document, sample};
use proptest::prelude::*;
use testkit::id;

fn changed(change: impl FnOnce(&mut Content)) -> Diff {
    let before = sample::everything();
    let mut after = before.clone();
    change(&mut after);
    diff(&before, &after)
}

#[test]
fn each_kind_of_change_has_its_impact() {
    type Case = (&'static str, Impact, fn(&mut Content));
    let cases: [Case; 13] = [
        ("nothing", Impact::None, |_| ()),
        ("a title", Impact::Wording, |c| {
            c.head.title = sample::both("Ny");
        }),
        ("a subject", Impact::Wording, |c| c.head.subjects.clear()),
        ("the order of codes", Impact::Wording, |c| {
            c.head.subjects.reverse();
        }),
        ("a descriptor", Impact::Wording, |c| {
            c.criteria[0].levels[0].descriptor = None;
        }),
        ("what is looked at", Impact::Wording, |c| {
            c.criteria[0].about = Some(About::Team);
        }),
        ("a weight", Impact::Scale, |c| c.criteria[0].weight = 9),
        ("points", Impact::Scale, |c| {
            c.criteria[0].levels[1].points = Some(Points::exactly(1));
        }),
        ("points off", Impact::Scale, |c| c.head.points = false),
        ("a criterion less", Impact::Structure, |c| {
            c.criteria.truncate(1);
        }),
        ("a level more", Impact::Structure, |c| {
            c.criteria[1].levels.push(sample::level(9_999));
        }),
        ("criteria in another order", Impact::Structure, |c| {
            c.criteria.reverse();
        }),
        ("another form", Impact::Structure, |c| {
            c.head.kind = RubricKind::Checklist;
        }),
    ];
    for (case, impact, change) in cases {
        assert_eq!(changed(change).impact, impact, "{case}");
    }
}

#[test]
fn a_change_is_told_where_it_is_and_word_by_word() {
    let found = changed(|c| {
        c.criteria[1].levels[0].descriptor = Some(sample::words("Resonemanget är väl utvecklat."));
    });
    let [criterion] = &found.criteria[..] else {
        panic!("one criterion changed: {found:?}");
    };
    let [level] = &criterion.levels[..] else {
        panic!("one level changed");
    };
    assert_eq!((level.rescored, level.moved), (false, false));
    let [text] = &level.texts[..] else {
        panic!("one text changed");
    };
    assert_eq!((text.field, text.lang), (TextField::Descriptor, Lang::Sv));
    let words: Vec<_> = text.words();
    let words: Vec<_> = words
        .iter()
        .map(|piece| (piece.kind, piece.text.as_str()))
        .collect();
    assert_eq!(
        words,
        [
            (PieceKind::Same, "Resonemanget är "),
            (PieceKind::Added, "väl "),
            (PieceKind::Same, "utvecklat.")
        ]
    );
}

#[test]
fn whoever_goes_from_last_to_first_moved_and_nobody_else() {
    let mut before = sample::titled("Ordning");
    before.criteria = (1..=10).map(sample::criterion).collect();
    let mut after = before.clone();
    after.criteria.rotate_right(1);
    let found = diff(&before, &after);
    let moved: Vec<_> = found.criteria.iter().map(|c| (c.id, c.moved)).collect();
    assert_eq!(moved, [(id(10), true)]);
}

/// A small content in which anything may be otherwise.
fn contents() -> impl Strategy<Value = Content> {
    let text = "[ab]( [ab]){0,3}";
    let level = (1..4_u128, text, proptest::option::of(0..3_i64));
    let criterion = (
        1..5_u128,
        text,
        1..3_u32,
        proptest::collection::vec(level, 0..3),
    );
    let criteria = proptest::collection::vec(criterion, 0..5);
    (text, any::<bool>(), any::<bool>(), criteria).prop_map(
        |(title, points, holistic, criteria)| {
            let mut content = sample::titled(&title);
            content.head.points = points;
            if holistic {
                content.head.kind = RubricKind::Holistic;
            }
            content.criteria = Vec::new();
            for (number, text, weight, levels) in criteria {
                let mut criterion = sample::criterion(number);
                if content
                    .criteria
                    .iter()
                    .any(|other| other.id == criterion.id)
                {
                    continue;
                }
                criterion.description = Some(sample::words(&text));
                criterion.weight = weight;
                criterion.levels = Vec::new();
                for (at, text, points) in levels {
                    let mut level = sample::level(number * 10 + at);
                    if criterion.levels.iter().any(|other| other.id == level.id) {
                        continue;
                    }
                    level.descriptor = Some(sample::words(&text));
                    level.points = points.map(Points::exactly);
                    criterion.levels.push(level);
                }
                content.criteria.push(criterion);
            }
            content
        },
    )
}

fn side(words: &[Piece], other: PieceKind) -> String {
    let kept = words.iter().filter(|piece| piece.kind != other);
    kept.map(|piece| piece.text.as_str()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn nothing_separates_a_content_from_itself(content in contents()) {
        let found = diff(&content, &content);
        prop_assert!(found.is_empty() && found.texts.is_empty() && found.codes.is_empty() && found.criteria.is_empty());
    }

    #[test]
    fn the_way_back_is_the_way_there_mirrored(a in contents(), b in contents()) {
        let (there, back) = (diff(&a, &b), diff(&b, &a));
        prop_assert_eq!(there.impact, back.impact);
        prop_assert_eq!(there.is_empty(), a == b);
        let moved = |diff: &Diff| diff.criteria.iter().filter(|c| c.moved).count();
        prop_assert_eq!(moved(&there), moved(&back));
        for one in &there.criteria {
            let Some(other) = back.criteria.iter().find(|other| other.id == one.id) else {
                // Of two that changed places either may be the one that moved.
                prop_assert!(one.moved && one.before == one.after);
                continue;
            };
            prop_assert_eq!((&one.before, &one.after), (&other.after, &other.before));
            prop_assert_eq!(one.reweighted, other.reweighted);
            for (text, mirrored) in one.texts.iter().zip(&other.texts) {
                prop_assert_eq!((&text.before, &text.after), (&mirrored.after, &mirrored.before));
            }
            prop_assert_eq!(one.texts.len(), other.texts.len());
        }
    }

    #[test]
    fn what_a_diff_holds_leads_from_one_to_the_other(a in contents(), b in contents()) {
        let found = diff(&a, &b);
        let mut criteria: Vec<Criterion> = a.criteria.clone();
        for change in &found.criteria {
            criteria.retain(|criterion| criterion.id != change.id);
            criteria.extend(change.after.clone());
        }
        let place = |criterion: &Criterion| b.criteria.iter().position(|other| other.id == criterion.id);
        criteria.sort_by_key(place);
        prop_assert_eq!(criteria, b.criteria);
        for text in found.texts.iter().chain(found.criteria.iter().flat_map(|c| &c.texts)) {
            let words = text.words();
            prop_assert_eq!(side(&words, PieceKind::Added), text.before.clone().unwrap_or_default());
            prop_assert_eq!(side(&words, PieceKind::Removed), text.after.clone().unwrap_or_default());
        }
    }

    #[test]
    fn only_what_is_minor_leaves_the_structure_alone(a in contents(), b in contents()) {
        let same = document::structure_hash(&a) == document::structure_hash(&b);
        prop_assert_eq!(same, !diff(&a, &b).impact.is_major());
    }
}

#[test]
fn very_long_texts_are_told_apart_as_wholes() {
    let text = Rewording {
        field: TextField::Descriptor,
        lang: Lang::Sv,
        before: Some("a ".repeat(1_501)),
        after: Some("b ".repeat(1_501)),
    };
    assert_eq!(text.words().len(), 2);
}
