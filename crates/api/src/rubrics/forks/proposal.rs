//! A proposal back to the origin, as the schema shows it.

use crate::{
    loader::Loaders,
    organisation::person::Colleague,
    rubrics::{diff::CriterionChange, object::Rubric},
};
use async_graphql::{Context, Description, ID, Object, Result, SimpleObject};
use chrono::NaiveDate;
use rubrics::Proposal;

/// What an author answered to one criterion of a proposal.
#[derive(Debug, Clone, SimpleObject)]
pub struct RubricProposalAnswer {
    /// Whether it went into the rubric's draft.
    is_taken: bool,
    /// What the author wrote; always there when it was declined.
    reason: Option<String>,
}

/// One criterion of a proposal.
#[derive(Debug, Clone, SimpleObject)]
pub struct RubricProposalPart {
    /// The id of the criterion, the same on both sides.
    criterion: ID,
    /// What it would change: before is what the rubric had published, after what is proposed.
    change: Option<CriterionChange>,
    /// What was answered; nothing as long as it waits.
    answer: Option<RubricProposalAnswer>,
}

/// A proposal of changes that a colleague made in their fork. They read it, and the rubric's authors, and nobody else.
#[derive(Debug, Clone, Description)]
pub struct RubricProposal(pub Proposal);

#[Object(use_type_description)]
impl RubricProposal {
    /// Its id, for `answerRubricProposal`.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The fork that it comes from; nothing when that is out of your sight.
    async fn fork(&self, ctx: &Context<'_>) -> Result<Option<Rubric>> {
        ctx.data::<Loaders>()?.rubric(self.0.fork).await
    }

    /// Who made it.
    async fn by(&self, ctx: &Context<'_>) -> Result<Colleague> {
        Colleague::of(ctx, self.0.by).await
    }

    /// Why: what they wrote with it.
    async fn message(&self) -> &str {
        self.0.message.as_str()
    }

    /// The day on which it was made.
    async fn on(&self) -> NaiveDate {
        self.0.at.date_naive()
    }

    /// What is proposed, criterion by criterion. It stands as it was then, whatever the fork does next.
    async fn parts(&self) -> Vec<RubricProposalPart> {
        let parts = self.0.parts.iter().map(|part| {
            let answer = self.0.answers.get(&part.criterion);
            RubricProposalPart {
                criterion: part.criterion.to_string().into(),
                change: part.change().map(CriterionChange::of),
                answer: answer.map(|answer| RubricProposalAnswer {
                    is_taken: answer.taken,
                    reason: answer.reason.as_ref().map(ToString::to_string),
                }),
            }
        });
        parts.collect()
    }

    /// Whether every criterion has its answer.
    async fn is_answered(&self) -> bool {
        self.0.is_answered()
    }

    /// The day on which the last criterion was answered.
    async fn answered_on(&self) -> Option<NaiveDate> {
        self.0.answered_at.map(|at| at.date_naive())
    }

    /// Who answered last.
    async fn answered_by(&self, ctx: &Context<'_>) -> Result<Option<Colleague>> {
        match self.0.answered_by {
            Some(person) => Ok(Some(Colleague::of(ctx, person).await?)),
            None => Ok(None),
        }
    }
}
