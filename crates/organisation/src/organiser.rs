//! The organiser (huvudman): the root of everything, and its settings.

use kit::OrganiserId;

/// Who runs the schools.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrganiserKind {
    /// Kommun.
    Municipality,
    /// Enskild huvudman.
    Independent,
}

impl OrganiserKind {
    /// The stable code, as stored and as the schema names it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Municipality => "MUNICIPALITY",
            Self::Independent => "INDEPENDENT",
        }
    }

    /// The kind with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Municipality, Self::Independent]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// What an organiser has decided for all its units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// A rubric must be reviewed by a colleague before it is published.
    pub review_demanded: bool,
    /// Nothing of this organiser's can be shown in the open catalogue.
    pub catalogue_off: bool,
}

/// A municipality or independent organiser (huvudman).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Organiser {
    /// Its id, which every row of its data carries.
    pub id: OrganiserId,
    /// What it is called.
    pub name: String,
    /// Municipality or independent.
    pub kind: OrganiserKind,
    /// What it has decided for all units.
    pub settings: Settings,
    /// Rises with every save.
    pub version: i64,
}
