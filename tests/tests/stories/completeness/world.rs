//! A municipality and its neighbour in which every text, date and number is a canary of its record.

use super::house::{Fault, House};
use api::Caller;
use chrono::{NaiveDate, TimeDelta};
use curriculum::{SchoolForm, Year};
use identity::CreateServiceAccount;
use kit::{
    Actor, DayOffId, Lang, Name, OrganiserId, PersonId, Role, RoleId, SchoolYearId, SignInId,
    TeamId, TermId, UnitId,
};
use organisation::{
    CreateOrganiser, CreateTeam, CreateUnit, DayOff, Invite, NewRole, OrganiserKind,
    SaveSchoolYear, TeamKind, Term, TermKind, UnitKind, UpdatePerson,
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};
use store::Tx;
use testkit::id;
use tests::canary::{Canaries, Canary};

/// Everybody and everything, by the names of the table.
pub(crate) struct World<'a> {
    pub house: House<'a>,
    pub canaries: Canaries,
    pub callers: Vec<(&'static str, Caller)>,
    /// Public ids by record: of units, teams, people, rubrics and their versions.
    pub ids: BTreeMap<String, String>,
    /// What stands in the address of the link for pupils.
    pub token: String,
}

/// Who works here: name, role, unit and teams. The numbers of their ids are their places.
type Job = (
    &'static str,
    Role,
    Option<&'static str>,
    &'static [&'static str],
);

const PEOPLE: [Job; 17] = [
    (
        "anna",
        Role::Teacher,
        Some("ekskolan"),
        &["arbetslag", "amneslag"],
    ),
    ("bo", Role::Teacher, Some("ekskolan"), &[]),
    ("mia", Role::Teacher, Some("ekskolan"), &["arbetslag"]),
    ("lena", Role::LeadTeacher, Some("ekskolan"), &["arbetslag"]),
    ("petra", Role::Principal, Some("ekskolan"), &[]),
    ("sanna", Role::Teacher, Some("ekskolan"), &["arbetslag"]),
    ("gerd", Role::Guest, Some("ekskolan"), &["arbetslag"]),
    ("cecilia", Role::Teacher, Some("bjorkskolan"), &["amneslag"]),
    ("rolf", Role::Teacher, Some("bjorkskolan"), &[]),
    ("pelle", Role::PreschoolTeacher, Some("larkan"), &[]),
    ("ove", Role::Deputy, Some("omrade"), &[]),
    ("kalle", Role::Coordinator, None, &[]),
    ("hedda", Role::OrganiserHead, None, &[]),
    ("astrid", Role::Admin, None, &[]),
    ("bertil", Role::Admin, None, &[]),
    ("rut", Role::RecordsOfficer, None, &[]),
    ("dan", Role::DataProtectionOfficer, None, &[]),
];

const NEIGHBOURS: [Job; 2] = [
    ("nils", Role::Teacher, Some("grannskolan"), &["grannlag"]),
    ("gun", Role::Admin, None, &[]),
];

const UNITS: [(&str, UnitKind, Option<&str>); 4] = [
    ("omrade", UnitKind::PrincipalArea, None),
    ("ekskolan", UnitKind::School, Some("omrade")),
    ("bjorkskolan", UnitKind::School, Some("omrade")),
    ("larkan", UnitKind::Preschool, Some("omrade")),
];

const TEAMS: [(&str, Option<&str>); 2] = [("arbetslag", Some("ekskolan")), ("amneslag", None)];

const SERVICES: [(&str, &[&str], Option<&str>); 4] = [
    ("tjanst-organisation", &["organisation:read"], None),
    ("tjanst-personer", &["people:read"], None),
    ("tjanst-matriser", &["rubrics:read"], None),
    (
        "tjanst-ekskolan",
        &["organisation:read", "people:read", "rubrics:read"],
        Some("ekskolan"),
    ),
];

/// The number behind a name: the same for the same name, in whatever organiser.
fn number(record: &str) -> u128 {
    let bytes = record.bytes().map(u128::from);
    bytes.fold(1 << 100, |number, byte| number.wrapping_mul(131) + byte)
}

