//! What the store no longer needs: keys of effects after 30 days, events after seven.

use crate::{Error, Store};
use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

/// How long events are kept for clients that resume.
const EVENTS_KEPT: TimeDelta = TimeDelta::days(7);

impl Store {
    /// Removes what has run out, of every organiser. Events that somebody still has to learn from stay. Done twice at once it does no harm. Answers how
    /// many rows went.
    ///
    /// # Errors
    ///
    /// Those of the database.
    pub async fn forget_old(&self) -> Result<u64, Error> {
        let now = self.clock().now();
        let (backend, first) = if self.is_postgres() {
            (DbBackend::Postgres, "$1")
        } else {
            (DbBackend::Sqlite, "?1")
        };
        let once = format!("DELETE FROM once WHERE expires_at < {first}");
        let events = format!(
            "DELETE FROM outbox WHERE at < {first} AND NOT EXISTS \
             (SELECT 1 FROM delivery d WHERE d.organiser_id = outbox.organiser_id AND d.event_id = outbox.id)"
        );
        let mut gone = 0;
        for (sql, before) in [(once, now), (events, now - EVENTS_KEPT)] {
            let statement = Statement::from_sql_and_values(backend, sql, [before.into()]);
            gone += self.writer().execute_raw(statement).await?.rows_affected();
        }
        Ok(gone)
    }
}
