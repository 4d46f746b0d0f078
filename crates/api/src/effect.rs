//! One effect per mutation field, at most once where the client gave a key.

use crate::answer::error;
use async_graphql::{ID, InputType, Result};
use kit::{Fault, Kind, Lang, Thing};
use std::borrow::Cow;
use store::{Cx, Error, Once, Outcome, Tx, write, write_once};
use uuid::Uuid;

/// The key of an effect: the id of what is created, or the `idempotencyKey`. The whole input is what is asked.
pub(crate) fn once(
    operation: &'static str,
    key: Option<Uuid>,
    input: &impl InputType,
) -> Option<Once> {
    Some(Once {
        key: key?,
        operation,
        ask: input.to_value().to_string(),
    })
}

/// A key that the client made: any UUID, bare or as a public id. Text that is none is refused, because an effect that the client believes
/// to be protected against repetition must be.
pub(crate) fn key(cx: &Cx, key: Option<&ID>) -> Result<Option<Uuid>> {
    let Some(text) = key else {
        return Ok(None);
    };
    let bare = text.parse::<Uuid>().ok();
    let public = || text.parse::<Thing>().ok().map(|thing| thing.id);
    match bare.or_else(public) {
        Some(key) => Ok(Some(key)),
        None => Err(error(cx, &BadKey)),
    }
}

/// A key that is no UUID.
#[derive(Debug, thiserror::Error)]
#[error("the key is no UUID")]
pub(crate) struct BadKey;

impl Fault for BadKey {
    fn kind(&self) -> Kind {
        Kind::Invalid
    }

    fn code(&self) -> &'static str {
        "BAD_ID"
    }

    fn message(&self, lang: Lang) -> Cow<'static, str> {
        Cow::Borrowed(lang.pick(
            "`id` och `idempotencyKey` är slumpade UUID:n som klienten gör. Inget har sparats.",
            "`id` and `idempotencyKey` are random UUIDs that the client makes. Nothing was saved.",
        ))
    }
}

/// Runs the effect: at most once when it has a key.
pub(crate) async fn effect<T, E, F>(
    cx: &Cx,
    once: Option<Once>,
    work: F,
) -> std::result::Result<T, E>
where
    F: AsyncFnOnce(&Tx) -> std::result::Result<T, E>,
    T: Outcome<E>,
    E: From<Error>,
{
    // On the heap: the mutations of the schema are one future, which would be as large as its largest effect many times over.
    match once {
        Some(once) => Box::pin(write_once(cx, &once, work)).await,
        None => Box::pin(write(cx, work)).await,
    }
}
