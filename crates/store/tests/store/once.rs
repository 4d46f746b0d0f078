use crate::{Happened, anna, stranger};
use kit::RubricId;
use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};
use store::{Error, Once, Outcome, Tx, replay, write_once};
use testkit::{id, on_both};
use uuid::Uuid;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Made(u32);

impl Outcome<Error> for Made {
    fn outcome(&self) -> String {
        self.0.to_string()
    }

    async fn again(_: &Tx, outcome: &str) -> Result<Self, Error> {
        outcome.parse().map(Self).map_err(|_| Error::Taken)
    }
}

fn ask(key: u128, ask: &str) -> Once {
    Once {
        key: Uuid::from_u128(key),
        operation: "make",
        ask: ask.to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fifty_parallel_duplicates_make_one_effect() {
    on_both(async |db| {
        let made = Arc::new(AtomicU32::new(0));
        let tasks = (0..50).map(|_| {
            let (cx, made) = (db.cx(anna()), made.clone());
            tokio::spawn(async move {
                write_once(&cx, &ask(7, "a rubric"), async |tx: &Tx| {
                    tx.emit(&Happened {
                        rubric: id(10),
                        n: 1,
                    });
                    Ok::<_, Error>(Made(made.fetch_add(1, Ordering::SeqCst)))
                })
                .await
            })
        });
        for task in tasks.collect::<Vec<_>>() {
            assert_eq!(task.await.unwrap().unwrap(), Made(0), "{}", db.kind());
        }
        assert_eq!(made.load(Ordering::SeqCst), 1, "{}", db.kind());
        let told = replay(&db.cx(anna()), id::<RubricId>(10).into(), 0)
            .await
            .unwrap()
            .unwrap();
        assert_eq!(told.len(), 1, "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn another_ask_with_the_same_key_is_taken_and_another_actor_has_keys_of_their_own() {
    on_both(async |db| {
        let make = async |actor, once: &Once, number| {
            write_once(&db.cx(actor), once, async |_: &Tx| {
                Ok::<_, Error>(Made(number))
            })
            .await
        };
        assert_eq!(make(anna(), &ask(7, "a rubric"), 1).await.unwrap(), Made(1));
        assert!(matches!(
            make(anna(), &ask(7, "another rubric"), 2).await,
            Err(Error::Taken)
        ));
        let renamed = Once {
            operation: "remove",
            ..ask(7, "a rubric")
        };
        assert!(matches!(make(anna(), &renamed, 2).await, Err(Error::Taken)));
        assert_eq!(
            make(stranger(), &ask(7, "a rubric"), 3).await.unwrap(),
            Made(3),
            "{}",
            db.kind()
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failure_is_not_remembered_and_leaves_nothing() {
    on_both(async |db| {
        let cx = db.cx(anna());
        let failed = write_once(&cx, &ask(7, "a rubric"), async |tx: &Tx| {
            tx.emit(&Happened {
                rubric: id(10),
                n: 1,
            });
            Err::<Made, _>(Error::Unreadable("on purpose".to_owned()))
        })
        .await;
        assert!(failed.is_err());
        assert_eq!(
            replay(&cx, id::<RubricId>(10).into(), 0)
                .await
                .unwrap()
                .unwrap(),
            []
        );
        let again = write_once(&cx, &ask(7, "a rubric"), async |_: &Tx| {
            Ok::<_, Error>(Made(5))
        })
        .await;
        assert_eq!(again.unwrap(), Made(5), "{}", db.kind());
    })
    .await;
}
