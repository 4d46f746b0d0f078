//! The organiser, its units and its school years.

use super::codes::{OrganiserKind, TermKind, UnitKind};
use crate::loader::Loaders;
use async_graphql::{Context, Description, ID, Object, Result, SimpleObject};
use chrono::NaiveDate;
use curriculum::Code as _;
use organisation::Abilities as _;
use store::Cx;

/// A municipality or independent organiser (huvudman).
#[derive(Debug, Clone, SimpleObject)]
pub struct Organiser {
    /// Its id, which `signIn` takes as `organiser`.
    id: ID,
    /// What it is called.
    name: String,
    /// Kommun or enskild huvudman.
    kind: OrganiserKind,
    /// Whether a rubric must be reviewed by a colleague before the whole organiser sees it.
    review_demanded: bool,
    /// Whether sharing with the whole country is switched off.
    catalogue_off: bool,
    /// Rises with every save; an update names the version it read.
    version: i32,
}

impl From<organisation::Organiser> for Organiser {
    fn from(organiser: organisation::Organiser) -> Self {
        Self {
            id: organiser.id.to_string().into(),
            name: organiser.name,
            kind: organiser.kind.into(),
            review_demanded: organiser.settings.review_demanded,
            catalogue_off: organiser.settings.catalogue_off,
            version: int(organiser.version),
        }
    }
}

/// A count that the database keeps, as GraphQL's 32-bit integer.
pub(crate) fn int(count: i64) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

/// A unit: principal area, school or preschool (rektorsområde, skolenhet, förskoleenhet).
#[derive(Debug, Clone, Description)]
pub struct Unit(pub organisation::Unit);

#[Object(use_type_description)]
impl Unit {
    /// Its id, with which `unit(id:)` finds it.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Rektorsområde, skolenhet or förskoleenhet.
    async fn kind(&self) -> UnitKind {
        self.0.kind.into()
    }

    /// What the unit is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The unit above it; none directly below the organiser.
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Self>> {
        let Some(parent) = self.0.parent else {
            return Ok(None);
        };
        Ok(ctx.data::<Loaders>()?.unit(parent).await?.map(Self))
    }

    /// Codes of its school forms (skolformer), such as `GRUNDSKOLA`.
    async fn school_forms(&self) -> Vec<&'static str> {
        self.0.school_forms.iter().map(|form| form.code()).collect()
    }

    /// Codes of the years that it has: `F`, `1` to `9`.
    async fn years(&self) -> Vec<&'static str> {
        self.0.years.iter().map(|year| year.code()).collect()
    }

    /// The first day on which it is open.
    async fn opens_on(&self) -> NaiveDate {
        self.0.from_day
    }

    /// The last day on which it is open, when an end is known.
    async fn closes_on(&self) -> Option<NaiveDate> {
        self.0.to_day
    }

    /// Rises with every save; an update names the version it read.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// What you may do with it.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<UnitAbilities> {
        let cx: &Cx = ctx.data()?;
        let can = self.0.abilities(&cx.actor);
        Ok(UnitAbilities {
            manage: can.manage,
            create_team: can.create_team,
            invite: can.invite,
        })
    }
}

/// What the reader may do with a unit.
#[derive(Debug, Clone, SimpleObject)]
pub struct UnitAbilities {
    /// Rename it, move it, close it, and make units below it.
    manage: bool,
    /// Make teams in it.
    create_team: bool,
    /// Invite people to it.
    invite: bool,
}

/// A school year (läsår) of the organiser.
#[derive(Debug, Clone, SimpleObject)]
pub struct SchoolYear {
    /// Its id, for `saveSchoolYear`.
    id: ID,
    /// What it is called: 2026/27.
    name: String,
    /// The first day.
    starts_on: NaiveDate,
    /// The last day.
    ends_on: NaiveDate,
    /// Its terms (terminer), in order.
    terms: Vec<Term>,
    /// Days and stretches without school (lov, studiedagar, röda dagar), in order.
    days_off: Vec<DayOff>,
    /// Rises with every save; an update names the version it read.
    version: i32,
}

/// A term (termin).
#[derive(Debug, Clone, SimpleObject)]
pub struct Term {
    /// Its id; `saveSchoolYear` keeps the term that it names.
    id: ID,
    /// Autumn or spring (HT, VT).
    kind: TermKind,
    /// The first day.
    starts_on: NaiveDate,
    /// The last day.
    ends_on: NaiveDate,
}

/// A day or stretch without school (lov, studiedag, röd dag).
#[derive(Debug, Clone, SimpleObject)]
pub struct DayOff {
    /// Its id; `saveSchoolYear` keeps the day off that it names.
    id: ID,
    /// What it is called, such as Sportlov.
    name: String,
    /// The first day.
    starts_on: NaiveDate,
    /// The last day; the same as the first when it is one day.
    ends_on: NaiveDate,
}

impl From<organisation::SchoolYear> for SchoolYear {
    fn from(year: organisation::SchoolYear) -> Self {
        Self {
            id: year.id.to_string().into(),
            name: year.name.into_string(),
            starts_on: year.starts_on,
            ends_on: year.ends_on,
            terms: year.terms.into_iter().map(Into::into).collect(),
            days_off: year.days_off.into_iter().map(Into::into).collect(),
            version: int(year.version),
        }
    }
}

impl From<organisation::Term> for Term {
    fn from(term: organisation::Term) -> Self {
        Self {
            id: term.id.to_string().into(),
            kind: term.kind.into(),
            starts_on: term.starts_on,
            ends_on: term.ends_on,
        }
    }
}

impl From<organisation::DayOff> for DayOff {
    fn from(off: organisation::DayOff) -> Self {
        Self {
            id: off.id.to_string().into(),
            name: off.name.into_string(),
            starts_on: off.starts_on,
            ends_on: off.ends_on,
        }
    }
}
