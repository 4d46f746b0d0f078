//! What happens to rubrics, told to the people whom it concerns.

use crate::{Cause, Error, Kind, forget::forget, talk_told, tell};
use kit::{PersonId, TeamId};
use rubrics::events::{
    ContentReported, OpenRubricHidden, RubricAuthorAdded, RubricCommentEdited, RubricCommented,
    RubricForgotten, RubricProposalAnswered, RubricProposed, RubricPublished, RubricReviewAsked,
    RubricReviewed, RubricShared, RubricThanked,
};
use store::{Consumer, Occurrence, Tx};

/// The room, as its deliveries name it.
const NAME: &str = "notices";

/// Shares are told late, and hold up nothing else that is told of the same rubric.
const SHARES: &str = "notices.shares";

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
                Ok(told_authors(tx, happened, kind, event.authors, &event.author_teams).await?)
            })
        }),
        Consumer::on(NAME, |tx, happened, event: RubricProposed| {
            Box::pin(async move {
                let kind = Kind::RubricProposed;
                Ok(told_authors(tx, happened, kind, event.authors, &event.author_teams).await?)
            })
        }),
        Consumer::on(NAME, |tx, happened, event: RubricProposalAnswered| {
            Box::pin(async move {
                Ok(told(tx, happened, Kind::RubricProposalAnswered, &[event.by]).await?)
            })
        }),
        Consumer::on(NAME, |tx, happened, event: RubricThanked| {
            Box::pin(async move {
                let kind = Kind::RubricThanked;
                Ok(told_authors(tx, happened, kind, event.authors, &event.author_teams).await?)
            })
        }),
        Consumer::on(NAME, |tx, happened, event: RubricAuthorAdded| {
            Box::pin(async move {
                let kind = Kind::RubricAuthorAdded;
                let people = event.person.into_iter().collect();
                let teams: Vec<_> = event.team.into_iter().collect();
                Ok(told_authors(tx, happened, kind, people, &teams).await?)
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
        Consumer::on(SHARES, |tx, happened, event: RubricShared| {
            Box::pin(async move { Ok(share_told(tx, happened, &event).await?) })
        })
        .not_before(|event: &RubricShared| event.stands_from),
        Consumer::on(NAME, |tx, happened, _: ContentReported| {
            Box::pin(async move {
                let keepers = organisation::administrators(tx).await?;
                Ok(told(tx, happened, Kind::ContentReported, &keepers).await?)
            })
        }),
        Consumer::on(NAME, |tx, happened, event: OpenRubricHidden| {
            Box::pin(async move {
                let kind = if event.hidden {
                    Kind::OpenRubricHidden
                } else {
                    Kind::OpenRubricShown
                };
                Ok(told(tx, happened, kind, &event.authors).await?)
            })
        }),
        Consumer::on(NAME, |tx, happened, _: RubricForgotten| {
            Box::pin(async move { Ok(forget(tx, happened.subject).await?) })
        }),
    ]
}

/// Tells whom a share names, now that it can no longer be undone, unless it was or they are no longer named.
async fn share_told(tx: &Tx, happened: &Occurrence, event: &RubricShared) -> Result<(), Error> {
    let named = rubrics::still_named(tx, event.rubric, event.n, &event.people).await?;
    told(tx, happened, Kind::Shared, &named).await?;
    talk_told::mentioned(tx, event.rubric).await
}

/// Tells the authors: those who write by name, and who belongs today to a team that writes.
async fn told_authors(
    tx: &Tx,
    happened: &Occurrence,
    kind: Kind,
    mut people: Vec<PersonId>,
    teams: &[TeamId],
) -> Result<(), Error> {
    people.extend(organisation::member_ids(tx, teams).await?);
    people.sort_unstable();
    people.dedup();
    told(tx, happened, kind, &people).await
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
