use crate::{Happened, anna};
use chrono::TimeDelta;
use std::sync::{Arc, Mutex};
use store::{Consumer, Consumers, Error, Tx, write};
use testkit::{id, on_both_with};

#[tokio::test(flavor = "multi_thread")]
async fn a_consumer_learns_in_order_and_a_failure_is_tried_again_before_what_came_later() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let log = seen.clone();
    let consumers = Consumers(vec![Consumer::on(
        "learner",
        move |_: &Tx, _, event: Happened| {
            let log = log.clone();
            Box::pin(async move {
                let mut seen = log.lock().unwrap();
                let first_try = !seen.contains(&(event.n, false));
                seen.push((event.n, !(event.n == 1 && first_try)));
                if event.n == 1 && first_try {
                    Err("the first try fails".into())
                } else {
                    Ok(())
                }
            })
        },
    )]);
    on_both_with(&consumers, async |db| {
        seen.lock().unwrap().clear();
        for n in 1..=3 {
            write(&db.cx(anna()), async |tx: &Tx| {
                tx.emit(&Happened { rubric: id(10), n });
                Ok::<_, Error>(())
            })
            .await
            .unwrap();
        }
        db.store.work_until_idle().await.unwrap();
        assert_eq!(
            *seen.lock().unwrap(),
            [(1, false)],
            "{}: later ones wait for the first",
            db.kind()
        );
        db.clock.pass(TimeDelta::minutes(1));
        db.store.work_until_idle().await.unwrap();
        assert_eq!(
            *seen.lock().unwrap(),
            [(1, false), (1, true), (2, true), (3, true)],
            "{}",
            db.kind()
        );
        db.clock.pass(TimeDelta::days(1));
        db.store.work_until_idle().await.unwrap();
        assert_eq!(
            seen.lock().unwrap().len(),
            4,
            "{}: what was done is not done again",
            db.kind()
        );
    })
    .await;
}
