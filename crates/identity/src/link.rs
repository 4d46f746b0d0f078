//! A one-time link for somebody who is locked out: an administrator hands it over, its owner chooses a new password.

use crate::{
    EndReason, Error, Identity, NewPassword, OneTime, PasswordHash, Purpose, account,
    end::{end_where, of_account},
    sql::sign_in_link::{ActiveModel, Column, Entity},
};
use kit::{AccountId, SignInLinkId};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use store::{Cx, Tx};

/// A link that was found good, with the new password hashed, ready to be redeemed.
#[derive(Debug, Clone)]
pub struct LinkUse {
    link: OneTime,
    password: PasswordHash,
}

/// Makes a link for the account, good once and for 24 hours; earlier ones of the account's that were not used are void. Answers the id and the secret,
/// which is shown this once.
///
/// Who may, and that the account is of one of the organiser's people, the caller has asked: an account is its owner's at every organiser.
///
/// # Errors
///
/// [`Error::NotFound`] when there is no such account.
pub async fn create_link(
    tx: &Tx,
    identity: &Identity,
    account: AccountId,
) -> Result<(SignInLinkId, String), Error> {
    account::row(tx, account).await?;
    Entity::delete_many()
        .filter(Column::AccountId.eq(account.uuid()))
        .filter(Column::UsedAt.is_null())
        .exec(tx.db())
        .await?;
    let id = SignInLinkId(tx.ids.random());
    let link = OneTime::make(Purpose::SignInLink, tx.organiser())?;
    Entity::insert(ActiveModel {
        id: Set(id.uuid()),
        account_id: Set(account.uuid()),
        organiser_id: Set(tx.organiser().uuid()),
        hash: Set(link.hash().bytes()),
        made_by: Set(tx.actor.id()),
        expires_at: Set(tx.now + identity.config.link()),
        used_at: Set(None),
    })
    .exec_without_returning(tx.db())
    .await?;
    Ok((id, link.text()))
}

/// Looks at a link and hashes the password that its bearer chose. Nothing is used up yet.
///
/// # Errors
///
/// [`Error::LinkUsedUp`] when it is not good, before any work is spent on it; the refusals of [`NewPassword::chosen`].
pub async fn prepare_link(
    cx: &Cx,
    identity: &Identity,
    text: &str,
    chosen: &str,
) -> Result<LinkUse, Error> {
    let link = OneTime::parse(Purpose::SignInLink, text).ok_or(Error::LinkUsedUp)?;
    let found = Entity::find()
        .filter(Column::OrganiserId.eq(link.organiser.uuid()))
        .filter(Column::Hash.eq(link.hash().bytes()))
        .filter(Column::UsedAt.is_null())
        .filter(Column::ExpiresAt.gt(cx.now))
        .one(cx.db())
        .await?
        .filter(|row| link.hash().is(&row.hash))
        .ok_or(Error::LinkUsedUp)?;
    let account = crate::find_account(cx, AccountId(found.account_id)).await?;
    let new = NewPassword::chosen(chosen, &account.address)?;
    Ok(LinkUse {
        link,
        password: identity.passwords.hash(&new).await?,
    })
}

