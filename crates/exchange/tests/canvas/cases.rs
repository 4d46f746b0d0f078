//! Tables of cases: one small file each, and what is told about it.

use exchange::{
    COLUMNS_MAX, Points,
    canvas::{Sheet, read},
};

const HEADINGS: &str = "Rubric Name,Criteria Name,Criteria Description,Criteria Enable Range,Rating Name,Rating Description,Rating Points,Rating Name,Rating Description,Rating Points";

/// The messages as `code@cell`.
pub(crate) fn told(sheet: &Sheet) -> Vec<String> {
    sheet
        .messages
        .iter()
        .map(|message| {
            format!(
                "{}@{}{}",
                message.code(),
                message.letters().unwrap_or_default(),
                message.row
            )
        })
        .collect()
}

/// The rubrics as `name:criteria`, with `!` when unsound.
pub(crate) fn found(sheet: &Sheet) -> Vec<String> {
    sheet
        .rubrics
        .iter()
        .map(|rubric| {
            format!(
                "{}:{}{}",
                rubric.name,
                rubric.criteria.len(),
                if rubric.sound { "" } else { "!" }
            )
        })
        .collect()
}

pub(crate) fn below_the_headings(rows: &str) -> Sheet {
    read(format!("{HEADINGS}\n{rows}").as_bytes())
}

#[test]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
fn rows_are_gathered_into_rubrics_and_every_trouble_has_a_place() {
    let cases: &[(&str, &str, &[&str], &[&str])] = &[
        ("a good row", "R,C,d,false,A,a,2,B,b,1", &["R:1"], &[]),
        (
            "no name: the rubric above",
            "R,C,,,A\n,D,,,A\n  ,E,,,A",
            &["R:3"],
            &[],
        ),
        (
            "no name and nothing above",
            ",C,,,A\nR,C,,,A",
            &["R:1"],
            &["RUBRIC_NAME_MISSING@A2"],
        ),
        (
            "empty rows between",
            "\n,,,\nR,C,,,A\n\n , \nR,D,,,A\n\n",
            &["R:2"],
            &[],
        ),
        (
            "names differ in spaces alone",
            "R 1,C,,,A\n\" R\n 1 \",D,,,A",
            &["R 1:2"],
            &[],
        ),
        (
            "names differ in composition alone",
            "Sla\u{30a},C,,,A\nSlå,D,,,A",
            &["Slå:2"],
            &[],
        ),
        (
            "rows apart",
            "R,C,,,A\nS,C,,,A\nR,D,,,A\n,E,,,A\nR,F,,,A",
            &["R:4", "S:1"],
            &["ROWS_APART@A4"],
        ),
        (
            "no criterion name",
            "R,,d,,A\nS,C,,,A",
            &["R:1!", "S:1"],
            &["CRITERION_NAME_MISSING@B2"],
        ),
        (
            "the same criterion twice",
            "R,C,,,A\nR,C,,,A\nS,C,,,A",
            &["R:2", "S:1"],
            &["CRITERION_REPEATED@B3"],
        ),
        (
            "no ratings",
            "R,C,d,true\nS,C,,,A",
            &["R:1!", "S:1"],
            &["RATINGS_MISSING@E2"],
        ),
        (
            "no ratings, cells there",
            "R,C,d,true,,,,,,",
            &["R:1!"],
            &["RATINGS_MISSING@E2"],
        ),
        ("a gap among the ratings", "R,C,,,,,,B,b,1", &["R:1"], &[]),
        (
            "points without a name",
            "R,C,,,A,,2,,,1",
            &["R:1!"],
            &["RATING_NAME_MISSING@H2"],
        ),
        (
            "a description without a name",
            "R,C,,,A,,2,,b,1",
            &["R:1!"],
            &["RATING_NAME_MISSING@H2"],
        ),
        (
            "points with letters",
            "R,C,,,A,,abc,B,,1",
            &["R:1!"],
            &["POINTS_NOT_A_NUMBER@G2"],
        ),
        (
            "points below zero",
            "R,C,,,A,,2,B,,-1",
            &["R:1!"],
            &["POINTS_NEGATIVE@J2"],
        ),
        (
            "points beyond reason",
            "R,C,,,A,,1000000,B,,1",
            &["R:1!"],
            &["POINTS_TOO_LARGE@G2"],
        ),
        (
            "many decimals",
            "R,C,,,A,,0.3333,B,,\"1,000\"",
            &["R:1"],
            &["POINTS_ROUNDED@G2", "POINTS_ROUNDED@J2"],
        ),
        (
            "points for some ratings",
            "R,C,,,A,,2,B,,",
            &["R:1"],
            &["POINTS_MISSING@J2"],
        ),
        ("points for none", "R,C,,,A,,,B,,", &["R:1"], &[]),
        ("equal points", "R,C,,,A,,1,B,,1", &["R:1"], &[]),
        (
            "an unclear range",
            "R,C,,maybe,A",
            &["R:1"],
            &["RANGE_UNCLEAR@D2"],
        ),
        (
            "a cell past the headings",
            "R,C,,,A,,1,B,,0,x,y\nS,C,,,A",
            &["R:1!", "S:1"],
            &["CELL_WITHOUT_HEADING@K2"],
        ),
        (
            "a control character",
            "R,C,a\u{b}b,,A",
            &["R:1!"],
            &["TEXT_CONTROL@C2"],
        ),
        (
            "a lost letter",
            "R,C,,,br\u{fffd}",
            &["R:1!"],
            &["TEXT_DAMAGED@E2"],
        ),
        (
            "a lost letter in the name",
            "Br\u{fffd}k,C,,,A\nBr\u{fffd}k,D,,,A",
            &["Br\u{fffd}k:2!"],
            &["TEXT_DAMAGED@A2"],
        ),
        (
            "several lines in a cell",
            "R,\"C\nc\",\"d\r\ne\rf\",,A\nS,,,,A",
            &["R:1", "S:1!"],
            &["CRITERION_NAME_MISSING@B3"],
        ),
        (
            "an unclosed quotation",
            "R,C,,,A\nR,D,\"d,,A\nS,C,,,A\n",
            &["R:1!"],
            &["QUOTE_UNCLOSED@C3"],
        ),
        (
            "an unclosed name",
            "R,C,,,A\nS,C,,,A\n\"S,D,,,A\n",
            &["R:1", "S:1!"],
            &["QUOTE_UNCLOSED@A4"],
        ),
        (
            "nothing but an unclosed name",
            "\"S,D,,,A\n",
            &[],
            &["QUOTE_UNCLOSED@A2"],
        ),
        (
            "a quotation mark inside a text",
            "R,C,5\" disk,,A",
            &["R:1"],
            &[],
        ),
        ("markup", "R,C,<b>a</b> &amp; b,,A", &["R:1"], &[]),
    ];
    for (case, rows, rubrics, messages) in cases {
        let sheet = below_the_headings(rows);
        assert_eq!(found(&sheet), *rubrics, "{case}");
        assert_eq!(told(&sheet), *messages, "{case}");
    }
}

