//! Whether an address and a password belong together.

use crate::{
    Address, Error, Identity, Password, PasswordHash, account, sql,
    throttle::{Marks, admit, forgive},
};
use kit::AccountId;
use std::net::IpAddr;
use store::{Cx, Tx};

/// Somebody says who they are.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// The address typed.
    pub address: Address,
    /// The password typed.
    pub password: Password,
    /// Where they are: the client's network address, kept only as a keyed hash.
    pub place: IpAddr,
}

/// Finds out which account an address and a password belong to.
///
/// An unknown address costs the same statements and the same work as a wrong password, and gets the same answer.
/// It opens its own transactions: that somebody guessed must be kept although the answer is no, and the work between them is long.
///
/// # Errors
///
/// [`Error::SignInFailed`] when they do not belong together, [`Error::Throttled`] after too many failures lately.
pub async fn check_password(
    cx: &Cx,
    identity: &Identity,
    attempt: &Attempt,
) -> Result<AccountId, Error> {
    let row = check(cx, identity, attempt).await?;
    Ok(AccountId(row.id))
}

pub(crate) async fn check(
    cx: &Cx,
    identity: &Identity,
    attempt: &Attempt,
) -> Result<sql::account::Model, Error> {
    let marks = Marks::of(identity, &attempt.address, attempt.place);
    let admitted: Result<_, Error> = store::write(cx, async |tx: &Tx| {
        let is_known = admit(tx, &marks).await?;
        Ok((
            is_known,
            account::row_by_address(tx, &attempt.address).await?,
        ))
    })
    .await;
    let (is_known, row) = admitted?;

    let kept = row
        .as_ref()
        .and_then(|row| row.password.clone())
        .map(PasswordHash);
    let is_right = identity
        .passwords
        .verify(&attempt.password, kept.as_ref())
        .await?;
    let (Some(mut row), Some(kept), true) = (row, kept, is_right) else {
        return Err(Error::SignInFailed);
    };

    let renewed = if identity.passwords.is_outdated(&kept) {
        Some(identity.passwords.hash_typed(&attempt.password).await?)
    } else {
        None
    };
    let done: Result<_, Error> = store::write(cx, async |tx: &Tx| {
        forgive(tx, &marks, is_known).await?;
        match &renewed {
            Some(new) => account::replace_password(tx, AccountId(row.id), Some(&kept), new).await,
            None => Ok(false),
        }
    })
    .await;
    if done? {
        row.password = renewed.map(|hash| hash.0);
    }
    Ok(row)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        PasswordConfig,
        sample::{House, RIGHT, WRONG, attempt},
    };
    use chrono::TimeDelta;
    use kit::{Actor, Fault};
    use sea_orm::{EntityTrait, PaginatorTrait};
    use std::time::Duration;
    use testkit::TestDb;

    const ANNA: &str = "anna@skola.example";
    const HOME: &str = "192.0.2.1";
    const ELSEWHERE: &str = "198.51.100.7";

    async fn code(db: &TestDb, house: &House, address: &str, password: &str, at: &str) -> String {
        let cx = db.cx(Actor::Anonymous);
        match attempt(&cx, house, address, password, at).await {
            Ok(_) => "RIGHT".to_owned(),
            Err(Error::Throttled { wait }) => format!("WAIT {}", wait.as_secs()),
            Err(error) => error.code().to_owned(),
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_unknown_address_and_a_wrong_password_cannot_be_told_apart() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            let anna = house.account(db, ANNA).await;
            let mut seen = Vec::new();
            for address in ["nobody@skola.example", ANNA] {
                let cx = db.cx(Actor::Anonymous);
                let refused = attempt(&cx, &house, address, WRONG, HOME)
                    .await
                    .unwrap_err();
                let said = refused.message(cx.lang).into_owned();
                seen.push((refused.code(), said, cx.db().statements()));
            }
            assert_eq!(seen[0], seen[1], "{}", db.kind());
            assert_eq!(seen[0].0, "SIGN_IN_FAILED");
            let cx = db.cx(Actor::Anonymous);
            let found = attempt(&cx, &house, "ANNA@Skola.Example", RIGHT, HOME).await;
            assert_eq!(found.unwrap(), anna.id);
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn guessing_is_slowed_down_more_and_more_before_the_password_is_looked_at() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            house.account(db, ANNA).await;
            for address in [ANNA, "nobody@skola.example"] {
                for _ in 0..5 {
                    assert_eq!(
                        code(db, &house, address, WRONG, ELSEWHERE).await,
                        "SIGN_IN_FAILED"
                    );
                }
                for seconds in [1, 2, 4, 8, 16, 32, 60, 60] {
                    let wait = format!("WAIT {seconds}");
                    assert_eq!(code(db, &house, address, WRONG, ELSEWHERE).await, wait);
                    assert_eq!(
                        code(db, &house, address, RIGHT, ELSEWHERE).await,
                        wait,
                        "{address}"
                    );
                    db.clock.pass(TimeDelta::seconds(seconds));
                    assert_eq!(
                        code(db, &house, address, WRONG, ELSEWHERE).await,
                        "SIGN_IN_FAILED"
                    );
                }
                db.clock.pass(TimeDelta::minutes(15));
                assert_eq!(
                    code(db, &house, address, WRONG, ELSEWHERE).await,
                    "SIGN_IN_FAILED"
                );
            }
            assert_eq!(
                code(db, &house, ANNA, RIGHT, ELSEWHERE).await,
                "RIGHT",
                "nobody is locked out for good"
            );
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_owner_comes_in_from_a_known_place_whatever_others_guess() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            house.account(db, ANNA).await;
            assert_eq!(code(db, &house, ANNA, RIGHT, HOME).await, "RIGHT");
            for _ in 0..5 {
                code(db, &house, ANNA, WRONG, ELSEWHERE).await;
            }
            assert_eq!(code(db, &house, ANNA, RIGHT, ELSEWHERE).await, "WAIT 1");
            assert_eq!(code(db, &house, ANNA, RIGHT, HOME).await, "RIGHT");
            assert_eq!(
                code(db, &house, ANNA, RIGHT, ELSEWHERE).await,
                "WAIT 1",
                "the owner's success gives the guesser nothing"
            );
            // Guessing from the known place is slowed down as well, and ends there.
            for _ in 0..5 {
                assert_eq!(code(db, &house, ANNA, WRONG, HOME).await, "SIGN_IN_FAILED");
            }
            assert_eq!(code(db, &house, ANNA, RIGHT, HOME).await, "WAIT 1");
            db.clock.pass(TimeDelta::seconds(1));
            assert_eq!(code(db, &house, ANNA, RIGHT, HOME).await, "RIGHT");
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_school_behind_one_address_signs_in_and_one_that_tries_everybody_is_slowed() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            house.account(db, ANNA).await;
            house.account(db, "bo@skola.example").await;
            for teacher in 0..100 {
                let address = format!("teacher{teacher}@skola.example");
                assert_eq!(
                    code(db, &house, &address, WRONG, HOME).await,
                    "SIGN_IN_FAILED"
                );
                if teacher == 90 {
                    assert_eq!(
                        code(db, &house, "bo@skola.example", RIGHT, HOME).await,
                        "RIGHT"
                    );
                }
            }
            assert_eq!(code(db, &house, ANNA, RIGHT, HOME).await, "WAIT 1");
            assert_eq!(
                code(db, &house, "bo@skola.example", RIGHT, HOME).await,
                "RIGHT",
                "known here"
            );
            assert_eq!(code(db, &house, ANNA, RIGHT, ELSEWHERE).await, "RIGHT");
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn many_guesses_at_once_are_no_way_around() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            house.account(db, ANNA).await;
            let guesses: Vec<_> = (0..20)
                .map(|_| {
                    let (cx, house) = (db.cx(Actor::Anonymous), house.clone());
                    tokio::spawn(async move { attempt(&cx, &house, ANNA, WRONG, ELSEWHERE).await })
                })
                .collect();
            let mut looked_at = 0;
            for guess in guesses {
                match guess.await.unwrap() {
                    Err(Error::SignInFailed) => looked_at += 1,
                    Err(Error::Throttled { wait }) => assert_eq!(wait, Duration::from_secs(1)),
                    other => panic!("{other:?}"),
                }
            }
            assert_eq!(looked_at, 5, "{}", db.kind());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_right_password_is_hashed_again_when_the_cost_has_changed() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            let anna = house.account(db, ANNA).await;
            let cx = db.cx(Actor::Anonymous);
            let cost = async || {
                let row = account::row(&cx, anna.id).await.unwrap();
                let hash = row.password.unwrap();
                hash.split('$').nth(3).unwrap().to_owned()
            };
            assert_eq!(cost().await, "m=8,t=1,p=1");
            let dearer = house.with_password(
                db,
                PasswordConfig {
                    passes: 2,
                    ..PasswordConfig::cheapest()
                },
            );
            assert_eq!(code(db, &dearer, ANNA, WRONG, HOME).await, "SIGN_IN_FAILED");
            assert_eq!(cost().await, "m=8,t=1,p=1");
            assert_eq!(code(db, &dearer, ANNA, RIGHT, HOME).await, "RIGHT");
            assert_eq!(cost().await, "m=8,t=2,p=1");
            assert_eq!(code(db, &dearer, ANNA, RIGHT, HOME).await, "RIGHT");
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn neither_addresses_nor_places_are_stored_with_what_slows_guessing() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            code(db, &house, ANNA, WRONG, HOME).await;
            let cx = db.cx(Actor::Anonymous);
            let rows = sql::throttle::Entity::find().all(cx.db()).await.unwrap();
            assert_eq!(rows.len(), 2);
            assert!(
                rows.iter()
                    .all(|row| row.mark.len() == 32 && row.failures == 1)
            );
            assert_eq!(
                sql::known_place::Entity::find()
                    .count(cx.db())
                    .await
                    .unwrap(),
                0
            );
        })
        .await;
    }
}
