//! The library by how far its rubrics have come: a little behind what happens, and at any size as cheap as the newest first.

use super::counts::{Counts, counts};
use crate::{
    Error,
    events::{
        RubricAuthorAdded, RubricCounted, RubricPublished, RubricRestored, RubricShareUndone,
        RubricShared,
    },
};
use kit::RubricId;
use store::{Consumer, Event, Occurrence, Tx};

/// The room, as its deliveries name it.
const NAME: &str = "rubrics";

/// A count that the library can be ordered by. It says nothing of who: rubrics are ordered, never people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CountOrder {
    /// Those that most forks were made of first.
    Adapted,
    /// Those that most is made with first.
    Used,
}

impl CountOrder {
    /// Every order, for tables and tests.
    pub const ALL: [Self; 2] = [Self::Adapted, Self::Used];

    /// What its weights are called.
    #[must_use]
    pub const fn kind(self) -> &'static str {
        match self {
            Self::Adapted => "rubric:adapted",
            Self::Used => "rubric:used",
        }
    }

    const fn of(self, counts: Counts) -> i64 {
        match self {
            Self::Adapted => counts.forks,
            Self::Used => counts.uses,
        }
    }
}

/// What this room learns by: what is counted, and whom a rubric reaches anew.
#[must_use]
pub(crate) fn consumers() -> Vec<Consumer> {
    vec![
        orders_by::<RubricCounted>(),
        orders_by::<RubricPublished>(),
        orders_by::<RubricShared>(),
        orders_by::<RubricShareUndone>(),
        orders_by::<RubricAuthorAdded>(),
        orders_by::<RubricRestored>(),
    ]
}

fn orders_by<E: Event>() -> Consumer {
    Consumer::on(NAME, |tx, happened, _: E| {
        Box::pin(async move { Ok(order(tx, happened).await?) })
    })
}

/// Puts a rubric in its place in every order, for whomever it reaches now.
async fn order(tx: &Tx, happened: &Occurrence) -> Result<(), Error> {
    let rubric = RubricId(happened.subject.id);
    let counts = counts(tx, &[rubric]).await?;
    let counts = counts.get(&rubric).copied().unwrap_or_default();
    for order in CountOrder::ALL {
        records::weigh(tx, rubric, order.kind(), order.of(counts)).await?;
    }
    Ok(())
}
