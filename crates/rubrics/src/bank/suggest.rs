//! A member of a team puts feedback into its bank.

use super::{Suggestion, policy::may_suggest, suggestions, table};
use crate::{Error, find, personal_number, sql};
use kit::{Bilingual, Body, CriterionId, LevelId, RubricId, RubricSuggestionId, TeamId};
use store::{Outcome, Tx};

/// Suggest feedback for a criterion.
#[derive(Debug, Clone)]
pub struct Suggest {
    /// Made by the client, at random.
    pub id: RubricSuggestionId,
    /// Into whose bank.
    pub team: TeamId,
    /// For which rubric.
    pub rubric: RubricId,
    /// For which criterion of what is in use, or of the draft where nothing is.
    pub criterion: CriterionId,
    /// For which level of it; for any when `None`.
    pub level: Option<LevelId>,
    /// What to say.
    pub text: Bilingual<Body>,
}

/// Puts feedback into a team's comment bank.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::NotInTeam`], [`Error::PeopleOnly`], [`Error::NotActive`] for what is archived, [`Error::NoSuchPart`],
/// [`Error::PersonalNumber`] and `ID_TAKEN`.
pub async fn suggest(tx: &Tx, ask: &Suggest) -> Result<Suggestion, Error> {
    let rubric = sql::find_locked(tx, ask.rubric).await?;
    let by = may_suggest(&tx.actor, &rubric, ask.team)?;
    let mut texts = [ask.text.sv(), ask.text.en()].into_iter().flatten();
    if texts.any(|text| personal_number::is_in(text)) {
        return Err(Error::PersonalNumber);
    }
    let draft = rubric.draft.map(|draft| draft.version);
    let version = rubric.current.or(draft).ok_or(Error::NotPublished)?;
    let version = find::find_version(tx, version).await?;
    let mut criteria = version.content.criteria.iter();
    let criterion = criteria.find(|criterion| criterion.id == ask.criterion);
    let criterion = criterion.ok_or(Error::NoSuchPart)?;
    if let Some(wanted) = ask.level
        && !criterion.levels.iter().any(|level| level.id == wanted)
    {
        return Err(Error::NoSuchPart);
    }
    let suggestion = Suggestion {
        id: ask.id,
        team: ask.team,
        rubric: rubric.id,
        criterion: ask.criterion,
        level: ask.level,
        text: ask.text.clone(),
        by,
        at: tx.now,
        uses: 0,
        may_remove: true,
    };
    table::insert(tx, &suggestion).await?;
    Ok(suggestion)
}

impl Outcome<Error> for Suggestion {
    fn outcome(&self) -> String {
        self.id.to_string()
    }

    async fn again(tx: &Tx, outcome: &str) -> Result<Self, Error> {
        let id = outcome.parse().map_err(|_| Error::NotFound)?;
        suggestions::find_suggestion(tx, id)
            .await
            .map(|(found, _)| found)
    }
}
