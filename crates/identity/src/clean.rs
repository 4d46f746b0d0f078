//! Forgetting what has served its time.

use crate::{
    Error,
    sql::{known_place, sign_in, sign_in_link, throttle},
    throttle::{KNOWN, WINDOW},
};
use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Condition};
use store::Tx;

/// How long a sign-in is kept after its end, in days: the sign-in log.
const LOG: TimeDelta = TimeDelta::days(183);
/// How long a link is kept after its last day.
const LINKS: TimeDelta = TimeDelta::days(30);

/// Removes sign-ins half a year after their end, links a month after theirs, failures that no longer count, and places not seen for half a year.
/// For a job that runs once a day. Answers how many rows went.
///
/// # Errors
///
/// Those of the database.
pub async fn clean(tx: &Tx) -> Result<u64, Error> {
    let failures = throttle::Entity::delete_many()
        .filter(throttle::Column::LastAt.lt(tx.now - WINDOW - TimeDelta::hours(1)))
        .exec(tx.db())
        .await?;
    let places = known_place::Entity::delete_many()
        .filter(known_place::Column::LastAt.lt(tx.now - KNOWN))
        .exec(tx.db())
        .await?;
    let links = sign_in_link::Entity::delete_many()
        .filter(sign_in_link::Column::ExpiresAt.lt(tx.now - LINKS))
        .exec(tx.db())
        .await?;
    let sign_ins = sign_in::Entity::delete_many()
        .filter(
            Condition::any()
                .add(sign_in::Column::EndedAt.lt(tx.now - LOG))
                .add(sign_in::Column::ExpiresAt.lt(tx.now - LOG)),
        )
        .exec(tx.db())
        .await?;
    Ok(
        failures.rows_affected
            + places.rows_affected
            + links.rows_affected
            + sign_ins.rows_affected,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{House, RIGHT, WRONG, attempt, by};
    use kit::Actor;

    #[tokio::test(flavor = "multi_thread")]
    async fn what_has_served_its_time_goes_and_the_rest_stays() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            let address = "anna@skola.example";
            let anna = house.account(db, address).await;
            let phone = house.sign_in(db, &anna).await;
            let cx = db.cx(Actor::Anonymous);
            attempt(&cx, &house, address, RIGHT, "192.0.2.1")
                .await
                .unwrap();
            attempt(&cx, &house, address, WRONG, "192.0.2.2")
                .await
                .unwrap_err();
            let admin = db.cx(testkit::actor(testkit::id(2), testkit::id(9), &[], &[]));
            let made: Result<_, Error> = store::write(&admin, async |tx: &Tx| {
                crate::create_link(tx, &house, anna.id).await
            })
            .await;
            made.unwrap();
            let left = async |after: TimeDelta| {
                db.clock.pass(after);
                let gone: Result<u64, Error> =
                    store::write(&db.cx(Actor::Anonymous), async |tx: &Tx| clean(tx).await).await;
                gone.unwrap()
            };
            assert_eq!(left(TimeDelta::zero()).await, 0);
            assert!(crate::list(&db.cx(by(phone.sign_in))).await.is_ok());
            // One row each for the first place, the second place and the account.
            assert_eq!(left(TimeDelta::hours(2)).await, 3, "failures");
            assert_eq!(left(TimeDelta::days(32)).await, 1, "the link");
            assert_eq!(left(TimeDelta::days(150)).await, 1, "the place");
            assert_eq!(left(TimeDelta::days(40)).await, 1, "the sign-in");
        })
        .await;
    }
}
