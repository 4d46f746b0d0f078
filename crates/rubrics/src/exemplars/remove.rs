//! A sample of work is taken away again.

use super::{exemplar::Sample, list::find_exemplar, table};
use crate::{Error, forks, policy, sql};
use kit::RubricExemplarId;
use records::files;
use store::{Outcome, Tx};

/// An exemplar that is no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RemovedExemplar(pub RubricExemplarId);

/// Takes an exemplar away for good, and its file with it: nobody sees either from now on.
///
/// # Errors
///
/// [`Error::NotFound`] for one of a rubric that the actor does not see, unless they added it; [`Error::ExemplarNotYours`] unless they added it
/// or are one of the rubric's authors.
pub async fn remove_exemplar(tx: &Tx, id: RubricExemplarId) -> Result<RemovedExemplar, Error> {
    let exemplar = find_exemplar(tx, id).await?;
    if !tx.actor.is(exemplar.by) {
        let rubric = sql::find(tx, exemplar.rubric).await?;
        policy::may_remove_exemplar(&tx.actor, &rubric)?;
    }
    table::delete(tx, id).await?;
    forks::release(tx, id).await?;
    if let Sample::File(file) = exemplar.sample {
        files::let_go(tx, file).await?;
    }
    Ok(RemovedExemplar(id))
}

impl Outcome<Error> for RemovedExemplar {
    fn outcome(&self) -> String {
        self.0.to_string()
    }

    async fn again(_: &Tx, outcome: &str) -> Result<Self, Error> {
        let id = outcome.parse().map_err(|_| Error::NotFound)?;
        Ok(Self(id))
    }
}