#[test]
fn a_file_that_is_no_table_of_rubrics_gets_one_clear_error() {
    let wide = format!(
        "Rubric Name,Criteria Name{}\nR,C,A\n",
        ",Rating Name".repeat(COLUMNS_MAX - 1)
    );
    let cases: &[(&str, &[u8], &[&str])] = &[
        ("nothing", b"", &["FILE_EMPTY@1"]),
        (
            "a byte order mark alone",
            b"\xEF\xBB\xBF",
            &["FILE_EMPTY@1"],
        ),
        ("empty lines", b"\r\n\r\n , \n", &["FILE_EMPTY@1"]),
        (
            "a workbook",
            b"PK\x03\x04\x14\x00\x06\x00\x08\x00\x00\x00!\x00",
            &["FILE_NOT_TEXT@1"],
        ),
        (
            "UTF-16 without its mark",
            b"R\0u\0b\0r\0i\0c\0 \0N\0a\0m\0e\0",
            &["FILE_NOT_TEXT@1"],
        ),
        (
            "headings alone",
            b"Rubric Name,Criteria Name,Rating Name\n",
            &["NO_ROWS@1"],
        ),
        (
            "headings of something else",
            b"Namn;Klass\nAnna;6B\n",
            &["COLUMNS_MISSING@1"],
        ),
        (
            "no headings",
            b"R,C,d,false,A,a,2\n",
            &["COLUMNS_MISSING@1"],
        ),
        (
            "no ratings",
            b"\nRubric Name,Criteria Name\nR,C\n",
            &["COLUMNS_MISSING@2"],
        ),
        (
            "two names, one description",
            b"Rubric Name,Criteria Name,Rating Name,Rating Description,Rating Name\nR,C,A,a,B\n",
            &["RATING_COLUMNS_UNEVEN@1"],
        ),
        (
            "one column too many",
            wide.as_bytes(),
            &["TOO_MANY_COLUMNS@1"],
        ),
        (
            "headings that never end",
            b"Rubric Name,\"Criteria Name,Rating Name\nR,C,A\n",
            &["QUOTE_UNCLOSED@B1"],
        ),
    ];
    for (case, bytes, messages) in cases {
        let sheet = read(bytes);
        assert_eq!(told(&sheet), *messages, "{case}");
        assert_eq!(sheet.rubrics, [], "{case}");
    }
}

