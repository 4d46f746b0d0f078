//! The time, read once per request.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use std::{fmt, sync::Arc};

/// A moment in UTC.
pub type Instant = DateTime<Utc>;

/// Where the time is read from. A test brings its own.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> Instant + Send + Sync>);

impl Clock {
    /// The machine's clock.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the machine's clock"
    )]
    pub fn system() -> Self {
        Self(Arc::new(Utc::now))
    }

    /// A clock of the caller's making.
    pub fn from_fn(read: impl Fn() -> Instant + Send + Sync + 'static) -> Self {
        Self(Arc::new(read))
    }

    /// Now, cut to milliseconds, so that both databases keep the same value.
    #[must_use]
    pub fn now(&self) -> Instant {
        millis((self.0)())
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Clock")
    }
}

/// The moment cut to whole milliseconds.
#[must_use]
pub fn millis(at: Instant) -> Instant {
    at.duration_trunc(TimeDelta::milliseconds(1)).unwrap_or(at)
}
