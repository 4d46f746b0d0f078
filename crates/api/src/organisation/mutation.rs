//! Changing the organiser, its units, teams and school years.
#![expect(
    clippy::option_option,
    reason = "left out, `null` and a value are three wishes: it stays, it goes, it changes"
)]

use super::{
    input::{
        AddTeamMemberInput, CreateTeamInput, CreateUnitInput, RemoveTeamMemberInput,
        SaveSchoolYearInput, UpdateOrganiserInput, UpdateTeamInput, UpdateUnitInput,
    },
    object::{Organiser, SchoolYear, Unit},
    team::Team,
};
use crate::{
    answer::{answer, answer_or_current, payload},
    effect::{effect, key, once},
    words::Reading,
};
use async_graphql::{Context, ID, MaybeUndefined, Object, Result};
use curriculum::{Code, SchoolForm, Year};
use kit::Name;
use organisation::Error;
use store::{Cx, Tx, write};

payload! { /// The organiser as it is now, or why it did not change.
UpdateOrganiserPayload { /// The organiser; on `STALE_VERSION` as it is now.
    organiser: Organiser } }
payload! { /// The new unit, or why it was not made.
CreateUnitPayload { /// The unit that was made.
    unit: Unit } }
payload! { /// The unit as it is now, or why it did not change.
UpdateUnitPayload { /// The unit; on `STALE_VERSION` as it is now.
    unit: Unit } }
payload! { /// The new team, or why it was not made.
CreateTeamPayload { /// The team that was made.
    team: Team } }
payload! { /// The team as it is now, or why it did not change.
UpdateTeamPayload { /// The team; on `STALE_VERSION` as it is now.
    team: Team } }
payload! { /// The team with its new member, or why nobody was taken in.
AddTeamMemberPayload { /// The team that they belong to now.
    team: Team } }
payload! { /// Whether the person was taken out.
RemoveTeamMemberPayload { /// True when they belonged to the team and do no longer.
    removed: bool } }
payload! { /// The school year as it is now, or why it was not saved.
SaveSchoolYearPayload { /// The school year; on `STALE_VERSION` as it is now.
    school_year: SchoolYear } }

/// The root of what is written about the organisation.
#[derive(Debug, Default)]
pub(crate) struct OrganisationMutation;

#[Object]
impl OrganisationMutation {
    /// Changes the organiser's name and settings. For its administrators.
    async fn update_organiser(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which settings change, and to what.")] input: UpdateOrganiserInput,
    ) -> Result<UpdateOrganiserPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let name = name_or_none(&mut reading, input.name.as_deref());
        let name = match reading.done(name) {
            Ok(name) => name,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let ask = organisation::UpdateOrganiser {
            version: input.version.into(),
            name,
            review_demanded: input.review_demanded,
            catalogue_off: input.catalogue_off,
        };
        let done = write(cx, async |tx: &Tx| {
            organisation::update_organiser(tx, &ask).await
        })
        .await;
        let current = async || organisation::organiser(cx).await.ok().map(Into::into);
        answer_or_current(cx, done.map(Into::into), current).await
    }

