//! What every code list shares: a stable code, names, and when it is valid.

use chrono::NaiveDate;
use kit::Lang;

/// When a code may be chosen. What was chosen before keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// The first day.
    pub from: NaiveDate,
    /// The last day; `None` while no end is known.
    pub to: Option<NaiveDate>,
}

impl Validity {
    /// From the first of July of `year`, when a Swedish school year's rules begin, without a known end.
    pub(crate) const fn since(year: i32) -> Self {
        Self {
            from: NaiveDate::from_ymd_opt(year, 7, 1).expect("every year has a first of July"),
            to: None,
        }
    }

    /// Whether the code may be chosen on `day`.
    #[must_use]
    pub fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

/// Text that is no code of the list.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{found}` is not a code of the list {list}")]
pub struct UnknownCode {
    /// The list that was looked in.
    pub list: &'static str,
    /// What was found, cut to 40 characters.
    pub found: String,
}

impl UnknownCode {
    /// What was wrong and what to do.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let Self { list, found } = self;
        lang.pick(
            format!("Koden ”{found}” finns inte i kodlistan {list}. Välj en kod ur listan."),
            format!("The code “{found}” is not in the list {list}. Choose a code from the list."),
        )
    }
}

/// One entry of a code list.
pub trait Code: Copy + Eq + Sized + 'static {
    /// The list's name, as errors say it.
    const LIST: &'static str;

    /// Every entry, in the order in which a teacher expects them.
    const ALL: &'static [Self];

    /// The stable code, as stored and as the schema names it.
    fn code(self) -> &'static str;

    /// What it is called.
    fn name(self, lang: Lang) -> &'static str;

    /// When it may be chosen.
    fn validity(self) -> Validity;

    /// The entry with this code, as it is written in a file or in the database.
    ///
    /// # Errors
    ///
    /// [`UnknownCode`] for anything else; upper and lower case are told apart.
    fn parse(text: &str) -> Result<Self, UnknownCode> {
        Self::ALL
            .iter()
            .copied()
            .find(|entry| entry.code() == text)
            .ok_or_else(|| UnknownCode {
                list: Self::LIST,
                found: text.chars().take(40).collect(),
            })
    }

    /// The entries that may be chosen on `day`.
    fn valid_on(day: NaiveDate) -> impl Iterator<Item = Self> {
        Self::ALL
            .iter()
            .copied()
            .filter(move |entry| entry.validity().holds_on(day))
    }
}

/// Codes travel as text in JSON and in CSV files.
macro_rules! code_as_text {
    ($name:ident) => {
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(crate::Code::code(*self))
            }
        }

        impl std::str::FromStr for $name {
            type Err = crate::UnknownCode;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                crate::Code::parse(text)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(crate::Code::code(*self))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                crate::Code::parse(&text).map_err(serde::de::Error::custom)
            }
        }
    };
}
pub(crate) use code_as_text;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{KeyStrategy, SchoolForm, Subject, Year};
    use std::{collections::BTreeSet, fmt::Debug};

    fn check<C: Code + Debug + serde::Serialize + serde::de::DeserializeOwned>() {
        let codes: BTreeSet<_> = C::ALL.iter().map(|entry| entry.code()).collect();
        assert_eq!(codes.len(), C::ALL.len(), "{}: a code twice", C::LIST);
        for entry in C::ALL.iter().copied() {
            assert_eq!(C::parse(entry.code()), Ok(entry));
            let json = serde_json::to_string(&entry).unwrap();
            assert_eq!(json, format!("\"{}\"", entry.code()));
            assert_eq!(serde_json::from_str::<C>(&json).unwrap(), entry);
            for lang in [Lang::Sv, Lang::En] {
                assert!(!entry.name(lang).is_empty(), "{entry:?}");
            }
        }
        for wrong in ["", "x", "sv ", "förskola"] {
            assert!(C::parse(wrong).is_err(), "{}: {wrong}", C::LIST);
        }
    }

    #[test]
    fn every_code_is_there_once_is_named_and_is_read_back() {
        check::<SchoolForm>();
        check::<Subject>();
        check::<Year>();
        check::<KeyStrategy>();
    }

    #[test]
    fn a_code_holds_from_its_first_day_to_its_last() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let validity = Validity {
            from: day("2011-07-01"),
            to: Some(day("2022-06-30")),
        };
        for (on, holds) in [
            ("2011-06-30", false),
            ("2011-07-01", true),
            ("2022-06-30", true),
            ("2022-07-01", false),
        ] {
            assert_eq!(validity.holds_on(day(on)), holds, "{on}");
        }
        assert_eq!(Subject::valid_on(day("1900-01-01")).count(), 0);
        assert_eq!(
            Subject::valid_on(day("2026-09-07")).count(),
            Subject::ALL.len()
        );
    }

    #[test]
    fn an_unknown_code_is_told_in_both_languages_and_cut() {
        let error = Subject::parse(&"Å".repeat(1_000)).unwrap_err();
        assert_eq!(error.found.chars().count(), 40);
        assert!(error.message(Lang::Sv).contains("ämnen"));
        assert!(error.message(Lang::En).contains("ÅÅÅ"));
    }
}
