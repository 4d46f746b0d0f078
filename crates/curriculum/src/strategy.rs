//! The five key strategies of formative assessment.

use crate::code::{Code, code_as_text};
use kit::Lang;

/// A key strategy (nyckelstrategi) of formative assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyStrategy {
    /// Tydliggöra, dela och förstå lärandemål och kriterier.
    ClarifyIntentions,
    /// Skapa diskussioner, frågor och aktiviteter som synliggör lärande.
    ElicitEvidence,
    /// Ge återkoppling som för lärandet framåt.
    FeedbackForward,
    /// Aktivera eleverna som läranderesurser för varandra.
    ActivatePeers,
    /// Aktivera eleverna som ägare av sitt eget lärande.
    ActivateOwners,
}

code_as_text!(KeyStrategy);

impl Code for KeyStrategy {
    const LIST: &'static str = "nyckelstrategier";

    const ALL: &'static [Self] = &[
        Self::ClarifyIntentions,
        Self::ElicitEvidence,
        Self::FeedbackForward,
        Self::ActivatePeers,
        Self::ActivateOwners,
    ];

    fn code(self) -> &'static str {
        match self {
            Self::ClarifyIntentions => "CLARIFY_INTENTIONS",
            Self::ElicitEvidence => "ELICIT_EVIDENCE",
            Self::FeedbackForward => "FEEDBACK_FORWARD",
            Self::ActivatePeers => "ACTIVATE_PEERS",
            Self::ActivateOwners => "ACTIVATE_OWNERS",
        }
    }
}

impl KeyStrategy {
    /// What it is called.
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        let (sv, en) = match self {
            Self::ClarifyIntentions => (
                "Tydliggöra, dela och förstå lärandemål och kriterier",
                "Clarify, share and understand learning intentions and success criteria",
            ),
            Self::ElicitEvidence => (
                "Skapa diskussioner, frågor och aktiviteter som synliggör lärande",
                "Engineer discussions and tasks that elicit evidence",
            ),
            Self::FeedbackForward => (
                "Ge återkoppling som för lärandet framåt",
                "Feedback that moves learning forward",
            ),
            Self::ActivatePeers => (
                "Aktivera eleverna som läranderesurser för varandra",
                "Learners as resources for one another",
            ),
            Self::ActivateOwners => (
                "Aktivera eleverna som ägare av sitt eget lärande",
                "Learners as owners of their learning",
            ),
        };
        lang.pick(sv, en)
    }
}
