//! The context in which everything is read.

use crate::{Conn, Error, Store};
use kit::{Actor, Instant, Lang, OrganiserId, PersonId};
use std::{fmt, sync::Arc};
use uuid::Uuid;

/// Who reads, when, in which language, and through which connection. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Cx {
    /// Who asks.
    pub actor: Actor,
    /// The moment of the request, cut to milliseconds.
    pub now: Instant,
    /// The language of the answer.
    pub lang: Lang,
    /// The request's id, as the log and errors carry it.
    pub request: Uuid,
    /// Where new ids come from.
    pub ids: Ids,
    pub(crate) conn: Conn,
    pub(crate) store: Store,
}

impl Cx {
    /// Where statements go: the readers, or the transaction this context is inside of.
    #[must_use]
    pub fn db(&self) -> &Conn {
        &self.conn
    }

    /// The store, for its feed and its readiness.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The organiser whose rows are read. Every tenant statement names it first.
    #[must_use]
    pub fn organiser(&self) -> OrganiserId {
        self.actor.organiser()
    }

    /// The person who asks, if it is one.
    #[must_use]
    pub fn person(&self) -> Option<PersonId> {
        self.actor.person()
    }

    /// The same request in another's name: when a door has just found out who asks, or a job acts for an organiser.
    #[must_use]
    pub fn acting_as(&self, actor: Actor) -> Self {
        Self {
            actor,
            ..self.clone()
        }
    }

    /// The same request, answered in another language: the person's own goes before the client's.
    #[must_use]
    pub fn speaking(self, lang: Lang) -> Self {
        Self { lang, ..self }
    }

    /// Asks the database for a word, to know that it answers.
    ///
    /// # Errors
    ///
    /// [`Error::Unavailable`] when it does not.
    pub async fn ping(&self) -> Result<(), Error> {
        use sea_orm::ConnectionTrait;
        self.conn.execute_unprepared("SELECT 1").await?;
        Ok(())
    }
}

/// Where new ids come from. A test brings its own, so that what it sees is the same every time.
#[derive(Clone)]
pub struct Ids(Arc<dyn Fn(Order) -> Uuid + Send + Sync>);

/// Whether an id tells when it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// Random (v4): for what a person makes, so that its id shows nobody the time of day.
    Random,
    /// Ordered by time (v7): for the house's own rows.
    Time,
}

impl Ids {
    /// The machine's randomness.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that makes ids"
    )]
    pub fn system() -> Self {
        Self(Arc::new(|order| match order {
            Order::Random => Uuid::new_v4(),
            Order::Time => Uuid::now_v7(),
        }))
    }

    /// Ids of the caller's making.
    pub fn from_fn(make: impl Fn(Order) -> Uuid + Send + Sync + 'static) -> Self {
        Self(Arc::new(make))
    }

    /// A random id.
    #[must_use]
    pub fn random(&self) -> Uuid {
        (self.0)(Order::Random)
    }

    /// An id that sorts by when it was made.
    #[must_use]
    pub fn ordered(&self) -> Uuid {
        (self.0)(Order::Time)
    }
}

impl fmt::Debug for Ids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ids")
    }
}
