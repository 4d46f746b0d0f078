//! What fits, what does not, and what becomes of the rest of the file.

use crate::cases::{below_the_headings, found, told};
use exchange::{CRITERIA_MAX, MESSAGES_MAX, ROWS_MAX, RUBRICS_MAX, canvas::read};

#[test]
fn texts_fit_to_the_last_character_and_no_further() {
    let (name, text) = ("å".repeat(200), "ä".repeat(4_000));
    let sheet = below_the_headings(&format!("{name},{name},{text},,{name},{text},1"));
    assert_eq!(told(&sheet), Vec::<String>::new());
    assert!(sheet.rubrics[0].sound);

    let (long_name, long_text) = (format!("{name}å"), format!("{text}ä"));
    let sheet = below_the_headings(&format!(
        "{long_name},{long_name},{long_text},,{long_name},{long_text},1\n{long_name},D,,,A\nS,C,,,A"
    ));
    assert_eq!(
        told(&sheet),
        ["A2", "B2", "C2", "E2", "F2"].map(|cell| format!("TEXT_TOO_LONG@{cell}"))
    );
    assert_eq!(found(&sheet), [format!("{name}:2!"), "S:1".into()]);
    let criterion = &sheet.rubrics[0].criteria[0];
    assert_eq!(
        (&criterion.name, &criterion.description),
        (&name, &text),
        "what is too long is shown cut"
    );
}

#[test]
fn a_rubric_with_too_many_criteria_or_ratings_is_refused_and_the_next_is_not() {
    let criteria = |rubric: &str, count: usize| {
        (0..count)
            .map(|nth| format!("{rubric},C{nth},,,A\n"))
            .collect::<Vec<_>>()
            .concat()
    };
    let sheet = below_the_headings(
        &[
            criteria("R", CRITERIA_MAX),
            criteria("S", CRITERIA_MAX + 3),
            criteria("T", 1),
        ]
        .concat(),
    );
    assert_eq!(found(&sheet), ["R:50", "S:50!", "T:1"]);
    assert_eq!(told(&sheet), ["TOO_MANY_CRITERIA@102"]);

    let headings = format!("Rubric Name,Criteria Name{}", ",Rating Name".repeat(12));
    let sheet = read(
        format!("{headings}\nR,C,1,2,3,4,5,,7,8,9,10,11\nS,C,1,2,3,4,5,,7,8,9,10,11,12\n")
            .as_bytes(),
    );
    assert_eq!(found(&sheet), ["R:1", "S:1!"]);
    assert_eq!(told(&sheet), ["TOO_MANY_RATINGS@N3"]);
    assert_eq!(
        sheet
            .rubrics
            .iter()
            .map(|rubric| rubric.criteria[0].ratings.len())
            .collect::<Vec<_>>(),
        [10, 10]
    );
}

#[test]
fn rubrics_past_the_limit_are_left_out_and_the_others_stay_sound() {
    let rows = (0..RUBRICS_MAX + 3)
        .map(|nth| format!("R{nth},C,,,A\n,D,,,A\n"))
        .collect::<Vec<_>>()
        .concat();
    let sheet = below_the_headings(&format!("{rows}R0,E,,,A\n"));
    assert_eq!(told(&sheet), ["TOO_MANY_RUBRICS@A402", "ROWS_APART@A408"]);
    assert_eq!(sheet.rubrics.len(), RUBRICS_MAX);
    assert!(sheet.rubrics.iter().all(|rubric| rubric.sound));
    assert_eq!(sheet.rubrics[0].criteria.len(), 3);
}

#[test]
fn of_a_file_with_too_many_rows_nothing_can_be_taken() {
    let rows = |count: usize| {
        (0..count)
            .map(|nth| format!("R{},C{nth},,,A\n", nth / 40))
            .collect::<Vec<_>>()
            .concat()
    };
    let whole = below_the_headings(&rows(ROWS_MAX));
    assert_eq!(
        (
            told(&whole),
            whole.rubrics.iter().all(|rubric| rubric.sound)
        ),
        (vec![], true)
    );
    let more = below_the_headings(&rows(ROWS_MAX + 1));
    assert_eq!(
        (told(&more), more.rubrics.iter().any(|rubric| rubric.sound)),
        (vec!["TOO_MANY_ROWS@5002".to_owned()], false)
    );
}

#[test]
fn a_flood_of_messages_is_cut_and_still_makes_every_bad_rubric_unsound() {
    let rows = (0..RUBRICS_MAX)
        .map(|nth| format!("R{nth},C,,,A,,x,B,,y\n,D,,,A,,z\n"))
        .collect::<Vec<_>>()
        .concat();
    let sheet = below_the_headings(&rows);
    assert_eq!(sheet.messages.len(), MESSAGES_MAX + 1);
    assert_eq!(told(&sheet).last().unwrap(), "MESSAGES_LEFT_OUT@334");
    assert!(sheet.rubrics.iter().all(|rubric| !rubric.sound));
}
