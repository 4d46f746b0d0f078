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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::*;
    use crate::{TermKind, calendar, school_years};
    use kit::{Actor, Fault};
    use testkit::{id, on_both};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn ask(number: u128, version: Option<i64>) -> SaveSchoolYear {
        SaveSchoolYear {
            id: id(number),
            version,
            name: name("2026/27"),
            starts_on: day("2026-08-17"),
            ends_on: day("2027-06-11"),
            terms: vec![
                Term {
                    id: id(3),
                    kind: TermKind::Spring,
                    starts_on: day("2027-01-11"),
                    ends_on: day("2027-06-11"),
                },
                Term {
                    id: id(2),
                    kind: TermKind::Autumn,
                    starts_on: day("2026-08-17"),
                    ends_on: day("2026-12-18"),
                },
            ],
            days_off: vec![DayOff {
                id: id(4),
                name: name("Höstlov"),
                starts_on: day("2026-10-26"),
                ends_on: day("2026-10-30"),
            }],
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_school_year_is_made_changed_and_counted_in() {
        on_both(async |db| {
            let world = World::new(db).await;
            let made = world
                .by(ADMIN, async |tx| save_school_year(tx, &ask(1, None)).await)
                .await
                .unwrap();
            assert_eq!(made.terms[0].kind, TermKind::Autumn, "in order");
            let cx = world.cx(TEACHER).await;
            assert_eq!(school_years(&cx).await.unwrap(), [made], "{}", db.kind());
            assert_eq!(cx.db().statements(), 3);
            let friday = day("2026-10-23");
            let calendar = calendar(&cx).await.unwrap();
            assert_eq!(calendar.add_school_days(friday, 1), Some(day("2026-11-02")));

            let mut change = ask(1, Some(1));
            change.terms.remove(0);
            change.terms[0].ends_on = day("2026-12-21");
            change.days_off.clear();
            let changed = world
                .by(ADMIN, async |tx| save_school_year(tx, &change).await)
                .await
                .unwrap();
            assert_eq!(school_years(&cx).await.unwrap(), [changed], "{}", db.kind());
            assert_eq!(school_years(&db.cx(Actor::Anonymous)).await.unwrap(), []);
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn refusals() {
        type Change = fn(&mut SaveSchoolYear);
        let cases: &[(&str, u128, Change, &str)] = &[
            (
                "by a principal",
                PRINCIPAL,
                |_| {},
                "ORGANISATION_NOT_YOURS",
            ),
            (
                "by an area's admin",
                AREA_ADMIN,
                |_| {},
                "ORGANISATION_NOT_YOURS",
            ),
            (
                "a term outside",
                ADMIN,
                |ask| ask.terms[0].ends_on = day("2027-06-12"),
                "ORGANISATION_OUTSIDE_YEAR",
            ),
            ("stale", ADMIN, |ask| ask.version = Some(7), "STALE_VERSION"),
            ("made twice", ADMIN, |ask| ask.version = None, "ID_TAKEN"),
            (
                "over another year",
                ADMIN,
                |ask| (ask.id, ask.version) = (id(9), None),
                "ORGANISATION_YEARS_OVERLAP",
            ),
        ];
        on_both(async |db| {
            let world = World::new(db).await;
            let made = world
                .by(ADMIN, async |tx| save_school_year(tx, &ask(1, None)).await)
                .await
                .unwrap();
            for (case, by, change, code) in cases {
                let mut ask = ask(1, Some(1));
                ask.name = name("Nytt namn");
                change(&mut ask);
                let refusal = world
                    .by(*by, async |tx| save_school_year(tx, &ask).await)
                    .await
                    .unwrap_err();
                assert_eq!(refusal.code(), *code, "{} {case}", db.kind());
                let stored = school_years(&world.house()).await.unwrap();
                assert_eq!(
                    stored,
                    std::slice::from_ref(&made),
                    "{} {case}: nothing may be stored",
                    db.kind()
                );
            }
        })
        .await;
    }
}
