//! Adding and removing exemplars.

use super::object::RubricExemplar;
use crate::{
    answer::{answer, payload},
    effect::{effect, key, once},
    rubrics::mutation::rules,
    words::Reading,
};
use async_graphql::{Context, ID, InputObject, Object, Result};
use kit::{Body, RubricExemplarId};
use rubrics::{Error, RemovedExemplar, Sample, SampleText};
use store::{Cx, Tx};

/// Adds a sample of work to a level: a text or a file.
#[derive(Debug, Clone, InputObject)]
pub struct AddExemplarInput {
    /// A random UUID (v4) that the client makes, so that the same ask sent twice adds one exemplar. Left out, the server makes one.
    pub id: Option<ID>,
    /// Which rubric it belongs to.
    pub rubric: ID,
    /// Which published version of it. Left out, the one in use.
    pub rubric_version: Option<ID>,
    /// Which criterion (kriterium) it shows.
    pub criterion: ID,
    /// At which level (nivå) of that criterion it stands.
    pub level: ID,
    /// Why it stands at that level, at most 4 000 characters of Markdown.
    pub why: String,
    /// The work in words, at most 12 000 characters.
    pub text: Option<String>,
    /// The work as a file of yours, sent in by `POST /files`. At preschools no picture.
    pub file: Option<ID>,
    /// That you took out names, faces and whatever else shows who the pupil is. Without it nothing is added.
    pub anonymised: bool,
}

/// Takes an exemplar away.
#[derive(Debug, Clone, InputObject)]
pub struct RemoveExemplarInput {
    /// Which exemplar is taken away, by its id.
    pub exemplar: ID,
    /// A random UUID. The same step sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

payload! { /// The exemplar, or why none was added.
AddExemplarPayload { /// The exemplar, as colleagues see it from now on.
    exemplar: RubricExemplar } }
payload! { /// What was removed, or why it was not.
RemoveExemplarPayload { /// The id of the exemplar that is no more.
    removed: ID } }

/// The root of what is done with exemplars.
#[derive(Debug, Default)]
pub(crate) struct ExemplarsMutation;

#[Object]
impl ExemplarsMutation {
    /// Adds an anonymous sample of work (exempel) to a level of a published rubric, with why it stands there. Any colleague who sees the rubric
    /// adds; whoever sees the rubric reads it. Pupils do not.
    async fn add_exemplar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The work, where it stands and why.")] input: AddExemplarInput,
    ) -> Result<AddExemplarPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let why = reading.text::<{ Body::MAX }, true>("why", &input.why);
        let text = input.text.as_deref();
        let text = text.map(|text| reading.text::<{ SampleText::MAX }, true>("text", text));
        let (why, text) = match reading.done(why.zip(text.map_or(Some(None), |it| it.map(Some)))) {
            Ok(read) => read,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let made = key(cx, input.id.as_ref())?;
        let done = async {
            let rubric = input.rubric.parse().map_err(|_| Error::NotFound)?;
            let version = input.rubric_version.as_ref().map(|id| id.parse());
            let sample = match (text, &input.file) {
                (Some(text), None) => Sample::Text(text),
                (None, Some(file)) => Sample::File(file.parse().map_err(|_| Error::FileNotFound)?),
                _ => return Err(Error::Sample),
            };
            let (_, preschool) = rules(cx, rubric).await?;
            let ask = rubrics::AddExemplar {
                id: RubricExemplarId(made.unwrap_or_else(|| cx.ids.random())),
                rubric,
                version: version.transpose().map_err(|_| Error::NotFound)?,
                criterion: input.criterion.parse().map_err(|_| Error::NoLevel)?,
                level: input.level.parse().map_err(|_| Error::NoLevel)?,
                why,
                sample,
                anonymised: input.anonymised,
                preschool,
            };
            let once = once("addExemplar", made, &input);
            effect(cx, once, async |tx: &Tx| {
                rubrics::add_exemplar(tx, &ask).await
            })
            .await
        };
        answer(cx, done.await.map(RubricExemplar))
    }

    /// Takes a sample of work away for good, with its file. For whoever added it, and for the rubric's authors.
    async fn remove_exemplar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which sample of work goes away.")] input: RemoveExemplarInput,
    ) -> Result<RemoveExemplarPayload> {
        let cx: &Cx = ctx.data()?;
        let key = key(cx, input.idempotency_key.as_ref())?;
        let done = async {
            let id = input.exemplar.parse().map_err(|_| Error::NotFound)?;
            let once = once("removeExemplar", key, &input);
            effect(cx, once, async |tx: &Tx| {
                rubrics::remove_exemplar(tx, id).await
            })
            .await
        };
        let removed = done.await;
        answer(cx, removed.map(|RemovedExemplar(id)| id.to_string().into()))
    }
}
