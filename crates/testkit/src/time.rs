//! Time that moves only when a test says so.

use chrono::{DateTime, TimeDelta, Utc};
use kit::Clock;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// A clock that stands still until it is moved.
#[derive(Clone, Debug)]
pub struct TestClock(Arc<AtomicI64>);

impl TestClock {
    pub(crate) fn new() -> Self {
        Self(Arc::new(AtomicI64::new(crate::monday().timestamp_millis())))
    }

    pub(crate) fn clock(&self) -> Clock {
        let millis = self.0.clone();
        Clock::from_fn(move || {
            DateTime::from_timestamp_millis(millis.load(Ordering::SeqCst))
                .expect("test time stays within the calendar")
        })
    }

    /// The time that it shows.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock().now()
    }

    /// Lets this much time pass.
    pub fn pass(&self, time: TimeDelta) {
        self.0.fetch_add(time.num_milliseconds(), Ordering::SeqCst);
    }
}
