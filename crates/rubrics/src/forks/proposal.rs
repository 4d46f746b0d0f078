//! A proposal back to the origin: what a fork has otherwise, with why.

use super::{
    merge::Choice,
    origin::parsed,
    table::proposal::{ActiveModel, Column, Entity, Model},
};
use crate::{Criterion, CriterionDiff, Error, diff, find, policy, sql};
use kit::{
    Body, CriterionId, Instant, Key, Listed, Page, PersonId, Position, RubricId, RubricProposalId,
    Text,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Order, Query},
};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, HashMap};
use store::{Cx, Outcome, Tx};

/// One criterion of a proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Which criterion.
    pub criterion: CriterionId,
    /// As the origin had published it; `None` when it is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base: Option<Criterion>,
    /// As it is proposed; `None` when it is to be removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposed: Option<Criterion>,
}

impl Part {
    /// What it would change.
    #[must_use]
    pub fn change(&self) -> Option<CriterionDiff> {
        diff::criterion(self.base.as_ref(), self.proposed.as_ref(), false)
    }
}

/// What an author of the origin answered to one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// Whether it was taken into the origin's draft.
    pub taken: bool,
    /// What the author wrote; always there when it was declined.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Body>,
}

impl Answer {
    pub(crate) fn of(choice: Choice, reason: Option<Body>) -> Self {
        Self {
            taken: choice != Choice::Keep,
            reason,
        }
    }
}

/// A proposal: whoever made it and the origin's authors read it, and nobody else.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Its id.
    pub id: RubricProposalId,
    /// The rubric that it would change.
    pub rubric: RubricId,
    /// The fork that it comes from.
    pub fork: RubricId,
    /// Who made it.
    pub by: PersonId,
    /// Why.
    pub message: Body,
    /// What is proposed, in the fork's order.
    pub parts: Vec<Part>,
    /// What was answered, by criterion.
    pub answers: BTreeMap<CriterionId, Answer>,
    /// When it was made.
    pub at: Instant,
    /// When the last criterion was answered.
    pub answered_at: Option<Instant>,
    /// Who answered last.
    pub answered_by: Option<PersonId>,
}

impl Proposal {
    /// Whether every criterion has its answer.
    #[must_use]
    pub fn is_answered(&self) -> bool {
        self.answered_at.is_some()
    }
}

impl TryFrom<Model> for Proposal {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        let message = Text::parse(&row.message)
            .map_err(|error| store::Error::Unreadable(error.to_string()))?;
        Ok(Self {
            id: row.id.into(),
            rubric: row.rubric_id.into(),
            fork: row.fork_id.into(),
            by: row.by_id.into(),
            message,
            parts: parsed(&row.parts)?,
            answers: parsed(&row.answers)?,
            at: row.at,
            answered_at: row.answered_at,
            answered_by: row.answered_by.map(Into::into),
        })
    }
}

fn row(tx: &Tx, proposal: &Proposal) -> Result<ActiveModel, Error> {
    Ok(ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        id: Set(proposal.id.uuid()),
        rubric_id: Set(proposal.rubric.uuid()),
        fork_id: Set(proposal.fork.uuid()),
        by_id: Set(proposal.by.uuid()),
        message: Set(proposal.message.as_str().to_owned()),
        parts: Set(sql::json(&proposal.parts)?),
        answers: Set(sql::json(&proposal.answers)?),
        at: Set(proposal.at),
        answered_at: Set(proposal.answered_at),
        answered_by: Set(proposal.answered_by.map(Into::into)),
    })
}

pub(crate) async fn insert(tx: &Tx, proposal: &Proposal) -> Result<(), Error> {
    Entity::insert(row(tx, proposal)?)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

pub(crate) async fn update(tx: &Tx, proposal: &Proposal) -> Result<(), Error> {
    Entity::update(row(tx, proposal)?)
        .validate()
        .map_err(store::Error::from)?
        .exec(tx.db())
        .await?;
    Ok(())
}

/// A proposal, whoever reads it: the caller asks who may.
pub(crate) async fn any(cx: &Cx, id: RubricProposalId) -> Result<Option<Proposal>, Error> {
    let row = Entity::find()
        .filter(Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(Column::Id.eq(id.uuid()))
        .one(cx.db())
        .await?;
    row.map(Proposal::try_from).transpose()
}

/// A proposal, for whoever made it and for the origin's authors.
///
/// # Errors
///
/// [`Error::NotFound`] for everybody else.
pub async fn find_proposal(cx: &Cx, id: RubricProposalId) -> Result<Proposal, Error> {
    let proposal = any(cx, id).await?;
    if let Some(own) = proposal.as_ref().filter(|one| cx.actor.is(one.by)) {
        return Ok(own.clone());
    }
    // Asked for also when there is no such proposal, so that what the answer costs tells nobody that there is one.
    let of = proposal
        .as_ref()
        .map_or(RubricId(id.uuid()), |one| one.rubric);
    let rubric = find::find(cx, of).await?;
    policy::may_answer(&cx.actor, &rubric).map_err(|_| Error::NotFound)?;
    proposal.ok_or(Error::NotFound)
}

/// The proposals to each of these rubrics, the newest first and in as many statements as of one: for its authors all of them, for others
/// those that they made themselves.
///
/// # Errors
///
/// Those of the database. A rubric that the actor may not see is not in the answer, and neither is one without such proposals.
pub async fn proposals(
    cx: &Cx,
    rubrics: &[RubricId],
    page: &Page,
) -> Result<HashMap<RubricId, Listed<Proposal>>, Error> {
    let Some(person) = cx.person() else {
        return Ok(HashMap::new());
    };
    let seen = find::by_ids(cx, rubrics).await?;
    let every = seen
        .iter()
        .filter(|rubric| policy::may_answer(&cx.actor, rubric).is_ok())
        .map(|rubric| rubric.id);
    let known = Condition::any()
        .add(Column::ById.eq(person.uuid()))
        .add(store::any(cx, Column::RubricId, every));
    let seen = seen.iter().map(|rubric| rubric.id);
    let mut made = Query::select();
    made.column(Column::Id.as_column_ref())
        .from(Entity)
        .and_where(Column::OrganiserId.eq(cx.organiser().uuid()))
        .and_where(store::any(cx, Column::RubricId, seen))
        .cond_where(known)
        .cond_where(sql::after(page, Column::At, Column::Id));
    let order = [(Column::At, Order::Desc), (Column::Id, Order::Desc)];
    let size = page.first.and_one();
    let first = store::first_of_each(made, Column::RubricId, &order, size, ["id"]);
    let rows = Entity::find()
        .filter(Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(Column::Id.in_subquery(first))
        .order_by(Column::At, Order::Desc)
        .order_by(Column::Id, Order::Desc)
        .all(cx.db())
        .await?;
    let made = rows
        .into_iter()
        .map(|row| Ok((row.rubric_id.into(), Proposal::try_from(row)?)))
        .collect::<Result<Vec<_>, Error>>()?;
    Ok(Listed::cut_each(made, page.first, |proposal| Position {
        key: Key::At(proposal.at),
        id: proposal.id.uuid(),
    }))
}

impl Outcome<Error> for Proposal {
    fn outcome(&self) -> String {
        self.id.to_string()
    }

    async fn again(tx: &Tx, outcome: &str) -> Result<Self, Error> {
        find_proposal(tx, outcome.parse().map_err(|_| Error::NotFound)?).await
    }
}
