//! Building a team's comment bank.

use super::object::SuggestedComment;
use crate::{
    answer::{Payload, UserError, answer, payload},
    effect::{effect, key, once},
    rubrics::{forks::input::criterion, object::Rubric, talk::warning::TextWarning},
    words::{Reading, WordsInput},
};
use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use kit::{Body, LevelId, RubricSuggestionId, Text};
use rubrics::{Error, Suggestion};
use store::{Cx, Tx};

/// Puts feedback into a team's comment bank.
#[derive(Debug, Clone, InputObject)]
pub struct SuggestCommentInput {
    /// A random UUID (v4) that the client makes, so that the same suggestion sent twice is made once. Left out, the server makes one.
    pub id: Option<ID>,
    /// Into the bank of which team; you belong to it.
    pub team: ID,
    /// A rubric that you and the team see.
    pub rubric: ID,
    /// For which criterion of what is in use.
    pub criterion: ID,
    /// For which level of the criterion. Left out, for any.
    pub level: Option<ID>,
    /// What to say, in Swedish, in English or in both.
    pub text: WordsInput,
}

/// Takes feedback out of a team's comment bank.
#[derive(Debug, Clone, InputObject)]
pub struct RemoveSuggestedCommentInput {
    /// Which one is to go, by its id.
    pub suggestion: ID,
    /// A random UUID. The same step sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

payload! { /// The rubric, or why nothing was removed.
RemoveSuggestedCommentPayload { /// The rubric that it was for.
    rubric: Rubric } }

/// What a suggestion answers.
#[derive(SimpleObject)]
pub struct SuggestCommentPayload {
    /// What the team can use now.
    pub suggestion: Option<SuggestedComment>,
    /// What you should look at again. It was saved all the same.
    pub warnings: Vec<TextWarning>,
    /// Why nothing was saved; empty when something was.
    pub user_errors: Vec<UserError>,
}

impl Payload for SuggestCommentPayload {
    type Object = (SuggestedComment, Vec<TextWarning>);

    fn of(made: Option<Self::Object>, user_errors: Vec<UserError>) -> Self {
        let (suggestion, warnings) = made.unzip();
        Self {
            suggestion,
            warnings: warnings.unwrap_or_default(),
            user_errors,
        }
    }
}

/// The root of what is written in comment banks.
#[derive(Debug, Default)]
pub(crate) struct BankMutation;

#[Object]
impl BankMutation {
    /// Puts feedback into the comment bank of a team of yours, for one criterion and level of a rubric that you see.
    async fn suggest_comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What to say, and to what.")] input: SuggestCommentInput,
    ) -> Result<SuggestCommentPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let about = criterion(&mut reading, "criterion", &input.criterion);
        let level = match &input.level {
            None => Some(None),
            Some(id) => level(&mut reading, id).map(Some),
        };
        let text = reading.words::<{ Body::MAX }, true>("text", &input.text);
        let read = reading.done(about.zip(level).zip(text));
        let ((criterion, level), text) = match read {
            Ok(read) => read,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let made = key(cx, input.id.as_ref())?;
        let done = async {
            let ask = rubrics::Suggest {
                id: RubricSuggestionId(made.unwrap_or_else(|| cx.ids.random())),
                rubric: input.rubric.parse().map_err(|_| Error::NotFound)?,
                team: input.team.parse().map_err(|_| Error::NotInTeam)?,
                criterion,
                level,
                text,
            };
            let once = once("suggestComment", made, &input);
            effect(cx, once, async |tx: &Tx| rubrics::suggest(tx, &ask).await).await
        };
        let done = done.await.map(|suggestion| {
            let warnings = warnings(cx, &suggestion);
            (SuggestedComment(suggestion), warnings)
        });
        answer(cx, done)
    }

    /// Takes feedback out of a team's comment bank: what you wrote, or any as a lead teacher (förstelärare) in the team.
    async fn remove_suggested_comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which suggestion to remove.")] input: RemoveSuggestedCommentInput,
    ) -> Result<RemoveSuggestedCommentPayload> {
        let cx: &Cx = ctx.data()?;
        let key = key(cx, input.idempotency_key.as_ref())?;
        let done = async {
            let ask = rubrics::RemoveSuggestion {
                suggestion: input.suggestion.parse().map_err(|_| Error::NotFound)?,
            };
            let once = once("removeSuggestedComment", key, &input);
            effect(cx, once, async |tx: &Tx| {
                rubrics::remove_suggestion(tx, &ask).await
            })
            .await
        };
        match done.await {
            Ok(rubric) => match Rubric::load(cx, rubric).await? {
                Some(rubric) => answer(cx, Ok::<_, Error>(rubric)),
                None => answer(cx, Err(Error::NotFound)),
            },
            Err(fault) => answer(cx, Err(fault)),
        }
    }
}

/// The level that an id names, or what is wrong with it.
fn level(reading: &mut Reading, id: &ID) -> Option<LevelId> {
    let read = id.parse().ok();
    if read.is_none() {
        reading.wrong(
            "level",
            "BAD_ID",
            "Det är inget id av en nivå.",
            "This is no id of a level.",
        );
    }
    read
}

fn warnings(cx: &Cx, suggestion: &Suggestion) -> Vec<TextWarning> {
    let sides = [
        ("text.sv", suggestion.text.sv()),
        ("text.en", suggestion.text.en()),
    ];
    let sides = sides.into_iter().flat_map(|(path, text)| {
        let text = text.map(Text::as_str).unwrap_or_default();
        TextWarning::all(cx.lang, path, text, &[])
    });
    sides.collect()
}
