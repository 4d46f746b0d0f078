use crate::{Error, Unit, UnitKind, calendar::today, events::UnitChanged, policy, sql};
use chrono::NaiveDate;
use curriculum::{SchoolForm, Year};
use kit::{Name, UnitId};
use store::{Outcome, Tx};

/// A new unit.
#[derive(Debug, Clone)]
pub struct CreateUnit {
    /// The id that the client made.
    pub id: UnitId,
    /// What it is.
    pub kind: UnitKind,
    /// What it is called.
    pub name: Name,
    /// The principal area it stands below; `None` is directly below the organiser.
    pub parent: Option<UnitId>,
    /// The school forms it has.
    pub school_forms: Vec<SchoolForm>,
    /// The years it has.
    pub years: Vec<Year>,
    /// The first day it is open; `None` is today.
    pub from_day: Option<NaiveDate>,
    /// The last day it is open.
    pub to_day: Option<NaiveDate>,
}

/// Makes a principal area, school or preschool.
///
/// # Errors
///
/// [`Error::NotFound`] for an unknown parent, [`Error::NotYours`] unless an administrator of the node above asks,
/// [`Error::ParentDoesNotFit`], [`Error::FormsDoNotFit`] or [`Error::DatesReversed`]; `ID_TAKEN`.
pub async fn create_unit(tx: &Tx, ask: &CreateUnit) -> Result<Unit, Error> {
    sql::organiser::take_turn(tx).await?;
    let parent = match ask.parent {
        Some(parent) => Some(sql::unit::find(tx, parent).await?),
        None => None,
    };
    let above = parent.as_ref().map_or(&[][..], |parent| &parent.nodes);
    policy::may_manage(&tx.actor, above)?;
    let mut unit = Unit {
        id: ask.id,
        kind: ask.kind,
        name: ask.name.to_string(),
        parent: None,
        nodes: Vec::new(),
        school_forms: ask.school_forms.clone(),
        years: ask.years.clone(),
        from_day: ask.from_day.unwrap_or_else(|| today(tx.now)),
        to_day: ask.to_day,
        version: 1,
    };
    unit.place(parent.as_ref())?;
    unit.check()?;
    sql::unit::add(tx, &unit).await?;
    tx.emit(&UnitChanged { unit: unit.id });
    Ok(unit)
}

impl Outcome<Error> for Unit {
    fn outcome(&self) -> String {
        self.id.to_string()
    }

    async fn again(tx: &Tx, outcome: &str) -> Result<Self, Error> {
        sql::unit::find(tx, sql::remembered(outcome)?).await
    }
}
