//! What holds for any file: reading never panics, and what a spreadsheet writes is read as it was.

use csv::{Terminator, WriterBuilder};
use encoding_rs::WINDOWS_1252;
use exchange::{
    CRITERIA_MAX, MESSAGES_MAX, Points, RATINGS_MAX, RUBRICS_MAX,
    canvas::{Sheet, SheetCriterion, SheetRating, SheetRubric, read},
};
use kit::Lang;
use proptest::{collection::vec, option, prelude::*, sample::select};

const IN_MEMORY: &str = "text in memory is written without errors";

/// How a spreadsheet saves a file.
#[derive(Debug, Clone, Copy)]
enum Saved {
    Utf8,
    Utf8Marked,
    Utf16Little,
    Utf16Big,
    Windows1252,
}

#[derive(Debug, Clone, Copy)]
struct Form {
    saved: Saved,
    delimiter: u8,
    terminator: Terminator,
    /// The rubric's name on its first row alone.
    name_once: bool,
    /// Every row as wide as the headings.
    padded: bool,
    /// Decimal comma, numbered headings.
    comma: bool,
}

fn form() -> impl Strategy<Value = Form> {
    (
        select(vec![
            Saved::Utf8,
            Saved::Utf8Marked,
            Saved::Utf16Little,
            Saved::Utf16Big,
            Saved::Windows1252,
        ]),
        select(vec![b',', b';', b'\t']),
        select(vec![
            Terminator::CRLF,
            Terminator::Any(b'\n'),
            Terminator::Any(b'\r'),
        ]),
        any::<[bool; 3]>(),
    )
        .prop_map(
            |(saved, delimiter, terminator, [name_once, padded, comma])| Form {
                saved,
                delimiter,
                terminator,
                name_once,
                padded,
                comma,
            },
        )
}

/// One line that is there; `kit` keeps it as it is.
fn name() -> impl Strategy<Value = String> {
    "[A-Za-zåäöÅÄÖé0-9,;\"'<>&=()-]{1,8}( [a-zåäö0-9,;\".!?]{1,8}){0,3}"
}

/// Several lines, or none.
fn body() -> impl Strategy<Value = String> {
    "([A-Za-zåäö,;\"<>/&]{1,9}([ \n\t]{1,2}[a-zåäö,;\".!?]{1,9}){0,6})?"
}

fn rating() -> impl Strategy<Value = (String, String)> {
    (name(), body())
}

fn criterion() -> impl Strategy<Value = SheetCriterion> {
    (
        name(),
        body(),
        any::<bool>(),
        vec(rating(), 1..=RATINGS_MAX),
        option::of(vec(0..=Points::MAX.hundredths(), RATINGS_MAX)),
    )
        .prop_map(|(name, description, range, ratings, points)| {
            let ratings = ratings
                .into_iter()
                .enumerate()
                .map(|(nth, (name, description))| SheetRating {
                    name,
                    description,
                    points: points.as_ref().map(|points| {
                        Points::parse(&decimal(points[nth], '.')).expect("from 0 to the most")
                    }),
                })
                .collect();
            SheetCriterion {
                row: 0,
                name,
                description,
                range,
                ratings,
            }
        })
}

/// Rubrics and criteria with names of their own, and the rows they get when written one after the other.
fn rubrics() -> impl Strategy<Value = Vec<SheetRubric>> {
    vec((name(), vec(criterion(), 1..6)), 1..6).prop_map(|rubrics| {
        let mut row = 1;
        let numbered = rubrics
            .into_iter()
            .enumerate()
            .map(|(nth, (name, mut criteria))| {
                let first_row = row + 1;
                for criterion in &mut criteria {
                    row += 1;
                    criterion.row = row;
                    criterion.name = format!("{} {row}", criterion.name);
                }
                SheetRubric {
                    name: format!("{name} {nth}"),
                    first_row,
                    criteria,
                    sound: true,
                }
            });
        numbered.collect()
    })
}

fn decimal(hundredths: i64, mark: char) -> String {
    format!("{}{mark}{:02}", hundredths / 100, hundredths % 100)
}