pub(crate) fn known<I: From<uuid::Uuid>>(record: &str) -> I {
    id(number(record))
}

pub(crate) fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

pub(crate) fn ours() -> OrganiserId {
    known("kommun")
}

impl<'a> World<'a> {
    /// Everybody at work, without rubrics.
    pub(crate) async fn new(house: House<'a>) -> Self {
        let first = NaiveDate::from_ymd_opt(2027, 1, 11).unwrap();
        let mut world = Self {
            house,
            canaries: Canaries::new(first, 7_000),
            callers: vec![("ingen", Caller::Anonymous)],
            ids: BTreeMap::new(),
            token: String::new(),
        };
        world.organiser("kommun", &UNITS, &TEAMS, &PEOPLE).await;
        let far = [("grannskolan", UnitKind::School, None)];
        let team = [("grannlag", Some("grannskolan"))];
        world.organiser("granne", &far, &team, &NEIGHBOURS).await;
        world.details().await;
        for (place, jobs) in [("kommun", &PEOPLE[..]), ("granne", &NEIGHBOURS)] {
            for (who, ..) in jobs {
                let device = world.canaries.of(&format!("enhet-{who}")).text("Dator");
                let caller = world.house.sign_in(known(place), known(who), &device).await;
                world.callers.push((*who, caller));
            }
        }
        for (who, scopes, unit) in SERVICES {
            let canary = world.canaries.of(who);
            let ask = CreateServiceAccount {
                id: known(who),
                name: name(&canary.text("Integration")),
                scopes: scopes.iter().map(|&scope| scope.to_owned()).collect(),
                units: unit.map(|unit| vec![known(unit)]),
                expires_at: canary.day().and_hms_opt(12, 0, 0).unwrap().and_utc(),
            };
            let caller = world.house.service(world.actor("astrid").await, &ask).await;
            // It was used: the day stands in the administrators' list.
            world
                .house
                .send(&caller, "{ units(first: 1) { nodes { id } } }", &json!({}))
                .await;
            world.callers.push((who, caller));
        }
        world
    }

    pub(crate) fn caller(&self, who: &str) -> &Caller {
        let found = self.callers.iter().find(|(name, _)| *name == who);
        &found.unwrap_or_else(|| panic!("nobody is called {who}")).1
    }

    /// The public id of a record.
    pub(crate) fn id(&self, record: &str) -> &str {
        let found = self.ids.get(record);
        found.unwrap_or_else(|| panic!("{record} has no id"))
    }

    /// The public ids with this prefix.
    pub(crate) fn ids_of(&self, prefix: &str) -> Vec<&str> {
        let ids = self.ids.values().map(String::as_str);
        ids.filter(|id| id.split_once('_').is_some_and(|(held, _)| held == prefix))
            .collect()
    }

    async fn actor(&self, who: &str) -> Actor {
        let cx = self.house.db.cx(Actor::Anonymous);
        let sign_in = SignInId(uuid::Uuid::nil());
        let actor = organisation::load_actor(&cx, ours(), known(who), sign_in).await;
        Actor::Person(Arc::new(actor.unwrap().unwrap()))
    }

    fn note(&mut self, record: &str, id: impl ToString) {
        self.ids.insert(record.to_owned(), id.to_string());
    }

    async fn organiser(
        &mut self,
        record: &str,
        units: &[(&str, UnitKind, Option<&str>)],
        teams: &[(&str, Option<&str>)],
        people: &[Job],
    ) {
        let called = self.canaries.of(record).text("Kommunen");
        let mut asks = (Vec::new(), Vec::new(), Vec::new());
        for (unit, kind, parent) in units {
            asks.0
                .push(unit_of(&self.canaries.of(unit), *kind, *parent));
            self.note(unit, known::<UnitId>(unit));
        }
        for (team, unit) in teams {
            let canary = self.canaries.of(team);
            asks.1.push(CreateTeam {
                id: known(team),
                kind: TeamKind::WorkTeam,
                name: name(&canary.text("Laget")),
                unit: unit.map(known),
                ends_on: Some(canary.day()),
            });
            self.note(team, known::<TeamId>(team));
        }
        for job in people {
            asks.2.push(invite_of(&self.canaries.of(job.0), job));
            self.note(job.0, known::<PersonId>(job.0));
        }
        let cx = self.house.db.cx(Actor::System {
            job: "test",
            organiser: known(record),
        });
        let made = store::write(&cx, async |tx: &Tx| {
            let ask = CreateOrganiser {
                name: name(&called),
                kind: OrganiserKind::Municipality,
            };
            organisation::create_organiser(tx, &ask).await?;
            for ask in &asks.0 {
                organisation::create_unit(tx, ask).await?;
            }
            for ask in &asks.1 {
                organisation::create_team(tx, ask).await?;
            }
            for ask in &asks.2 {
                organisation::invite(tx, ask).await?;
            }
            Ok::<_, Fault>(())
        });
        made.await.unwrap();
    }

