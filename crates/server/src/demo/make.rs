//! Making the municipality: through the rooms, in one transaction, with the same ids every time.

use super::{
    PASSWORD,
    municipality::{Municipality, Person},
};
use crate::exit::{Exit, Failure};
use identity::{Address, Identity, NewPassword, PasswordHash};
use kit::{Actor, Fault, Lang, Name, OrganiserId, PersonId, SignInId, TeamId, UnitId};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fmt::Display,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};
use store::{Ids, Store, Tx, write};
use uuid::{Builder, Uuid};

/// Makes the municipality unless it is there. Half of it is never there.
pub(crate) async fn make_once(
    store: &Store,
    identity: &Identity,
    municipality: &Municipality,
) -> Result<(), Failure> {
    let organiser = OrganiserId(named("organiser"));
    let house = Actor::System {
        job: "demo",
        organiser,
    };
    let mut cx = store.cx(house, Lang::Sv, Uuid::nil());
    if organisation::organiser(&cx).await.is_ok() {
        return Ok(());
    }
    let address = Address::parse("demo@alvsunda.example").map_err(failed)?;
    let chosen = NewPassword::chosen(PASSWORD, &address).map_err(failed)?;
    // One hash for all of them: the demo's password is printed at every start.
    let password = identity.passwords.hash(&chosen).await.map_err(failed)?;
    let count = Arc::new(AtomicU64::new(0));
    cx.ids =
        Ids::from_fn(move |_| named(&format!("row {}", count.fetch_add(1, Ordering::Relaxed))));
    write(&cx, async |tx: &Tx| {
        organiser_and_calendar(tx, municipality).await?;
        let units = units(tx, municipality).await?;
        let teams = teams(tx, municipality, &units).await?;
        let people = people(tx, municipality, &units, &teams).await?;
        accounts(tx, municipality, &people, &password).await?;
        rubrics(tx, municipality, &units, &teams, &people).await?;
        // What its teachers wrote is not on the shelf a second time.
        let own: Vec<_> = municipality
            .rubrics
            .iter()
            .map(|it| it.file.as_str())
            .collect();
        Ok(crate::starter::fill(tx, &own).await?)
    })
    .await
    .map_err(|Unmade(error)| {
        Failure::new(Exit::Failed, format!("the demo could not be made: {error}"))
    })
}

/// Why the demo could not be made.
struct Unmade(String);

impl<E: Fault> From<E> for Unmade {
    fn from(fault: E) -> Self {
        let problems = fault
            .problems()
            .iter()
            .map(|problem| format!("{}: {}", problem.path, problem.en));
        Self(
            std::iter::once(fault.to_string())
                .chain(problems)
                .collect::<Vec<_>>()
                .join("; "),
        )
    }
}

fn failed(error: impl Display) -> Failure {
    Failure::new(Exit::Failed, format!("the demo could not be made: {error}"))
}

/// The id of something of the demo: the same on every machine.
fn named(what: &str) -> Uuid {
    let digest: [u8; 32] = Sha256::digest(format!("kollegium demo, {what}")).into();
    let (first, _) = digest
        .split_first_chunk::<16>()
        .expect("a digest has 32 bytes");
    Builder::from_random_bytes(*first).into_uuid()
}

fn name(text: &str) -> Result<Name, Unmade> {
    Name::parse(text).map_err(|error| Unmade(format!("{text}: {error}")))
}

fn of<'a, T>(map: &'a BTreeMap<&str, T>, key: &str) -> Result<&'a T, Unmade> {
    map.get(key)
        .ok_or_else(|| Unmade(format!("nothing is called {key}")))
}

