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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::*;
    use crate::{UnitFilter, UnitKind, create_unit, units};
    use kit::{Audience, Fault, Page};
    use testkit::{id, on_both};

    fn change(unit: u128, version: i64) -> UpdateUnit {
        UpdateUnit {
            unit: id(unit),
            version,
            name: None,
            parent: None,
            school_forms: None,
            years: None,
            to_day: None,
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_unit_that_moves_takes_those_below_along_and_its_people_count_where_it_stands() {
        on_both(async |db| {
            let world = World::new(db).await;
            let south = unit_of(20, UnitKind::PrincipalArea, "Södra", None);
            world
                .by(ADMIN, async |tx| create_unit(tx, &south).await)
                .await
                .unwrap();
            let mut below = change(10, 1);
            below.parent = Some(Some(id(20)));
            let moved = world
                .by(ADMIN, async |tx| update_unit(tx, &below).await)
                .await
                .unwrap();
            assert_eq!(moved.nodes, [id(20), id(10)]);
            let cx = world.cx(TEACHER).await;
            let school = crate::unit(&cx, id(11)).await.unwrap().unwrap();
            assert_eq!(school.nodes, [id(20), id(10), id(11)], "{}", db.kind());
            assert!(
                cx.actor
                    .audiences()
                    .iter()
                    .any(|held| held.audience == Audience::Unit(id(20)))
            );
            let filter = UnitFilter {
                below: Some(id(20)),
                ..Default::default()
            };
            let listed = units(&cx, &filter, &Page::first(10).unwrap())
                .await
                .unwrap();
            let names: Vec<_> = listed
                .items
                .iter()
                .map(|(_, unit)| unit.name.as_str())
                .collect();
            assert_eq!(names, ["Ekskolan", "Gläntan", "Norra"], "{}", db.kind());

            let mut round = change(20, 1);
            round.parent = Some(Some(id(10)));
            let refusal = world
                .by(ADMIN, async |tx| update_unit(tx, &round).await)
                .await
                .unwrap_err();
            assert_eq!(
                refusal.code(),
                "ORGANISATION_PARENT_DOES_NOT_FIT",
                "{}: a circle",
                db.kind()
            );
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn refusals() {
        type Change = fn(&mut UpdateUnit);
        const NO: &str = "ORGANISATION_NOT_YOURS";
        let cases: &[(&str, u128, Change, &str)] = &[
            ("by its principal", PRINCIPAL, |_| {}, NO),
            ("by a guest", GUEST, |_| {}, NO),
            (
                "by an admin of another area",
                AREA_ADMIN,
                |ask| ask.unit = id(12),
                NO,
            ),
            (
                "out of one's own area",
                AREA_ADMIN,
                |ask| ask.parent = Some(None),
                NO,
            ),
            ("unknown", ADMIN, |ask| ask.unit = id(999), "NOT_FOUND"),
            (
                "to an unknown parent",
                ADMIN,
                |ask| ask.parent = Some(Some(id(999))),
                "NOT_FOUND",
            ),
            ("stale", ADMIN, |ask| ask.version = 0, "STALE_VERSION"),
            (
                "below a school",
                ADMIN,
                |ask| ask.parent = Some(Some(id(12))),
                "ORGANISATION_PARENT_DOES_NOT_FIT",
            ),
            (
                "a school without forms",
                ADMIN,
                |ask| ask.school_forms = Some(vec![]),
                "ORGANISATION_FORMS_DO_NOT_FIT",
            ),
            (
                "closed before it opened",
                ADMIN,
                |ask| ask.to_day = Some(NaiveDate::from_ymd_opt(2000, 1, 1)),
                "ORGANISATION_DATES_REVERSED",
            ),
        ];
        on_both(async |db| {
            let world = World::new(db).await;
            let stored = async || crate::unit(&world.house(), id(11)).await.unwrap();
            let before = stored().await;
            for (case, by, change_it, code) in cases {
                let mut ask = change(11, 1);
                ask.name = Some(name("Nytt namn"));
                change_it(&mut ask);
                let refusal = world
                    .by(*by, async |tx| update_unit(tx, &ask).await)
                    .await
                    .unwrap_err();
                assert_eq!(refusal.code(), *code, "{} {case}", db.kind());
                assert_eq!(
                    stored().await,
                    before,
                    "{} {case}: nothing may be stored",
                    db.kind()
                );
            }
            let new = unit_of(50, UnitKind::School, "Ny skola", None);
            let refusal = world
                .by(AREA_ADMIN, async |tx| create_unit(tx, &new).await)
                .await
                .unwrap_err();
            assert_eq!(
                refusal.code(),
                NO,
                "below the organiser, by an area's admin"
            );
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_closed_unit_is_in_lists_only_when_asked_for() {
        on_both(async |db| {
            let world = World::new(db).await;
            let mut close = change(11, 1);
            close.to_day = Some(Some(world.today()));
            world
                .by(AREA_ADMIN, async |tx| update_unit(tx, &close).await)
                .await
                .unwrap();
            db.clock.pass(chrono::TimeDelta::days(1));
            let page = Page::first(10).unwrap();
            let cx = world.cx(OTHER).await;
            let open = units(&cx, &UnitFilter::default(), &page).await.unwrap();
            assert!(
                open.items.iter().all(|(_, unit)| unit.id != id(11)),
                "{}: closed",
                db.kind()
            );
            let form = Some(curriculum::SchoolForm::CompulsorySchool);
            let all = UnitFilter {
                with_closed: true,
                school_form: form,
                ..Default::default()
            };
            assert_eq!(
                units(&cx, &all, &page).await.unwrap().items.len(),
                2,
                "{}",
                db.kind()
            );
        })
        .await;
    }
}
