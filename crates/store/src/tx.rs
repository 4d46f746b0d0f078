//! The one transaction of an effect.

use crate::{
    Cx, Error, Event, Occurrence, Once, Outcome,
    event::{self, Told},
    once,
};
use sea_orm::{DatabaseTransaction, SqliteTransactionMode, TransactionOptions, TransactionTrait};
use std::{
    ops::Deref,
    sync::{Arc, Mutex, PoisonError},
};

/// A [`Cx`] inside one transaction: reads through it see the transaction, and only it can write.
#[derive(Debug)]
pub struct Tx {
    cx: Cx,
    told: Mutex<Vec<Told>>,
    /// What was written to the outbox already, in other names.
    happened: Arc<Mutex<Vec<Occurrence>>>,
}

impl Deref for Tx {
    type Target = Cx;

    fn deref(&self) -> &Cx {
        &self.cx
    }
}

impl Tx {
    /// Tells the rest of the house what happened, when and only when this transaction commits.
    pub fn emit<E: Event>(&self, event: &E) {
        let body = serde_json::to_string(event).expect("events are plain data");
        let told = Told {
            name: E::NAME,
            subject: event.subject(),
            n: event.n(),
            body,
        };
        self.told
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(told);
    }

    /// The same transaction in another's name: when an effect begins before anybody is signed in (an invitation is redeemed) or the house acts.
    ///
    /// # Errors
    ///
    /// What `work` answers; then nothing of the whole transaction may be kept.
    pub async fn acting_as<T, E>(
        &self,
        actor: kit::Actor,
        work: impl AsyncFnOnce(&Self) -> Result<T, E>,
    ) -> Result<T, E>
    where
        E: From<Error>,
    {
        let inner = Self {
            cx: self.cx.acting_as(actor),
            told: Mutex::default(),
            happened: self.happened.clone(),
        };
        let done = work(&inner).await?;
        inner.flush().await?;
        Ok(done)
    }

    async fn flush(&self) -> Result<(), Error> {
        let told = std::mem::take(&mut *self.told.lock().unwrap_or_else(PoisonError::into_inner));
        let happened = event::flush(self, told).await?;
        self.happened
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend(happened);
        Ok(())
    }
}

/// Runs one effect in one transaction: everything it writes and tells is kept, or nothing is.
///
/// # Errors
///
/// What `work` answers, or the database's own failures. Nothing is stored on any error.
pub async fn write<T, E, F>(cx: &Cx, work: F) -> Result<T, E>
where
    F: AsyncFnOnce(&Tx) -> Result<T, E>,
    E: From<Error>,
{
    let (tx, transaction) = begin(cx).await?;
    let done = work(&tx).await;
    end(cx, tx, transaction, done).await
}

/// Runs one effect at most once for this actor and key, however often it is sent: a repeat gets the thing as it is now.
///
/// # Errors
///
/// As [`write`], and [`Error::Taken`] when the key was used for another ask. Failures are not remembered.
pub async fn write_once<T, E, F>(cx: &Cx, once: &Once, work: F) -> Result<T, E>
where
    F: AsyncFnOnce(&Tx) -> Result<T, E>,
    T: Outcome<E>,
    E: From<Error>,
{
    let (tx, transaction) = begin(cx).await?;
    let done = match once::claim(&tx, once).await {
        Err(error) => Err(error.into()),
        Ok(Some(outcome)) => T::again(&tx, &outcome).await,
        Ok(None) => match work(&tx).await {
            Ok(done) => once::keep(&tx, once, &done.outcome())
                .await
                .map(|()| done)
                .map_err(E::from),
            Err(error) => Err(error),
        },
    };
    end(cx, tx, transaction, done).await
}

#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that begins"
)]
async fn begin(cx: &Cx) -> Result<(Tx, Arc<DatabaseTransaction>), Error> {
    assert!(
        !cx.conn.is_transaction(),
        "a transaction never nests: use cases compose inside the one that the door opened"
    );
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..Default::default()
    };
    let transaction = Arc::new(cx.store.writer().begin_with_options(options).await?);
    let cx = Cx {
        conn: cx.conn.within(transaction.clone()),
        ..cx.clone()
    };
    Ok((
        Tx {
            cx,
            told: Mutex::default(),
            happened: Arc::default(),
        },
        transaction,
    ))
}

async fn end<T, E: From<Error>>(
    cx: &Cx,
    tx: Tx,
    transaction: Arc<DatabaseTransaction>,
    done: Result<T, E>,
) -> Result<T, E> {
    let done = match done {
        Ok(done) => tx.flush().await.map(|()| done).map_err(E::from),
        Err(error) => Err(error),
    };
    let happened = std::mem::take(&mut *tx.happened.lock().unwrap_or_else(PoisonError::into_inner));
    drop(tx);
    let transaction = Arc::try_unwrap(transaction)
        .map_err(|_| Error::Unreadable("a context outlived its transaction".to_owned()))?;
    match done {
        Ok(done) => {
            transaction.commit().await.map_err(Error::from)?;
            cx.store.feed().committed(&happened);
            Ok(done)
        }
        Err(error) => {
            // A failed rollback changes nothing for the caller: the connection is dropped and the database forgets the transaction by itself.
            let _ = transaction.rollback().await;
            Err(error)
        }
    }
}
