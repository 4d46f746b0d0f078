//! A colleague makes their own copy and goes on from there.

use super::origin::{self, Credit, Origin};
use crate::{
    Error, Rubric, VersionState, catalogue, create, events::RubricForked, find, policy, sql,
};
use kit::{RubricId, RubricVersionId, UnitId};
use store::Tx;

/// Make a copy of one's own.
#[derive(Debug, Clone, Copy)]
pub struct Fork {
    /// Made by the client, at random.
    pub id: RubricId,
    /// Which rubric to go on from.
    pub rubric: RubricId,
    /// Which of its published versions; what is in use when left out.
    pub version: Option<RubricVersionId>,
    /// Where the copy is made; the actor is a colleague there.
    pub unit: UnitId,
}

/// Makes a copy as a draft of the actor's own. It keeps the ids of criteria and levels, and for ever where it comes from.
///
/// # Errors
///
/// [`Error::NotHere`] where the actor is no colleague, [`Error::NotFound`], [`Error::NotPublished`], [`Error::NotActive`] when the origin is no longer
/// offered, and `ID_TAKEN` for an id in use.
pub async fn fork(tx: &Tx, ask: &Fork) -> Result<Rubric, Error> {
    let author = policy::may_create(&tx.actor, ask.unit)?;
    let origin = sql::find(tx, ask.rubric).await?;
    policy::may_fork(&tx.actor, &origin)?;
    let version = ask.version.or(origin.current).ok_or(Error::NotPublished)?;
    let version = find::find_version(tx, version).await?;
    if version.rubric != origin.id {
        return Err(Error::NotFound);
    }
    if version.state != VersionState::Published {
        return Err(Error::NotPublished);
    }
    let content = (*version.content).clone();
    let (rubric, draft) = create::begin(tx, ask.id, ask.unit, author, content).await?;
    let above = origin::origins(tx, &[origin.id]).await?.pop();
    let mut line = above
        .as_ref()
        .map_or_else(Vec::new, |above| above.line.clone());
    line.push(origin.id);
    let noted = Origin {
        fork: rubric.id,
        rubric: origin.id,
        version: version.id,
        stands_on: super::hold(tx, &version, rubric.id, author).await?,
        settled: [].into(),
        root: above.map_or(origin.id, |above| above.root),
        line,
        credit: Credit::of(&origin, &version),
        by: author,
        at: tx.now,
    };
    origin::insert(tx, &noted).await?;
    catalogue::inherit(tx, origin.id, rubric.id).await?;
    tx.emit(&RubricForked {
        rubric: rubric.id,
        n: rubric.n,
        version: draft.id,
        origin: origin.id,
    });
    Ok(rubric)
}
