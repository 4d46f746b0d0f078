//! Every effect at most once: a phone that comes back after a holiday may send again what it does not know was received.

use crate::{Error, Tx};
use chrono::TimeDelta;
use hmac::{Hmac, KeyInit, Mac};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Alias, Expr, ExprTrait, OnConflict, Query},
};
use sha2::Sha256;
use uuid::Uuid;

/// A key that the client chose, with what it asks for. Kept 30 days.
#[derive(Debug, Clone)]
pub struct Once {
    /// The id of what is created, or the effect's idempotency key.
    pub key: Uuid,
    /// The mutation.
    pub operation: &'static str,
    /// The whole ask; only its keyed hash is stored.
    pub ask: String,
}

/// What an effect answers, so that a repeat can be answered again.
pub trait Outcome<E>: Sized {
    /// What to remember: ids, never secrets or words.
    fn outcome(&self) -> String;

    /// The thing as it is now, if it may still be seen.
    fn again(tx: &Tx, outcome: &str) -> impl Future<Output = Result<Self, E>> + Send;
}

/// Takes the key, or finds the outcome of the effect that took it. A second transaction with the same key waits here for the first.
pub(crate) async fn claim(tx: &Tx, once: &Once) -> Result<Option<String>, Error> {
    let ask = keyed_hash(tx, &once.ask);
    let insert = Query::insert()
        .into_table(Alias::new("once"))
        .columns(
            [
                "organiser_id",
                "actor_id",
                "key",
                "operation",
                "ask",
                "outcome",
                "expires_at",
            ]
            .map(Alias::new),
        )
        .values_panic([
            tx.organiser().uuid().into(),
            tx.actor.id().into(),
            once.key.into(),
            once.operation.into(),
            ask.clone().into(),
            "".into(),
            (tx.now + TimeDelta::days(30)).into(),
        ])
        .on_conflict(
            OnConflict::columns(["organiser_id", "actor_id", "key"].map(Alias::new))
                .do_nothing()
                .to_owned(),
        )
        .to_owned();
    if tx.db().execute(&insert).await?.rows_affected() == 1 {
        return Ok(None);
    }
    let select = Query::select()
        .columns(["operation", "ask", "outcome"].map(Alias::new))
        .from(Alias::new("once"))
        .cond_where(is_mine(tx, once))
        .to_owned();
    let row = tx.db().query_one(&select).await?.ok_or(Error::Taken)?;
    let same = row.try_get::<String>("", "operation")? == once.operation
        && row.try_get::<Vec<u8>>("", "ask")? == ask;
    if same {
        Ok(Some(row.try_get("", "outcome")?))
    } else {
        Err(Error::Taken)
    }
}

/// Remembers what the effect answered.
pub(crate) async fn keep(tx: &Tx, once: &Once, outcome: &str) -> Result<(), Error> {
    let update = Query::update()
        .table(Alias::new("once"))
        .value(Alias::new("outcome"), outcome)
        .cond_where(is_mine(tx, once))
        .to_owned();
    tx.db().execute(&update).await?;
    Ok(())
}

fn is_mine(tx: &Tx, once: &Once) -> sea_orm::Condition {
    sea_orm::Condition::all()
        .add(Expr::col(Alias::new("organiser_id")).eq(tx.organiser().uuid()))
        .add(Expr::col(Alias::new("actor_id")).eq(tx.actor.id()))
        .add(Expr::col(Alias::new("key")).eq(once.key))
}

fn keyed_hash(tx: &Tx, ask: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(tx.store().secret())
        .expect("HMAC takes a key of any length");
    mac.update(ask.as_bytes());
    mac.finalize().into_bytes().to_vec()
}
