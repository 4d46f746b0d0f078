//! Where the rooms become one program: what is opened, and in which order.

use crate::{
    config::Config,
    exit::{Exit, Failure},
    folder,
    http::Door,
};
use api::{About, Api, Ask, Caller, Cursors, Files, KeptFile, Parts, Refused, SentFile, ShownFile};
use async_graphql::Response;
use chrono::TimeDelta;
use futures_util::Stream;
use identity::{Identity, IdentityConfig, KeyRing};
use kit::{Clock, Lang};
use records::files::Shelf;
use std::{sync::Arc, time::Duration};
use store::{Consumers, Ids, Secret, Store};
use uuid::Uuid;

/// Opens the key folder. With `create`, what is missing in it is made.
pub(crate) fn keys(config: &Config, create: bool) -> Result<KeyRing, Failure> {
    KeyRing::open(&config.keys.folder, create, Clock::system()).map_err(|error| {
        Failure::new(
            Exit::Folder,
            format!("the key folder cannot be used: {error}"),
        )
    })
}

/// The secret that the hashes of asks are keyed with.
pub(crate) fn secret(keys: &KeyRing) -> Secret {
    Secret(Arc::from(keys.secret_for("once")))
}

/// Opens the database. Nothing is migrated.
pub(crate) async fn open(config: &Config, secret: Secret) -> Result<Store, Failure> {
    Store::open(
        &config.database,
        Clock::system(),
        Ids::system(),
        secret,
        consumers(),
    )
    .await
    .map_err(|error| Failure::database(&config.database.url, error))
}

/// Opens the database for what neither asks nor tells: looking at the schema and changing it.
pub(crate) async fn open_schema(config: &Config) -> Result<Store, Failure> {
    open(config, Secret(Arc::from([]))).await
}

/// Every room that learns by events.
fn consumers() -> Consumers {
    Consumers([notices::consumers(), rubrics::consumers()].concat())
}

/// The place of the files: made when it is not there, and proven.
pub(crate) fn shelf(config: &Config) -> Result<Shelf, Failure> {
    let folder = &config.files.folder;
    folder::writable(folder)?;
    Shelf::in_folder(folder).map_err(|error| {
        let folder = folder.display();
        Failure::new(
            Exit::Folder,
            format!("the folder {folder} of the files cannot be used: {error}"),
        )
    })
}

/// The API over an opened database, for people who reach it at `public_url`.
pub(crate) fn api(
    config: &Config,
    store: &Store,
    keys: KeyRing,
    public_url: &str,
) -> Result<Doorway, Failure> {
    let mut settings = config.identity.clone();
    // Tokens name who made them: where people reach us, unless the configuration says otherwise.
    if settings.issuer == IdentityConfig::default().issuer {
        public_url.clone_into(&mut settings.issuer);
    }
    let cursors = Cursors::new(&keys.cursor_key());
    let shelf = shelf(config)?;
    let identity = Identity::new(settings, keys).map_err(|error| {
        Failure::new(
            Exit::Usage,
            format!("the configuration's `identity.password`: {error}"),
        )
    })?;
    let identity = Arc::new(identity);
    let api = Api::new(Parts {
        store: store.clone(),
        identity: identity.clone(),
        cursors,
        limits: config.limits.clone(),
        public_url: public_url.to_owned(),
        share_undo: TimeDelta::seconds(config.sharing.undo_seconds.into()),
        files: Files::new(shelf.clone(), config.files.clone()),
    });
    Ok(Doorway {
        api,
        shelf,
        identity,
        clock: store.clock().clone(),
    })
}

/// The API as the HTTP layer asks it.
#[derive(Clone)]
pub(crate) struct Doorway {
    pub api: Api,
    pub identity: Arc<Identity>,
    pub shelf: Shelf,
    clock: Clock,
}

impl Door for Doorway {
    type Caller = Caller;

    fn authenticate(
        &self,
        bearer: Option<&str>,
        lang: Lang,
        request: Uuid,
    ) -> Result<Caller, Box<Response>> {
        self.api.authenticate(bearer, lang, request)
    }

    async fn execute(&self, caller: Caller, ask: Ask) -> Response {
        self.api.execute(caller, ask).await
    }

    fn subscribe(&self, caller: Caller, ask: Ask) -> impl Stream<Item = Response> + Send + 'static {
        self.api.subscribe(caller, ask)
    }

    async fn may_send_file(&self, caller: &Caller, about: About) -> Result<(), Box<Refused>> {
        self.api.may_send_file(caller, about).await
    }

    async fn keep_file(
        &self,
        caller: Caller,
        sent: SentFile,
        about: About,
    ) -> Result<KeptFile, Box<Refused>> {
        self.api.keep_file(&caller, sent, about).await
    }

    async fn show_file(
        &self,
        caller: Caller,
        id: String,
        about: About,
    ) -> Result<ShownFile, Box<Refused>> {
        self.api.show_file(&caller, &id, about).await
    }

    async fn is_alive(&self, caller: &Caller) -> bool {
        self.api.is_alive(caller).await
    }

    fn expires_in(&self, caller: &Caller) -> Option<Duration> {
        let left = caller.expires()? - self.clock.now();
        Some(left.to_std().unwrap_or_default())
    }
}
