//! One effect per mutation field, at most once where the client gave a key.

use async_graphql::{ID, InputType};
use store::{Cx, Error, Once, Outcome, Tx, write, write_once};
use uuid::Uuid;

/// The key of an effect: the id of what is created, or the `idempotencyKey`. The whole input is what is asked.
pub(crate) fn once(operation: &'static str, key: Option<Uuid>, input: &impl InputType) -> Option<Once> {
    Some(Once { key: key?, operation, ask: input.to_value().to_string() })
}

/// A key that the client made: any UUID. Text that is none is no key, and the effect is not protected against repetition.
pub(crate) fn key(key: Option<&ID>) -> Option<Uuid> {
    key?.parse().ok()
}

/// Runs the effect: at most once when it has a key.
pub(crate) async fn effect<T, E, F>(cx: &Cx, once: Option<Once>, work: F) -> Result<T, E>
where
    F: AsyncFnOnce(&Tx) -> Result<T, E>,
    T: Outcome<E>,
    E: From<Error>,
{
    match once {
        Some(once) => write_once(cx, &once, work).await,
        None => write(cx, work).await,
    }
}
