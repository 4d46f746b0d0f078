//! A colleague of any organiser makes their own copy of an open rubric.

use super::{origin, shown, sql};
use crate::{Error, Rubric, create, events::RubricCreated, policy};
use kit::{OpenRubricId, RubricId, UnitId};
use store::Tx;

/// Make a copy of one's own out of the open catalogue.
#[derive(Debug, Clone, Copy)]
pub struct ForkOpen {
    /// Made by the client, at random.
    pub id: RubricId,
    /// Which item to go on from.
    pub open: OpenRubricId,
    /// Where the copy is made; the actor is a colleague there.
    pub unit: UnitId,
}

/// Makes a copy as a draft of the actor's own. It keeps the ids of criteria and levels, and for ever which open version it is a copy of. Of the
/// item nothing changes but its number of copies.
///
/// # Errors
///
/// [`Error::NotHere`] where the actor is no colleague, [`Error::NotFound`], and `ID_TAKEN` for an id in use.
pub async fn fork_open(tx: &Tx, ask: &ForkOpen) -> Result<Rubric, Error> {
    let author = policy::may_create(&tx.actor, ask.unit)?;
    let found = sql::items(tx, &[ask.open], shown::shown(tx)).await?.pop();
    let open = found.ok_or(Error::NotFound)?;
    let content = (*open.content).clone();
    let (rubric, draft) = create::begin(tx, ask.id, ask.unit, author, content).await?;
    origin::insert(tx, rubric.id, &open).await?;
    sql::count_copy(tx, open.id).await?;
    tx.emit(&RubricCreated {
        rubric: rubric.id,
        n: rubric.n,
        version: draft.id,
    });
    Ok(rubric)
}
