//! What slows guessing down, and never locks anybody out for good.
//!
//! Wrong passwords are counted by the account's address and by the place (network address) they come from, whether or not there is such an account. From
//! a place where the account's password was right before, only that place's own failures for that account count: strangers who guess elsewhere do
//! not keep its owner out. An attempt is counted before the password is looked at, so that many at once are no way around; a right one is taken back.
//! Only keyed hashes are stored.

use crate::{
    Address, Error, Identity,
    sql::{
        known_place,
        throttle::{self, Column},
    },
};
use chrono::TimeDelta;
use kit::Instant;
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, OnConflict},
};
use std::{net::IpAddr, time::Duration};
use store::Tx;

/// Failures are counted within this time of the first.
pub(crate) const WINDOW: TimeDelta = TimeDelta::minutes(15);
/// How long a place is remembered after the last right password from there.
pub(crate) const KNOWN: TimeDelta = TimeDelta::days(180);

/// How many failures are free, and how long the waits that follow (1, 2, 4 … seconds) may become.
#[derive(Clone, Copy)]
struct Rule {
    free: i64,
    wait_max: TimeDelta,
}

const ACCOUNT: Rule = Rule {
    free: 5,
    wait_max: TimeDelta::seconds(60),
};
/// Looser: a whole school may stand behind one network address.
const PLACE: Rule = Rule {
    free: 100,
    wait_max: TimeDelta::seconds(10),
};

/// Under what an attempt is counted.
pub(crate) struct Marks {
    account: Vec<u8>,
    place: Vec<u8>,
    both: Vec<u8>,
}

impl Marks {
    pub(crate) fn of(identity: &Identity, address: &Address, place: IpAddr) -> Self {
        let address = address.as_str().as_bytes();
        let place = network(place);
        let mark = |parts: &[&[u8]]| identity.keys.mac("throttle", parts).to_vec();
        Self {
            account: mark(&[b"account", address]),
            place: mark(&[b"place", &place]),
            both: mark(&[b"both", address, &place]),
        }
    }

    fn counted(&self, is_known: bool) -> Vec<(Vec<u8>, Rule)> {
        let mut counted = if is_known {
            vec![(self.both.clone(), ACCOUNT)]
        } else {
            vec![(self.account.clone(), ACCOUNT), (self.place.clone(), PLACE)]
        };
        // Locked in one order by everybody.
        counted.sort_by(|a, b| a.0.cmp(&b.0));
        counted
    }
}

/// What a place is: an IPv4 address, or the /64 that one household or school has of IPv6.
fn network(place: IpAddr) -> Vec<u8> {
    match place.to_canonical() {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().into_iter().take(8).collect(),
    }
}

/// Counts an attempt as a failure until it is taken back. Answers whether the place is known for the account.
///
/// # Errors
///
/// [`Error::Throttled`] when it comes too early; then it is not counted.
pub(crate) async fn admit(tx: &Tx, marks: &Marks) -> Result<bool, Error> {
    let is_known = known_place::Entity::find_by_id(marks.both.clone())
        .filter(known_place::Column::LastAt.gt(tx.now - KNOWN))
        .count(tx.db())
        .await?
        == 1;
    let counted = marks.counted(is_known);
    let fresh = |mark: &Vec<u8>| throttle::Model {
        mark: mark.clone(),
        failures: 0,
        began_at: tx.now,
        last_at: tx.now,
    };
    // A row for each, so that there is something to lock.
    let rows = counted.iter().map(|(mark, _)| active(fresh(mark)));
    throttle::Entity::insert_many(rows)
        .on_conflict(OnConflict::column(Column::Mark).do_nothing().to_owned())
        .exec_without_returning(tx.db())
        .await?;
    let found = throttle::Entity::find()
        .filter(Column::Mark.is_in(counted.iter().map(|(mark, _)| mark.clone())))
        .order_by_asc(Column::Mark);
    let found = store::lock(tx, found).all(tx.db()).await?;

    let mut next = Vec::new();
    for (mark, rule) in &counted {
        let row = found.iter().find(|row| row.mark == *mark).cloned();
        let row = row.unwrap_or_else(|| fresh(mark));
        if let Some(wait) = wait(&row, *rule, tx.now) {
            return Err(Error::Throttled { wait });
        }
        next.push(active(one_more(row, tx.now)));
    }
    throttle::Entity::insert_many(next)
        .on_conflict(
            OnConflict::column(Column::Mark)
                .update_columns([Column::Failures, Column::BeganAt, Column::LastAt])
                .to_owned(),
        )
        .exec_without_returning(tx.db())
        .await?;
    Ok(is_known)
}

