//! School forms.

use crate::code::{Code, Validity, code_as_text};
use kit::Lang;

/// A school form (skolform; the leisure-time centre counts as one here).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SchoolForm {
    /// Förskola.
    Preschool,
    /// Förskoleklass.
    PreschoolClass,
    /// Grundskola.
    CompulsorySchool,
    /// Anpassad grundskola.
    AdaptedCompulsorySchool,
    /// Fritidshem.
    LeisureTimeCentre,
}

code_as_text!(SchoolForm);

impl Code for SchoolForm {
    const LIST: &'static str = "skolformer";

    const ALL: &'static [Self] = &[
        Self::Preschool,
        Self::PreschoolClass,
        Self::CompulsorySchool,
        Self::AdaptedCompulsorySchool,
        Self::LeisureTimeCentre,
    ];

    fn code(self) -> &'static str {
        match self {
            Self::Preschool => "FORSKOLA",
            Self::PreschoolClass => "FORSKOLEKLASS",
            Self::CompulsorySchool => "GRUNDSKOLA",
            Self::AdaptedCompulsorySchool => "ANPASSAD_GRUNDSKOLA",
            Self::LeisureTimeCentre => "FRITIDSHEM",
        }
    }

    fn name(self, lang: Lang) -> &'static str {
        let (sv, en) = match self {
            Self::Preschool => ("Förskola", "Preschool"),
            Self::PreschoolClass => ("Förskoleklass", "Preschool class"),
            Self::CompulsorySchool => ("Grundskola", "Compulsory school"),
            Self::AdaptedCompulsorySchool => ("Anpassad grundskola", "Adapted compulsory school"),
            Self::LeisureTimeCentre => ("Fritidshem", "Leisure-time centre"),
        };
        lang.pick(sv, en)
    }

    /// The adapted compulsory school has had its name since July 2023; before that another code would be needed.
    fn validity(self) -> Validity {
        match self {
            Self::AdaptedCompulsorySchool => Validity::since(2023),
            _ => Validity::since(2011),
        }
    }
}
