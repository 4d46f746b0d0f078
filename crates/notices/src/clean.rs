//! An inbox is for what is new, not an archive.

use crate::{Error, sql::notice};
use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use store::Tx;

/// How long a notice stays, read or not: six months.
const KEPT: TimeDelta = TimeDelta::days(183);

/// Removes the notices of every organiser that have run out, and answers how many. Done twice at once it does no harm.
///
/// # Errors
///
/// Those of the database.
pub async fn clean(tx: &Tx) -> Result<u64, Error> {
    let gone = notice::Entity::delete_many()
        .filter(notice::Column::At.lt(tx.now - KEPT))
        .exec(tx.db())
        .await?;
    Ok(gone.rows_affected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cause, Filter, Kind, inbox, tell};
    use kit::{Actor, Page, PersonId, Role, RubricId};
    use store::write;
    use testkit::{actor, id, on_both};
    use uuid::Uuid;

    #[tokio::test(flavor = "multi_thread")]
    async fn a_notice_stays_six_months_and_not_a_day_more() {
        on_both(async |db| {
            let anna = id::<PersonId>(4);
            let house = Actor::System {
                job: "test",
                organiser: id(1),
            };
            let told = async |cause: u128| {
                let cause = Cause {
                    id: Uuid::from_u128(cause),
                    kind: Kind::Shared,
                    subject: id::<RubricId>(50).into(),
                };
                write(&db.cx(house.clone()), async |tx: &Tx| {
                    tell(tx, cause, &[anna]).await
                })
                .await
                .unwrap();
            };
            told(1).await;
            db.clock.pass(TimeDelta::days(1));
            told(2).await;
            let cleaned = async || {
                let cx = db.cx(Actor::Anonymous);
                write(&cx, async |tx: &Tx| clean(tx).await).await.unwrap()
            };
            db.clock.pass(KEPT - TimeDelta::days(1));
            assert_eq!(cleaned().await, 0, "{}: six months old", db.kind());
            db.clock.pass(TimeDelta::hours(1));
            assert_eq!(cleaned().await, 1, "{}", db.kind());
            let cx = db.cx(actor(id(1), anna, &[(Role::Teacher, None)], &[]));
            let left = inbox(&cx, Filter::default(), &Page::first(10).unwrap()).await;
            assert_eq!(left.unwrap().items.len(), 1, "{}", db.kind());
        })
        .await;
    }
}
