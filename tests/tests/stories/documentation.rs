//! What `docs/api` shows is what happens: every operation file is sent to a real server, in the order in which a reader would.

mod beginning;
mod codes;
mod exchanging;
mod exemplars;
mod sharing;
mod shelving;
mod talking;
mod writing;

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use tests::ask::text;
use tests::client::Client;
use tests::operations::Operations;
use tests::schema::Schema;
use tests::server::Server;
use tests::world::{PASSWORD, World, in_days, in_world, invitation, new_id, secret_of};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/api");
const NEW_PASSWORD: &str = "tre nya ord om hösten";

fn operations() -> Operations {
    Operations::read(Path::new(FOLDER)).expect("docs/api can be read")
}

#[test]
fn every_example_is_a_file_that_fits_the_schema() {
    let operations = operations();
    assert!(operations.examples.len() >= 25, "there are examples at all");
    assert_eq!(operations.disagreements(), Vec::<String>::new());
    let schema = Schema::parse(&api::sdl()).unwrap();
    assert_eq!(operations.misfits(&schema), Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_example_does_what_its_page_says() {
    in_world(async |server: &mut Server, world: &World| {
        let mut reader = Reader::new(server.client());
        reader.asks_first(world).await;
        reader.signs_in(world).await;
        reader.works_at_two_organisers(world).await;
        reader.manages_devices(world).await;
        reader.is_invited_and_locked_out(world).await;
        reader.keeps_a_program(world).await;
        reader.turns_pages(world).await;
        reader.writes_offline(world).await;
        reader.begins_a_rubric(world).await;
        reader.publishes_and_follows(world).await;
        reader.exchanges(world).await;
        reader.opens_to_pupils(world).await;
        reader.shares_with_care(world).await;
        reader.talks(world).await;
        reader.opens_to_all(world).await;
        reader.adds_an_exemplar(world).await;
        reader.fills_shelves(world).await;
        assert_eq!(reader.unsent, BTreeSet::new(), "every file is sent");
    })
    .await;
}

/// Somebody who tries what they read.
struct Reader {
    operations: Operations,
    /// The files that were not sent yet.
    unsent: BTreeSet<String>,
    /// Not signed in.
    nobody: Client,
}

impl Reader {
    fn new(nobody: Client) -> Self {
        let operations = operations();
        Self {
            unsent: operations.files.keys().cloned().collect(),
            operations,
            nobody,
        }
    }

    fn text(&mut self, file: &str) -> String {
        self.unsent.remove(file);
        let text = self.operations.files.get(file);
        text.unwrap_or_else(|| panic!("there is no operations/{file}.graphql"))
            .clone()
    }

    /// Sends a file. There may be no errors; user errors are left to [`Reader::does`].
    async fn asks(&mut self, client: &Client, file: &str, variables: Value) -> Value {
        let text = self.text(file);
        client.ask(&text, variables).await
    }

    /// Sends a mutation that must be done; answers with its payload.
    async fn does(&mut self, client: &Client, file: &str, variables: Value) -> Value {
        let payload = self.tries(client, file, variables).await;
        assert_eq!(payload["userErrors"], json!([]), "{file}");
        payload
    }

    /// Sends a mutation, whatever becomes of it; answers with its payload.
    async fn tries(&mut self, client: &Client, file: &str, variables: Value) -> Value {
        let data = self.asks(client, file, variables).await;
        let payloads = data
            .as_object()
            .expect("a mutation answers with an object")
            .values();
        let payloads: Vec<&Value> = payloads.collect();
        assert_eq!(payloads.len(), 1, "{file} does one thing");
        payloads[0].clone()
    }

    /// Signs in once more, on a device of its own.
    async fn device(&mut self, address: &str, device: &str) -> (Client, Value) {
        let nobody = self.nobody.clone();
        let input = json!({"address": address, "password": PASSWORD, "device": device});
        let payload = self.does(&nobody, "sign-in", json!({"input": input})).await;
        let client = nobody.as_bearer(&text(&payload, "tokens.accessToken"));
        (client, payload["tokens"].clone())
    }

    async fn asks_first(&mut self, world: &World) {
        let nobody = self.nobody.clone();
        let info = self.asks(&nobody, "server-info", Value::Null).await;
        assert_eq!(info["serverInfo"]["limits"]["first"], 100);
        let schema = self.asks(&nobody, "what-is-deprecated", Value::Null).await;
        let types = schema["__schema"]["types"].as_array().unwrap();
        let rubric = types.iter().find(|it| it["name"] == "Rubric").unwrap();
        assert_eq!(rubric["fields"][0]["isDeprecated"], false);

        let (rubric, _) = world.bo.shared(&world.school, "Fråga källan").await;
        let anna = &world.anna.client;
        let found = self
            .asks(anna, "first-query", json!({"words": "källan"}))
            .await;
        assert_eq!(text(&found, "viewer.person.name"), world.anna.name);
        assert_eq!(text(&found, "rubrics.nodes.0.id"), rubric);
        let read = self
            .asks(anna, "read-a-rubric", json!({"id": rubric}))
            .await;
        assert_eq!(
            text(&read, "rubric.current.criteria.0.levels.1.label.text"),
            "Säker"
        );
        assert_eq!(read["rubric"]["viewerCan"]["revise"], false);
    }

    async fn signs_in(&mut self, world: &World) {
        let nobody = self.nobody.clone();
        let (_, tokens) = self.device(&world.anna.address, "Telefonen").await;
        let old = json!({"refreshToken": tokens["refreshToken"]});
        let new = self.does(&nobody, "refresh-sign-in", old.clone()).await;
        let again = self.does(&nobody, "refresh-sign-in", old).await;
        let token = "tokens.refreshToken";
        assert_eq!(text(&new, token), text(&again, token), "the same successor");
        assert_ne!(tokens["refreshToken"], new["tokens"]["refreshToken"]);
    }

    async fn works_at_two_organisers(&mut self, world: &World) {
        let nobody = self.nobody.clone();
        let cecilia = &world.cecilia;
        let role = json!({"roles": [{"role": "TEACHER", "unit": world.neighbour_school}]});
        let admin = &world.neighbour_admin;
        let link = invitation(admin, &cecilia.name, &cecilia.address, role).await;
        let input = json!({"token": secret_of(&link), "password": PASSWORD});
        let variables = json!({"input": input});
        self.does(&nobody, "accept-invitation", variables).await;

        let mut input = json!({"address": cecilia.address, "password": PASSWORD});
        let variables = json!({"input": input});
        let asked = self.does(&nobody, "sign-in", variables).await;
        assert_eq!(asked["tokens"], Value::Null);
        let choices = asked["choices"].as_array().unwrap();
        assert_eq!(choices.len(), 2, "{choices:?}");
        let there = choices.iter().find(|it| it["name"] == "Grannby kommun");
        input["organiser"] = there.unwrap()["organiser"].clone();
        let variables = json!({"input": input});
        let signed_in = self.does(&nobody, "sign-in", variables).await;
        let client = nobody.as_bearer(&text(&signed_in, "tokens.accessToken"));
        let found = self
            .asks(&client, "first-query", json!({"words": "källan"}))
            .await;
        assert_eq!(text(&found, "viewer.organiser.name"), "Grannby kommun");
        assert_eq!(
            found["rubrics"]["nodes"],
            json!([]),
            "another organiser's library"
        );
    }

    async fn manages_devices(&mut self, world: &World) {
        let address = &world.lead.address;
        let (computer, _) = self.device(address, "Datorn i lärarrummet").await;
        let (_, tokens) = self.device(address, "Den borttappade").await;
        let listed = self.asks(&computer, "my-sign-ins", Value::Null).await;
        let devices = listed["mySignIns"].as_array().unwrap();
        let current: Vec<&Value> = devices
            .iter()
            .filter(|it| it["isCurrent"] == true)
            .collect();
        assert_eq!(current.len(), 1);
        assert_eq!(current[0]["device"], "Datorn i lärarrummet");
        let lost_one = json!({"signIn": tokens["signIn"]});
        let ended = self.does(&computer, "end-sign-in", lost_one).await;
        assert_eq!(ended["ended"], true);
        // Its access token is refused within seconds, its refresh token at once.
        let token = json!({"refreshToken": tokens["refreshToken"]});
        let refresh = self.text("refresh-sign-in");
        let refused = self.nobody.send(&refresh, token).await;
        assert_eq!(refused.error_code(), Some("SIGN_IN_ENDED"));

        let passwords = json!({"old": PASSWORD, "new": NEW_PASSWORD});
        self.does(&computer, "change-password", passwords).await;
        self.does(&computer, "sign-out", json!({})).await;
        let (telephone, _) = self.device(&world.head.address, "Telefonen").await;
        let out = self
            .does(&telephone, "sign-out-everywhere", json!({}))
            .await;
        assert_eq!(out["ended"], 2, "the telephone and the device of the world");
    }

    async fn is_invited_and_locked_out(&mut self, world: &World) {
        let nobody = self.nobody.clone();
        let input = json!({
            "name": "Nora Ny",
            "address": "nora.ny@skola.example",
            "roles": [{"role": "TEACHER", "unit": world.school}],
            "unit": world.school,
        });
        let admin = &world.admin.client;
        let variables = json!({"input": input});
        let invited = self.does(admin, "invite-person", variables).await;
        let token = secret_of(&text(&invited, "invitation.link"));
        let variables = json!({"input": {"token": token, "password": PASSWORD}});
        self.does(&nobody, "accept-invitation", variables).await;

        let person = json!({"person": invited["invitation"]["person"]["id"]});
        let made = self.does(admin, "create-sign-in-link", person).await;
        let link = secret_of(&text(&made, "link"));
        let input = json!({"link": link, "newPassword": NEW_PASSWORD, "device": "Telefonen"});
        let variables = json!({"input": input});
        let redeemed = self.does(&nobody, "sign-in", variables).await;
        assert!(redeemed["tokens"]["accessToken"].is_string());
    }

    async fn keeps_a_program(&mut self, world: &World) {
        let admin = &world.admin.client;
        let expires = in_days(100).and_hms_opt(0, 0, 0).map(|time| time.and_utc());
        let input = json!({
            "name": "Schemaprogrammet",
            "scopes": ["organisation:read", "people:read"],
            "expiresAt": expires,
        });
        let variables = json!({"input": input});
        let made = self.does(admin, "create-service-account", variables).await;
        let program = self.nobody.as_bearer(&text(&made, "created.key"));
        let read = self.asks(&program, "read-as-a-service", Value::Null).await;
        assert_eq!(read["viewer"]["isService"], true);
        assert_eq!(read["units"]["nodes"].as_array().map(Vec::len), Some(4));

        let account = json!({"serviceAccount": made["serviceAccount"]["id"]});
        let rotated = self
            .does(admin, "rotate-service-key", account.clone())
            .await;
        assert_ne!(rotated["rotated"]["key"], made["created"]["key"]);
        let ended = self.does(admin, "end-service-account", account).await;
        assert_eq!(ended["serviceAccount"]["hasEnded"], true);
    }

    /// `catalogue.md`: put there, found and copied elsewhere, reported, hidden and taken back.
    async fn opens_to_all(&mut self, world: &World) {
        let (anna, neighbour) = (&world.anna.client, &world.neighbour.client);
        let (rubric, at) = world.anna.shared(&world.school, "Till hela landet").await;
        let ask = json!({"rubric": rubric, "version": at, "name": "Anna"});
        let put = self.does(anna, "put-in-the-catalogue", ask).await;
        let open = text(&put, "rubric.inCatalogue.item");
        let words = json!({"search": "landet"});
        let found = self.asks(neighbour, "browse-the-catalogue", words).await;
        assert_eq!(text(&found, "openRubrics.nodes.0.id"), open);
        let ask = json!({"id": new_id(), "open": open});
        let copy = self.does(neighbour, "copy-from-the-catalogue", ask).await;
        assert_eq!(text(&copy, "rubric.openOrigin.item"), open);
        let ask = json!({"id": open, "words": "Den är vår."});
        self.does(neighbour, "report-content", ask).await;
        let admin = &world.admin.client;
        let ask = json!({"id": open, "reason": "Den är ett förlags."});
        let hidden = self.does(admin, "hide-an-open-rubric", ask).await;
        assert_eq!(hidden["openRubric"]["hidden"]["forEverybody"], true);
        let ask = json!({"rubric": rubric});
        let back = self.does(anna, "take-back-from-the-catalogue", ask).await;
        assert_eq!(text(&back, "rubric.inCatalogue.state"), "WITHDRAWN");
    }

    async fn opens_to_pupils(&mut self, world: &World) {
        let (nobody, bo) = (self.nobody.clone(), &world.bo.client);
        let (rubric, _) = world.bo.shared(&world.school, "Till eleverna").await;
        let ask = json!({"id": new_id(), "rubric": rubric});
        let made = self.does(bo, "open-to-pupils", ask).await;
        let address = text(&made, "link.address");
        let token = address.rsplit('/').next().unwrap();
        let token = json!({"token": token});
        let seen = self.asks(&nobody, "read-as-a-pupil", token.clone()).await;
        assert_eq!(text(&seen, "rubricByLink.title.sv"), "Till eleverna");
        let rubric = json!({"rubric": rubric});
        let listed = self.asks(bo, "links-of-a-rubric", rubric).await;
        assert_eq!(text(&listed, "rubric.links.nodes.0.address"), address);
        let link = json!({"link": made["link"]["id"]});
        let closed = self.does(bo, "close-to-pupils", link).await;
        assert_eq!(closed["link"]["isOpen"], false);
        let gone = self.asks(&nobody, "read-as-a-pupil", token).await;
        assert_eq!(gone["rubricByLink"], Value::Null);
    }
}
