//! Lists as Relay connections with sealed cursors.

use crate::{Cursors, answer};
use async_graphql::{
    Context, Error, ErrorExtensions, OutputType,
    connection::{Connection, Edge},
};
use kit::{Listed, Page, PageSize};
use store::Cx;

/// A page of a list that can grow.
pub(crate) type Connected<T> = Connection<String, T>;

/// The wanted page of `list`: `first` is 1 to 100, `after` a cursor of the same list.
pub(crate) fn page(
    ctx: &Context<'_>,
    list: &str,
    first: i32,
    after: Option<&str>,
) -> Result<Page, Error> {
    let cx: &Cx = ctx.data()?;
    let size = PageSize::of(first.into());
    let cursors: &Cursors = ctx.data()?;
    let after = after
        .map(|cursor| cursors.open(cx.organiser(), list, cursor))
        .transpose();
    match (size, after) {
        (Some(first), Ok(after)) => Ok(Page { first, after }),
        (None, _) => Err(bad(
            cx,
            "LIMIT_FIRST",
            "`first` är 1 till 100.",
            "`first` is 1 to 100.",
        )),
        (_, Err(_)) => Err(bad(
            cx,
            "BAD_CURSOR",
            "`after` är ingen markör från den här listan. Börja om utan den.",
            "`after` is no cursor of this list. Start again without it.",
        )),
    }
}

/// A page as a connection.
pub(crate) fn connected<T, U: OutputType>(
    ctx: &Context<'_>,
    list: &str,
    page: &Page,
    listed: Listed<T>,
    object: impl Fn(T) -> U,
) -> Result<Connected<U>, Error> {
    let cx: &Cx = ctx.data()?;
    let cursors: &Cursors = ctx.data()?;
    let mut connection = Connection::new(page.after.is_some(), listed.more);
    connection.edges.extend(
        listed.items.into_iter().map(|(place, item)| {
            Edge::new(cursors.seal(cx.organiser(), list, &place), object(item))
        }),
    );
    Ok(connection)
}

/// A query that was asked wrongly.
pub(crate) fn bad(cx: &Cx, code: &str, sv: &str, en: &str) -> Error {
    Error::new(cx.lang.pick(sv, en)).extend_with(|_, extensions| {
        extensions.set("code", code);
        extensions.set("requestId", cx.request.to_string());
    })
}

/// A page of what a room listed, or its failure.
pub(crate) fn listed<T, U: OutputType, E: kit::Fault>(
    ctx: &Context<'_>,
    list: &str,
    page: &Page,
    outcome: Result<Listed<T>, E>,
    object: impl Fn(T) -> U,
) -> Result<Connected<U>, Error> {
    match outcome {
        Ok(rows) => connected(ctx, list, page, rows, object),
        Err(fault) => Err(answer::error(ctx.data()?, &fault)),
    }
}
