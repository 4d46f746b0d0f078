//! Talking: each field is one effect, and the room decides.

use super::{
    comment::{RubricComment, RubricThread},
    input::{
        CommentOnRubricInput, CommentOnRubricPayload, EditRubricCommentInput,
        EditRubricCommentPayload, RemoveRubricCommentInput, RemoveRubricCommentPayload,
        ResolveRubricCommentInput, ResolveRubricCommentPayload, Spoken,
    },
    mentions::{self, Unsaid},
    warning::TextWarning,
};
use crate::{
    answer::{self, answer, answer_or_current},
    effect::{effect, key, once},
    rubrics::{forks::input::criterion, object::Rubric},
    words::Reading,
};
use async_graphql::{Context, ID, Object, Result};
use kit::{PersonId, RubricCommentId};
use rubrics::{COMMENT_CHARS_MAX, CommentText, Error, Said};
use store::{Cx, Tx};

/// The root of what is said about rubrics.
#[derive(Debug, Default)]
pub(crate) struct TalkMutation;

#[Object]
impl TalkMutation {
    /// Comments on a rubric or on one of its criteria, or answers a comment. The rubric's authors are told, those who spoke in the thread, and whom you mention,
    /// each as far as they may read it.
    async fn comment_on_rubric(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What you say, and about what.")] input: CommentOnRubricInput,
    ) -> Result<CommentOnRubricPayload> {
        let cx: &Cx = ctx.data()?;
        let made = key(cx, input.id.as_ref())?;
        let done = async {
            let mut reading = Reading::default();
            let about = match &input.criterion {
                None => Some(None),
                Some(id) => criterion(&mut reading, "criterion", id).map(Some),
            };
            let words = words(cx, reading, &input.text, &input.mentions).await;
            let words = words?.and(about)?;
            let ((text, mentioned), about) = words;
            let version = input.version.as_ref().map(|version| version.parse());
            let reply_to = input.reply_to.as_ref().map(|comment| comment.parse());
            let ask = rubrics::CommentOn {
                id: RubricCommentId(made.unwrap_or_else(|| cx.ids.random())),
                rubric: input.rubric.parse().map_err(|_| Error::NotFound)?,
                version: version.transpose().map_err(|_| Error::NotFound)?,
                criterion: about,
                reply_to: reply_to.transpose().map_err(|_| Error::NoComment)?,
                text,
                mentions: ids(&mentioned),
            };
            let once = once("commentOnRubric", made, &input);
            let said = effect(cx, once, async |tx: &Tx| {
                rubrics::comment_on(tx, &ask).await
            })
            .await?;
            Ok::<_, Unsaid>((said, mentioned))
        };
        match done.await {
            Ok((said, mentioned)) => {
                let spoken = spoken(cx, said, &mentioned).await?;
                answer(cx, Ok::<_, Error>(spoken))
            }
            Err(fault) => answer(cx, Err(fault)),
        }
    }

    /// Edits a comment of your own, which is marked as edited. Whom you mention anew is told, as far as they may read it.
    async fn edit_rubric_comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What it is to say, and what it was when you read it.")]
        input: EditRubricCommentInput,
    ) -> Result<EditRubricCommentPayload> {
        let cx: &Cx = ctx.data()?;
        let key = key(cx, input.idempotency_key.as_ref())?;
        let done = async {
            let reading = Reading::default();
            let words = words(cx, reading, &input.text, &input.mentions).await;
            let ((text, mentioned), ()) = words?.and(Some(()))?;
            let ask = rubrics::EditComment {
                comment: input.comment.parse().map_err(|_| Error::NoComment)?,
                revision: input.version.into(),
                text,
                mentions: ids(&mentioned),
            };
            let once = once("editRubricComment", key, &input);
            let said = effect(cx, once, async |tx: &Tx| {
                rubrics::edit_comment(tx, &ask).await
            })
            .await?;
            Ok::<_, Unsaid>((said, mentioned))
        };
        match done.await {
            Ok((said, mentioned)) => {
                let spoken = spoken(cx, said, &mentioned).await?;
                answer(cx, Ok::<_, Error>(spoken))
            }
            Err(fault) => {
                let current = async || {
                    let comment = input.comment.parse().ok()?;
                    let said = rubrics::find_comment(cx, comment).await.ok()?;
                    Some((Some(RubricComment(said)), None, Vec::new()))
                };
                answer_or_current(cx, Err(fault), current).await
            }
        }
    }

    /// Removes a comment: your own, or any on a rubric of yours. One that others answered leaves a placeholder without words.
    async fn remove_rubric_comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What is to be taken away.")] input: RemoveRubricCommentInput,
    ) -> Result<RemoveRubricCommentPayload> {
        let cx: &Cx = ctx.data()?;
        let key = key(cx, input.idempotency_key.as_ref())?;
        let done = async {
            let ask = rubrics::RemoveComment {
                comment: input.comment.parse().map_err(|_| Error::NoComment)?,
            };
            let once = once("removeRubricComment", key, &input);
            effect(cx, once, async |tx: &Tx| {
                rubrics::remove_comment(tx, &ask).await
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

    /// Settles a thread or opens it again: one that you began, or any on a rubric of yours.
    async fn resolve_rubric_comment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which thread, and whether it is settled.")]
        input: ResolveRubricCommentInput,
    ) -> Result<ResolveRubricCommentPayload> {
        let cx: &Cx = ctx.data()?;
        let key = key(cx, input.idempotency_key.as_ref())?;
        let done = async {
            let ask = rubrics::ResolveThread {
                comment: input.comment.parse().map_err(|_| Error::NoComment)?,
                resolved: input.resolved,
            };
            let once = once("resolveRubricComment", key, &input);
            effect(cx, once, async |tx: &Tx| {
                rubrics::resolve_thread(tx, &ask).await
            })
            .await
        };
        answer(cx, done.await.map(RubricThread))
    }
}

/// What was read of a comment, and what was wrong so far.
struct Words {
    reading: Reading,
    text: Option<CommentText>,
    mentioned: Vec<organisation::Person>,
}

impl Words {
    /// The words with what was read beside them, or everything that was wrong.
    fn and<T>(
        self,
        beside: Option<T>,
    ) -> std::result::Result<((CommentText, Vec<organisation::Person>), T), Unsaid> {
        let (text, beside) = self.reading.done(self.text.zip(beside))?;
        Ok(((text, self.mentioned), beside))
    }
}

async fn words(
    cx: &Cx,
    mut reading: Reading,
    text: &str,
    mentions: &[ID],
) -> std::result::Result<Words, Unsaid> {
    let text = reading.text::<COMMENT_CHARS_MAX, true>("text", text);
    let mentioned = mentions::known(cx, mentions, &mut reading).await?;
    Ok(Words {
        reading,
        text,
        mentioned,
    })
}

fn ids(people: &[organisation::Person]) -> Vec<PersonId> {
    people.iter().map(|person| person.id).collect()
}

/// What a comment answers: itself, whom it does not reach, and what should be looked at again.
async fn spoken(cx: &Cx, said: Said, mentioned: &[organisation::Person]) -> Result<Spoken> {
    let unreached = mentions::unreached(cx, &said.comment, mentioned).await;
    let unreached = unreached.map_err(|fault| answer::error(cx, &fault))?;
    let names: Vec<&str> = mentioned
        .iter()
        .map(|person| person.name.as_str())
        .collect();
    let text = said.comment.text.as_deref().unwrap_or_default();
    let warnings = TextWarning::all(cx.lang, "text", text, &names);
    Ok((Some(RubricComment(said)), unreached, warnings))
}
