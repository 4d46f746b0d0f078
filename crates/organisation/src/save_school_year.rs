use crate::{DayOff, Error, SchoolYear, Term, events::SchoolYearChanged, policy, sql};
use chrono::NaiveDate;
use kit::{Name, SchoolYearId};
use store::{Outcome, Tx};

/// A whole school year, as it shall be from now on.
#[derive(Debug, Clone)]
pub struct SaveSchoolYear {
    /// The id; made by the client for a new one.
    pub id: SchoolYearId,
    /// The version that was read; `None` for a new one.
    pub version: Option<i64>,
    /// What it is called: 2026/27.
    pub name: Name,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day.
    pub ends_on: NaiveDate,
    /// At most four terms, inside the year and apart.
    pub terms: Vec<Term>,
    /// At most sixty stretches off, inside the year.
    pub days_off: Vec<DayOff>,
}

/// Makes or changes a school year (läsår) with its terms and days off.
///
/// # Errors
///
/// [`Error::NotYours`] unless an administrator of the organiser asks, [`Error::Stale`] (also for an unknown one), and for dates that make
/// no sense [`Error::DatesReversed`], [`Error::YearTooLong`], [`Error::OutsideYear`], [`Error::TermsOverlap`],
/// [`Error::TooManyDates`] or [`Error::YearsOverlap`]; `ID_TAKEN`.
pub async fn save_school_year(tx: &Tx, ask: &SaveSchoolYear) -> Result<SchoolYear, Error> {
    policy::may_manage(&tx.actor, &[])?;
    let mut year = SchoolYear {
        id: ask.id,
        name: ask.name.clone(),
        starts_on: ask.starts_on,
        ends_on: ask.ends_on,
        terms: ask.terms.clone(),
        days_off: ask.days_off.clone(),
        version: ask.version.unwrap_or(0) + 1,
    };
    year.check()?;
    year.terms.sort_by_key(|term| (term.starts_on, term.id));
    year.days_off.sort_by_key(|off| (off.starts_on, off.id));
    sql::organiser::take_turn(tx).await?;
    if sql::calendar::overlaps(tx, &year).await? {
        return Err(Error::YearsOverlap);
    }
    if ask.version.is_some() {
        sql::calendar::save(tx, &year).await?;
    } else {
        sql::calendar::add(tx, &year).await?;
    }
    tx.emit(&SchoolYearChanged {
        school_year: year.id,
    });
    Ok(year)
}

impl Outcome<Error> for SchoolYear {
    fn outcome(&self) -> String {
        self.id.to_string()
    }

    async fn again(tx: &Tx, outcome: &str) -> Result<Self, Error> {
        let id: SchoolYearId = sql::remembered(outcome)?;
        let years = sql::calendar::all(tx).await?;
        years
            .into_iter()
            .find(|year| year.id == id)
            .ok_or(Error::NotFound)
    }
}