    /// The school year, a last day that only a record tells, and who guards protected identities.
    async fn details(&mut self) {
        let year = self.canaries.of("lasar");
        let off = self.canaries.of("lov");
        let term = self.canaries.of("termin");
        let record = self.canaries.of("akt-mia");
        let leaves = UpdatePerson {
            person: known("mia"),
            version: 1,
            name: None,
            home: None,
            last_day: Some(Some(record.day())),
            protected: None,
        };
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let year = SaveSchoolYear {
            id: known::<SchoolYearId>("lasar"),
            version: None,
            name: name(&year.text("Läsår")),
            starts_on: day(2026, 8, 17),
            ends_on: day(2027, 8, 1),
            terms: vec![Term {
                id: known::<TermId>("termin"),
                kind: TermKind::Spring,
                starts_on: term.day(),
                ends_on: day(2027, 7, 31),
            }],
            days_off: vec![DayOff {
                id: known::<DayOffId>("lov"),
                name: name(&off.text("Lov")),
                starts_on: off.day(),
                ends_on: off.day(),
            }],
        };
        let cx = self.house.db.cx(Actor::System {
            job: "test",
            organiser: ours(),
        });
        let made = store::write(&cx, async |tx: &Tx| {
            organisation::save_school_year(tx, &year).await?;
            organisation::update_person(tx, &leaves).await?;
            organisation::name_guard(tx, known("astrid")).await?;
            Ok::<_, Fault>(())
        });
        made.await.unwrap();
    }

    /// Everything that people make at these organisers, so that there is something to see everywhere.
    pub(crate) async fn furnish(&mut self) {
        // Each on the heap: together they are more than the stack of a test holds.
        Box::pin(self.write_rubrics()).await;
        Box::pin(self.write_forks()).await;
        Box::pin(self.open_to_pupils()).await;
        Box::pin(self.open_catalogue()).await;
        Box::pin(self.talk()).await;
        Box::pin(self.add_exemplars()).await;
        Box::pin(self.fill_shelves()).await;
        // The last, so that its share can still be undone.
        Box::pin(self.write_together()).await;
    }

    /// Switches the marking of a person on or off.
    pub(crate) async fn protect(&self, who: &str, protected: bool) {
        let query = "query($id: ID!) { node(id: $id) { ... on Person { record { version } } } }";
        let astrid = self.caller("astrid");
        let id = json!({"id": self.id(who)});
        let seen = self.house.send(astrid, query, &id).await;
        let version = &seen["data"]["node"]["record"]["version"];
        let input = json!({"person": self.id(who), "version": version, "isProtected": protected});
        self.house
            .effect(astrid, "updatePerson", input, "person { id }")
            .await;
    }

    /// A moment goes by, so that what came earlier stands apart from what comes next.
    pub(crate) fn wait(&self) {
        self.house.db.clock.pass(TimeDelta::seconds(1));
    }

    /// A new rubric's draft, with canaries in every text.
    pub(crate) async fn draft(&mut self, by: &str, unit: &str, record: &str) {
        self.wait();
        let content = content(&self.canaries.of(record));
        let input = json!({"id": known::<kit::RubricId>(record).to_string(), "unit": self.id(unit), "content": content});
        let selection = "rubric { id draft { id } }";
        let made = self
            .house
            .effect(self.caller(by), "createRubric", input, selection)
            .await;
        self.note(record, made["rubric"]["id"].as_str().unwrap());
        self.note(
            &format!("{record}/1"),
            made["rubric"]["draft"]["id"].as_str().unwrap(),
        );
    }

