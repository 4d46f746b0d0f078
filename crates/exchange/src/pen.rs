//! Texts of a file, written as the rooms keep them; what does not fit is told with its place.

use crate::{Problem, message::Place, messages::Messages};
use kit::{Bilingual, Body, Lang, Text, TextError, Title};

/// Writes texts in one language.
pub(crate) struct Pen<'a> {
    pub(crate) lang: Lang,
    pub(crate) messages: &'a mut Messages,
}

impl Pen<'_> {
    /// Tells something about a place.
    pub(crate) fn tell(&mut self, place: &Place, problem: Problem) {
        self.messages.at(place, problem);
    }

    /// A name of one line, cut when it is too long; `None` when nothing stands there.
    pub(crate) fn title(&mut self, place: &Place, text: &str) -> Option<Bilingual<Title>> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let line = lines.collect::<Vec<_>>().join(" ");
        let (line, is_cut) = cut(&line);
        if is_cut {
            self.tell(place, Problem::TextCut { max: Title::MAX });
        }
        self.text(place, &line)
    }

    /// A name and what follows it: the first line, and the others. Of a first line that is too long for a name the whole is in what follows.
    pub(crate) fn name(
        &mut self,
        place: &Place,
        text: &str,
    ) -> (Option<Bilingual<Title>>, Option<Bilingual<Body>>) {
        let text = text.trim();
        let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
        let (first, is_cut) = cut(first.trim());
        let title = self.text(place, &first);
        if is_cut {
            self.tell(place, Problem::TextCut { max: Title::MAX });
        }
        (title, self.body(place, if is_cut { text } else { rest }))
    }

    /// A text of several lines; `None` when nothing stands there.
    pub(crate) fn body(&mut self, place: &Place, text: &str) -> Option<Bilingual<Body>> {
        self.text(place, text)
    }

    fn text<const MAX: usize, const LINES: bool>(
        &mut self,
        place: &Place,
        text: &str,
    ) -> Option<Bilingual<Text<MAX, LINES>>> {
        let text = self.read(place, text)?;
        said(text, self.lang)
    }

    /// A text as it is kept; `None` when nothing stands there, or something that cannot be kept, which is told.
    pub(crate) fn read<const MAX: usize, const LINES: bool>(
        &mut self,
        place: &Place,
        text: &str,
    ) -> Option<Text<MAX, LINES>> {
        if text.contains(char::REPLACEMENT_CHARACTER) {
            self.tell(place, Problem::TextDamaged);
        }
        match Text::parse(text) {
            Ok(text) => Some(text),
            Err(TextError::Empty) => None,
            Err(TextError::TooLong { max, found }) => {
                self.tell(place, Problem::TextTooLong { max, found });
                None
            }
            Err(TextError::Control) => {
                self.tell(place, Problem::TextControl);
                None
            }
        }
    }
}

/// A text in one language.
pub(crate) fn said<T>(text: T, lang: Lang) -> Option<Bilingual<T>> {
    match lang {
        Lang::Sv => Bilingual::of(Some(text), None),
        Lang::En => Bilingual::of(None, Some(text)),
    }
}

/// A line that fits a name, cut at the end of a word, and whether it was cut.
fn cut(line: &str) -> (String, bool) {
    if line.chars().count() <= Title::MAX {
        return (line.to_owned(), false);
    }
    let mut kept: String = line.chars().take(Title::MAX - 1).collect();
    if let Some((words, _)) = kept.rsplit_once(' ')
        && words.chars().count() > Title::MAX / 2
    {
        kept = words.to_owned();
    }
    kept.push('…');
    (kept, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_at_a_word_and_nothing_is_lost() {
        let mut messages = Messages::default();
        let mut pen = Pen {
            lang: Lang::Sv,
            messages: &mut messages,
        };
        let long = "Eleven resonerar ".repeat(20);
        let (title, rest) = pen.name(&Place::FILE, &long);
        let title = title.unwrap();
        assert!(title.read(Lang::Sv).ends_with('…') && title.read(Lang::Sv).chars().count() <= 200);
        assert_eq!(rest.unwrap().read(Lang::Sv).as_str(), long.trim());
        assert_eq!(messages.in_order()[0].code(), "TEXT_CUT");
    }
}