    /// Makes a unit. For administrators of the organiser or of the principal area that it belongs to.
    async fn create_unit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The unit to make.")] input: CreateUnitInput,
    ) -> Result<CreateUnitPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let name = reading.text("name", &input.name);
        let school_forms = codes::<SchoolForm>(&mut reading, "schoolForms", &input.school_forms);
        let years = codes::<Year>(&mut reading, "years", &input.years);
        let read = name.zip(school_forms).zip(years);
        let ((name, school_forms), years) = match reading.done(read) {
            Ok(read) => read,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let made = key(cx, input.id.as_ref())?;
        let done = async {
            let ask = organisation::CreateUnit {
                id: made.unwrap_or_else(|| cx.ids.random()).into(),
                kind: input.kind.into(),
                name,
                parent: id_or_none(input.parent.as_ref())?,
                school_forms,
                years,
                from_day: input.opens_on,
                to_day: input.closes_on,
            };
            effect(cx, once("createUnit", made, &input), async |tx: &Tx| {
                organisation::create_unit(tx, &ask).await
            })
            .await
        };
        answer(cx, done.await.map(Unit))
    }

    /// Changes a unit: renames it, moves it in the tree, closes it. For its administrators.
    async fn update_unit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which unit, and what changes.")] input: UpdateUnitInput,
    ) -> Result<UpdateUnitPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let name = name_or_none(&mut reading, input.name.as_deref());
        let school_forms =
            codes_or_none::<SchoolForm>(&mut reading, "schoolForms", input.school_forms.as_deref());
        let years = codes_or_none::<Year>(&mut reading, "years", input.years.as_deref());
        let ((name, school_forms), years) = match reading.done(name.zip(school_forms).zip(years)) {
            Ok(read) => read,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let done = async {
            let ask = organisation::UpdateUnit {
                unit: id(&input.unit)?,
                version: input.version.into(),
                name,
                parent: changed_id(&input.parent)?,
                school_forms,
                years,
                to_day: changed(&input.closes_on),
            };
            write(cx, async |tx: &Tx| {
                organisation::update_unit(tx, &ask).await
            })
            .await
        };
        let current = async || {
            organisation::unit(cx, input.unit.parse().ok()?)
                .await
                .ok()
                .flatten()
                .map(Unit)
        };
        answer_or_current(cx, done.await.map(Unit), current).await
    }

    /// Makes a team in a unit or across units. For those who lead colleagues there.
    async fn create_team(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The team to make.")] input: CreateTeamInput,
    ) -> Result<CreateTeamPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let name = reading.text("name", &input.name);
        let name = match reading.done(name) {
            Ok(name) => name,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let made = key(cx, input.id.as_ref())?;
        let done = async {
            let ask = organisation::CreateTeam {
                id: made.unwrap_or_else(|| cx.ids.random()).into(),
                kind: input.kind.into(),
                name,
                unit: id_or_none(input.unit.as_ref())?,
                ends_on: input.ends_on,
            };
            effect(cx, once("createTeam", made, &input), async |tx: &Tx| {
                organisation::create_team(tx, &ask).await
            })
            .await
        };
        answer(cx, done.await.map(Team))
    }

    /// Changes a team: renames it, moves it, gives it an end. For those who lead colleagues there.
    async fn update_team(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which team, and what changes.")] input: UpdateTeamInput,
    ) -> Result<UpdateTeamPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let name = name_or_none(&mut reading, input.name.as_deref());
        let name = match reading.done(name) {
            Ok(name) => name,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let done = async {
            let ask = organisation::UpdateTeam {
                team: id(&input.team)?,
                version: input.version.into(),
                name,
                kind: input.kind.map(Into::into),
                unit: changed_id(&input.unit)?,
                ends_on: changed(&input.ends_on),
            };
            write(cx, async |tx: &Tx| {
                organisation::update_team(tx, &ask).await
            })
            .await
        };
        let current = async || {
            organisation::team(cx, input.team.parse().ok()?)
                .await
                .ok()
                .flatten()
                .map(Team)
        };
        answer_or_current(cx, done.await.map(Team), current).await
    }

    /// Takes a person into a team. Taking in twice changes nothing. For those who lead the team.
    async fn add_team_member(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and into which team.")] input: AddTeamMemberInput,
    ) -> Result<AddTeamMemberPayload> {
        let cx: &Cx = ctx.data()?;
        let done = async {
            let (team, person) = (id(&input.team)?, id(&input.person)?);
            write(cx, async |tx: &Tx| {
                organisation::add_member(tx, team, person).await
            })
            .await?;
            organisation::team(cx, team).await?.ok_or(Error::NotFound)
        };
        answer(cx, done.await.map(Team))
    }

    /// Takes a person out of a team. Everybody may leave; others are taken out by those who lead the team.
    async fn remove_team_member(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who, and out of which team.")] input: RemoveTeamMemberInput,
    ) -> Result<RemoveTeamMemberPayload> {
        let cx: &Cx = ctx.data()?;
        let done = async {
            let (team, person) = (id(&input.team)?, id(&input.person)?);
            write(cx, async |tx: &Tx| {
                organisation::remove_member(tx, team, person).await
            })
            .await
        };
        answer(cx, done.await)
    }

    /// Makes or changes a school year with its terms and days off. For the organiser's administrators.
    async fn save_school_year(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The whole year as it is to be.")] input: SaveSchoolYearInput,
    ) -> Result<SaveSchoolYearPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let name = reading.text("name", &input.name);
        let names: Vec<_> = input
            .days_off
            .iter()
            .enumerate()
            .map(|(index, off)| {
                reading.text::<{ Name::MAX }, false>(&format!("daysOff.{index}.name"), &off.name)
            })
            .collect();
        let read = name.zip(names.into_iter().collect::<Option<Vec<_>>>());
        let (name, names) = match reading.done(read) {
            Ok(read) => read,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let made = key(cx, input.id.as_ref())?;
        let year = input
            .id
            .as_ref()
            .and_then(|id| id.parse().ok())
            .unwrap_or_else(|| cx.ids.random().into());
        let done = async {
            let terms = input.terms.iter().map(|term| {
                Ok(organisation::Term {
                    id: id_or_none(term.id.as_ref())?.unwrap_or_else(|| cx.ids.random().into()),
                    kind: term.kind.into(),
                    starts_on: term.starts_on,
                    ends_on: term.ends_on,
                })
            });
            let days_off = input.days_off.iter().zip(names).map(|(off, name)| {
                Ok(organisation::DayOff {
                    id: id_or_none(off.id.as_ref())?.unwrap_or_else(|| cx.ids.random().into()),
                    name,
                    starts_on: off.starts_on,
                    ends_on: off.ends_on,
                })
            });
            let ask = organisation::SaveSchoolYear {
                id: year,
                version: input.version.map(Into::into),
                name,
                starts_on: input.starts_on,
                ends_on: input.ends_on,
                terms: terms.collect::<Result<_, Error>>()?,
                days_off: days_off.collect::<Result<_, Error>>()?,
            };
            let once = once(
                "saveSchoolYear",
                made.filter(|_| input.version.is_none()),
                &input,
            );
            effect(cx, once, async |tx: &Tx| {
                organisation::save_school_year(tx, &ask).await
            })
            .await
        };
        let current = async || {
            let years = organisation::school_years(cx).await.ok()?;
            years
                .into_iter()
                .find(|found| found.id == year)
                .map(Into::into)
        };
        answer_or_current(cx, done.await.map(Into::into), current).await
    }
}

