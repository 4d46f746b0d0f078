use super::*;
use crate::{Criterion, sample};

const READY: Stage = Stage::Ready { preschool: false };

fn found(content: &Content, stage: Stage) -> Vec<(String, &'static str)> {
    problems(content, stage, "content")
        .into_iter()
        .map(|problem| (problem.path, problem.code))
        .collect()
}

fn levels(content: &mut Content, count: u128) {
    for (c, criterion) in (0_u128..).zip(&mut content.criteria) {
        criterion.levels = (0..count)
            .map(|l| sample::level(1_000 + c * 100 + l))
            .collect();
    }
}

/// What is changed of a finished rubric, how far it must be, and where it is then wrong.
type Case<'a> = (&'a str, Stage, fn(&mut Content), &'a [(&'a str, &'a str)]);

#[test]
#[expect(clippy::too_many_lines, reason = "one case per rule")]
fn what_is_wrong_is_said_with_its_place() {
    let cases: &[Case<'_>] = &[
        ("a finished rubric", READY, |_| (), &[]),
        ("an empty draft", Stage::Draft, |c| c.criteria.clear(), &[]),
        (
            "no criteria",
            READY,
            |c| c.criteria.clear(),
            &[("content.criteria", "RUBRIC_NO_CRITERIA")],
        ),
        (
            "an analytic criterion with one level",
            READY,
            |c| levels(c, 1),
            &[
                ("content.criteria.0.levels", "RUBRIC_LEVELS"),
                ("content.criteria.1.levels", "RUBRIC_LEVELS"),
            ],
        ),
        ("ten levels", READY, |c| levels(c, 10), &[]),
        (
            "eleven levels, even in a draft",
            Stage::Draft,
            |c| {
                levels(c, 11);
                c.criteria.truncate(1);
            },
            &[("content.criteria.0.levels", "RUBRIC_LEVELS")],
        ),
        (
            "a holistic rubric with two criteria",
            READY,
            |c| c.head.kind = RubricKind::Holistic,
            &[("content.criteria", "RUBRIC_ONE_CRITERION")],
        ),
        (
            "a single-point rubric with two levels",
            READY,
            |c| {
                c.head.kind = RubricKind::SinglePoint;
                levels(c, 2);
                c.criteria.truncate(1);
            },
            &[("content.criteria.0.levels", "RUBRIC_LEVELS")],
        ),
        (
            "a single-point rubric",
            READY,
            |c| {
                c.head.kind = RubricKind::SinglePoint;
                levels(c, 1);
            },
            &[],
        ),
        (
            "a checklist",
            READY,
            |c| {
                c.head.kind = RubricKind::Checklist;
                levels(c, 0);
            },
            &[],
        ),
        (
            "a checklist with levels",
            READY,
            |c| {
                c.head.kind = RubricKind::Checklist;
                c.criteria.truncate(1);
            },
            &[("content.criteria.0.levels", "RUBRIC_LEVELS")],
        ),
        (
            "points that are not switched on",
            READY,
            |c| {
                c.head.points = false;
                c.criteria.truncate(1);
                c.criteria[0].levels[1].points = None;
            },
            &[("content.criteria.0.levels.0.points", "RUBRIC_POINTS_OFF")],
        ),
        (
            "equal points",
            READY,
            |c| {
                c.criteria[0]
                    .levels
                    .iter_mut()
                    .for_each(|level| level.points = Some(Points::exactly(100)));
            },
            &[],
        ),
        (
            "points that fall",
            Stage::Draft,
            |c| c.criteria[0].levels[0].points = Some(Points { min: 2, max: 1 }),
            &[("content.criteria.0.levels.0.points", "RUBRIC_POINTS")],
        ),
        (
            "weights out of bounds",
            Stage::Draft,
            |c| {
                c.criteria[0].weight = 0;
                c.criteria[1].weight = 101;
            },
            &[
                ("content.criteria.0.weight", "RUBRIC_WEIGHT"),
                ("content.criteria.1.weight", "RUBRIC_WEIGHT"),
            ],
        ),
        (
            "ids used twice",
            Stage::Draft,
            |c| {
                let twin = c.criteria[0].clone();
                c.criteria[1] = Criterion {
                    levels: vec![twin.levels[0].clone()],
                    ..twin
                };
            },
            &[
                ("content.criteria.1.id", "RUBRIC_ID_TWICE"),
                ("content.criteria.1.levels.0.id", "RUBRIC_ID_TWICE"),
            ],
        ),
        (
            "a preschool's criterion that does not say what it is about",
            Stage::Ready { preschool: true },
            |c| c.criteria[0].about = None,
            &[("content.criteria.0.about", "RUBRIC_ABOUT")],
        ),
        (
            "a personal number deep inside",
            Stage::Draft,
            |c| {
                c.criteria[1].levels[0].suggested_feedback =
                    Some(sample::words("Till 811218-9876"));
            },
            &[(
                "content.criteria.1.levels.0.suggestedFeedback",
                "RUBRIC_PERSONAL_NUMBER",
            )],
        ),
        (
            "fifty-one criteria",
            Stage::Draft,
            |c| {
                c.criteria = (0..51)
                    .map(|n| Criterion {
                        levels: Vec::new(),
                        ..sample::criterion(n)
                    })
                    .collect();
            },
            &[("content.criteria", "RUBRIC_TOO_MANY_CRITERIA")],
        ),
        (
            "more text than fits",
            Stage::Draft,
            |c| {
                let long = sample::words(&"ord ".repeat(900));
                c.criteria = (0..50)
                    .map(|n| Criterion {
                        levels: (0..10)
                            .map(|l| crate::Level {
                                descriptor: Some(long.clone()),
                                ..sample::level(n * 100 + l)
                            })
                            .collect(),
                        ..sample::criterion(n)
                    })
                    .collect();
            },
            &[("content.criteria", "RUBRIC_TOO_BIG")],
        ),
    ];
    for (case, stage, change, expected) in cases {
        let mut content = sample::everything();
        change(&mut content);
        let expected: Vec<_> = expected
            .iter()
            .map(|(path, code)| ((*path).to_owned(), *code))
            .collect();
        assert_eq!(found(&content, *stage), expected, "{case}");
    }
}
