//! The sample files: what Swedish spreadsheets make of the template, and one with everything wrong.

use exchange::{
    Points, Severity,
    canvas::{Sheet, SheetRubric, read},
};
use kit::Lang;
use std::fmt::Write as _;

fn points(rubric: &SheetRubric) -> Vec<Vec<Option<i64>>> {
    rubric
        .criteria
        .iter()
        .map(|criterion| {
            criterion
                .ratings
                .iter()
                .map(|rating| rating.points.map(Points::hundredths))
                .collect()
        })
        .collect()
}

#[test]
fn swedish_excel_writes_semicolons_decimal_commas_and_sant() {
    let Sheet { rubrics, messages } = read(include_bytes!("../../samples/swedish-excel.csv"));
    assert_eq!(messages, []);
    let [talk, report] = &*rubrics else {
        panic!("two rubrics, not {}", rubrics.len())
    };
    assert!(talk.sound && report.sound);
    assert_eq!(
        (&*talk.name, talk.first_row),
        ("Muntlig redovisning, åk 6", 2)
    );
    assert_eq!(
        (&*report.name, report.first_row),
        ("Laborationsrapport, åk 8", 5)
    );
    assert_eq!(
        points(talk),
        [
            [Some(300), Some(200), Some(100)],
            [Some(450), Some(300), Some(150)],
            [Some(300), Some(200), Some(100)]
        ]
    );
    assert_eq!(
        points(report),
        [[Some(1_000), Some(750), Some(500), Some(0)]; 3]
    );
    assert!(talk.criteria.iter().all(|criterion| !criterion.range));
    assert!(report.criteria.iter().all(|criterion| criterion.range));
    assert_eq!(
        talk.criteria[0].ratings[0].description,
        "Röd tråd hela vägen; övergångarna hjälper lyssnaren."
    );
    assert_eq!(
        talk.criteria[2].description,
        "Röst, blick och svar på frågor.\nGäller även digital redovisning."
    );
    assert_eq!(
        report.criteria[2].description,
        "Svar på frågan, med stöd i \"mätvärden\" och begrepp."
    );
    assert_eq!(
        report
            .criteria
            .iter()
            .map(|criterion| criterion.row)
            .collect::<Vec<_>>(),
        [5, 6, 7]
    );
}

#[test]
fn unicode_text_has_tabs_and_the_name_on_the_first_row_alone() {
    let Sheet { rubrics, messages } = read(include_bytes!("../../samples/unicode-text.txt"));
    assert_eq!(messages, []);
    let found: Vec<_> = rubrics
        .iter()
        .map(|rubric| {
            (
                &*rubric.name,
                rubric.sound,
                rubric
                    .criteria
                    .iter()
                    .map(|criterion| criterion.ratings.len())
                    .collect::<Vec<_>>(),
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("Skriva faktatext, åk 3", true, vec![3, 2, 3]),
            ("Läsförståelse: skönlitteratur", true, vec![3, 2])
        ]
    );
    assert!(points(&rubrics[0]).iter().flatten().all(Option::is_none));
    assert_eq!(
        rubrics[0].criteria[1].description,
        "Ord som hör till ämnet, till exempel ”näbb” och ”fjäder”."
    );
    assert_eq!(
        rubrics[1].criteria[0].description,
        "<p>Att förstå det som <b>inte</b> skrivs ut &amp; varför.</p>"
    );
}

#[test]
fn of_a_messy_file_the_good_rubrics_can_be_taken() {
    let Sheet { rubrics, .. } = read(include_bytes!("../../samples/messy.csv"));
    let found: Vec<_> = rubrics
        .iter()
        .map(|rubric| {
            (
                &*rubric.name,
                rubric.first_row,
                rubric.criteria.len(),
                rubric.sound,
            )
        })
        .collect();
    assert_eq!(
        found,
        [
            ("Gruppsamtal", 3, 3, true),
            ("Friluftsdag", 4, 2, false),
            ("Bildanalys", 9, 2, false),
            ("Textsamtal", 11, 1, false),
            ("Hållbar vardag", 12, 1, true),
            ("Skolans trädgård", 13, 1, false),
            ("Slöjd", 14, 0, false),
        ]
    );
}

#[test]
fn a_messy_file_is_told_about_row_by_row_in_both_languages() {
    let mut told = String::new();
    for message in read(include_bytes!("../../samples/messy.csv")).messages {
        let mark = match message.severity() {
            Severity::Error => "fel",
            Severity::Warning => "varning",
        };
        writeln!(told, "{mark} {}", message.code()).unwrap();
        for lang in [Lang::Sv, Lang::En] {
            writeln!(told, "  {}: {}", message.place(lang), message.text(lang)).unwrap();
        }
    }
    insta::assert_snapshot!(told);
}
