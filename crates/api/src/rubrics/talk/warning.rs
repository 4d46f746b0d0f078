//! Warnings: what a teacher should look at again. Nothing is refused for them.

use async_graphql::SimpleObject;
use kit::Lang;
use rubrics::NameLike;

/// Something in a text that you should look at again. It was saved all the same.
#[derive(Debug, Clone, PartialEq, Eq, SimpleObject)]
pub struct TextWarning {
    /// A stable code to branch on. Today there is one, `NAME_LIKE`: it looks like a pupil's name.
    pub code: String,
    /// The same for a person to read, in their language: what it looks like and what to do.
    pub message: String,
    /// Which part of `input` it is in, as field names and indexes.
    pub path: Vec<String>,
    /// Where it begins in that text, in characters from 0.
    pub at: i32,
    /// What stands there.
    pub words: String,
}

impl TextWarning {
    /// The warning of what looks like a name, at a path with points between its parts.
    pub(crate) fn of(lang: Lang, path: &str, name: &NameLike) -> Self {
        let words = &name.words;
        let message = match lang {
            Lang::Sv => format!(
                "”{words}” ser ut som en elevs namn. Här skriver vi om arbetet och undervisningen, aldrig om en viss elev. Ta bort namnet om det är en elevs."
            ),
            Lang::En => format!(
                "“{words}” looks like a pupil's name. Here we write about the work and the teaching, never about a certain pupil. Take the name out if it is one."
            ),
        };
        Self {
            code: "NAME_LIKE".to_owned(),
            message,
            path: path.split('.').map(str::to_owned).collect(),
            at: i32::try_from(name.at).unwrap_or(i32::MAX),
            words: words.clone(),
        }
    }

    /// The warnings of what looks like names, each with its path.
    pub(crate) fn of_each(lang: Lang, found: &[(String, NameLike)]) -> Vec<Self> {
        let found = found.iter();
        found
            .map(|(path, name)| Self::of(lang, path, name))
            .collect()
    }

    /// The warnings of one text; `spared` are names that may stand in it.
    pub(crate) fn all(lang: Lang, path: &str, text: &str, spared: &[&str]) -> Vec<Self> {
        let found = rubrics::name_like(text, spared);
        found
            .iter()
            .map(|name| Self::of(lang, path, name))
            .collect()
    }
}
