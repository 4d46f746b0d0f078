//! What the store promises to every room, on both databases.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

mod deliveries;
mod events;
mod forget;
mod once;

use kit::{Actor, Role, RubricId, Thing};
use serde::{Deserialize, Serialize};
use store::Event;

/// Something that happens in these tests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Happened {
    rubric: RubricId,
    n: i64,
}

impl Event for Happened {
    const NAME: &'static str = "test.happened";

    fn subject(&self) -> Thing {
        self.rubric.into()
    }

    fn n(&self) -> Option<i64> {
        Some(self.n)
    }
}

/// A teacher of the first organiser.
fn anna() -> Actor {
    testkit::actor(
        testkit::id(1),
        testkit::id(4),
        &[(Role::Teacher, Some(testkit::id(2)))],
        &[],
    )
}

/// A teacher of another organiser.
fn stranger() -> Actor {
    testkit::actor(
        testkit::id(9),
        testkit::id(4),
        &[(Role::Teacher, Some(testkit::id(2)))],
        &[],
    )
}
