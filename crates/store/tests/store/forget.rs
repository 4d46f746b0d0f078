use crate::{Happened, anna};
use chrono::TimeDelta;
use kit::RubricId;
use store::{Error, Tx, replay, write};
use testkit::{TestDb, id, on_both};

async fn tell(db: &TestDb, n: i64) {
    write(&db.cx(anna()), async |tx: &Tx| {
        tx.emit(&Happened { rubric: id(3), n });
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn events_are_kept_for_seven_days_and_who_asks_for_older_ones_is_told_of_the_gap() {
    on_both(async |db| {
        tell(db, 1).await;
        db.clock.pass(TimeDelta::days(6));
        tell(db, 2).await;
        assert_eq!(db.store.forget_old().await.unwrap(), 0, "{}", db.kind());
        db.clock.pass(TimeDelta::days(2));
        assert_eq!(db.store.forget_old().await.unwrap(), 1, "{}", db.kind());
        let after = async |n| {
            let told = replay(&db.cx(anna()), id::<RubricId>(3).into(), n)
                .await
                .unwrap();
            told.map(|told| told.len())
        };
        assert_eq!(after(0).await, None, "{}: the first is gone", db.kind());
        assert_eq!(after(1).await, Some(1), "{}", db.kind());
    })
    .await;
}
