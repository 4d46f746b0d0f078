//! Text in two languages, as the schema shows and takes it.

use async_graphql::{ComplexObject, Context, InputObject, Result, SimpleObject};
use kit::{Bilingual, Problem, Text};
use store::Cx;

/// A text in Swedish, in English or in both.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(complex)]
pub struct Words {
    /// The Swedish text, if there is one.
    sv: Option<String>,
    /// The English text, if there is one.
    en: Option<String>,
}

#[ComplexObject]
impl Words {
    /// The text in the reader's language, or in the other one when that is missing.
    async fn text(&self, ctx: &Context<'_>) -> Result<&str> {
        let cx: &Cx = ctx.data()?;
        let (first, second) = cx.lang.pick((&self.sv, &self.en), (&self.en, &self.sv));
        Ok(first.as_deref().or(second.as_deref()).unwrap_or_default())
    }
}

impl<const MAX: usize, const LINES: bool> From<&Bilingual<Text<MAX, LINES>>> for Words {
    fn from(text: &Bilingual<Text<MAX, LINES>>) -> Self {
        Self {
            sv: text.sv().map(|text| text.as_str().to_owned()),
            en: text.en().map(|text| text.as_str().to_owned()),
        }
    }
}

/// A text in Swedish, in English or in both. At least one is needed where the text is required.
#[derive(Debug, Clone, InputObject)]
pub struct WordsInput {
    /// The Swedish text.
    sv: Option<String>,
    /// The English text.
    en: Option<String>,
}

/// Reads an input to its end, so that everything that is wrong is said at once.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    problems: Vec<Problem>,
}

impl Reading {
    /// What was read, or everything that was wrong.
    pub(crate) fn done<T>(self, read: Option<T>) -> std::result::Result<T, BadInput> {
        match read {
            Some(read) if self.problems.is_empty() => Ok(read),
            _ => Err(BadInput(self.problems)),
        }
    }

    /// Says that something is wrong at `path`.
    pub(crate) fn wrong(&mut self, path: &str, code: &'static str, sv: &str, en: &str) {
        self.problems.push(Problem {
            path: path.to_owned(),
            code,
            sv: sv.to_owned(),
            en: en.to_owned(),
        });
    }

    /// One text.
    pub(crate) fn text<const MAX: usize, const LINES: bool>(
        &mut self,
        path: &str,
        text: &str,
    ) -> Option<Text<MAX, LINES>> {
        match Text::parse(text) {
            Ok(text) => Some(text),
            Err(error) => {
                self.problems.push(Problem {
                    path: path.to_owned(),
                    code: "BAD_TEXT",
                    sv: error.message(kit::Lang::Sv),
                    en: error.message(kit::Lang::En),
                });
                None
            }
        }
    }

    /// A text that must be there in at least one language.
    pub(crate) fn words<const MAX: usize, const LINES: bool>(
        &mut self,
        path: &str,
        words: &WordsInput,
    ) -> Option<Bilingual<Text<MAX, LINES>>> {
        let read = self.words_or_none(path, Some(words));
        if read.is_none() && words.sv.is_none() && words.en.is_none() {
            self.wrong(
                path,
                "BAD_TEXT",
                "Skriv texten på svenska, på engelska eller på båda.",
                "Write the text in Swedish, in English or in both.",
            );
        }
        read
    }

    /// A text that may be left out. An empty one counts as left out.
    pub(crate) fn words_or_none<const MAX: usize, const LINES: bool>(
        &mut self,
        path: &str,
        words: Option<&WordsInput>,
    ) -> Option<Bilingual<Text<MAX, LINES>>> {
        let words = words?;
        let mut side = |name: &str, text: &Option<String>| {
            let text = text.as_deref().filter(|text| !text.trim().is_empty())?;
            self.text(&format!("{path}.{name}"), text)
        };
        let (sv, en) = (side("sv", &words.sv), side("en", &words.en));
        Bilingual::of(sv, en)
    }
}

/// An input that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("the input cannot be read")]
pub(crate) struct BadInput(Vec<Problem>);

impl BadInput {
    /// Everything that is wrong.
    pub(crate) fn into_problems(self) -> Vec<Problem> {
        self.0
    }
}

impl kit::Fault for BadInput {
    fn kind(&self) -> kit::Kind {
        kit::Kind::Invalid
    }

    fn code(&self) -> &'static str {
        "BAD_INPUT"
    }

    fn message(&self, lang: kit::Lang) -> std::borrow::Cow<'static, str> {
        lang.pick(
            "Något i det som skickades går inte att läsa.",
            "Something in what was sent cannot be read.",
        )
        .into()
    }

    fn problems(&self) -> &[Problem] {
        &self.0
    }
}
