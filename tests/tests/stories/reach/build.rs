//! Makes a generated world real, by the rooms' own use cases.

use super::world::{Day, Dice, Kind, Organiser, Person};
use chrono::{Days, NaiveDate};
use curriculum::SchoolForm;
use kit::{Actor, Lang, Name, OrganiserId, PersonId, Role, SignInId};
use organisation::{
    CreateOrganiser, CreateTeam, CreateUnit, Invite, Move, NewRole, OrganiserKind, TeamKind,
    UnitKind, UpdatePerson,
};
use std::sync::Arc;
use store::{Cx, Tx};
use testkit::TestDb;

/// Whatever went wrong; a story never expects it.
pub(crate) type Fault = Box<dyn std::error::Error + Send + Sync>;

pub(crate) const fn house(organiser: OrganiserId) -> Actor {
    Actor::System {
        job: "test",
        organiser,
    }
}

/// The person as they are at the moment of `cx`.
pub(crate) async fn actor(cx: &Cx, organiser: OrganiserId, person: PersonId) -> Option<Actor> {
    let actor = organisation::load_actor(cx, organiser, person, SignInId(uuid::Uuid::nil()));
    Some(Actor::Person(Arc::new(actor.await.unwrap()?)))
}

fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

/// The date of a day, counted from `first`.
fn date(first: NaiveDate, day: Day) -> NaiveDate {
    let days = Days::new(day.unsigned_abs());
    if day < 0 { first - days } else { first + days }
}

/// The organiser and its rubrics, in one transaction each of the day on which the world is made.
pub(crate) async fn build(db: &TestDb, dice: &mut Dice, organiser: &mut Organiser) {
    let cx = db.cx(house(organiser.id));
    store::write(&cx, async |tx: &Tx| {
        people(tx, dice, organiser).await?;
        for _ in 0..8 {
            let rubric = super::life::live(tx, dice, organiser).await?;
            organiser.rubrics.push(rubric);
        }
        Ok::<_, Fault>(())
    })
    .await
    .unwrap();
}

async fn people(tx: &Tx, dice: &mut Dice, organiser: &Organiser) -> Result<(), Fault> {
    let first = organisation::today(tx.now);
    let ask = CreateOrganiser {
        name: name("Ekebro kommun"),
        kind: OrganiserKind::Municipality,
    };
    organisation::create_organiser(tx, &ask).await?;
    for unit in &organiser.units {
        let (kind, forms) = match unit.kind {
            Kind::Area => (UnitKind::PrincipalArea, vec![]),
            Kind::School => (UnitKind::School, vec![SchoolForm::CompulsorySchool]),
            Kind::Preschool => (UnitKind::Preschool, vec![SchoolForm::Preschool]),
        };
        let ask = CreateUnit {
            id: unit.id,
            kind,
            name: name("Ekskolan"),
            parent: unit.above.map(|at| organiser.units[at].id),
            school_forms: forms,
            years: Vec::new(),
            from_day: Some(date(first, -100)),
            to_day: None,
        };
        organisation::create_unit(tx, &ask).await?;
    }
    for team in &organiser.teams {
        let ask = CreateTeam {
            id: team.id,
            kind: TeamKind::WorkTeam,
            name: name("Arbetslaget"),
            unit: team.unit.map(|at| organiser.units[at].id),
            ends_on: None,
        };
        organisation::create_team(tx, &ask).await?;
    }
    for person in &organiser.people {
        come(tx, dice, organiser, person, first).await?;
    }
    for person in &organiser.people {
        go(tx, organiser, person, first).await?;
    }
    Ok(())
}

async fn come(
    tx: &Tx,
    dice: &mut Dice,
    organiser: &Organiser,
    person: &Person,
    first: NaiveDate,
) -> Result<(), Fault> {
    let unit = |at: Option<usize>| at.map(|at| organiser.units[at].id);
    let roles = person.roles.iter().map(|held| NewRole {
        id: dice.id(),
        role: held.role,
        unit: unit(held.unit),
        from_day: Some(date(first, held.from)),
        to_day: held.to.map(|day| date(first, day)),
    });
    let ask = Invite {
        person: person.id,
        name: name("Kim Kollega"),
        lang: Lang::Sv,
        address: format!("{}@example.org", person.id.uuid().simple()),
        secret_hash: [organiser.id.uuid().as_bytes(), person.id.uuid().as_bytes()]
            .map(<[u8; 16]>::as_slice)
            .concat(),
        unit: unit(person.home),
        roles: roles.take(organisation::ROLES_MAX).collect(),
        teams: (person.memberships.iter())
            .map(|membership| organiser.teams[membership.team].id)
            .collect(),
        protected: person.protected,
    };
    organisation::invite(tx, &ask).await?;
    Ok(())
}

/// Leaves teams, moves, and says when they leave the organiser: once everybody is there, so that an administrator is.
async fn go(
    tx: &Tx,
    organiser: &Organiser,
    person: &Person,
    first: NaiveDate,
) -> Result<(), Fault> {
    for membership in person.memberships.iter().filter(|held| held.left) {
        let team = organiser.teams[membership.team].id;
        organisation::remove_member(tx, team, person.id).await?;
    }
    let is_guest = person.roles.iter().all(|held| held.role == Role::Guest);
    let last_day = person.last_day.filter(|_| !is_guest);
    if last_day.is_some() || person.moves.is_some() {
        let ask = UpdatePerson {
            person: person.id,
            version: 1,
            name: None,
            home: person.moves.map(|(at, day)| Move {
                unit: organiser.units[at].id,
                from_day: Some(date(first, day)),
            }),
            last_day: last_day.map(|day| Some(date(first, day))),
            protected: None,
        };
        organisation::update_person(tx, &ask).await?;
    }
    Ok(())
}