fn write(rubrics: &[SheetRubric], form: Form) -> Vec<u8> {
    let ratings = rubrics
        .iter()
        .flat_map(|rubric| &rubric.criteria)
        .map(|criterion| criterion.ratings.len())
        .max()
        .unwrap_or(1);
    let mut writer = WriterBuilder::new()
        .delimiter(form.delimiter)
        .terminator(form.terminator)
        .flexible(true)
        .from_writer(Vec::new());
    let mut headings: Vec<String> = [
        "Rubric Name",
        "Criteria Name",
        "Criteria Description",
        "Criteria Enable Range",
    ]
    .map(str::to_owned)
    .into();
    for nth in 1..=ratings {
        let number = if form.comma {
            format!(" {nth}")
        } else {
            String::new()
        };
        headings.extend(
            ["Rating Name", "Rating Description", "Rating Points"]
                .map(|heading| format!("{heading}{number}")),
        );
    }
    writer.write_record(&headings).expect(IN_MEMORY);
    for rubric in rubrics {
        for (nth, criterion) in rubric.criteria.iter().enumerate() {
            let name = if form.name_once && nth > 0 {
                ""
            } else {
                &rubric.name
            };
            let mut row = vec![
                name.to_owned(),
                criterion.name.clone(),
                criterion.description.clone(),
                criterion.range.to_string(),
            ];
            for rating in &criterion.ratings {
                let points = rating
                    .points
                    .map(|points| decimal(points.hundredths(), if form.comma { ',' } else { '.' }));
                row.extend([
                    rating.name.clone(),
                    rating.description.clone(),
                    points.unwrap_or_default(),
                ]);
            }
            if form.padded {
                row.resize(headings.len(), String::new());
            }
            writer.write_record(&row).expect(IN_MEMORY);
        }
    }
    let text = String::from_utf8(writer.into_inner().expect(IN_MEMORY)).expect(IN_MEMORY);
    let utf16 = |mark: [u8; 2], bytes: fn(u16) -> [u8; 2]| {
        mark.into_iter()
            .chain(text.encode_utf16().flat_map(bytes))
            .collect()
    };
    match form.saved {
        Saved::Utf8 => text.into_bytes(),
        Saved::Utf8Marked => [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        Saved::Utf16Little => utf16([0xFF, 0xFE], u16::to_le_bytes),
        Saved::Utf16Big => utf16([0xFE, 0xFF], u16::to_be_bytes),
        Saved::Windows1252 => WINDOWS_1252.encode(&text).0.into_owned(),
    }
}

/// What is true of every reading.
fn check(bytes: &[u8]) -> Result<(), TestCaseError> {
    let Sheet { rubrics, messages } = read(bytes);
    prop_assert!(rubrics.len() <= RUBRICS_MAX && messages.len() <= 2 * MESSAGES_MAX + 1);
    prop_assert!(
        !rubrics.is_empty() || !messages.is_empty(),
        "nothing found, and nothing told"
    );
    prop_assert!(
        messages
            .iter()
            .all(|message| message.row >= 1 && message.column != Some(0))
    );
    prop_assert!(messages.is_sorted_by_key(|message| message.row));
    for message in &messages {
        prop_assert!(
            !message.text(Lang::Sv).is_empty() && message.text(Lang::Sv) != message.text(Lang::En)
        );
    }
    for rubric in &rubrics {
        prop_assert!(rubric.criteria.len() <= CRITERIA_MAX && rubric.name.chars().count() <= 200);
        // What is sound is complete: later code can take it without looking again.
        if rubric.sound {
            prop_assert!(
                kit::Title::parse(&rubric.name).is_ok_and(|name| *name == *rubric.name)
                    && !rubric.criteria.is_empty()
            );
            for criterion in &rubric.criteria {
                prop_assert!(
                    kit::Title::parse(&criterion.name).is_ok()
                        && (1..=RATINGS_MAX).contains(&criterion.ratings.len())
                );
                prop_assert!(
                    criterion
                        .ratings
                        .iter()
                        .all(|rating| kit::Title::parse(&rating.name).is_ok())
                );
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn what_is_written_is_read_as_it_was(rubrics in rubrics(), form in form()) {
        let bytes = write(&rubrics, form);
        let sheet = read(&bytes);
        let told: Vec<_> = sheet.messages.iter().map(exchange::Message::code).collect();
        // Text without a letter outside ASCII is UTF-8 as well.
        let expected: &[&str] = if std::str::from_utf8(&bytes).is_err() && matches!(form.saved, Saved::Windows1252) { &["FILE_NOT_UTF8"] } else { &[] };
        prop_assert_eq!(told, expected);
        prop_assert_eq!(sheet.rubrics, rubrics);
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(bytes in vec(any::<u8>(), 0..600)) {
        check(&bytes)?;
    }

    #[test]
    fn any_cells_below_the_headings_are_read_without_a_panic(
        headings in vec(select(vec!["Rubric Name", "Criteria Name", "Criteria Description", "Criteria Enable Range", "Rating Name", "Rating Points", "Notes", ""]), 0..8),
        cells in vec(select(vec!["", " ", "R", "S", "C", "\"", "\"\"", "\"a\nb\"", ",", "\n", "\r\n", "\r", "1", "1,5", "-1", "1e9", "true", "å", "\u{fffd}", "\0", "\u{b}", "\u{feff}"]), 0..120),
    ) {
        let headings = [&["Rubric Name", "Criteria Name", "Rating Name"][..], &headings].concat().join(",");
        check(format!("{headings}\n{}", cells.join(",")).as_bytes())?;
        check(format!("{headings}\n{}", cells.concat()).as_bytes())?;
    }

    #[test]
    fn a_good_file_that_was_damaged_is_read_without_a_panic(rubrics in rubrics(), form in form(), damage in vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = write(&rubrics, form);
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        check(&bytes)?;
    }
}
