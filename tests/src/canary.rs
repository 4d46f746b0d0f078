//! Canaries: values that occur nowhere else, so that whoever sees one has seen the record that bears it.
//!
//! Every text, date and number of the test world is a canary of its record. A table written by hand says who may see which
//! record; [`judge`] holds what somebody saw against it.

use chrono::{Days, NaiveDate};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A text canary begins and ends like this; the record's name stands between.
const BEGIN: &str = "kanarie-";
const END: &str = "-slut";

/// The canaries of one world.
#[derive(Debug, Clone)]
pub struct Canaries {
    first_day: NaiveDate,
    first_number: u32,
    /// Each has the day and the number of its place.
    records: Vec<String>,
}

/// The values of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Canary {
    /// The record's name in the test's table, such as `rubrik-17`.
    pub record: String,
    day: NaiveDate,
    number: u32,
}

impl Canaries {
    /// A world without records. Dates of canaries are `first_day` and the days after it, numbers `first_number` and those after it:
    /// one per record. Choose them so that nothing else in the world is there.
    #[must_use]
    pub fn new(first_day: NaiveDate, first_number: u32) -> Self {
        Self {
            first_day,
            first_number,
            records: Vec::new(),
        }
    }

    /// The canary of a record; the same name gives the same canary.
    ///
    /// The name has small letters a–z, digits and hyphens, and nowhere `-slut`: so it survives addresses and search.
    ///
    /// # Panics
    ///
    /// If the name has anything else, or the days of the calendar are used up.
    pub fn of(&mut self, record: &str) -> Canary {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(
            !record.is_empty()
                && record.chars().all(fits)
                && !record.contains(END)
                && !record.ends_with('-'),
            "`{record}` is no name for a record with canaries"
        );
        let known = self.records.iter().position(|known| known == record);
        let place = known.unwrap_or_else(|| {
            self.records.push(record.to_owned());
            self.records.len() - 1
        });
        let place = u32::try_from(place).expect("a test has fewer records than that");
        Canary {
            record: record.to_owned(),
            day: self
                .first_day
                .checked_add_days(Days::new(place.into()))
                .expect("the calendar has more days than that"),
            number: self.first_number + place,
        }
    }

    /// The records of which something stands in an answer: in any of its texts, as a date or as a number, errors included.
    ///
    /// A text with a canary of another world is found too: its name is in it.
    #[must_use]
    pub fn seen(&self, answer: &Value) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        self.look(answer, &mut found);
        found
    }

    fn look(&self, value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::String(text) => {
                found.extend(named(text));
                let day = text.get(..10).and_then(|day| day.parse::<NaiveDate>().ok());
                found.extend(day.and_then(|day| self.at((day - self.first_day).num_days())));
            }
            Value::Number(number) => {
                let whole = number.as_i64().or_else(|| {
                    let number = number.as_f64()?;
                    #[expect(
                        clippy::cast_possible_truncation,
                        reason = "whole, and compared with small whole numbers alone"
                    )]
                    (number.fract() == 0.0).then_some(number as i64)
                });
                found.extend(
                    whole.and_then(|whole| self.at(whole.checked_sub(self.first_number.into())?)),
                );
            }
            Value::Array(items) => items.iter().for_each(|item| self.look(item, found)),
            Value::Object(fields) => fields.values().for_each(|field| self.look(field, found)),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn at(&self, place: i64) -> Option<String> {
        self.records.get(usize::try_from(place).ok()?).cloned()
    }
}

impl Canary {
    /// A text of the record: `what` it is, and its name, as `titel kanarie-rubrik-17-slut`.
    #[must_use]
    pub fn text(&self, what: &str) -> String {
        format!("{what} {}", self.word())
    }

    /// A text without spaces, for what stands in an address or is one word.
    #[must_use]
    pub fn word(&self) -> String {
        format!("{BEGIN}{}{END}", self.record)
    }

    /// A mail address of the record.
    #[must_use]
    pub fn mail(&self) -> String {
        format!("{}@example.org", self.word())
    }

    /// The record's own day.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        self.day
    }

    /// The record's own number.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.number
    }
}

/// The records named in a text, in whatever case it came back.
fn named(text: &str) -> Vec<String> {
    let text = text.to_lowercase();
    let after = text.split(BEGIN).skip(1);
    after
        .filter_map(|rest| rest.split_once(END))
        .map(|(record, _)| record.to_owned())
        .collect()
}

/// Who may see which record. Written by hand from the roles of the domain, never computed from the code that it judges.
#[derive(Debug, Clone, Default)]
pub struct Table(BTreeMap<String, BTreeSet<String>>);

impl Table {
    /// A table in which nobody may see anything.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the callers who may see a record; an empty list says that nobody may.
    #[must_use]
    pub fn row(mut self, record: &str, callers: &[&str]) -> Self {
        let row = self.0.entry(record.to_owned()).or_default();
        row.extend(callers.iter().map(|&caller| caller.to_owned()));
        self
    }

    /// Whether somebody may see a record. What is not in the table, nobody may.
    #[must_use]
    pub fn may(&self, record: &str, caller: &str) -> bool {
        self.0
            .get(record)
            .is_some_and(|callers| callers.contains(caller))
    }
}