/// An id of an input. What cannot be an id does not exist.
pub(super) fn id<I: std::str::FromStr>(id: &ID) -> Result<I, Error> {
    id.parse().map_err(|_| Error::NotFound)
}

/// An id that may be left out.
pub(super) fn id_or_none<I: std::str::FromStr>(id: Option<&ID>) -> Result<Option<I>, Error> {
    id.map(|id| id.parse().map_err(|_| Error::NotFound))
        .transpose()
}

/// A value that stays when it is left out, and goes when it is `null`.
pub(super) fn changed<T: Clone>(value: &MaybeUndefined<T>) -> Option<Option<T>> {
    match value {
        MaybeUndefined::Undefined => None,
        MaybeUndefined::Null => Some(None),
        MaybeUndefined::Value(value) => Some(Some(value.clone())),
    }
}

fn changed_id<I: std::str::FromStr>(
    value: &MaybeUndefined<ID>,
) -> Result<Option<Option<I>>, Error> {
    changed(value).map(|id| id_or_none(id.as_ref())).transpose()
}

/// A name that may be left out.
pub(super) fn name_or_none(reading: &mut Reading, name: Option<&str>) -> Option<Option<Name>> {
    match name {
        None => Some(None),
        Some(name) => reading.text("name", name).map(Some),
    }
}

fn codes_or_none<C: Code>(
    reading: &mut Reading,
    at: &str,
    codes_: Option<&[String]>,
) -> Option<Option<Vec<C>>> {
    match codes_ {
        None => Some(None),
        Some(list) => codes(reading, at, list).map(Some),
    }
}

fn codes<C: Code>(reading: &mut Reading, at: &str, list: &[String]) -> Option<Vec<C>> {
    let read = list
        .iter()
        .enumerate()
        .map(|(index, code)| match C::parse(code) {
            Ok(code) => Some(code),
            Err(unknown) => {
                let at = format!("{at}.{index}");
                reading.wrong(
                    &at,
                    "BAD_CODE",
                    &unknown.message(kit::Lang::Sv),
                    &unknown.message(kit::Lang::En),
                );
                None
            }
        });
    read.collect::<Vec<_>>().into_iter().collect()
}
