use crate::{Happened, anna, stranger};
use kit::RubricId;
use std::time::Duration;
use store::{Error, Store, Tx, replay, search::Entry, write};
use testkit::{TestDb, id, monday, on_both};
use tokio::{sync::oneshot, time::timeout};

async fn tell(db: &TestDb, rubric: u128, n: i64) {
    let happened = Happened {
        rubric: id(rubric),
        n,
    };
    write(&db.cx(anna()), async |tx: &Tx| {
        tx.emit(&happened);
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
}

fn slow_entry() -> Entry {
    Entry {
        thing: id::<RubricId>(1).into(),
        at: monday(),
        title: "långsam".to_owned(),
        body: String::new(),
        facets: Vec::new(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_transaction_held_open_across_anothers_commit_loses_a_listener_nothing() {
    // SQLite has one writer, so transactions cannot overlap there; what is heard must be the same.
    on_both(async |db| {
        let tasks = db.store.start_feed().await.unwrap();
        let mut heard = db.store.feed().listen();
        if db.store.is_postgres() {
            let (open, is_open) = oneshot::channel();
            let (close, may_close) = oneshot::channel();
            let cx = db.cx(anna());
            let slow = tokio::spawn(async move {
                write(&cx, async |tx: &Tx| {
                    // Takes a transaction number before the other one does.
                    store::search::forget(tx, id::<RubricId>(1).into()).await?;
                    store::search::put(tx, &slow_entry()).await?;
                    open.send(()).unwrap();
                    may_close.await.unwrap();
                    tx.emit(&Happened {
                        rubric: id(1),
                        n: 1,
                    });
                    Ok::<_, Error>(())
                })
                .await
            });
            is_open.await.unwrap();
            tell(db, 2, 1).await;
            close.send(()).unwrap();
            slow.await.unwrap().unwrap();
        } else {
            tell(db, 2, 1).await;
            tell(db, 1, 1).await;
        }
        let mut rubrics = Vec::new();
        while rubrics.len() < 2 {
            let happened = timeout(Duration::from_secs(20), heard.recv())
                .await
                .expect("both events are heard")
                .unwrap();
            rubrics.push(happened.read::<Happened>().unwrap().rubric);
        }
        rubrics.sort_unstable();
        assert_eq!(rubrics, [id::<RubricId>(1), id(2)], "{}", db.kind());
        tasks.iter().for_each(tokio::task::JoinHandle::abort);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_replica_hears_what_the_first_did() {
    on_both(async |db| {
        let other = Store::open(
            &db.config,
            kit::Clock::system(),
            store::Ids::system(),
            store::Secret(std::sync::Arc::from(*b"another replica")),
            store::Consumers::default(),
        )
        .await
        .unwrap();
        let tasks = other.start_feed().await.unwrap();
        let mut heard = other.feed().listen();
        tell(db, 3, 1).await;
        let happened = timeout(Duration::from_secs(20), heard.recv())
            .await
            .expect("it is heard")
            .unwrap();
        assert_eq!(happened.subject, id::<RubricId>(3).into(), "{}", db.kind());
        tasks.iter().for_each(tokio::task::JoinHandle::abort);
        other.close().await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_resumes_by_the_things_own_number() {
    on_both(async |db| {
        for n in 1..=5 {
            tell(db, 3, n).await;
        }
        let numbers = async |actor, after| {
            let told = replay(&db.cx(actor), id::<RubricId>(3).into(), after)
                .await
                .unwrap();
            told.map(|told| {
                told.iter()
                    .filter_map(|happened| happened.n)
                    .collect::<Vec<_>>()
            })
        };
        assert_eq!(
            numbers(anna(), 2).await,
            Some(vec![3, 4, 5]),
            "{}",
            db.kind()
        );
        assert_eq!(numbers(anna(), 5).await, Some(vec![]), "{}", db.kind());
        assert_eq!(
            numbers(anna(), -3).await,
            None,
            "{}: before the first there is a gap",
            db.kind()
        );
        assert_eq!(
            numbers(stranger(), 0).await,
            Some(vec![]),
            "{}: another organiser has no such thing",
            db.kind()
        );
    })
    .await;
}
