//! A small world, made through the API alone: a municipality with an area, two schools and a preschool, a neighbour with one school, and
//! everybody who works there, each signed in on one device.

use crate::ask::text;
use crate::client::Client;
use crate::server::{self, Server};
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use store::Ids;

/// What everybody here signs in with.
pub const PASSWORD: &str = "sju långa höstlov i fjällen";
/// The scopes that a service account can have.
pub const SCOPES: [&str; 3] = ["organisation:read", "people:read", "rubrics:read"];

/// Somebody who works here.
#[derive(Debug, Clone)]
pub struct Person {
    /// Their id.
    pub id: String,
    /// What they are called.
    pub name: String,
    /// With what they sign in.
    pub address: String,
    /// Their device, signed in.
    pub client: Client,
    /// What it exchanges for new tokens.
    pub refresh_token: String,
}

/// The municipality, its neighbour and their people.
#[derive(Debug)]
#[expect(missing_docs, reason = "people and places are named by what they are")]
pub struct World {
    pub area: String,
    pub school: String,
    pub other_school: String,
    pub preschool: String,
    /// Anna, Bo, the lead teacher, the guest and the protected colleague, at the first school.
    pub team: String,
    /// Anna, Cecilia and the coordinator, across schools.
    pub across: String,
    pub admin: Person,
    pub principal: Person,
    pub lead: Person,
    /// A teacher at the first school.
    pub anna: Person,
    /// A teacher at the first school.
    pub bo: Person,
    /// A teacher at the other school.
    pub cecilia: Person,
    pub preschool_teacher: Person,
    /// At the whole organiser.
    pub coordinator: Person,
    pub head: Person,
    pub records_officer: Person,
    pub data_protection_officer: Person,
    /// In the team of the first school, for thirty days.
    pub guest: Person,
    /// A teacher at the first school whose identity is protected.
    pub protected: Person,
    pub neighbour_admin: Person,
    pub neighbour_school: String,
    pub neighbour: Person,
}

/// Runs a story in a new world, on both databases.
pub async fn in_world(story: impl AsyncFn(&mut Server, &World)) {
    server::on_both(async |server: &mut Server| {
        let world = World::make(server).await;
        story(server, &world).await;
    })
    .await;
}

/// A word that nobody else writes, in letters alone: the digits of a random id look like a personal number now and then, and are refused.
///
/// # Panics
///
/// Never: a digit of an id is one of sixteen.
#[must_use]
pub fn new_word() -> String {
    let digits = new_id();
    let digits = digits.chars().filter_map(|digit| digit.to_digit(16));
    digits
        .map(|digit| char::from_u32(u32::from('a') + digit).expect("one of sixteen letters"))
        .collect()
}

/// A random id, as a client makes it.
#[must_use]
pub fn new_id() -> String {
    Ids::system().random().to_string()
}

/// Today, as the server's clock has it.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "the server under test keeps the machine's time"
)]
pub fn today() -> NaiveDate {
    chrono::Utc::now().date_naive()
}

/// So many days from today.
#[must_use]
pub fn in_days(days: u64) -> NaiveDate {
    today()
        .checked_add_days(Days::new(days))
        .expect("the calendar goes on")
}

/// The secret that a one-time link carries behind its number sign: the invitation's `token`, or the `link` of a sign-in link.
///
/// # Panics
///
/// If the link carries none.
#[must_use]
pub fn secret_of(link: &str) -> String {
    let (_, fragment) = link
        .split_once('#')
        .expect("a one-time link has a fragment");
    let url = reqwest::Url::parse(&format!("http://fragment/?{fragment}"));
    let url = url.expect("a fragment is written as a query is");
    let variables = url.query_pairs().find(|(name, _)| name == "variables");
    let (_, variables) = variables.expect("the link fills the variables in");
    let variables: Value = serde_json::from_str(&variables).expect("variables are JSON");
    let input = &variables["input"];
    let secret = input["token"].as_str().or(input["link"].as_str());
    secret.expect("the input has the secret").to_owned()
}

/// A rubric that can be published: one criterion with two levels.
#[must_use]
pub fn content(title: &str) -> Value {
    json!({
        "kind": "ANALYTIC",
        "title": {"sv": title},
        "subjects": ["SV"],
        "years": ["4"],
        "schoolForms": ["GRUNDSKOLA"],
        "criteria": [{
            "title": {"sv": "Innehåll"},
            "levels": [
                {"label": {"sv": "På väg"}, "descriptor": {"sv": "Återger delar av texten."}},
                {"label": {"sv": "Säker"}, "descriptor": {"sv": "Återger textens helhet och poäng."}},
            ],
        }],
    })
}

impl Person {
    /// A client of the server's present address with this person's sign-in, after a restart.
    #[must_use]
    pub fn at(&self, server: &Server) -> Client {
        let token = self.client.bearer().expect("everybody here is signed in");
        server.client().as_bearer(token)
    }

