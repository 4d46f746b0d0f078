//! New tokens for a device that was here before.

use crate::{
    EndReason, Error, Identity, Tokens,
    begin::{RefreshToken, tokens},
    end::end_where,
    sql::sign_in::{Column, Entity, Model},
};
use kit::{OrganiserId, PersonId, SignInId};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Condition, Expr},
};
use store::{Cx, Tx};

/// Exchanges a refresh token for new tokens. Each is good once.
///
/// An answer may be lost on the way, and two tabs may ask at once: the token just before the current one gets the same successor again, for ten minutes
/// and while that successor has not been used. Anything else that comes twice was copied, and ends the sign-in.
///
/// It opens its own transaction: that a copy was shown must be kept although the answer is no.
///
/// # Errors
///
/// [`Error::SignInEnded`] when the token is none of ours, has run out, or was shown once too often.
pub async fn refresh(cx: &Cx, identity: &Identity, token: &str) -> Result<Tokens, Error> {
    let presented = RefreshToken::parse(token).ok_or(Error::SignInEnded)?;
    let done: Result<_, Error> =
        store::write(cx, async |tx: &Tx| exchange(tx, identity, &presented).await).await;
    done?.ok_or(Error::SignInEnded)
}

/// The new tokens; `None` when there are none to be had.
async fn exchange(
    tx: &Tx,
    identity: &Identity,
    presented: &RefreshToken,
) -> Result<Option<Tokens>, Error> {
    let successor = presented.successor(identity);
    let rotated = Entity::update_many()
        .col_expr(Column::CurrentHash, Expr::value(successor.hash()))
        .col_expr(Column::PreviousHash, Expr::value(presented.hash()))
        .col_expr(Column::RotatedAt, Expr::value(tx.now))
        .col_expr(Column::UsedAt, Expr::value(tx.now))
        .col_expr(
            Column::ExpiresAt,
            Expr::value(tx.now + identity.config.offline()),
        )
        .filter(Column::Family.eq(presented.family))
        .filter(Column::CurrentHash.eq(presented.hash()))
        .filter(Column::EndedAt.is_null())
        .filter(Column::ExpiresAt.gt(tx.now))
        .exec(tx.db())
        .await?
        .rows_affected;
    let row = Entity::find()
        .filter(Column::Family.eq(presented.family))
        .one(tx.db())
        .await?;
    let Some(row) = row.filter(|row| row.ended_at.is_none() && row.expires_at > tx.now) else {
        return Ok(None);
    };
    if rotated == 1 || is_forgiven(&row, presented, tx, identity) {
        let who = (
            PersonId(row.person_id),
            OrganiserId(row.organiser_id),
            SignInId(row.id),
        );
        return tokens(tx, identity, who, &successor).map(Some);
    }
    tracing::warn!(sign_in = %SignInId(row.id), "a refresh token was shown once too often; the sign-in has ended");
    let family = Condition::all().add(Column::Id.eq(row.id));
    end_where(tx, family, EndReason::Reuse).await?;
    Ok(None)
}