async fn organiser_and_calendar(tx: &Tx, municipality: &Municipality) -> Result<(), Unmade> {
    let ask = organisation::CreateOrganiser {
        name: name(&municipality.organiser.name)?,
        kind: organisation::OrganiserKind::Municipality,
    };
    organisation::create_organiser(tx, &ask).await?;
    for year in &municipality.school_years {
        let terms: Vec<_> = year
            .terms
            .iter()
            .map(|term| organisation::Term {
                id: tx.ids.random().into(),
                kind: if term.code == "HT" {
                    organisation::TermKind::Autumn
                } else {
                    organisation::TermKind::Spring
                },
                starts_on: term.first,
                ends_on: term.last,
            })
            .collect();
        let (Some(first), Some(last)) = (terms.first(), terms.last()) else {
            continue;
        };
        let (starts_on, ends_on) = (first.starts_on, last.ends_on);
        let days_off = year.days_off.iter().map(|off| {
            Ok::<_, Unmade>(organisation::DayOff {
                id: tx.ids.random().into(),
                name: name(&off.name)?,
                starts_on: off.first,
                ends_on: off.last,
            })
        });
        let ask = organisation::SaveSchoolYear {
            id: tx.ids.random().into(),
            version: None,
            name: name(&year.name)?,
            starts_on,
            ends_on,
            terms,
            days_off: days_off.collect::<Result<_, _>>()?,
        };
        organisation::save_school_year(tx, &ask).await?;
    }
    Ok(())
}

async fn units<'a>(
    tx: &Tx,
    municipality: &'a Municipality,
) -> Result<BTreeMap<&'a str, UnitId>, Unmade> {
    use curriculum::Code;
    let mut units = BTreeMap::new();
    let opened = chrono::NaiveDate::from_ymd_opt(2015, 8, 1);
    for area in &municipality.areas {
        let id = UnitId(named(&area.key));
        let ask = organisation::CreateUnit {
            id,
            kind: organisation::UnitKind::PrincipalArea,
            name: name(&area.name)?,
            parent: None,
            school_forms: Vec::new(),
            years: Vec::new(),
            from_day: opened,
            to_day: None,
        };
        organisation::create_unit(tx, &ask).await?;
        units.insert(area.key.as_str(), id);
    }
    for unit in &municipality.units {
        let id = UnitId(named(&unit.key));
        let unknown = |error: curriculum::UnknownCode| Unmade(error.message(Lang::En));
        let ask = organisation::CreateUnit {
            id,
            kind: organisation::UnitKind::from_code(&unit.kind)
                .ok_or_else(|| Unmade(unit.kind.clone()))?,
            name: name(&unit.name)?,
            parent: Some(*of(&units, &unit.area)?),
            school_forms: unit
                .school_forms
                .iter()
                .map(|code| Code::parse(code))
                .collect::<Result<_, _>>()
                .map_err(unknown)?,
            years: unit
                .years
                .iter()
                .map(|code| Code::parse(code))
                .collect::<Result<_, _>>()
                .map_err(unknown)?,
            from_day: opened,
            to_day: None,
        };
        organisation::create_unit(tx, &ask).await?;
        units.insert(unit.key.as_str(), id);
    }
    Ok(units)
}

async fn teams<'a>(
    tx: &Tx,
    municipality: &'a Municipality,
    units: &BTreeMap<&str, UnitId>,
) -> Result<BTreeMap<&'a str, TeamId>, Unmade> {
    let mut teams = BTreeMap::new();
    for team in &municipality.teams {
        let id = TeamId(named(&team.key));
        let ask = organisation::CreateTeam {
            id,
            kind: organisation::TeamKind::from_code(&team.kind)
                .ok_or_else(|| Unmade(team.kind.clone()))?,
            name: name(&team.name)?,
            unit: team
                .unit
                .as_deref()
                .map(|unit| of(units, unit).copied())
                .transpose()?,
            ends_on: None,
        };
        organisation::create_team(tx, &ask).await?;
        teams.insert(team.key.as_str(), id);
    }
    Ok(teams)
}

