//! Reading units and the organiser.

use crate::{Error, Organiser, SchoolYear, Settings, Unit, UnitKind, calendar::Calendar, sql};
use curriculum::SchoolForm;
use kit::{Actor, Listed, Page, UnitId};
use std::collections::HashMap;
use store::Cx;

/// Which units are wanted.
#[derive(Debug, Clone, Default)]
pub struct UnitFilter {
    /// Only of this kind.
    pub kind: Option<UnitKind>,
    /// Only with this school form.
    pub school_form: Option<SchoolForm>,
    /// Only below this unit, at any depth.
    pub below: Option<UnitId>,
    /// Only those whose name, or a word in it, begins so.
    pub name: Option<String>,
    /// Also those that are closed.
    pub with_closed: bool,
}

/// The actor's own organiser.
///
/// # Errors
///
/// [`Error::NotFound`] for the anonymous, otherwise those of the database.
pub async fn organiser(cx: &Cx) -> Result<Organiser, Error> {
    match cx.actor {
        Actor::Anonymous => Err(Error::NotFound),
        Actor::Person(_) | Actor::Service(_) | Actor::System { .. } => {
            sql::organiser::find(cx).await
        }
    }
}

/// What the actor's organiser has decided for all units.
///
/// # Errors
///
/// As [`organiser`].
pub async fn settings(cx: &Cx) -> Result<Settings, Error> {
    Ok(organiser(cx).await?.settings)
}

/// A unit; `None` when there is none or the actor may not see it.
///
/// # Errors
///
/// Those of the database.
pub async fn unit(cx: &Cx, unit: UnitId) -> Result<Option<Unit>, Error> {
    Ok(sql::unit::find_all(cx, &[unit]).await?.pop())
}

/// These units, as far as the actor may see them; one statement.
///
/// # Errors
///
/// Those of the database.
pub async fn units_by_ids(cx: &Cx, units: &[UnitId]) -> Result<HashMap<UnitId, Unit>, Error> {
    let found = sql::unit::find_all(cx, units).await?;
    Ok(found.into_iter().map(|unit| (unit.id, unit)).collect())
}

/// The units that the actor may see, by name.
///
/// # Errors
///
/// Those of the database.
pub async fn units(cx: &Cx, filter: &UnitFilter, page: &Page) -> Result<Listed<Unit>, Error> {
    sql::unit::list(cx, filter, page).await
}

/// The organiser's school years with terms and days off, in order; three statements. Everybody who is signed in may read them.
///
/// # Errors
///
/// Those of the database.
pub async fn school_years(cx: &Cx) -> Result<Vec<SchoolYear>, Error> {
    match &cx.actor {
        Actor::Anonymous => Ok(Vec::new()),
        Actor::Service(service)
            if !service
                .scopes
                .iter()
                .any(|scope| scope == crate::SCOPE_ORGANISATION) =>
        {
            Ok(Vec::new())
        }
        Actor::Person(_) | Actor::Service(_) | Actor::System { .. } => sql::calendar::all(cx).await,
    }
}

/// The organiser's calendar, to count school days in.
///
/// # Errors
///
/// Those of the database.
pub async fn calendar(cx: &Cx) -> Result<Calendar, Error> {
    Ok(Calendar {
        years: school_years(cx).await?,
    })
}
