//! An account: one human's way in, found by address, whatever organisers they work for.

use crate::{Address, Error, PasswordHash, sql::account};
use kit::{AccountId, Instant};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::OnConflict};
use store::{Cx, Tx};

/// An account, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The address that its owner types to sign in.
    pub address: Address,
    /// Since when.
    pub made_at: Instant,
}

impl From<account::Model> for Account {
    fn from(row: account::Model) -> Self {
        Self {
            id: AccountId(row.id),
            address: Address::stored(row.address),
            made_at: row.made_at,
        }
    }
}

/// Makes an account for somebody who has proved that the address is theirs, by an invitation. The password was hashed before the transaction.
///
/// # Errors
///
/// [`Error::AddressTaken`] when there is one: its owner signs in with it instead.
pub async fn create_account(
    tx: &Tx,
    address: &Address,
    password: &PasswordHash,
) -> Result<Account, Error> {
    let row = account::Model {
        id: tx.ids.random(),
        address: address.as_str().to_owned(),
        password: Some(password.0.clone()),
        made_at: tx.now,
    };
    let inserted = account::Entity::insert(account::ActiveModel {
        id: Set(row.id),
        address: Set(row.address.clone()),
        password: Set(row.password.clone()),
        made_at: Set(row.made_at),
    })
    .on_conflict(
        OnConflict::column(account::Column::Address)
            .do_nothing()
            .to_owned(),
    )
    .exec_without_returning(tx.db())
    .await?;
    if inserted == 1 {
        Ok(row.into())
    } else {
        Err(Error::AddressTaken)
    }
}

/// The account with this id.
///
/// # Errors
///
/// [`Error::NotFound`] when there is none.
pub async fn find_account(cx: &Cx, id: AccountId) -> Result<Account, Error> {
    Ok(row(cx, id).await?.into())
}

/// The account with this address. Whether there is one is told to nobody but who has proved that the address is theirs.
///
/// # Errors
///
/// Those of the database.
pub async fn find_account_by_address(cx: &Cx, address: &Address) -> Result<Option<Account>, Error> {
    Ok(row_by_address(cx, address).await?.map(Account::from))
}

pub(crate) async fn row(cx: &Cx, id: AccountId) -> Result<account::Model, Error> {
    account::Entity::find_by_id(id.uuid())
        .one(cx.db())
        .await?
        .ok_or(Error::NotFound)
}

pub(crate) async fn row_by_address(
    cx: &Cx,
    address: &Address,
) -> Result<Option<account::Model>, Error> {
    Ok(account::Entity::find()
        .filter(account::Column::Address.eq(address.as_str()))
        .one(cx.db())
        .await?)
}

/// Replaces the password hash `old` by `new`; false when somebody else has replaced it meanwhile.
pub(crate) async fn replace_password(
    tx: &Tx,
    id: AccountId,
    old: Option<&PasswordHash>,
    new: &PasswordHash,
) -> Result<bool, Error> {
    use sea_orm::sea_query::{Expr, ExprTrait};
    let mut update = account::Entity::update_many()
        .col_expr(account::Column::Password, Expr::value(new.0.clone()))
        .filter(account::Column::Id.eq(id.uuid()));
    if let Some(old) = old {
        update = update.filter(Expr::col(account::Column::Password).eq(old.0.clone()));
    }
    Ok(update.exec(tx.db()).await?.rows_affected == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::House;
    use kit::Actor;

    #[tokio::test(flavor = "multi_thread")]
    async fn an_address_has_one_account() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            let anna = house.account(db, "anna@skola.example").await;
            let cx = db.cx(Actor::Anonymous);
            assert_eq!(find_account(&cx, anna.id).await.unwrap(), anna);
            let hash = PasswordHash("x".to_owned());
            let again = store::write(&cx, async |tx: &Tx| {
                create_account(tx, &Address::parse("ANNA@skola.example").unwrap(), &hash).await
            })
            .await;
            assert!(matches!(again, Err(Error::AddressTaken)), "{again:?}");
            let found = find_account_by_address(&cx, &anna.address).await.unwrap();
            assert_eq!(found, Some(anna));
            let nobody = Address::parse("nobody@skola.example").unwrap();
            assert_eq!(find_account_by_address(&cx, &nobody).await.unwrap(), None);
        })
        .await;
    }
}