async fn people<'a>(
    tx: &Tx,
    municipality: &'a Municipality,
    units: &BTreeMap<&str, UnitId>,
    teams: &BTreeMap<&str, TeamId>,
) -> Result<BTreeMap<&'a str, PersonId>, Unmade> {
    let mut people = BTreeMap::new();
    let at = |key: &str| {
        if key == "organiser" {
            Ok(None)
        } else {
            of(units, key).map(|unit| Some(*unit))
        }
    };
    for person in &municipality.people {
        let id = PersonId(named(&person.key));
        let roles = person.roles.iter().map(|held| {
            Ok::<_, Unmade>(organisation::NewRole {
                id: tx.ids.random().into(),
                role: held.role,
                unit: at(&held.at)?,
                from_day: None,
                to_day: held.until,
            })
        });
        let ask = organisation::Invite {
            person: id,
            name: name(&person.name)?,
            lang: person.language,
            address: format!("{}@alvsunda.example", person.key),
            secret_hash: Sha256::digest(format!("no invitation, {}", person.key)).to_vec(),
            unit: at(&person.unit)?,
            roles: roles.collect::<Result<_, _>>()?,
            teams: person
                .teams
                .iter()
                .map(|team| of(teams, team).copied())
                .collect::<Result<_, _>>()?,
            protected: person.protected,
        };
        organisation::invite(tx, &ask).await?;
        people.insert(person.key.as_str(), id);
    }
    Ok(people)
}

async fn accounts(
    tx: &Tx,
    municipality: &Municipality,
    people: &BTreeMap<&str, PersonId>,
    password: &PasswordHash,
) -> Result<(), Unmade> {
    let mut guarded = false;
    for (address, role, Person { key, .. }) in municipality.addresses() {
        let person = *of(people, key)?;
        let account = identity::create_account(tx, &Address::parse(&address)?, password).await?;
        organisation::link_account(tx, tx.organiser(), person, account.id).await?;
        if role == kit::Role::Admin.code() && !guarded {
            organisation::name_guard(tx, person).await?;
            guarded = true;
        }
    }
    Ok(())
}

async fn rubrics(
    tx: &Tx,
    municipality: &Municipality,
    units: &BTreeMap<&str, UnitId>,
    teams: &BTreeMap<&str, TeamId>,
    people: &BTreeMap<&str, PersonId>,
) -> Result<(), Unmade> {
    for entry in &municipality.rubrics {
        let author = *of(people, &entry.author)?;
        let home = municipality
            .people
            .iter()
            .find(|person| person.key == entry.author);
        let home = municipality
            .units
            .iter()
            .find(|unit| home.is_some_and(|person| person.unit == unit.key))
            .ok_or_else(|| Unmade(format!("{} works at no unit", entry.author)))?;
        let unit = *of(units, &home.key)?;
        let content = api::rubric_content(&tx.ids, Municipality::content(&entry.file))
            .map_err(|problems| Unmade(format!("{}: {problems:?}", entry.file)))?;
        let actor =
            organisation::load_actor(tx, tx.organiser(), author, SignInId(Uuid::nil())).await?;
        let actor = actor.ok_or_else(|| Unmade(format!("{} has no role", entry.author)))?;
        let scope = match entry.scope.as_str() {
            "ORGANISER" => rubrics::Scope::Organiser,
            "UNIT" => rubrics::Scope::Unit(unit),
            "TEAM" => rubrics::Scope::Team(*of(teams, entry.team.as_deref().unwrap_or_default())?),
            _ => rubrics::Scope::Private,
        };
        let id = named(&entry.file).into();
        let preschool = home.kind == organisation::UnitKind::Preschool.code();
        tx.acting_as(Actor::Person(Arc::new(actor)), async |tx: &Tx| {
            let rubric = rubrics::create(tx, &rubrics::Create { id, unit, content }).await?;
            let publish = rubrics::Publish {
                rubric: id,
                version: rubric.version,
                review_demanded: false,
                preschool,
            };
            let rubric = rubrics::publish(tx, &publish).await?;
            if scope != rubrics::Scope::Private {
                let share = rubrics::Share {
                    rubric: id,
                    version: rubric.version,
                    scope,
                    review_demanded: false,
                    undo: chrono::TimeDelta::zero(),
                };
                rubrics::share(tx, &share).await?;
            }
            Ok::<_, Unmade>(())
        })
        .await?;
    }
    Ok(())
}
