//! A draft is saved, whole or by its parts.

use crate::{
    Conflict, Content, CriterionPatch, Error, HeadPatch, Patch, Revisions, Rubric, Stage, Version,
    check::{self, Paths},
    events::RubricSaved,
    find, keep, patch, policy, shelves, sql,
};
use kit::RubricId;
use store::{Outcome, Tx};

/// Save a draft.
#[derive(Debug, Clone)]
pub struct SaveDraft {
    /// Which rubric's.
    pub rubric: RubricId,
    /// What is to change.
    pub change: Change,
}

/// What a save changes.
#[derive(Debug, Clone)]
pub enum Change {
    /// Everything, by whoever read all of it.
    Whole {
        /// The rubric's `version` as it was read.
        version: i64,
        /// What it is to say.
        content: Content,
    },
    /// Parts, each with the revision that was read: colleagues who write in different criteria do not meet.
    Parts {
        /// The head or the order.
        head: Option<HeadPatch>,
        /// The criteria, at most one patch for each.
        criteria: Vec<CriterionPatch>,
    },
}

/// What became of a save.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// The rubric.
    pub rubric: Rubric,
    /// Its draft as it stands now.
    pub draft: Version,
    /// Parts that somebody else saved meanwhile: they were not stored, the others were.
    pub conflicts: Vec<Conflict>,
}

impl Outcome<Error> for Saved {
    fn outcome(&self) -> String {
        self.rubric.id.to_string()
    }

    /// The draft as it is now; what was published meanwhile stands in its place.
    async fn again(tx: &Tx, outcome: &str) -> Result<Self, Error> {
        let rubric = <Rubric as Outcome<Error>>::again(tx, outcome).await?;
        let draft = rubric.draft.map(|draft| draft.version).or(rubric.current);
        let draft = find::find_version(tx, draft.ok_or(Error::NotDraft)?).await?;
        Ok(Self {
            rubric,
            draft,
            conflicts: Vec::new(),
        })
    }
}

/// Saves a draft. Parts that fit are stored, and every stored word is found in the history afterwards.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::NotYours`], [`Error::NotDraft`] while it is in review or published, [`Error::NotActive`], [`Error::Invalid`] for a
/// content that cannot be kept, [`Error::Stale`] for a whole content that read something older, and [`Error::StaleParts`] when no part fits.
pub async fn save_draft(tx: &Tx, ask: &SaveDraft) -> Result<Saved, Error> {
    let mut rubric = match &ask.change {
        Change::Whole { version, .. } => sql::find_for_update(tx, ask.rubric, *version).await?,
        Change::Parts { .. } => sql::find_locked(tx, ask.rubric).await?,
    };
    policy::may_save(&tx.actor, &rubric)?;
    let before = rubric.clone();
    let mut draft = find::find_version(tx, rubric.open_draft()?.version).await?;
    let next = rubric.version + 1;
    let (content, revisions, conflicts, paths) = match &ask.change {
        Change::Whole { content, .. } => {
            let mut revisions = draft.revisions.clone();
            Patch::between(&draft.content, content).mark(&mut revisions, next);
            (
                content.clone(),
                revisions,
                Vec::new(),
                Paths::whole("content", content),
            )
        }
        Change::Parts { head, criteria } => {
            let done = patch::apply(
                &draft.content,
                &draft.revisions,
                head.as_ref(),
                criteria,
                next,
            );
            let ids: Vec<_> = criteria.iter().map(|patch| patch.id).collect();
            let paths = Paths::patched(&done.content, &ids);
            (done.content, done.revisions, done.conflicts, paths)
        }
    };
    let problems = check::problems_at(&content, Stage::Draft, &paths);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let patch = Patch::between(&draft.content, &content);
    if patch.is_empty() {
        // Nothing new: what was sent stands there already, or none of it fits.
        return if conflicts.is_empty() {
            Ok(Saved {
                rubric,
                draft,
                conflicts,
            })
        } else {
            Err(Error::stale_parts(conflicts))
        };
    }
    let saved = RubricSaved {
        rubric: rubric.id,
        n: rubric.tell(),
        version: draft.id,
    };
    let rewritten = (content, revisions, patch);
    store(tx, &before, &mut rubric, &mut draft, rewritten).await?;
    shelves::used(tx, rubric.id).await?;
    tx.emit(&saved);
    Ok(Saved {
        rubric,
        draft,
        conflicts,
    })
}

/// Stores what a draft says from now on, with its line in the history. Whoever calls tells of it.
async fn store(
    tx: &Tx,
    before: &Rubric,
    rubric: &mut Rubric,
    draft: &mut Version,
    (content, revisions, patch): (Content, Revisions, Patch),
) -> Result<(), Error> {
    draft.rewrite(content, revisions)?;
    keep::keep(tx, before, rubric).await?;
    sql::update_version(tx, draft).await?;
    sql::insert_save(tx, draft, rubric.version, &patch).await?;
    if rubric.current.is_none() {
        keep::make_findable(tx, rubric, &draft.content).await?;
    }
    Ok(())
}

/// As a save of the whole content by somebody who read all of it, for whatever else writes in a draft. Whoever calls tells of it.
pub(crate) async fn write(
    tx: &Tx,
    before: &Rubric,
    rubric: &mut Rubric,
    draft: &mut Version,
    content: Content,
) -> Result<(), Error> {
    let patch = Patch::between(&draft.content, &content);
    let mut revisions = draft.revisions.clone();
    patch.mark(&mut revisions, rubric.version + 1);
    store(tx, before, rubric, draft, (content, revisions, patch)).await
}

/// The draft to write in: `shown` if it is the draft, or else a new one with its words beside what is published.
pub(crate) async fn draft_of(
    tx: &Tx,
    rubric: &mut Rubric,
    shown: &Version,
) -> Result<Version, Error> {
    if rubric.draft.is_some() {
        rubric.open_draft()?;
        return Ok(shown.clone());
    }
    rubric.revisable()?;
    let draft = shown.revise(tx.ids.random().into(), tx.now);
    let revised = rubric.revise(draft.id)?;
    sql::insert_version(tx, &draft).await?;
    tx.emit(&revised);
    Ok(draft)
}

#[cfg(test)]
mod tests;