    /// A step with a rubric, as its author or reviewer takes it.
    pub(crate) async fn step(&mut self, by: &str, verb: &str, record: &str, more: Value) {
        self.wait();
        let query = "query($id: ID!) { rubric(id: $id) { version } }";
        let id = json!({"id": self.id(record)});
        let seen = self.house.send(self.caller(by), query, &id).await;
        let version = seen["data"]["rubric"]["version"].as_i64();
        let version = version.unwrap_or_else(|| panic!("{by} has no version of {record}: {seen}"));
        let input = tests::world::step(self.id(record), version, &more);
        let selection = "rubric { id draft { id } }";
        let done = self
            .house
            .effect(self.caller(by), verb, input, selection)
            .await;
        if verb == "reviseRubric" {
            let draft = done["rubric"]["draft"]["id"].as_str().unwrap();
            self.note(&format!("{record}/2"), draft);
        }
    }

    /// A rubric that is published and shared like this.
    pub(crate) async fn shared(&mut self, by: &str, unit: &str, record: &str, scope: Value) {
        self.draft(by, unit, record).await;
        self.step(by, "publishRubric", record, json!({})).await;
        self.step(by, "shareRubric", record, scope).await;
    }
}

fn unit_of(canary: &Canary, kind: UnitKind, parent: Option<&str>) -> CreateUnit {
    let (school_forms, years) = match kind {
        UnitKind::PrincipalArea => (vec![SchoolForm::CompulsorySchool], vec![Year::Y1]),
        UnitKind::School => (vec![SchoolForm::CompulsorySchool], vec![Year::Y1, Year::Y2]),
        UnitKind::Preschool => (vec![SchoolForm::Preschool], vec![]),
    };
    CreateUnit {
        id: known(&canary.record),
        kind,
        name: name(&canary.text("Enheten")),
        parent: parent.map(known),
        school_forms,
        years,
        from_day: None,
        to_day: Some(canary.day()),
    }
}

fn invite_of(canary: &Canary, (who, role, unit, teams): &Job) -> Invite {
    let home: Option<UnitId> = unit.map(known);
    Invite {
        person: known(who),
        name: name(&canary.text("Kim")),
        lang: Lang::Sv,
        address: format!("{who}@example.org"),
        secret_hash: who.as_bytes().to_vec(),
        unit: home,
        roles: vec![NewRole {
            id: known::<RoleId>(&format!("roll-{who}")),
            role: *role,
            unit: home,
            from_day: None,
            to_day: (*role == Role::Guest).then_some(canary.day()),
        }],
        teams: teams.iter().map(|team| known(team)).collect(),
        protected: false,
    }
}

/// A rubric whose every text and number is the canary's.
pub(crate) fn content(canary: &Canary) -> Value {
    let both =
        |what: &str| json!({"sv": canary.text(what), "en": canary.text(&format!("{what} (en)"))});
    let level = |number: u32| {
        json!({
            "label": both(&format!("Nivå {number}")), "descriptor": both("Nivåbeskrivning"),
            "pupilWording": both("Till elever"), "suggestedFeedback": both("Återkoppling"),
            "points": {"min": canary.number(), "max": canary.number()},
        })
    };
    let criterion = |number: u32| {
        json!({
            "title": both(&format!("Kriterium {number}")), "description": both("Beskrivning"),
            "guidance": both("Vägledning"), "pupilWording": both("Till elever"), "about": "EDUCATION",
            "subjects": ["SV"], "years": ["4"], "strategies": ["ELICIT_EVIDENCE"], "weight": 3,
            "levels": [level(1), level(2)],
        })
    };
    json!({
        "kind": "ANALYTIC", "title": both("Titel"), "description": both("Beskrivning"), "points": true,
        "subjects": ["SV"], "years": ["4"], "schoolForms": ["GRUNDSKOLA"], "strategies": ["ELICIT_EVIDENCE"],
        "criteria": [criterion(1), criterion(2)],
    })
}