#[test]
fn headings_are_known_by_their_words() {
    let cases: &[(&str, &str, &[&str])] = &[
        (
            "numbered",
            "Rubric Name,Criteria Name,Rating Name 1,Rating Points 1,Rating Name 2,Rating Points 2\nR,C,A,2,B,1",
            &[],
        ),
        (
            "capitals and spaces",
            " RUBRIC  NAME,criteria name , rating name,RATING POINTS,Rating  Name,rating\tpoints\nR,C,A,2,B,1",
            &[],
        ),
        (
            "another order",
            "Rating Points,Rating Points,Rating Name,Rating Name,Criteria Name,Rubric Name\n2,1,A,B,C,R",
            &[],
        ),
        (
            "empty columns after the last",
            "Rubric Name,Criteria Name,Rating Name,Rating Points,Rating Name,Rating Points,,,\nR,C,A,2,B,1,,,",
            &[],
        ),
        (
            "unknown and doubled",
            "Rubric Name,Mål,Criteria Name,Rating Name,Rating Points,Rating Name,Rating Points,Criteria Name\nR,x,C,A,2,B,1,y\nR,x,D,A,2,B,1,y",
            &["COLUMN_IGNORED@B1", "COLUMN_IGNORED@H1"],
        ),
    ];
    for (case, text, messages) in cases {
        let sheet = read(text.as_bytes());
        assert_eq!(told(&sheet), *messages, "{case}");
        let [rubric] = &*sheet.rubrics else {
            panic!("{case}: one rubric")
        };
        let ratings: Vec<_> = rubric.criteria[0]
            .ratings
            .iter()
            .map(|rating| (&*rating.name, rating.points.map(Points::hundredths)))
            .collect();
        assert_eq!(
            (&*rubric.name, &*rubric.criteria[0].name),
            ("R", "C"),
            "{case}"
        );
        assert_eq!(ratings, [("A", Some(200)), ("B", Some(100))], "{case}");
    }
}

#[test]
fn the_range_flag_is_read_in_both_languages() {
    for (flag, range) in [
        ("true", true),
        ("TRUE", true),
        ("1", true),
        ("yes", true),
        ("Ja", true),
        ("SANT", true),
        ("false", false),
        ("0", false),
        ("FALSKT", false),
        ("nej", false),
        ("", false),
    ] {
        let sheet = below_the_headings(&format!("R,C,,{flag},A"));
        assert_eq!(
            (sheet.rubrics[0].criteria[0].range, sheet.messages),
            (range, vec![]),
            "{flag}"
        );
    }
}

#[test]
fn windows_1252_is_read_with_a_warning() {
    let mut bytes = format!("{HEADINGS}\r\n").into_bytes();
    bytes.extend_from_slice(b"Sl\xF6jd,\x93Sk\xE4ra\x94 \x96 s\xE5ga,,,Bra\r\n");
    let sheet = read(&bytes);
    assert_eq!(told(&sheet), ["FILE_NOT_UTF8@1"]);
    assert_eq!(
        (
            &*sheet.rubrics[0].name,
            &*sheet.rubrics[0].criteria[0].name,
            sheet.rubrics[0].sound
        ),
        ("Slöjd", "“Skära” – såga", true)
    );
}
