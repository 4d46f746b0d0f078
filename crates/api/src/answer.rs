//! How an outcome looks from outside: an object, `userErrors`, or a GraphQL error. The one place that decides which.

use async_graphql::{Error, ErrorExtensions, SimpleObject};
use kit::{Fault, Kind};
use store::Cx;

/// What is wrong with what a person asked, and what they can do about it.
#[derive(Debug, Clone, PartialEq, Eq, SimpleObject)]
pub struct UserError {
    /// A stable code to branch on, such as `NOT_FOUND`, `STALE_VERSION`, `ID_TAKEN` or `RUBRIC_NOT_YOURS`. New codes may
    /// be added; `docs/api/errors.md` lists them all.
    pub code: String,
    /// The same for a person to read, in their language: what was wrong and what to do.
    pub message: String,
    /// Which part of `input` it is about, as field names and indexes. Empty when it is about the whole.
    pub path: Vec<String>,
}

/// The payload of a mutation: the changed object, or why it did not change.
pub(crate) trait Payload {
    /// What a successful mutation answers.
    type Object;

    /// A payload of success, or of refusal with the object as it is now where that helps.
    fn of(object: Option<Self::Object>, user_errors: Vec<UserError>) -> Self;
}

/// Declares payloads: `payload! { /// doc Name { /// doc field: Type } }`.
macro_rules! payload {
    ($(#[$doc:meta])* $name:ident { $(#[$field_doc:meta])* $field:ident: $object:ty }) => {
        $(#[$doc])*
        #[derive(async_graphql::SimpleObject)]
        pub struct $name {
            $(#[$field_doc])*
            $field: Option<$object>,
            /// Why it was not done; empty when it was.
            user_errors: Vec<$crate::answer::UserError>,
        }

        impl $crate::answer::Payload for $name {
            type Object = $object;

            fn of(object: Option<$object>, user_errors: Vec<$crate::answer::UserError>) -> Self {
                Self { $field: object, user_errors }
            }
        }
    };
}
pub(crate) use payload;

/// Sorts the outcome of a mutation.
pub(crate) fn answer<P: Payload, E: Fault>(
    cx: &Cx,
    outcome: Result<P::Object, E>,
) -> Result<P, Error> {
    match outcome {
        Ok(object) => Ok(P::of(Some(object), Vec::new())),
        Err(fault) => refuse(cx, &fault).map(|errors| P::of(None, errors)),
    }
}

/// As [`answer`]; a stale write gets the object as it is now, so that nothing has to be asked twice.
pub(crate) async fn answer_or_current<P: Payload, E: Fault>(
    cx: &Cx,
    outcome: Result<P::Object, E>,
    current: impl AsyncFnOnce() -> Option<P::Object>,
) -> Result<P, Error> {
    match outcome {
        Err(fault) if fault.kind() == Kind::Stale => {
            let object = current().await;
            refuse(cx, &fault).map(|errors| P::of(object, errors))
        }
        outcome => answer(cx, outcome),
    }
}

fn refuse(cx: &Cx, fault: &dyn Fault) -> Result<Vec<UserError>, Error> {
    match fault.kind() {
        Kind::NotFound | Kind::Denied | Kind::Invalid | Kind::Stale | Kind::Taken => {
            Ok(user_errors(cx, fault))
        }
        Kind::Unauthenticated | Kind::Limited | Kind::Unavailable | Kind::Internal => {
            Err(error(cx, fault))
        }
    }
}

/// The fault as entries of `userErrors`: one, or one for every problem of the input.
fn user_errors(cx: &Cx, fault: &dyn Fault) -> Vec<UserError> {
    let path = |text: &str| text.split('.').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    if fault.problems().is_empty() {
        return vec![UserError {
            code: fault.code().to_owned(),
            message: fault.message(cx.lang).into_owned(),
            path: fault.path().map(path).unwrap_or_default(),
        }];
    }
    let entries = fault.problems().iter().map(|problem| UserError {
        code: problem.code.to_owned(),
        message: cx.lang.pick(&problem.sv, &problem.en).clone(),
        path: path(&problem.path),
    });
    entries.collect()
}

/// The fault as a GraphQL error with `extensions.code` and `requestId`. What is ours goes to the log, not to the caller.
pub(crate) fn error(cx: &Cx, fault: &dyn Fault) -> Error {
    if fault.kind() == Kind::Internal {
        tracing::error!(request = %cx.request, error = %fault, "internal failure");
    }
    Error::new(fault.message(cx.lang)).extend_with(|_, extensions| {
        extensions.set("code", fault.code());
        extensions.set("requestId", cx.request.to_string());
        if let Some(wait) = fault.retry_after() {
            extensions.set("retryAfter", wait.as_secs().max(1));
        }
    })
}

/// A query's outcome: what may not be seen is `null` and no error.
pub(crate) fn seen<T, E: Fault>(cx: &Cx, outcome: Result<T, E>) -> Result<Option<T>, Error> {
    match outcome {
        Ok(thing) => Ok(Some(thing)),
        Err(fault) if fault.kind() == Kind::NotFound => Ok(None),
        Err(fault) => Err(error(cx, &fault)),
    }
}

/// Makes an error enum whose variants each hold another room's fault a fault itself.
macro_rules! fault_of {
    ($name:ident { $($variant:ident),+ $(,)? }) => {
        impl $name {
            fn inner(&self) -> &dyn kit::Fault {
                match self {
                    $(Self::$variant(fault) => fault,)+
                }
            }
        }

        impl kit::Fault for $name {
            fn kind(&self) -> kit::Kind {
                self.inner().kind()
            }

            fn code(&self) -> &'static str {
                self.inner().code()
            }

            fn message(&self, lang: kit::Lang) -> std::borrow::Cow<'static, str> {
                self.inner().message(lang)
            }

            fn path(&self) -> Option<&str> {
                self.inner().path()
            }

            fn problems(&self) -> &[kit::Problem] {
                self.inner().problems()
            }

            fn retry_after(&self) -> Option<std::time::Duration> {
                self.inner().retry_after()
            }
        }
    };
}
pub(crate) use fault_of;
