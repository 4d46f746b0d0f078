use crate::{Error, Unit, events::UnitChanged, policy, sql};
use chrono::NaiveDate;
use curriculum::{SchoolForm, Year};
use kit::{Name, UnitId};
use store::Tx;

/// What changes of a unit; what is `None` stays.
#[derive(Debug, Clone)]
pub struct UpdateUnit {
    /// The unit.
    pub unit: UnitId,
    /// The version that was read.
    pub version: i64,
    /// What it is called.
    pub name: Option<Name>,
    /// Where it stands from now on; `Some(None)` is directly below the organiser.
    pub parent: Option<Option<UnitId>>,
    /// The school forms it has.
    pub school_forms: Option<Vec<SchoolForm>>,
    /// The years it has.
    pub years: Option<Vec<Year>>,
    /// The last day it is open; `Some(None)` takes the end back.
    pub to_day: Option<Option<NaiveDate>>,
}

/// Renames, moves or closes a unit. The units below it move along, and its people count as colleagues where it stands now.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::NotYours`] unless an administrator of the unit (to move it: of both nodes above) asks,
/// [`Error::Stale`], [`Error::ParentDoesNotFit`], [`Error::FormsDoNotFit`] or [`Error::DatesReversed`].
pub async fn update_unit(tx: &Tx, ask: &UpdateUnit) -> Result<Unit, Error> {
    sql::organiser::take_turn(tx).await?;
    let before = sql::unit::find(tx, ask.unit).await?;
    policy::may_manage(&tx.actor, &before.nodes)?;
    sql::read_at(before.version, ask.version)?;
    let mut unit = before.clone();
    if let Some(name) = &ask.name {
        unit.name = name.to_string();
    }
    if let Some(school_forms) = &ask.school_forms {
        unit.school_forms.clone_from(school_forms);
    }
    if let Some(years) = &ask.years {
        unit.years.clone_from(years);
    }
    unit.to_day = ask.to_day.unwrap_or(unit.to_day);
    if let Some(parent) = ask.parent
        && parent != unit.parent
    {
        let parent = match parent {
            Some(parent) => Some(sql::unit::find(tx, parent).await?),
            None => None,
        };
        let (_, above) = before.nodes.split_last().ok_or(Error::NotFound)?;
        policy::may_manage(&tx.actor, above)?;
        policy::may_manage(
            &tx.actor,
            parent.as_ref().map_or(&[][..], |parent| &parent.nodes),
        )?;
        unit.place(parent.as_ref())?;
    }
    unit.check()?;
    unit.version += 1;
    sql::unit::save(tx, &unit).await?;
    if unit.nodes != before.nodes {
        sql::unit::move_below(tx, &unit, &before.nodes).await?;
    }
    tx.emit(&UnitChanged { unit: unit.id });
    Ok(unit)
}
