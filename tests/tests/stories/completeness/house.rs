//! The API over a database of the test's own, asked as the server's doors ask it: without HTTP, with everything behind it.

use api::{About, Api, Ask, Caller, Cursors, Files, Parts, SentFile, preflight::Limits};
use async_graphql::Variables;
use chrono::TimeDelta;
use identity::{
    Address, Begin, CreateServiceAccount, Identity, IdentityConfig, KeyRing, NewPassword,
    PasswordConfig, PasswordHash, create_account,
};
use kit::{Actor, Lang, Name, OrganiserId, PersonId};
use records::files::{FilesConfig, Shelf};
use serde_json::{Value, json};
use std::{io::Write, net::Ipv4Addr, sync::Arc};
use store::Tx;
use tempfile::TempDir;
use testkit::TestDb;
use tests::ask::{code_of, mutation};

/// Whatever went wrong; a story never expects it.
pub(crate) type Fault = Box<dyn std::error::Error + Send + Sync>;

/// For how long a share can be undone here: shorter than an access token is good.
pub(crate) const SHARE_UNDO: TimeDelta = TimeDelta::seconds(30);

pub(crate) struct House<'a> {
    pub db: &'a TestDb,
    api: Api,
    identity: Arc<Identity>,
    password: PasswordHash,
    _keys: TempDir,
}

impl<'a> House<'a> {
    pub(crate) async fn new(db: &'a TestDb) -> Self {
        Self::with(db, Limits::default()).await
    }

    /// As [`House::new`], with other bounds of a request.
    pub(crate) async fn with(db: &'a TestDb, limits: Limits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keys = KeyRing::open(&folder.path().join("keys"), true, db.store.clock().clone());
        let keys = keys.unwrap();
        let cursors = Cursors::new(&keys.cursor_key());
        let config = IdentityConfig {
            password: PasswordConfig::cheapest(),
            ..IdentityConfig::default()
        };
        let identity = Arc::new(Identity::new(config, keys).unwrap());
        let address = Address::parse("nobody@example.org").unwrap();
        let password = NewPassword::chosen("lång lugn häst i regn", &address).unwrap();
        let password = identity.passwords.hash(&password).await.unwrap();
        let shelf = Shelf::in_folder(folder.path()).unwrap();
        let api = Api::new(Parts {
            store: db.store.clone(),
            identity: identity.clone(),
            cursors,
            limits,
            public_url: "http://localhost:4000".to_owned(),
            share_undo: SHARE_UNDO,
            files: Files::new(shelf, FilesConfig::default()),
        });
        Self {
            db,
            api,
            identity,
            password,
            _keys: folder,
        }
    }

    /// Signs a person in on a device that is called so.
    pub(crate) async fn sign_in(
        &self,
        organiser: OrganiserId,
        person: PersonId,
        device: &str,
    ) -> Caller {
        let address = format!("{}@example.org", person.uuid().simple());
        let address = Address::parse(&address).unwrap();
        let cx = self.db.cx(Actor::Anonymous);
        let tokens = store::write(&cx, async |tx: &Tx| {
            let account = create_account(tx, &address, &self.password).await?;
            organisation::link_account(tx, organiser, person, account.id).await?;
            let ask = Begin {
                account: account.id,
                person,
                organiser,
                device: Name::parse(device)?,
            };
            Ok::<_, Fault>(identity::begin(tx, &self.identity, &ask).await?)
        });
        self.bearer(&tokens.await.unwrap().access)
    }

    /// A service account of an administrator's making.
    pub(crate) async fn service(&self, admin: Actor, ask: &CreateServiceAccount) -> Caller {
        let cx = self.db.cx(admin);
        let made = store::write(&cx, async |tx: &Tx| {
            identity::create_service_account(tx, ask).await
        });
        self.bearer(&made.await.unwrap().1)
    }

    fn bearer(&self, token: &str) -> Caller {
        let caller = self
            .api
            .authenticate(Some(token), Lang::Sv, uuid::Uuid::nil());
        caller.map_err(|response| format!("{response:?}")).unwrap()
    }

    /// The id of a file that somebody sends in.
    pub(crate) async fn file(&self, caller: &Caller, content: &str) -> String {
        let mut sent = tempfile::tempfile().unwrap();
        sent.write_all(content.as_bytes()).unwrap();
        let sent = SentFile {
            id: None,
            name: None,
            content: sent,
        };
        let about = About {
            lang: Lang::Sv,
            request: uuid::Uuid::nil(),
        };
        let kept = self.api.keep_file(caller, sent, about).await.unwrap();
        kept.id.to_string()
    }

    /// The whole answer to a query or mutation.
    pub(crate) async fn send(&self, caller: &Caller, query: &str, variables: &Value) -> Value {
        let ask = Ask {
            query: query.to_owned(),
            operation: None,
            variables: Variables::from_json(variables.clone()),
            lang: Lang::Sv,
            request: uuid::Uuid::nil(),
            read_only: false,
            client: Ipv4Addr::LOCALHOST.into(),
            device: String::new(),
        };
        let response = self.api.execute(caller.clone(), ask).await;
        serde_json::to_value(response).unwrap()
    }

    /// How many statements the answer takes, and the answer. The caller's roles are already known.
    pub(crate) async fn measure(
        &self,
        caller: &Caller,
        query: &str,
        variables: &Value,
    ) -> (u64, Value) {
        self.send(caller, "{ viewer { isService } }", &Value::Null)
            .await;
        let before = self.db.store.statements();
        let mut answer = self.send(caller, query, variables).await;
        let sent = self.db.store.statements() - before;
        // What a request is estimated to cost says the same as the query.
        answer["extensions"].take();
        (sent, answer)
    }

    /// The payload of a mutation that must be done.
    pub(crate) async fn effect(
        &self,
        caller: &Caller,
        verb: &str,
        input: Value,
        selection: &str,
    ) -> Value {
        let query = mutation(verb, selection);
        let answer = self.send(caller, &query, &json!({"input": input})).await;
        let payload = answer["data"][verb].clone();
        assert!(
            !payload.is_null() && code_of(&payload) == "OK",
            "{verb} {input}: {answer}"
        );
        payload
    }

    /// Lets every room learn what happened, also what is told only when it can no longer be undone.
    pub(crate) async fn learn(&self) {
        self.db.clock.pass(SHARE_UNDO);
        self.db.store.work_until_idle().await.unwrap();
    }
}
