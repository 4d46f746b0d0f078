//! Subjects.

use crate::code::{Code, Validity, code_as_text};
use kit::Lang;

/// A subject (ämne) of the compulsory school.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject(&'static Entry);

/// A line of the list.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Entry {
    code: &'static str,
    sv: &'static str,
    en: &'static str,
    short_sv: &'static str,
    short_en: &'static str,
}

const fn entry(
    code: &'static str,
    sv: &'static str,
    en: &'static str,
    short_sv: &'static str,
    short_en: &'static str,
) -> Entry {
    Entry {
        code,
        sv,
        en,
        short_sv,
        short_en,
    }
}

/// In the order of a timetable: languages, mathematics, science, society, practical and aesthetic subjects.
#[rustfmt::skip]
static LIST: [Entry; 22] = [
    entry("SV", "Svenska", "Swedish", "Sv", "Swedish"),
    entry("SVA", "Svenska som andraspråk", "Swedish as a second language", "SvA", "Swedish 2nd"),
    entry("EN", "Engelska", "English", "En", "English"),
    entry("MSPR", "Moderna språk", "Modern languages", "M.spr", "Languages"),
    entry("ML", "Modersmål", "Mother tongue", "Mod", "Mother tongue"),
    entry("TSP", "Teckenspråk", "Sign language", "Tsp", "Sign language"),
    entry("MA", "Matematik", "Mathematics", "Ma", "Maths"),
    entry("NO", "Naturorienterande ämnen", "Science studies", "NO", "Science"),
    entry("BI", "Biologi", "Biology", "Bi", "Biology"),
    entry("FY", "Fysik", "Physics", "Fy", "Physics"),
    entry("KE", "Kemi", "Chemistry", "Ke", "Chemistry"),
    entry("TK", "Teknik", "Technology", "Tk", "Technology"),
    entry("SO", "Samhällsorienterande ämnen", "Social studies", "SO", "Social"),
    entry("GE", "Geografi", "Geography", "Ge", "Geography"),
    entry("HI", "Historia", "History", "Hi", "History"),
    entry("RE", "Religionskunskap", "Religion", "Re", "Religion"),
    entry("SH", "Samhällskunskap", "Civics", "Sh", "Civics"),
    entry("IDH", "Idrott och hälsa", "Physical education and health", "Idh", "PE"),
    entry("BL", "Bild", "Visual arts", "Bl", "Art"),
    entry("MU", "Musik", "Music", "Mu", "Music"),
    entry("SL", "Slöjd", "Crafts", "Sl", "Crafts"),
    entry("HKK", "Hem- och konsumentkunskap", "Home and consumer studies", "Hkk", "Home studies"),
];

code_as_text!(Subject);

impl Subject {
    /// A name short enough for a timetable or a chip: at most 13 characters.
    #[must_use]
    pub fn short_name(self, lang: Lang) -> &'static str {
        lang.pick(self.0.short_sv, self.0.short_en)
    }
}

impl Code for Subject {
    const LIST: &'static str = "ämnen";

    const ALL: &'static [Self] = &{
        let mut all = [Self(&LIST[0]); LIST.len()];
        let mut at = 0;
        while at < LIST.len() {
            all[at] = Self(&LIST[at]);
            at += 1;
        }
        all
    };

    fn code(self) -> &'static str {
        self.0.code
    }

    fn name(self, lang: Lang) -> &'static str {
        lang.pick(self.0.sv, self.0.en)
    }

    fn validity(self) -> Validity {
        Validity::since(2011)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_known_by_its_code_and_has_a_long_and_a_short_name() {
        let subject = Subject::parse("SVA").unwrap();
        assert_eq!(subject.name(Lang::Sv), "Svenska som andraspråk");
        assert_eq!(subject.short_name(Lang::Sv), "SvA");
        assert_eq!(subject.to_string(), "SVA");
        for subject in Subject::ALL {
            for lang in [Lang::Sv, Lang::En] {
                assert!(subject.short_name(lang).chars().count() <= 13, "{subject}");
            }
        }
    }
}
