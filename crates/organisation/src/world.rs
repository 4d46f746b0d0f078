//! A small organiser for this room's tests, made by the use cases themselves.
//!
//! ```text
//! organiser 1
//! ├─ area 10 ── school 11 (team 30), preschool 13
//! └─ school 12                         team 31 across units
//! ```

use crate::*;
use chrono::{Days, NaiveDate};
use curriculum::{SchoolForm, Year};
use kit::{Actor, Lang, Name, OrganiserId, Page, PersonId, Role, RoleId, SignInId, TeamId, UnitId};
use std::sync::Arc;
use store::{Cx, Tx, write};
use testkit::{TestDb, id};

pub(crate) const ADMIN: u128 = 100;
pub(crate) const AREA_ADMIN: u128 = 101;
pub(crate) const PRINCIPAL: u128 = 102;
pub(crate) const TEACHER: u128 = 103;
pub(crate) const MATE: u128 = 104;
pub(crate) const OTHER: u128 = 105;
pub(crate) const GUEST: u128 = 106;
pub(crate) const PROTECTED: u128 = 107;

/// A person's number, name, role, unit and teams.
type Seat = (u128, &'static str, Role, Option<u128>, &'static [u128]);

pub(crate) fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

pub(crate) struct World<'a> {
    pub db: &'a TestDb,
    pub organiser: OrganiserId,
}

impl<'a> World<'a> {
    /// The organiser with number 1.
    pub(crate) async fn new(db: &'a TestDb) -> Self {
        Self::numbered(db, 1).await
    }

    /// Another organiser, whose people and units have the same ids.
    pub(crate) async fn numbered(db: &'a TestDb, number: u128) -> Self {
        let world = Self {
            db,
            organiser: id(number),
        };
        write(&world.house(), async |tx: &Tx| {
            let ask = CreateOrganiser {
                name: name("Älvsunda kommun"),
                kind: OrganiserKind::Municipality,
            };
            create_organiser(tx, &ask).await?;
            for ask in [
                unit_of(10, UnitKind::PrincipalArea, "Norra", None),
                unit_of(11, UnitKind::School, "Ekskolan", Some(10)),
                unit_of(12, UnitKind::School, "Åsskolan", None),
                unit_of(13, UnitKind::Preschool, "Gläntan", Some(10)),
            ] {
                create_unit(tx, &ask).await?;
            }
            for (team, unit) in [(30, Some(11)), (31, None)] {
                create_team(tx, &team_of(team, unit)).await?;
            }
            let end = today(tx.now) + Days::new(30);
            let people: &[Seat] = &[
                (ADMIN, "Ada Admin", Role::Admin, None, &[]),
                (AREA_ADMIN, "Bo Admin", Role::Admin, Some(10), &[]),
                (PRINCIPAL, "Cia Rektor", Role::Principal, Some(11), &[]),
                (TEACHER, "Dan Lärare", Role::Teacher, Some(11), &[30]),
                (MATE, "Eva Lärare", Role::Teacher, Some(11), &[30]),
                (OTHER, "Åke Lärare", Role::Teacher, Some(12), &[]),
                (GUEST, "Gun Gäst", Role::Guest, Some(11), &[30]),
                (PROTECTED, "Hemlig Hansson", Role::Teacher, Some(11), &[30]),
            ];
            for (person, called, role, unit, teams) in people {
                let mut ask = invite_of(*person, called, *role, *unit);
                ask.teams = teams.iter().map(|team| id(*team)).collect();
                ask.protected = *person == PROTECTED;
                if *role == Role::Guest {
                    ask.roles[0].to_day = Some(end);
                }
                invite(tx, &ask).await?;
            }
            Ok::<_, Error>(())
        })
        .await
        .unwrap();
        world
    }

    /// The house itself, for this organiser.
    pub(crate) fn house(&self) -> Cx {
        self.db.cx(Actor::System {
            job: "test",
            organiser: self.organiser,
        })
    }

    /// What `person` is today.
    pub(crate) async fn actor(&self, person: u128) -> Actor {
        let cx = self.db.cx(Actor::Anonymous);
        let actor = load_actor(&cx, self.organiser, id(person), id::<SignInId>(1)).await;
        Actor::Person(Arc::new(actor.unwrap().expect("the person is here today")))
    }

    /// A context of `person`, as they are today.
    pub(crate) async fn cx(&self, person: u128) -> Cx {
        self.db.cx(self.actor(person).await)
    }

    /// One effect by `person`.
    pub(crate) async fn by<T>(
        &self,
        person: u128,
        work: impl AsyncFnOnce(&Tx) -> Result<T, Error>,
    ) -> Result<T, Error> {
        write(&self.cx(person).await, work).await
    }

    pub(crate) fn today(&self) -> NaiveDate {
        today(self.db.clock.now())
    }

    /// The names that `person` finds among people.
    pub(crate) async fn names(&self, cx: &Cx, filter: &PeopleFilter) -> Vec<String> {
        let page = Page::first(100).unwrap();
        let listed = people(cx, filter, &page).await.unwrap();
        listed
            .items
            .into_iter()
            .map(|(_, person)| person.name)
            .collect()
    }

    /// The version at which `person` stands.
    pub(crate) async fn version(&self, person: u128) -> i64 {
        let found = crate::person(&self.house(), id::<PersonId>(person)).await;
        found.unwrap().expect("the person exists").record.version
    }
}

pub(crate) fn unit_of(
    unit: u128,
    kind: UnitKind,
    called: &str,
    parent: Option<u128>,
) -> CreateUnit {
    let (school_forms, years) = match kind {
        UnitKind::PrincipalArea => (vec![], vec![]),
        UnitKind::School => (vec![SchoolForm::CompulsorySchool], vec![Year::Y1, Year::Y2]),
        UnitKind::Preschool => (vec![SchoolForm::Preschool], vec![]),
    };
    CreateUnit {
        id: id(unit),
        kind,
        name: name(called),
        parent: parent.map(id),
        school_forms,
        years,
        from_day: None,
        to_day: None,
    }
}

pub(crate) fn team_of(team: u128, unit: Option<u128>) -> CreateTeam {
    CreateTeam {
        id: id::<TeamId>(team),
        kind: TeamKind::WorkTeam,
        name: name("Arbetslag"),
        unit: unit.map(id::<UnitId>),
        ends_on: None,
    }
}

pub(crate) fn role_of(number: u128, role: Role, unit: Option<u128>) -> NewRole {
    NewRole {
        id: id::<RoleId>(number),
        role,
        unit: unit.map(id),
        from_day: None,
        to_day: None,
    }
}

pub(crate) fn invite_of(person: u128, called: &str, role: Role, unit: Option<u128>) -> Invite {
    Invite {
        person: id(person),
        name: name(called),
        lang: Lang::Sv,
        address: format!("p{person}@example.se"),
        secret_hash: person.to_be_bytes().to_vec(),
        unit: unit.map(id),
        roles: vec![role_of(1_000 + person, role, unit)],
        teams: Vec::new(),
        protected: false,
    }
}

pub(crate) fn change_of(person: u128, version: i64) -> UpdatePerson {
    UpdatePerson {
        person: id(person),
        version,
        name: None,
        home: None,
        last_day: None,
        protected: None,
    }
}
