//! What happens to rubrics, told to the people whom it concerns.

use crate::{Cause, Error, Kind, forget::forget, talk_told, tell};
use kit::PersonId;
use rubrics::events::{
    RubricCommentEdited, RubricCommented, RubricForgotten, RubricProposalAnswered, RubricProposed,
    RubricPublished, RubricReviewAsked, RubricReviewed, RubricShared, RubricThanked,
};
use store::{Consumer, Occurrence, Tx};

/// The room, as its deliveries name it.
const NAME: &str = "notices";

/// What this room learns by.
#[must_use]
pub fn consumers() -> Vec<Consumer> {
    vec![
        Consumer::on(NAME, |tx, happened, event: RubricReviewAsked| {
            Box::pin(
                async move { Ok(told(tx, happened, Kind::ReviewAsked, &[event.reviewer]).await?) },
            )
        }),
        Consumer::on(NAME, |tx, happened, event: RubricReviewed| {
            Box::pin(async move {
                let kind = if event.approved {
                    Kind::ReviewApproved
                } else {
                    Kind::ReviewReturned
                };
                Ok(told(tx, happened, kind, &event.authors).await?)
            })
        }),
        Consumer::on(NAME, |tx, happened, event: RubricProposed| {
            Box::pin(
                async move { Ok(told(tx, happened, Kind::RubricProposed, &event.authors).await?) },
            )
        }),
        Consumer::on(NAME, |tx, happened, event: RubricProposalAnswered| {
            Box::pin(async move {
                Ok(told(tx, happened, Kind::RubricProposalAnswered, &[event.by]).await?)
            })
        }),
        Consumer::on(NAME, |tx, happened, event: RubricThanked| {
            Box::pin(
                async move { Ok(told(tx, happened, Kind::RubricThanked, &event.authors).await?) },
            )
        }),
        Consumer::on(NAME, |tx, happened, event: RubricShared| {
            Box::pin(async move {
                told(tx, happened, Kind::Shared, &event.people).await?;
                Ok(talk_told::mentioned(tx, event.rubric).await?)
            })
        }),
        Consumer::on(NAME, |tx, _, event: RubricPublished| {
            Box::pin(async move { Ok(talk_told::mentioned(tx, event.rubric).await?) })
        }),
        Consumer::on(NAME, |tx, happened, event: RubricCommented| {
            Box::pin(async move {
                talk_told::mentioned(tx, event.rubric).await?;
                Ok(talk_told::commented(tx, happened, event.comment).await?)
            })
        }),
        Consumer::on(NAME, |tx, _, event: RubricCommentEdited| {
            Box::pin(async move { Ok(talk_told::mentioned(tx, event.rubric).await?) })
        }),
        Consumer::on(NAME, |tx, happened, _: RubricForgotten| {
            Box::pin(async move { Ok(forget(tx, happened.subject).await?) })
        }),
    ]
}

/// Tells these people of an event, but not who did it.
async fn told(
    tx: &Tx,
    happened: &Occurrence,
    kind: Kind,
    people: &[PersonId],
) -> Result<(), Error> {
    let people: Vec<_> = people
        .iter()
        .copied()
        .filter(|person| person.uuid() != happened.by)
        .collect();
    let cause = Cause {
        id: happened.id.uuid(),
        kind,
        subject: happened.subject,
    };
    tell(tx, cause, &people).await
}
