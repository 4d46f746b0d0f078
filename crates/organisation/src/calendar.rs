//! The school's own time: school years, terms, days off, and counting in school days. Pure.

use crate::Error;
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};
use chrono_tz::Europe::Stockholm;
use kit::{DayOffId, Instant, Name, SchoolYearId, TermId};

/// Most terms in one school year.
pub const TERMS_MAX: usize = 4;
/// Most stretches off in one school year.
pub const DAYS_OFF_MAX: usize = 60;
const YEAR_DAYS_MAX: i64 = 400;

/// Autumn or spring (HT, VT).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TermKind {
    /// Hösttermin.
    Autumn,
    /// Vårtermin.
    Spring,
}

impl TermKind {
    /// The stable code, as stored and as the schema names it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Autumn => "AUTUMN",
            Self::Spring => "SPRING",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Autumn, Self::Spring]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// A term (termin).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Its id.
    pub id: TermId,
    /// Autumn or spring.
    pub kind: TermKind,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
}

/// A day or stretch without school (lov, studiedag, röd dag).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayOff {
    /// Its id.
    pub id: DayOffId,
    /// What it is called: Sportlov.
    pub name: Name,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day; the same as the first when it is one day.
    pub ends_on: NaiveDate,
}

/// A school year (läsår) of the organiser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchoolYear {
    /// Its id.
    pub id: SchoolYearId,
    /// What it is called: 2026/27.
    pub name: Name,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// Its terms, in order.
    pub terms: Vec<Term>,
    /// Its days off, in order.
    pub days_off: Vec<DayOff>,
    /// Rises with every save.
    pub version: i64,
}

impl SchoolYear {
    /// Whether its dates make sense: in order, inside the year, terms apart.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let terms = self.terms.iter().map(|term| (term.starts_on, term.ends_on));
        let off = self.days_off.iter().map(|off| (off.starts_on, off.ends_on));
        if self.terms.len() > TERMS_MAX || self.days_off.len() > DAYS_OFF_MAX {
            return Err(Error::TooManyDates);
        }
        let whole = (self.starts_on, self.ends_on);
        if terms
            .clone()
            .chain(off.clone())
            .chain([whole])
            .any(|(from, to)| to < from)
        {
            return Err(Error::DatesReversed);
        }
        if (self.ends_on - self.starts_on).num_days() >= YEAR_DAYS_MAX {
            return Err(Error::YearTooLong);
        }
        if terms
            .clone()
            .chain(off)
            .any(|(from, to)| from < self.starts_on || self.ends_on < to)
        {
            return Err(Error::OutsideYear);
        }
        let mut terms: Vec<_> = terms.collect();
        terms.sort_unstable();
        if terms.windows(2).any(|pair| pair[1].0 <= pair[0].1) {
            return Err(Error::TermsOverlap);
        }
        Ok(())
    }
}

/// The organiser's school years, to count in.
#[derive(Debug, Clone, Default)]
pub struct Calendar {
    /// The years, in order; no two share a day.
    pub years: Vec<SchoolYear>,
}

impl Calendar {
    /// The term that `day` lies in; `None` between terms and outside of the known years.
    #[must_use]
    pub fn term_of(&self, day: NaiveDate) -> Option<&Term> {
        self.years
            .iter()
            .flat_map(|year| &year.terms)
            .find(|term| term.starts_on <= day && day <= term.ends_on)
    }

    /// Whether pupils are at school on `day`: Monday to Friday, in a term, not off.
    #[must_use]
    pub fn is_school_day(&self, day: NaiveDate) -> bool {
        !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
            && self.term_of(day).is_some()
            && !self
                .years
                .iter()
                .flat_map(|year| &year.days_off)
                .any(|off| off.starts_on <= day && day <= off.ends_on)
    }