/// Redeems the link: the account has the new password, and every sign-in of before has ended. Answers whose it is.
///
/// # Errors
///
/// [`Error::LinkUsedUp`] when somebody was faster, or it has run out meanwhile.
pub async fn redeem_link(tx: &Tx, ask: &LinkUse) -> Result<AccountId, Error> {
    let hash = ask.link.hash();
    let used = Entity::update_many()
        .col_expr(Column::UsedAt, Expr::value(Some(tx.now)))
        .filter(Column::Hash.eq(hash.bytes()))
        .filter(Column::OrganiserId.eq(ask.link.organiser.uuid()))
        .filter(Column::UsedAt.is_null())
        .filter(Column::ExpiresAt.gt(tx.now))
        .exec(tx.db())
        .await?
        .rows_affected;
    if used != 1 {
        return Err(Error::LinkUsedUp);
    }
    let row = Entity::find()
        .filter(Column::Hash.eq(hash.bytes()))
        .one(tx.db())
        .await?
        .ok_or(Error::LinkUsedUp)?;
    let account = AccountId(row.account_id);
    account::replace_password(tx, account, None, &ask.password).await?;
    end_where(tx, of_account(account), EndReason::LinkRedeemed).await?;
    Ok(account)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{House, RIGHT, attempt, by};
    use chrono::TimeDelta;
    use kit::{Actor, Fault};
    use testkit::{TestDb, id};

    const ANNA: &str = "anna@skola.example";
    const NEXT: &str = "en helt ny mening nu";

    async fn make(db: &TestDb, house: &House, account: AccountId) -> String {
        let admin = db.cx(testkit::actor(id(2), id(9), &[], &[]));
        let made: Result<_, Error> = store::write(&admin, async |tx: &Tx| {
            create_link(tx, house, account).await
        })
        .await;
        made.unwrap().1
    }

    async fn prepare(db: &TestDb, house: &House, text: &str) -> Result<LinkUse, Error> {
        prepare_link(&db.cx(Actor::Anonymous), house, text, NEXT).await
    }

    async fn redeem(db: &TestDb, ask: &LinkUse) -> Result<AccountId, Error> {
        let cx = db.cx(Actor::Anonymous);
        store::write(&cx, async |tx: &Tx| redeem_link(tx, ask).await).await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_link_gives_a_new_password_once_and_ends_what_was_before() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            let anna = house.account(db, ANNA).await;
            let phone = house.sign_in_as(db, &anna, id(1), id(2)).await;
            let text = make(db, &house, anna.id).await;
            let ask = prepare(db, &house, &text).await.unwrap();
            let cx = db.cx(Actor::Anonymous);
            let before = attempt(&cx, &house, ANNA, RIGHT, "192.0.2.1").await;
            assert!(before.is_ok(), "nothing is used up by looking");

            assert_eq!(redeem(db, &ask).await.unwrap(), anna.id);
            let old = attempt(&cx, &house, ANNA, RIGHT, "192.0.2.1").await;
            assert!(matches!(old, Err(Error::SignInFailed)), "{old:?}");
            assert!(attempt(&cx, &house, ANNA, NEXT, "192.0.2.1").await.is_ok());
            assert!(crate::list(&db.cx(by(phone.sign_in))).await.is_err());
            assert_eq!(redeem(db, &ask).await.unwrap_err().code(), "LINK_USED_UP");
            let again = prepare(db, &house, &text).await.unwrap_err();
            assert_eq!(again.code(), "LINK_USED_UP");
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn of_many_at_once_one_redeems() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            let anna = house.account(db, ANNA).await;
            let ask = prepare(db, &house, &make(db, &house, anna.id).await)
                .await
                .unwrap();
            let all: Vec<_> = (0..10)
                .map(|_| {
                    let (cx, ask) = (db.cx(Actor::Anonymous), ask.clone());
                    tokio::spawn(async move {
                        store::write(&cx, async |tx: &Tx| redeem_link(tx, &ask).await).await
                    })
                })
                .collect();
            let mut redeemed = 0;
            for one in all {
                match one.await.unwrap() {
                    Ok(_) => redeemed += 1,
                    Err(Error::LinkUsedUp) => {}
                    Err(other) => panic!("{other:?}"),
                }
            }
            assert_eq!(redeemed, 1, "{}", db.kind());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_link_runs_out_and_a_newer_one_voids_it() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            let anna = house.account(db, ANNA).await;
            let first = make(db, &house, anna.id).await;
            let second = make(db, &house, anna.id).await;
            assert!(prepare(db, &house, &first).await.is_err(), "replaced");
            let ask = prepare(db, &house, &second).await.unwrap();
            db.clock.pass(TimeDelta::hours(24));
            assert_eq!(redeem(db, &ask).await.unwrap_err().code(), "LINK_USED_UP");
            let refused = prepare(db, &house, &second).await.unwrap_err();
            assert_eq!(refused.code(), "LINK_USED_UP");
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn bad_links_cost_nothing_and_bad_passwords_use_nothing_up() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            let anna = house.account(db, ANNA).await;
            let text = make(db, &house, anna.id).await;
            let cx = db.cx(Actor::Anonymous);
            let invitation = OneTime::make(Purpose::Invitation, id(2)).unwrap().text();
            for bad in ["", "kli_", "x", &invitation] {
                let refused = prepare_link(&cx, &house, bad, NEXT).await.unwrap_err();
                assert_eq!(refused.code(), "LINK_USED_UP", "{bad}");
            }
            assert_eq!(cx.db().statements(), 0);
            let refused = prepare_link(&cx, &house, &text, "kort").await.unwrap_err();
            assert_eq!(refused.code(), "PASSWORD_TOO_SHORT");
            assert!(prepare(db, &house, &text).await.is_ok());

            let admin = db.cx(testkit::actor(id(2), id(9), &[], &[]));
            let refused: Result<_, Error> = store::write(&admin, async |tx: &Tx| {
                create_link(tx, &house, id(99)).await
            })
            .await;
            assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
        })
        .await;
    }
}