/// Somebody and a record, where table and world do not agree.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    /// The record, as the table names it.
    pub record: String,
    /// Who saw it, as the table names them.
    pub caller: String,
}

impl fmt::Display for Leak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} saw {}", self.caller, self.record)
    }
}

/// What somebody saw and may not.
#[must_use]
pub fn judge(table: &Table, caller: &str, seen: &BTreeSet<String>) -> Vec<Leak> {
    let leaks = seen.iter().filter(|record| !table.may(record, caller));
    leaks
        .map(|record| Leak {
            record: record.clone(),
            caller: caller.to_owned(),
        })
        .collect()
}

/// The records that somebody may see and nobody saw: the test looks past them, or they are locked away from all.
///
/// `seen` is, by caller, all that was ever seen.
#[must_use]
pub fn unseen(table: &Table, seen: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let all: BTreeSet<&String> = seen.values().flatten().collect();
    let missed = table
        .0
        .iter()
        .filter(|(record, callers)| !callers.is_empty() && !all.contains(record));
    missed.map(|(record, _)| record.clone()).collect()
}

/// The pairs that the table allows and that never came to be: somebody is refused what is theirs, or the table allows too much.
#[must_use]
pub fn unused(table: &Table, seen: &BTreeMap<String, BTreeSet<String>>) -> Vec<Leak> {
    let mut pairs = Vec::new();
    for (record, callers) in &table.0 {
        let missed = callers
            .iter()
            .filter(|caller| !seen.get(*caller).is_some_and(|seen| seen.contains(record)));
        pairs.extend(missed.map(|caller| Leak {
            record: record.clone(),
            caller: caller.clone(),
        }));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn world() -> Canaries {
        Canaries::new(NaiveDate::from_ymd_opt(2031, 1, 1).unwrap(), 70_000)
    }

    fn set(records: &[&str]) -> BTreeSet<String> {
        records.iter().map(|&record| record.to_owned()).collect()
    }

    #[test]
    fn a_record_is_recognised_by_its_texts_its_day_and_its_number() {
        let mut world = world();
        let (rubric, anna) = (world.of("rubrik-17"), world.of("anna"));
        assert_eq!(rubric.text("Titel"), "Titel kanarie-rubrik-17-slut");
        assert_eq!(
            (rubric.day().to_string(), rubric.number()),
            ("2031-01-01".to_owned(), 70_000)
        );
        assert_eq!(
            world.of("rubrik-17"),
            rubric,
            "the same name, the same canary"
        );

        let cases = [
            (
                json!({"data": {"title": rubric.text("Läsning")}}),
                set(&["rubrik-17"]),
            ),
            (
                json!({"errors": [{"message": format!("<p>{} och {}</p>", rubric.word(), anna.mail())}]}),
                set(&["anna", "rubrik-17"]),
            ),
            (json!([[{"due": anna.day().to_string()}]]), set(&["anna"])),
            (
                json!(format!("{}T08:15:00.000Z", rubric.day())),
                set(&["rubrik-17"]),
            ),
            (json!({"points": 70_001.0}), set(&["anna"])),
            (json!("KANARIE-RUBRIK-99-SLUT"), set(&["rubrik-99"])),
        ];
        for (answer, seen) in cases {
            assert_eq!(world.seen(&answer), seen, "{answer}");
        }
    }

    #[test]
    fn what_is_no_canary_is_not_taken_for_one() {
        let mut world = world();
        world.of("rubrik-17");
        let answer = json!({
            "text": "kanariefågel, kanarie-halv, åäöåäöåäöåäö",
            "days": ["2030-12-31", "2031-01-02", "2031-01-0", "9999-99-99"],
            "numbers": [69_999, 70_001, 70_000.5, -70_000, i64::MIN, u64::MAX, 1e300],
            "none": [null, true],
        });
        assert_eq!(world.seen(&answer), BTreeSet::new());
    }

    #[test]
    #[should_panic(expected = "`Rubrik 17` is no name")]
    fn a_name_that_would_not_be_found_again_is_refused() {
        world().of("Rubrik 17");
    }

    #[test]
    fn the_table_decides_what_is_a_leak_and_what_was_missed() {
        let table = Table::new()
            .row("rubrik-17", &["anna", "bo"])
            .row("utkast", &["anna"])
            .row("hemlig", &[]);
        let leaks = judge(
            &table,
            "bo",
            &set(&["rubrik-17", "utkast", "hemlig", "okänd"]),
        );
        let leaks: Vec<String> = leaks.iter().map(ToString::to_string).collect();
        assert_eq!(leaks, ["bo saw hemlig", "bo saw okänd", "bo saw utkast"]);

        let seen = BTreeMap::from([
            ("anna".to_owned(), set(&[])),
            ("bo".to_owned(), set(&["rubrik-17"])),
        ]);
        assert_eq!(unseen(&table, &seen), ["utkast"]);
        let unused: Vec<(String, String)> = unused(&table, &seen)
            .into_iter()
            .map(|pair| (pair.record, pair.caller))
            .collect();
        let pair = |record: &str| (record.to_owned(), "anna".to_owned());
        assert_eq!(unused, [pair("rubrik-17"), pair("utkast")]);
    }
}