    /// The last day of the school year that `day` lies in, or between two years that of the next.
    ///
    /// Where the organiser has saved none that fits, a school year ends on the thirtieth of June; from the fifteenth on it is the next one.
    #[must_use]
    pub fn end_of_school_year(&self, day: NaiveDate) -> NaiveDate {
        let year = day.year() + i32::from((day.month(), day.day()) >= (6, 15));
        let usual = NaiveDate::from_ymd_opt(year, 6, 30).unwrap_or(NaiveDate::MAX);
        self.years
            .iter()
            .filter(|year| day <= year.ends_on && year.starts_on <= usual)
            .map(|year| year.ends_on)
            .min()
            .unwrap_or(usual)
    }

    /// The `count`th school day after `day`; `day` itself when `count` is 0.
    ///
    /// `None` when the known school years do not reach so far: the caller then counts in plain days and says so.
    #[must_use]
    pub fn add_school_days(&self, day: NaiveDate, count: u16) -> Option<NaiveDate> {
        let end = self.years.iter().map(|year| year.ends_on).max();
        let mut left = count;
        let mut day = day;
        while left > 0 {
            day = day.checked_add_days(Days::new(1))?;
            if end.is_none_or(|end| end < day) {
                return None;
            }
            left -= u16::from(self.is_school_day(day));
        }
        Some(day)
    }
}

/// The day it is at a Swedish school.
#[must_use]
pub fn today(now: Instant) -> NaiveDate {
    now.with_timezone(&Stockholm).date_naive()
}