    /// Makes a rubric as a draft; answers with its id and version.
    pub async fn draft(&self, unit: &str, title: &str) -> (String, i64) {
        let input = json!({"id": new_id(), "unit": unit, "content": content(title)});
        let made = self
            .client
            .effect("createRubric", input, "rubric { id version }")
            .await;
        (text(&made, "rubric.id"), version(&made))
    }

    /// Takes a step with a rubric; answers with its version from then on.
    pub async fn step(&self, verb: &str, rubric: &str, at: i64, more: Value) -> i64 {
        let input = step(rubric, at, &more);
        let done = self
            .client
            .effect(verb, input, "rubric { id version }")
            .await;
        version(&done)
    }

    /// Makes and publishes a rubric that its author alone sees; answers with its id and version.
    pub async fn published(&self, unit: &str, title: &str) -> (String, i64) {
        let (rubric, at) = self.draft(unit, title).await;
        let at = self.step("publishRubric", &rubric, at, json!({})).await;
        (rubric, at)
    }

    /// Makes and publishes a rubric for the whole organiser; answers with its id and version.
    pub async fn shared(&self, unit: &str, title: &str) -> (String, i64) {
        let (rubric, at) = self.published(unit, title).await;
        let scope = json!({"scope": "ORGANISER"});
        let at = self.step("shareRubric", &rubric, at, scope).await;
        (rubric, at)
    }

    /// What they see of a rubric; null when it does not exist for them.
    pub async fn sees(&self, rubric: &str) -> Value {
        sees(&self.client, rubric).await
    }
}

/// What a client sees of a rubric; null when it does not exist for it.
pub async fn sees(client: &Client, rubric: &str) -> Value {
    let query = "query($id: ID!) { rubric(id: $id) { id state scope version title { sv } current { number isReviewed } draft { id } } }";
    client.ask(query, json!({"id": rubric})).await["rubric"].clone()
}

/// The input of a step with a rubric.
#[must_use]
pub fn step(rubric: &str, at: i64, more: &Value) -> Value {
    let mut input = json!({"rubric": rubric, "version": at});
    for (name, value) in more.as_object().into_iter().flatten() {
        input[name] = value.clone();
    }
    input
}

fn version(payload: &Value) -> i64 {
    let version = payload["rubric"]["version"].as_i64();
    version.unwrap_or_default()
}

impl World {
    /// Makes it.
    pub async fn make(server: &Server) -> Self {
        // The stories say themselves what is in a library.
        let bare = ["--without-starter-shelf"];
        let admin = organiser(server, "Ekdalens kommun", "Astrid Admin", &bare).await;
        let neighbour_admin = organiser(server, "Grannby kommun", "Gunnar Granne", &bare).await;
        let area = unit(&admin, "Norra området", "PRINCIPAL_AREA", None).await;
        let school = unit(&admin, "Ekskolan", "SCHOOL", Some(&area)).await;
        let other_school = unit(&admin, "Björkskolan", "SCHOOL", Some(&area)).await;
        let preschool = unit(&admin, "Lärkans förskola", "PRESCHOOL", Some(&area)).await;
        let neighbour_school = unit(&neighbour_admin, "Grannskolan", "SCHOOL", None).await;
        let team = team(&admin, "Arbetslag 4–6", "WORK_TEAM", Some(&school)).await;
        let across = self::team(&admin, "Svenska i kommunen", "SUBJECT_TEAM", None).await;
        let named = json!({"person": admin.id, "named": true});
        admin
            .client
            .effect("setProtectionGuard", named, "named")
            .await;

        let join = async |name: &str, role: &str, unit: Option<&String>, teams: &[&String]| {
            let input =
                json!({"roles": [{"role": role, "unit": unit}], "unit": unit, "teams": teams});
            invited(server, &admin, name, input).await
        };
        let at_school = Some(&school);
        let guest = json!({
            "roles": [{"role": "GUEST", "unit": school, "toDay": in_days(30)}],
            "unit": school,
            "teams": [team],
        });
        let hidden = json!({
            "roles": [{"role": "TEACHER", "unit": school}],
            "unit": school,
            "teams": [team],
            "isProtected": true,
        });
        let neighbour = json!({
            "roles": [{"role": "TEACHER", "unit": neighbour_school}],
            "unit": neighbour_school,
        });
        Self {
            principal: join("Petra Principal", "PRINCIPAL", at_school, &[]).await,
            lead: join("Linus Ledare", "LEAD_TEACHER", at_school, &[&team]).await,
            anna: join("Anna Ask", "TEACHER", at_school, &[&team, &across]).await,
            bo: join("Bo Bok", "TEACHER", at_school, &[&team]).await,
            cecilia: join("Cecilia Ceder", "TEACHER", Some(&other_school), &[&across]).await,
            preschool_teacher: join("Freja Fura", "PRESCHOOL_TEACHER", Some(&preschool), &[]).await,
            coordinator: join("Ketil Kastanj", "COORDINATOR", None, &[&across]).await,
            head: join("Hedda Huvud", "ORGANISER_HEAD", None, &[]).await,
            records_officer: join("Rut Register", "RECORDS_OFFICER", None, &[]).await,
            data_protection_officer: join("Dan Data", "DATA_PROTECTION_OFFICER", None, &[]).await,
            guest: invited(server, &admin, "Gerd Gäst", guest).await,
            protected: invited(server, &admin, "Sanna Skyddad", hidden).await,
            neighbour: invited(server, &neighbour_admin, "Nils Nabo", neighbour).await,
            admin,
            neighbour_admin,
            area,
            school,
            other_school,
            preschool,
            team,
            across,
            neighbour_school,
        }
    }