fn is_forgiven(row: &Model, presented: &RefreshToken, tx: &Tx, identity: &Identity) -> bool {
    row.previous_hash == presented.hash() && tx.now - row.rotated_at <= identity.config.grace()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        list::is_alive,
        sample::{House, by},
    };
    use chrono::TimeDelta;
    use kit::Actor;
    use std::collections::BTreeSet;
    use testkit::{TestDb, id};

    async fn reason(db: &TestDb, tokens: &Tokens) -> Option<String> {
        Entity::find_by_id(tokens.sign_in.uuid())
            .one(db.cx(Actor::Anonymous).db())
            .await
            .unwrap()
            .unwrap()
            .end_reason
    }

    async fn ask(db: &TestDb, house: &House, token: &str) -> Result<Tokens, Error> {
        refresh(&db.cx(Actor::Anonymous), house, token).await
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_lost_answer_is_given_again_and_an_old_token_ends_the_sign_in() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            let anna = house.account(db, "anna@skola.example").await;
            let first = house.sign_in(db, &anna).await;
            let second = ask(db, &house, &first.refresh).await.unwrap();
            assert_ne!(first.refresh, second.refresh);
            assert_eq!(first.sign_in, second.sign_in);
            db.clock.pass(TimeDelta::minutes(10));
            let again = ask(db, &house, &first.refresh).await.unwrap();
            assert_eq!(again.refresh, second.refresh, "the same successor");

            let third = ask(db, &house, &second.refresh).await.unwrap();
            let claims = house
                .read_token(&third.access, db.clock.now())
                .expect("the token is ours");
            assert_eq!((claims.person, claims.organiser), (id(1), id(2)));
            let cx = db.cx(Actor::Anonymous);
            assert!(is_alive(&cx, &claims).await.unwrap());

            let replay = ask(db, &house, &first.refresh).await;
            assert!(matches!(replay, Err(Error::SignInEnded)), "{replay:?}");
            assert_eq!(reason(db, &first).await.as_deref(), Some("REUSE"));
            assert!(!is_alive(&cx, &claims).await.unwrap());
            let owner = ask(db, &house, &third.refresh).await;
            assert!(matches!(owner, Err(Error::SignInEnded)), "{owner:?}");
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn after_ten_minutes_the_predecessor_is_a_copy() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            let anna = house.account(db, "anna@skola.example").await;
            let first = house.sign_in(db, &anna).await;
            ask(db, &house, &first.refresh).await.unwrap();
            db.clock.pass(TimeDelta::milliseconds(600_001));
            assert!(ask(db, &house, &first.refresh).await.is_err());
            assert_eq!(reason(db, &first).await.as_deref(), Some("REUSE"));
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_phone_may_be_away_for_thirty_days_but_not_longer() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            let anna = house.account(db, "anna@skola.example").await;
            let first = house.sign_in(db, &anna).await;
            db.clock
                .pass(TimeDelta::days(30) - TimeDelta::milliseconds(1));
            let second = ask(db, &house, &first.refresh).await.unwrap();
            db.clock.pass(TimeDelta::days(30));
            assert!(ask(db, &house, &second.refresh).await.is_err());
            assert_eq!(reason(db, &first).await, None, "it ran out by itself");
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn fifty_tabs_at_once_get_one_successor_and_nobody_is_signed_out() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            let anna = house.account(db, "anna@skola.example").await;
            let first = house.sign_in(db, &anna).await;
            let tabs: Vec<_> = (0..50)
                .map(|_| {
                    let (cx, house, token) = (
                        db.cx(Actor::Anonymous),
                        house.clone(),
                        first.refresh.clone(),
                    );
                    tokio::spawn(async move { refresh(&cx, &house, &token).await })
                })
                .collect();
            let mut successors = BTreeSet::new();
            for tab in tabs {
                successors.insert(tab.await.unwrap().expect("nobody is refused").refresh);
            }
            assert_eq!(successors.len(), 1, "{}", db.kind());
            assert_eq!(reason(db, &first).await, None);
            let next = ask(db, &house, successors.first().unwrap()).await;
            assert!(next.is_ok(), "{next:?}");
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_no_token_of_ours_is_refused_and_ends_nothing() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            let anna = house.account(db, "anna@skola.example").await;
            let first = house.sign_in(db, &anna).await;
            let cut = first.refresh.get(..40).unwrap();
            for token in ["", "krf_", "krf_å", "x", cut, &first.access] {
                let cx = db.cx(Actor::Anonymous);
                let refused = refresh(&cx, &house, token).await;
                assert!(matches!(refused, Err(Error::SignInEnded)), "{token}");
                assert_eq!(cx.db().statements(), 0, "{token}");
            }
            let stranger = RefreshToken::parse(&first.refresh).unwrap();
            let stranger = RefreshToken {
                family: id(77),
                ..stranger
            };
            assert!(ask(db, &house, &stranger.text()).await.is_err());
            // The sign-in's public id is not what a token needs.
            let guess = RefreshToken {
                family: first.sign_in.uuid(),
                ..stranger
            };
            assert!(ask(db, &house, &guess.text()).await.is_err());
            assert_eq!(reason(db, &first).await, None);
            assert!(ask(db, &house, &first.refresh).await.is_ok());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_signed_out_device_gets_nothing_more() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            let anna = house.account(db, "anna@skola.example").await;
            let first = house.sign_in(db, &anna).await;
            store::write(&db.cx(by(first.sign_in)), async |tx: &Tx| {
                crate::sign_out(tx).await
            })
            .await
            .unwrap();
            assert!(ask(db, &house, &first.refresh).await.is_err());
            assert_eq!(reason(db, &first).await.as_deref(), Some("SIGNED_OUT"));
        })
        .await;
    }
}