/// The moment at which `day` begins at a Swedish school.
pub(crate) fn start_of(day: NaiveDate) -> Instant {
    Stockholm
        .from_local_datetime(&day.and_time(NaiveTime::MIN))
        .earliest()
        .map_or(DateTime::UNIX_EPOCH, |start| start.with_timezone(&Utc))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use testkit::id;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn year() -> SchoolYear {
        let term = |number, kind, from, to| Term {
            id: id(number),
            kind,
            starts_on: day(from),
            ends_on: day(to),
        };
        let off = |number, name: &str, from, to| DayOff {
            id: id(number),
            name: Name::parse(name).unwrap(),
            starts_on: day(from),
            ends_on: day(to),
        };
        SchoolYear {
            id: id(1),
            name: Name::parse("2026/27").unwrap(),
            starts_on: day("2026-08-17"),
            ends_on: day("2027-06-11"),
            terms: vec![
                term(2, TermKind::Autumn, "2026-08-17", "2026-12-18"),
                term(3, TermKind::Spring, "2027-01-11", "2027-06-11"),
            ],
            days_off: vec![
                off(4, "Höstlov", "2026-10-26", "2026-10-30"),
                off(5, "Studiedag", "2026-09-14", "2026-09-14"),
            ],
            version: 1,
        }
    }

    fn calendar() -> Calendar {
        Calendar {
            years: vec![year()],
        }
    }

    #[test]
    fn a_school_day_is_a_weekday_in_a_term_that_is_not_off() {
        for (on, expected) in [
            ("2026-08-16", false),
            ("2026-08-17", true),
            ("2026-08-22", false),
            ("2026-09-14", false),
            ("2026-10-28", false),
            ("2026-12-18", true),
            ("2026-12-21", false),
            ("2027-01-11", true),
            ("2027-06-14", false),
        ] {
            assert_eq!(calendar().is_school_day(day(on)), expected, "{on}");
        }
    }

    #[test]
    fn school_days_are_counted_over_weekends_days_off_and_holidays() {
        for (from, count, expected) in [
            ("2026-08-17", 0, Some("2026-08-17")),
            ("2026-08-17", 1, Some("2026-08-18")),
            ("2026-08-21", 1, Some("2026-08-24")),
            ("2026-09-11", 1, Some("2026-09-15")),
            ("2026-10-23", 1, Some("2026-11-02")),
            ("2026-12-18", 1, Some("2027-01-11")),
            ("2027-06-11", 1, None),
            ("2027-06-10", 400, None),
        ] {
            assert_eq!(
                calendar().add_school_days(day(from), count),
                expected.map(day),
                "{from} + {count}"
            );
        }
        assert_eq!(
            Calendar::default().add_school_days(day("2026-08-17"), 1),
            None
        );
        assert_eq!(calendar().add_school_days(NaiveDate::MAX, 1), None);
    }

    #[test]
    fn a_school_year_ends_as_the_organiser_says_or_at_midsummer() {
        for (on, saved, usual) in [
            ("2026-08-17", "2027-06-11", "2027-06-30"),
            ("2027-06-11", "2027-06-11", "2027-06-30"),
            // In the summer it is the next one that counts.
            ("2026-07-01", "2027-06-11", "2027-06-30"),
            ("2026-06-15", "2027-06-11", "2027-06-30"),
            // The saved ones are over, or far away.
            ("2027-06-14", "2027-06-30", "2027-06-30"),
            ("2027-06-15", "2028-06-30", "2028-06-30"),
            ("2025-10-01", "2026-06-30", "2026-06-30"),
        ] {
            let ends = |calendar: Calendar| calendar.end_of_school_year(day(on));
            assert_eq!(ends(calendar()), day(saved), "{on}");
            assert_eq!(ends(Calendar::default()), day(usual), "{on}: none saved");
        }
    }

    #[test]
    fn a_day_lies_in_its_term_or_in_none() {
        let calendar = calendar();
        let kind = |on| calendar.term_of(day(on)).map(|term| term.kind);
        assert_eq!(kind("2026-12-18"), Some(TermKind::Autumn));
        assert_eq!(kind("2026-12-19"), None);
        assert_eq!(kind("2027-02-01"), Some(TermKind::Spring));
    }

    #[test]
    fn dates_that_make_no_sense_are_refused() {
        type Change = fn(&mut SchoolYear);
        let cases: &[(&str, Change, &str)] = &[
            (
                "ends before it starts",
                |y| y.ends_on = day("2026-08-01"),
                "ORGANISATION_DATES_REVERSED",
            ),
            (
                "a reversed term",
                |y| y.terms[0].ends_on = day("2026-08-01"),
                "ORGANISATION_DATES_REVERSED",
            ),
            (
                "a reversed day off",
                |y| y.days_off[0].ends_on = day("2026-08-01"),
                "ORGANISATION_DATES_REVERSED",
            ),
            (
                "401 days",
                |y| y.ends_on = day("2027-09-21"),
                "ORGANISATION_YEAR_TOO_LONG",
            ),
            (
                "a term before the year",
                |y| y.terms[0].starts_on = day("2026-08-16"),
                "ORGANISATION_OUTSIDE_YEAR",
            ),
            (
                "a day off after the year",
                |y| y.days_off[0].ends_on = day("2027-06-12"),
                "ORGANISATION_OUTSIDE_YEAR",
            ),
            (
                "terms that share a day",
                |y| y.terms[1].starts_on = day("2026-12-18"),
                "ORGANISATION_TERMS_OVERLAP",
            ),
            (
                "five terms",
                |y| y.terms = vec![y.terms[0].clone(); 5],
                "ORGANISATION_TOO_MANY_DATES",
            ),
        ];
        assert!(year().check().is_ok());
        for (case, change, code) in cases {
            let mut year = year();
            change(&mut year);
            let error = year.check().unwrap_err();
            assert_eq!(kit::Fault::code(&error), *code, "{case}");
        }
    }

    #[test]
    fn a_day_begins_at_midnight_in_sweden() {
        let evening = "2026-09-07T22:30:00Z".parse().unwrap();
        assert_eq!(today(evening), day("2026-09-08"));
        assert_eq!(
            start_of(day("2026-09-08")).to_rfc3339(),
            "2026-09-07T22:00:00+00:00"
        );
    }

    proptest! {
        #[test]
        fn what_is_counted_is_a_school_day_and_as_many_lie_between(offset in 0u64..290, count in 1u16..60) {
            let from = day("2026-08-17") + Days::new(offset);
            if let Some(to) = calendar().add_school_days(from, count) {
                prop_assert!(calendar().is_school_day(to));
                let between = from.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| calendar().is_school_day(*day)).count();
                prop_assert_eq!(between, usize::from(count));
            }
        }
    }
}
