//! The two languages.

use serde::{Deserialize, Serialize};

/// A language of the house. Swedish first, English beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Svenska.
    #[default]
    Sv,
    /// English.
    En,
}

impl Lang {
    /// `sv` or `en`, as stored and as `Accept-Language` names it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Sv => "sv",
            Self::En => "en",
        }
    }

    /// The language with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        match code {
            "sv" => Some(Self::Sv),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    /// The Swedish or the English of two texts.
    #[must_use]
    pub fn pick<T>(self, sv: T, en: T) -> T {
        match self {
            Self::Sv => sv,
            Self::En => en,
        }
    }
}

/// A text in Swedish, in English or in both; never in neither.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Bilingual<T> {
    /// The Swedish text.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    sv: Option<T>,
    /// The English text.
    #[serde(default = "none", skip_serializing_if = "Option::is_none")]
    en: Option<T>,
}

fn none<T>() -> Option<T> {
    None
}

impl<T> Bilingual<T> {
    /// A text in at least one language; `None` when both are missing.
    #[must_use]
    pub fn of(sv: Option<T>, en: Option<T>) -> Option<Self> {
        (sv.is_some() || en.is_some()).then_some(Self { sv, en })
    }

    /// The Swedish text, if there is one.
    #[must_use]
    pub const fn sv(&self) -> Option<&T> {
        self.sv.as_ref()
    }

    /// The English text, if there is one.
    #[must_use]
    pub const fn en(&self) -> Option<&T> {
        self.en.as_ref()
    }

    /// The text in `lang`, or in the other language when that one is missing.
    #[must_use]
    pub fn read(&self, lang: Lang) -> &T {
        let (first, second) = lang.pick((&self.sv, &self.en), (&self.en, &self.sv));
        first
            .as_ref()
            .or(second.as_ref())
            .expect("a bilingual text is made with at least one language")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_in_the_wanted_language_or_else_in_the_other() {
        let both = Bilingual::of(Some("nivå"), Some("level")).unwrap();
        assert_eq!(
            (both.read(Lang::Sv), both.read(Lang::En)),
            (&"nivå", &"level")
        );
        let swedish = Bilingual::of(Some("nivå"), None).unwrap();
        assert_eq!(swedish.read(Lang::En), &"nivå");
        assert_eq!(Bilingual::<&str>::of(None, None), None);
    }
}
