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

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_that_is_due_later_waits_and_holds_up_nobody_elses() {
    let seen = Arc::new(Mutex::new(Vec::new()));
    let consumer = |name: &'static str| {
        let log = seen.clone();
        Consumer::on(name, move |_: &Tx, _, event: Happened| {
            let log = log.clone();
            Box::pin(async move {
                log.lock().unwrap().push((name, event.n));
                Ok(())
            })
        })
    };
    let due = testkit::monday() + TimeDelta::minutes(10);
    let later = consumer("later").not_before(move |event: &Happened| (event.n == 1).then_some(due));
    let consumers = Consumers(vec![consumer("at once"), later]);
    on_both_with(&consumers, async |db| {
        seen.lock().unwrap().clear();
        for n in 1..=2 {
            write(&db.cx(anna()), async |tx: &Tx| {
                tx.emit(&Happened { rubric: id(10), n });
                Ok::<_, Error>(())
            })
            .await
            .unwrap();
        }
        let work = async || {
            db.store.work_until_idle().await.unwrap();
            std::mem::take(&mut *seen.lock().unwrap())
        };
        let kind = db.kind();
        assert_eq!(work().await, [("at once", 1), ("at once", 2)], "{kind}");
        db.clock
            .pass(due - db.clock.now() - TimeDelta::milliseconds(1));
        assert_eq!(work().await, [], "{kind}: not a moment too early");
        db.clock.pass(TimeDelta::milliseconds(1));
        assert_eq!(work().await, [("later", 1), ("later", 2)], "{kind}");
    })
    .await;
}
