//! Choosing another password.

use crate::{
    Attempt, EndReason, Error, Identity, NewPassword, Password, PasswordHash, account,
    check_password::check,
    end::{end_where, of_account},
    list::own,
    sql::sign_in,
};
use kit::{AccountId, SignInId};
use sea_orm::{ColumnTrait, sea_query::Condition};
use std::net::IpAddr;
use store::{Cx, Tx};

/// A change that was checked and hashed, ready to be made.
#[derive(Debug, Clone)]
pub struct PasswordChange {
    account: AccountId,
    sign_in: SignInId,
    old: PasswordHash,
    new: PasswordHash,
}

/// Checks the actor's present password, under the same throttle as signing in, and hashes the one they chose.
///
/// # Errors
///
/// [`Error::SignInFailed`] or [`Error::Throttled`] as [`crate::check_password`], the refusals of [`NewPassword::chosen`], and
/// [`Error::SignInEnded`] when the actor's sign-in is over.
pub async fn prepare_password_change(
    cx: &Cx,
    identity: &Identity,
    present: &Password,
    chosen: &str,
    place: IpAddr,
) -> Result<PasswordChange, Error> {
    let own = own(cx).await?;
    let address = crate::find_account(cx, own.account).await?.address;
    let new = NewPassword::chosen(chosen, &address)?;
    let attempt = Attempt {
        address,
        password: present.clone(),
        place,
    };
    let row = check(cx, identity, &attempt).await?;
    Ok(PasswordChange {
        account: own.account,
        sign_in: own.sign_in,
        old: PasswordHash(row.password.ok_or(Error::SignInFailed)?),
        new: identity.passwords.hash(&new).await?,
    })
}

/// Makes the change, and ends the account's other sign-ins: whoever knew the old password is out.
///
/// # Errors
///
/// [`Error::SignInFailed`] when the password was changed meanwhile.
pub async fn change_password(tx: &Tx, change: &PasswordChange) -> Result<(), Error> {
    let is_done =
        account::replace_password(tx, change.account, Some(&change.old), &change.new).await?;
    if !is_done {
        return Err(Error::SignInFailed);
    }
    let others: Condition =
        of_account(change.account).add(sign_in::Column::Id.ne(change.sign_in.uuid()));
    end_where(tx, others, EndReason::PasswordChanged).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{House, RIGHT, WRONG, attempt, by};
    use kit::{Actor, Fault};

    const ANNA: &str = "anna@skola.example";
    const NEXT: &str = "en helt ny mening nu";

    #[tokio::test(flavor = "multi_thread")]
    async fn the_new_password_holds_and_the_other_devices_are_out() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            let anna = house.account(db, ANNA).await;
            let phone = house.sign_in(db, &anna).await;
            let laptop = house.sign_in(db, &anna).await;
            let cx = db.cx(by(phone.sign_in));
            let home = "192.0.2.1";
            let present = Password::typed(RIGHT).unwrap();
            let place = home.parse().unwrap();
            let first = prepare_password_change(&cx, &house, &present, NEXT, place)
                .await
                .unwrap();
            let second = first.clone();
            let done: Result<_, Error> =
                store::write(&cx, async |tx: &Tx| change_password(tx, &first).await).await;
            done.unwrap();

            let nobody = db.cx(Actor::Anonymous);
            let old = attempt(&nobody, &house, ANNA, RIGHT, home).await;
            assert!(matches!(old, Err(Error::SignInFailed)), "{old:?}");
            assert!(attempt(&nobody, &house, ANNA, NEXT, home).await.is_ok());
            assert!(crate::list(&cx).await.is_ok(), "this device stays");
            assert!(crate::list(&db.cx(by(laptop.sign_in))).await.is_err());

            let raced: Result<_, Error> =
                store::write(&cx, async |tx: &Tx| change_password(tx, &second).await).await;
            assert!(matches!(raced, Err(Error::SignInFailed)), "{raced:?}");
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_wrong_present_or_a_bad_new_password_changes_nothing() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            let anna = house.account(db, ANNA).await;
            let phone = house.sign_in(db, &anna).await;
            let cases = [
                (phone.sign_in, WRONG, NEXT, "SIGN_IN_FAILED"),
                (phone.sign_in, RIGHT, "kort", "PASSWORD_TOO_SHORT"),
                (
                    phone.sign_in,
                    RIGHT,
                    "hej anna hej anna",
                    "PASSWORD_OF_ADDRESS",
                ),
                (testkit::id(9), RIGHT, NEXT, "SIGN_IN_ENDED"),
            ];
            for (sign_in, present, chosen, code) in cases {
                let cx = db.cx(by(sign_in));
                let present = Password::typed(present).unwrap();
                let place = "192.0.2.1".parse().unwrap();
                let refused = prepare_password_change(&cx, &house, &present, chosen, place)
                    .await
                    .unwrap_err();
                assert_eq!(refused.code(), code);
            }
            let cx = db.cx(Actor::Anonymous);
            assert!(attempt(&cx, &house, ANNA, RIGHT, "192.0.2.1").await.is_ok());
        })
        .await;
    }
}
