//! A colleague adds a sample of work to a level.

use super::{
    exemplar::{Exemplar, Sample},
    list::find_exemplar,
    table,
};
use crate::{Error, VersionState, find, forks, personal_number, policy, sql};
use kit::{Body, CriterionId, LevelId, RubricExemplarId, RubricId, RubricVersionId};
use records::files;
use store::{Outcome, Tx};

/// Add an exemplar.
#[derive(Debug, Clone)]
pub struct AddExemplar {
    /// Made by the client, at random.
    pub id: RubricExemplarId,
    /// To which rubric.
    pub rubric: RubricId,
    /// Which published version; what is in use when `None`.
    pub version: Option<RubricVersionId>,
    /// Which criterion.
    pub criterion: CriterionId,
    /// Which level of it.
    pub level: LevelId,
    /// Why it stands there.
    pub why: Body,
    /// The work itself.
    pub sample: Sample,
    /// Whether whoever adds it says that nobody can be recognised in it.
    pub anonymised: bool,
    /// Whether the rubric's unit is a preschool.
    pub preschool: bool,
}

/// Adds a sample of work to a level of a published version. A team collects them together, so any colleague who sees the rubric adds.
///
/// # Errors
///
/// [`Error::NotFound`], also for a version that is another rubric's; [`Error::NotColleague`] for guests and programs; [`Error::NotPublished`],
/// [`Error::NotActive`]; [`Error::NotAnonymised`] unless they say that it is, [`Error::PersonalNumber`] when a text says otherwise;
/// [`Error::NoLevel`]; [`Error::FileNotFound`] unless the file is theirs and hangs on nothing; [`Error::PreschoolImage`]; and `ID_TAKEN`.
pub async fn add_exemplar(tx: &Tx, ask: &AddExemplar) -> Result<Exemplar, Error> {
    let rubric = sql::find_locked(tx, ask.rubric).await?;
    let by = policy::may_add_exemplar(&tx.actor, &rubric)?;
    let wanted = ask.version.or(rubric.current).ok_or(Error::NotPublished)?;
    let version = find::find_version(tx, wanted).await?;
    if version.rubric != rubric.id {
        return Err(Error::NotFound);
    }
    if version.state != VersionState::Published {
        return Err(Error::NotPublished);
    }
    if !version.content.has_level(ask.criterion, ask.level) {
        return Err(Error::NoLevel);
    }
    if !ask.anonymised {
        return Err(Error::NotAnonymised);
    }
    let is_named = |sample: &Sample| match sample {
        Sample::Text(text) => personal_number::is_in(text),
        // Its words were looked through when it came.
        Sample::File(_) => false,
    };
    if personal_number::is_in(&ask.why) || is_named(&ask.sample) {
        return Err(Error::PersonalNumber);
    }
    if let Sample::File(id) = ask.sample {
        let file = files::hang(tx, id, rubric.id).await?;
        if ask.preschool && file.media.is_image() {
            return Err(Error::PreschoolImage);
        }
    }
    let exemplar = Exemplar {
        id: ask.id,
        rubric: rubric.id,
        version: version.id,
        criterion: ask.criterion,
        level: ask.level,
        by,
        why: ask.why.clone(),
        sample: ask.sample.clone(),
        created_at: tx.now,
    };
    table::insert(tx, &exemplar).await?;
    forks::hold(tx, &version, exemplar.id, by).await?;
    Ok(exemplar)
}

impl Outcome<Error> for Exemplar {
    fn outcome(&self) -> String {
        self.id.to_string()
    }

    async fn again(tx: &Tx, outcome: &str) -> Result<Self, Error> {
        let id = outcome.parse().map_err(|_| Error::NotFound)?;
        find_exemplar(tx, id).await
    }
}
