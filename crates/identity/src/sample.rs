//! What this room's tests start from: keys in a folder of their own, the cheapest passwords, an account.

use crate::{
    Account, Address, Attempt, Begin, Error, Identity, IdentityConfig, KeyRing, NewPassword,
    Password, PasswordConfig, Tokens,
};
use kit::{Actor, Name, OrganiserId, PersonActor, PersonId, SignInId};
use std::{ops::Deref, sync::Arc};
use store::{Cx, Tx};
use tempfile::TempDir;
use testkit::{TestDb, id};

pub(crate) const RIGHT: &str = "lång lugn häst i regn";
pub(crate) const WRONG: &str = "kort snabb katt i sol";

/// The room with keys in a folder of its own.
#[derive(Clone)]
pub(crate) struct House {
    pub identity: Arc<Identity>,
    folder: Arc<TempDir>,
}

impl Deref for House {
    type Target = Identity;

    fn deref(&self) -> &Identity {
        &self.identity
    }
}

impl House {
    pub(crate) fn of(db: &TestDb) -> Self {
        let folder = Arc::new(tempfile::tempdir().unwrap());
        Self::open(folder, db, PasswordConfig::cheapest())
    }

    fn open(folder: Arc<TempDir>, db: &TestDb, password: PasswordConfig) -> Self {
        let path = folder.path().join("keys");
        let keys = KeyRing::open(&path, true, db.store.clock().clone()).unwrap();
        let config = IdentityConfig {
            password,
            ..IdentityConfig::default()
        };
        Self {
            identity: Arc::new(Identity::new(config, keys).unwrap()),
            folder,
        }
    }

    /// The same keys at another cost: a release later.
    pub(crate) fn with_password(&self, db: &TestDb, password: PasswordConfig) -> Self {
        Self::open(self.folder.clone(), db, password)
    }

    /// An account with the password [`RIGHT`].
    pub(crate) async fn account(&self, db: &TestDb, address: &str) -> Account {
        let address = Address::parse(address).unwrap();
        let new = NewPassword::chosen(RIGHT, &address).unwrap();
        let hash = self.passwords.hash(&new).await.unwrap();
        store::write(&db.cx(Actor::Anonymous), async |tx: &Tx| {
            crate::create_account(tx, &address, &hash).await
        })
        .await
        .unwrap()
    }

    /// Signs the account in as person 1 at organiser 2.
    pub(crate) async fn sign_in(&self, db: &TestDb, account: &Account) -> Tokens {
        self.sign_in_as(db, account, id(1), id(2)).await
    }

    pub(crate) async fn sign_in_as(
        &self,
        db: &TestDb,
        account: &Account,
        person: PersonId,
        organiser: OrganiserId,
    ) -> Tokens {
        let ask = Begin {
            account: account.id,
            person,
            organiser,
            device: Name::parse("Annas telefon").unwrap(),
        };
        store::write(&db.cx(Actor::Anonymous), async |tx: &Tx| {
            crate::begin(tx, self, &ask).await
        })
        .await
        .unwrap()
    }
}

/// Whether the password is right, from this place.
pub(crate) async fn attempt(
    cx: &Cx,
    house: &House,
    address: &str,
    password: &str,
    place: &str,
) -> Result<kit::AccountId, Error> {
    let ask = Attempt {
        address: Address::parse(address).unwrap(),
        password: Password::typed(password).unwrap(),
        place: place.parse().unwrap(),
    };
    crate::check_password(cx, house, &ask).await
}

/// Person 1 at organiser 2, come by this sign-in.
pub(crate) fn by(sign_in: SignInId) -> Actor {
    Actor::Person(Arc::new(PersonActor {
        person: id(1),
        organiser: id(2),
        sign_in,
        roles: Vec::new(),
        teams: Vec::new(),
        audiences: Vec::new(),
        guards_protected: false,
        lang: kit::Lang::En,
    }))
}
