//! Codes that the program itself knows the meaning of: stable, and read back from text.

use kit::Lang;

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
    /// `text` is no code of `list`.
    #[must_use]
    pub fn of(list: &'static str, text: &str) -> Self {
        Self {
            list,
            found: text.chars().take(40).collect(),
        }
    }

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
            .ok_or_else(|| UnknownCode::of(Self::LIST, text))
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
    use crate::{Grade, KeyStrategy, SchoolForm, Year};
    use std::{collections::BTreeSet, fmt::Debug};

    fn check<C: Code + Debug + serde::Serialize + serde::de::DeserializeOwned>() {
        let codes: BTreeSet<_> = C::ALL.iter().map(|entry| entry.code()).collect();
        assert_eq!(codes.len(), C::ALL.len(), "{}: a code twice", C::LIST);
        for entry in C::ALL.iter().copied() {
            assert_eq!(C::parse(entry.code()), Ok(entry));
            let json = serde_json::to_string(&entry).unwrap();
            assert_eq!(json, format!("\"{}\"", entry.code()));
            assert_eq!(serde_json::from_str::<C>(&json).unwrap(), entry);
        }
        for wrong in ["", "x", "sv ", "förskola"] {
            assert!(C::parse(wrong).is_err(), "{}: {wrong}", C::LIST);
        }
    }

    #[test]
    fn every_code_is_there_once_and_is_read_back() {
        check::<SchoolForm>();
        check::<Grade>();
        check::<Year>();
        check::<KeyStrategy>();
    }

    #[test]
    fn an_unknown_code_is_told_in_both_languages_and_cut() {
        let error = SchoolForm::parse(&"Å".repeat(1_000)).unwrap_err();
        assert_eq!(error.found.chars().count(), 40);
        assert!(error.message(Lang::Sv).contains("skolformer"));
        assert!(error.message(Lang::En).contains("ÅÅÅ"));
    }
}
