//! What was made with a version is moved to another one: only ever because somebody asks for it.

use super::{
    hold::{self, Use},
    origin,
};
use crate::{
    Error, Version, VersionState, events::RubricPulled, exemplars, find, keep, policy, sql,
};
use kit::{RubricExemplarId, RubricId, RubricLinkId, RubricUseId, RubricVersionId};
use store::{Outcome, Tx};

/// Move a use to another version.
#[derive(Debug, Clone, Copy)]
pub struct MoveUse {
    /// Which use.
    pub id: RubricUseId,
    /// To which published version of the same rubric.
    pub version: RubricVersionId,
    /// Whether only to tell what would change.
    pub preview: bool,
}

/// A use, and the versions between which it was moved: [`crate::diff()`] tells what changes for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Moved {
    /// The use as it is now.
    pub held: Use,
    /// What it held.
    pub from: Version,
    /// What it is to hold.
    pub to: Version,
}

impl Outcome<Error> for Moved {
    fn outcome(&self) -> String {
        format!("{} {} {}", self.held.id, self.from.id, self.to.id)
    }

    async fn again(tx: &Tx, outcome: &str) -> Result<Self, Error> {
        let mut parts = outcome.split(' ');
        let mut next = || parts.next().ok_or(Error::NotFound);
        let (id, from, to) = (next()?, next()?, next()?);
        let parse = |id: &str| id.parse().map_err(|_| Error::NotFound);
        Ok(Self {
            held: hold::find_use(tx, id.parse().map_err(|_| Error::NotFound)?).await?,
            from: find::find_version(tx, parse(from)?).await?,
            to: find::find_version(tx, parse(to)?).await?,
        })
    }
}

/// Moves a use of the actor's to another published version of the same rubric, or tells what that would change. A fork that is moved stands on
/// that version from now on, with its own words: what it did not pull is no longer offered.
///
/// # Errors
///
/// [`Error::NotFound`] for a use that is not the actor's or a version that they may not see, [`Error::NotPublished`] for a draft,
/// [`Error::NoLevel`] when the version no longer has the level that an exemplar shows, and [`Error::NotYours`] or [`Error::NotActive`] when the fork is not theirs to change.
pub async fn move_use(tx: &Tx, ask: &MoveUse) -> Result<Moved, Error> {
    let mut held = hold::find_use(tx, ask.id).await?;
    let from = find::find_version(tx, held.version).await?;
    let to = find::find_version(tx, ask.version).await?;
    if to.rubric != held.rubric {
        return Err(Error::NotFound);
    }
    if to.state != VersionState::Published {
        return Err(Error::NotPublished);
    }
    if held.holder.prefix == RubricExemplarId::PREFIX {
        exemplars::turn_to(tx, held.holder.id.into(), &to, ask.preview).await?;
    }
    if !ask.preview && from.id != to.id {
        held.version = to.id;
        held.at = tx.now;
        if held.holder.prefix == RubricId::PREFIX {
            stand_on(tx, held).await?;
        } else {
            hold::update(tx, &held).await?;
            if held.holder.prefix == RubricLinkId::PREFIX {
                sql::link::turn_to(tx, held.holder.id.into(), to.id).await?;
            }
        }
    }
    Ok(Moved { held, from, to })
}

/// A fork stands on another version from now on.
async fn stand_on(tx: &Tx, held: Use) -> Result<(), Error> {
    let mut rubric = sql::find_locked(tx, held.holder.id.into()).await?;
    policy::may_pull(&tx.actor, &rubric)?;
    let before = rubric.clone();
    let mut origin = origin::origin(tx, rubric.id).await?;
    origin.stands_on = held;
    origin.settled.clear();
    origin::update(tx, &origin).await?;
    let pulled = RubricPulled {
        rubric: rubric.id,
        n: rubric.tell(),
        version: held.version,
    };
    keep::keep(tx, &before, &mut rubric).await?;
    tx.emit(&pulled);
    Ok(())
}
