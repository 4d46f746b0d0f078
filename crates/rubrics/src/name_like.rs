//! What looks like a pupil's name in a text: a reason to look again, never to refuse.
//!
//! | what stands there | why it is named |
//! |---|---|
//! | *eleven Ali*, *Ali i 7B*, *Alvas vårdnadshavare* | a given name with a word beside it that is said of one pupil or class |
//! | *eleverna, särskilt Ali* | a given name close to a word for pupils, and no surname behind it |
//! | *Ali K.*, *Ali K* | a given name with a surname's initial |
//!
//! A given name alone is none: colleagues have names, and so have those who wrote what pupils read. Neither is a given name with a surname, unless a word for one
//! pupil stands before it; nor a name that was mentioned as a colleague's; nor a name that is a word too, where a sentence begins.

use std::{collections::HashSet, ops::Range, sync::LazyLock};

/// The names, with whence they come in the file.
static GIVEN: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../data/given-names.txt")
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// Given names that are words too: where a sentence begins they are taken for the word.
const WORDS_TOO: &[&str] = &[
    "Ask", "Atlas", "Aurora", "Bill", "Björn", "Bo", "Flora", "Frank", "Iris", "Isa", "Jack",
    "Lion", "Liv", "Lo", "Love", "Lykke", "Max", "Mina", "My", "Nova", "Penny", "Per", "Rosa",
    "Saga", "Siri", "Sten", "Stig", "Tim", "Uno", "Vera", "Viola",
];

/// Words that are said of one pupil: a name right beside them is that pupil's.
const OF_ONE: &[&str] = &[
    "elev",
    "eleven",
    "elevens",
    "pojken",
    "pojkens",
    "flickan",
    "flickans",
    "vårdnadshavare",
    "vårdnadshavaren",
    "mamma",
    "pappa",
    "pupil",
    "student",
    "boy",
    "girl",
    "klasskamraten",
];

/// Words that are said of pupils: a name close to them may be one's.
const OF_SOME: &[&str] = &[
    "elever",
    "eleverna",
    "elevernas",
    "klass",
    "klassen",
    "klassens",
    "barn",
    "barnet",
    "barnets",
    "barnen",
    "åk",
    "årskurs",
    "gruppen",
    "pupils",
    "students",
    "class",
    "child",
    "children",
];

/// How many words lie between a name and a word for pupils, at most.
const CLOSE: usize = 3;

/// Something in a text that looks like a pupil's name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameLike {
    /// Where it begins, in characters.
    pub at: usize,
    /// What stands there.
    pub words: String,
}

/// A word of a text.
struct Word<'a> {
    text: &'a str,
    /// Where it begins, in bytes.
    at: usize,
    /// Whether a sentence begins with it.
    begins: bool,
    /// Whether it stands behind an at sign: a mention.
    is_mention: bool,
}

impl Word<'_> {
    fn end(&self) -> usize {
        self.at + self.text.len()
    }

    fn is_capitalised(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_uppercase)
    }

    /// The given name that it is, also with a genitive s.
    fn given(&self) -> Option<&str> {
        if GIVEN.contains(self.text) {
            return Some(self.text);
        }
        let bare = self.text.strip_suffix('s')?;
        GIVEN.contains(bare).then_some(bare)
    }

    /// A class such as 7B.
    fn is_class(&self) -> bool {
        let mut chars = self.text.chars();
        matches!(
            (chars.next(), chars.next(), chars.next()),
            (Some('1'..='9'), Some('A'..='H' | 'a'..='h'), None)
        )
    }

    fn is_one_of(&self, words: &[&str]) -> bool {
        words.contains(&self.text.to_lowercase().as_str())
    }
}

/// What looks like a pupil's name in a text, in its order. `spared` are names of people who may be named in it, such as mentioned colleagues.
#[must_use]
pub fn name_like(text: &str, spared: &[&str]) -> Vec<NameLike> {
    let words = split(text);
    let spared: HashSet<&str> = spared
        .iter()
        .flat_map(|name| name.split_whitespace())
        .collect();
    let mut found = Vec::new();
    let mut passed = 0;
    for (at, word) in words.iter().enumerate() {
        if at < passed || word.is_mention {
            continue;
        }
        let Some(given) = word.given().filter(|given| !spared.contains(given)) else {
            continue;
        };
        if word.begins && WORDS_TOO.contains(&given) {
            continue;
        }
        if let Some(range) = looks_like(text, &words, at) {
            passed = at + range.len();
            let (first, last) = (&words[range.start], &words[range.end - 1]);
            found.push(NameLike {
                at: piece(text, 0..first.at).chars().count(),
                words: piece(text, first.at..last.end()).to_owned(),
            });
        }
    }
    found
}