/// Takes back an attempt whose password was right, and remembers the place.
pub(crate) async fn forgive(tx: &Tx, marks: &Marks, is_known: bool) -> Result<(), Error> {
    let own = if is_known {
        &marks.both
    } else {
        &marks.account
    };
    throttle::Entity::delete_by_id(own.clone())
        .exec(tx.db())
        .await?;
    if !is_known {
        throttle::Entity::update_many()
            .col_expr(
                Column::Failures,
                sea_orm::sea_query::ExprTrait::sub(Expr::col(Column::Failures), 1),
            )
            .filter(Column::Mark.eq(marks.place.clone()))
            .filter(Column::Failures.gt(0))
            .exec(tx.db())
            .await?;
    }
    known_place::Entity::insert(known_place::ActiveModel {
        mark: Set(marks.both.clone()),
        last_at: Set(tx.now),
    })
    .on_conflict(
        OnConflict::column(known_place::Column::Mark)
            .update_column(known_place::Column::LastAt)
            .to_owned(),
    )
    .exec_without_returning(tx.db())
    .await?;
    Ok(())
}

/// How long to wait, in whole seconds; `None` when the attempt may be made.
fn wait(row: &throttle::Model, rule: Rule, now: Instant) -> Option<Duration> {
    if now - row.began_at >= WINDOW || row.failures < rule.free {
        return None;
    }
    let doublings = (row.failures - rule.free).min(16);
    let delay = TimeDelta::seconds(1 << doublings).min(rule.wait_max);
    let left = row.last_at + delay - now;
    let millis = u64::try_from(left.num_milliseconds())
        .ok()
        .filter(|left| *left > 0)?;
    Some(Duration::from_secs(millis.div_ceil(1_000)))
}

fn one_more(row: throttle::Model, now: Instant) -> throttle::Model {
    let is_new = row.failures == 0 || now - row.began_at >= WINDOW;
    throttle::Model {
        failures: if is_new { 1 } else { row.failures + 1 },
        began_at: if is_new { now } else { row.began_at },
        last_at: now,
        ..row
    }
}

fn active(row: throttle::Model) -> throttle::ActiveModel {
    throttle::ActiveModel {
        mark: Set(row.mark),
        failures: Set(row.failures),
        began_at: Set(row.began_at),
        last_at: Set(row.last_at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_a_minute_and_end_with_the_window() {
        let began_at = testkit::monday();
        let row = |failures, last_at| throttle::Model {
            mark: Vec::new(),
            failures,
            began_at,
            last_at,
        };
        let cases = [
            (4, None),
            (5, Some(1)),
            (6, Some(2)),
            (7, Some(4)),
            (10, Some(32)),
            (11, Some(60)),
            (1_000_000, Some(60)),
        ];
        for (failures, seconds) in cases {
            let row = row(failures, began_at);
            assert_eq!(
                wait(&row, ACCOUNT, began_at),
                seconds.map(Duration::from_secs),
                "{failures}"
            );
            let later = began_at + TimeDelta::seconds(seconds.unwrap_or(0).cast_signed());
            assert_eq!(wait(&row, ACCOUNT, later), None, "{failures}: once waited");
        }
        let late = began_at + WINDOW;
        let row = row(1_000_000, late);
        assert_eq!(wait(&row, ACCOUNT, late), None, "the window has passed");
        assert_eq!(one_more(row, late).failures, 1, "and counting begins anew");
    }

    #[test]
    fn a_place_is_an_address_or_the_network_that_a_household_has() {
        let network = |text: &str| network(text.parse().unwrap());
        assert_eq!(network("::ffff:192.0.2.1"), network("192.0.2.1"));
        assert_eq!(network("2001:db8:1:2::1"), network("2001:db8:1:2:ffff::9"));
        assert_ne!(network("2001:db8:1:2::1"), network("2001:db8:1:3::1"));
        assert_ne!(network("192.0.2.1"), network("192.0.2.2"));
    }
}