    /// Every person of the municipality, with what they are here.
    #[must_use]
    pub fn people(&self) -> [(&'static str, &Person); 13] {
        [
            ("admin", &self.admin),
            ("principal", &self.principal),
            ("lead teacher", &self.lead),
            ("Anna", &self.anna),
            ("Bo", &self.bo),
            ("Cecilia", &self.cecilia),
            ("preschool teacher", &self.preschool_teacher),
            ("coordinator", &self.coordinator),
            ("organiser head", &self.head),
            ("records officer", &self.records_officer),
            ("data protection officer", &self.data_protection_officer),
            ("guest", &self.guest),
            ("protected", &self.protected),
        ]
    }

    /// A service account with these scopes, for these units or the whole organiser.
    pub async fn service(&self, scopes: &[&str], units: Option<&[&String]>) -> Service {
        let expires = in_days(100).and_hms_opt(0, 0, 0).map(|time| time.and_utc());
        let input = json!({"name": "Schemaprogrammet", "scopes": scopes, "units": units, "expiresAt": expires});
        let made = self
            .admin
            .client
            .effect(
                "createServiceAccount",
                input,
                "created { key serviceAccount { id } }",
            )
            .await;
        Service {
            id: text(&made, "created.serviceAccount.id"),
            client: self.admin.client.as_bearer(&text(&made, "created.key")),
        }
    }
}

/// An integrator's program.
#[derive(Debug, Clone)]
pub struct Service {
    /// The id of its account.
    pub id: String,
    /// The program, with its key.
    pub client: Client,
}

/// An organiser as an operator makes it, with more words for the command, and its first administrator.
///
/// # Panics
///
/// If the command prints no link.
pub async fn organiser(server: &Server, name: &str, admin: &str, more: &[&str]) -> Person {
    let address = address(admin);
    let words = [
        "admin",
        "create-organiser",
        "--name",
        name,
        "--admin-name",
        admin,
        "--address",
        &address,
    ];
    let words = [&words, more].concat();
    let output = server.run(&words).await;
    let said = String::from_utf8_lossy(&output.stdout);
    let link = said.split_whitespace().find(|word| word.contains('#'));
    assert!(link.is_some(), "{output:?}");
    accept(server, admin, address, link.unwrap_or_default()).await
}

/// Somebody who is invited by an administrator and comes.
pub async fn invited(server: &Server, admin: &Person, name: &str, more: Value) -> Person {
    let address = address(name);
    let link = invitation(admin, name, &address, more).await;
    accept(server, name, address, &link).await
}

/// The link by which somebody comes in.
pub async fn invitation(admin: &Person, name: &str, address: &str, mut more: Value) -> String {
    more["name"] = json!(name);
    more["address"] = json!(address);
    let done = admin
        .client
        .effect("invitePerson", more, "invitation { link }")
        .await;
    text(&done, "invitation.link")
}

fn address(name: &str) -> String {
    let local: String = name
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_alphabetic() { c } else { '.' })
        .collect();
    format!("{local}@skola.example")
}

async fn accept(server: &Server, name: &str, address: String, link: &str) -> Person {
    let input = json!({"token": secret_of(link), "password": PASSWORD, "device": "Datorn"});
    let selection = "tokens { accessToken refreshToken }";
    let client = server.client();
    let done = client.effect("acceptInvitation", input, selection).await;
    let client = client.as_bearer(&text(&done, "tokens.accessToken"));
    let viewer = client
        .ask("{ viewer { person { id } } }", Value::Null)
        .await;
    Person {
        id: text(&viewer, "viewer.person.id"),
        name: name.to_owned(),
        address,
        client,
        refresh_token: text(&done, "tokens.refreshToken"),
    }
}

/// A unit of an administrator's making; answers with its id.
pub async fn unit(admin: &Person, name: &str, kind: &str, parent: Option<&str>) -> String {
    let (forms, years): (&[&str], &[&str]) = match kind {
        "SCHOOL" => (&["GRUNDSKOLA"], &["4", "5", "6"]),
        "PRESCHOOL" => (&["FORSKOLA"], &[]),
        _ => (&[], &[]),
    };
    let input =
        json!({"name": name, "kind": kind, "parent": parent, "schoolForms": forms, "years": years});
    let done = admin
        .client
        .effect("createUnit", input, "unit { id }")
        .await;
    text(&done, "unit.id")
}

async fn team(admin: &Person, name: &str, kind: &str, unit: Option<&str>) -> String {
    let input = json!({"name": name, "kind": kind, "unit": unit});
    let done = admin
        .client
        .effect("createTeam", input, "team { id }")
        .await;
    text(&done, "team.id")
}