/// The words that make the name at `at` look like a pupil's, if it does.
fn looks_like(text: &str, words: &[Word<'_>], at: usize) -> Option<Range<usize>> {
    let next = words
        .get(at + 1)
        .filter(|next| is_joined(text, &words[at], next));
    if next.is_some() && is_initial(text, &words[at + 1]) {
        return Some(at..at + 2);
    }
    let has_surname = next.is_some_and(|next| {
        next.is_capitalised() && next.text.chars().count() > 1 && !next.is_class()
    });
    let before = at
        .checked_sub(1)
        .map(|before| &words[before])
        .filter(|before| is_joined(text, before, &words[at]));
    if before.is_some_and(|before| before.is_one_of(OF_ONE)) {
        return Some(at..at + 1 + usize::from(has_surname));
    }
    if has_surname {
        return None;
    }
    if next.is_some_and(|next| next.is_one_of(OF_ONE)) {
        return Some(at..at + 1);
    }
    let from = at.saturating_sub(CLOSE + 1);
    let to = words.len().min(at + CLOSE + 2);
    let close = (from..to).filter(|beside| *beside != at);
    let mut close = close.filter(|beside| in_one_sentence(words, at, *beside));
    close
        .any(|beside| words[beside].is_one_of(OF_SOME) || words[beside].is_class())
        .then_some(at..at + 1)
}

/// Whether the word is one capital letter that stands for a surname.
fn is_initial(text: &str, word: &Word<'_>) -> bool {
    let mut chars = word.text.chars();
    let is_letter = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none();
    // "Alma A-nivå" and "Alma A/B" speak of a level.
    let goes_on = piece(text, word.end()..text.len())
        .chars()
        .next()
        .is_some_and(|c| matches!(c, '-' | '–' | '/' | ':' | '\'' | '’'));
    is_letter && !goes_on
}

/// Whether nothing but white space stands between two words.
fn is_joined(text: &str, first: &Word<'_>, second: &Word<'_>) -> bool {
    let between = piece(text, first.end()..second.at);
    between.chars().all(char::is_whitespace)
}

/// Whether no sentence begins between two words.
fn in_one_sentence(words: &[Word<'_>], one: usize, other: usize) -> bool {
    let (first, last) = (one.min(other), one.max(other));
    !words[first + 1..=last].iter().any(|word| word.begins)
}

/// A piece of a text between the edges of its words.
fn piece(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

fn split(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut begins = true;
    let mut start = None;
    let mut before = None;
    let end = std::iter::once((text.len(), ' '));
    for (at, c) in text.char_indices().chain(end) {
        if c.is_alphanumeric() {
            start.get_or_insert((at, before));
        } else {
            if let Some((from, before)) = start.take() {
                words.push(Word {
                    text: piece(text, from..at),
                    at: from,
                    begins,
                    is_mention: before == Some('@'),
                });
                begins = false;
            }
            begins |= matches!(c, '.' | '!' | '?' | '\n');
        }
        before = Some(c);
    }
    // The point behind an initial ends no sentence: "Ali K. i klass 4".
    for at in 1..words.len() {
        let initial = words[at - 1].text.chars().count() == 1 && words[at - 1].is_capitalised();
        if initial && !words[at].is_capitalised() {
            words[at].begins = false;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let found = name_like(text, &["Anna Ask"]);
        found.into_iter().map(|name| name.words).collect()
    }

    #[test]
    fn what_looks_like_a_pupil_is_found() {
        for (text, names) in [
            ("Eleven Ali behöver mer tid.", &["Ali"][..]),
            ("eleven Ali Hassan läser bra", &["Ali Hassan"]),
            ("Det här passar Ali K. bättre.", &["Ali K"]),
            ("Maja S och Noah B arbetade ihop.", &["Maja S", "Noah B"]),
            ("Prova med Alma i klass 4.", &["Alma"]),
            ("Alva i 7B har visat det.", &["Alva"]),
            ("Alvas vårdnadshavare undrar.", &["Alvas"]),
            ("Några elever, särskilt Liam, hann inte.", &["Liam"]),
            ("Fråga Max i klassen.", &["Max"]),
            ("The pupil Oliver wrote it.", &["Oliver"]),
            ("I åk 5 skrev Elsa om det.", &["Elsa"]),
        ] {
            assert_eq!(found(text), names, "{text}");
        }
    }

    #[test]
    fn what_is_no_pupil_is_left_alone() {
        for text in [
            "",
            "Jag tycker som Alma.",
            "Eleverna läser Astrid Lindgren och Selma Lagerlöf.",
            "Klassen läser Alma Johanna Koenig.",
            "Eleven jämför texterna.",
            "Max 200 ord per elev.",
            "Per elev räknas två texter.",
            "My klass 4B.",
            "Saga och fabel i årskurs 4.",
            "Anna, hur gör dina elever?",
            "@Noah vad säger klassen?",
            "Vi följer Alma A-nivå här.",
            "Elevens text är tydlig. Elsa Beskow skrev också så.",
            "Kan Noah titta? Eleverna väntar.",
            "eleven visar saga, vera och max",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_place_is_counted_in_characters() {
        let found = name_like("Åäö: eleven Ali K. där", &[]);
        assert_eq!(
            found,
            [NameLike {
                at: 12,
                words: "Ali K".to_owned()
            }]
        );
    }

    #[test]
    fn the_list_is_one_of_names_and_every_name_that_is_a_word_is_in_it() {
        assert!(GIVEN.len() > 400, "{}", GIVEN.len());
        for name in GIVEN.iter() {
            let mut chars = name.chars();
            assert!(chars.next().is_some_and(char::is_uppercase), "{name}");
            assert!(chars.all(char::is_lowercase), "{name}");
        }
        assert!(WORDS_TOO.iter().all(|name| GIVEN.contains(name)));
    }
}
