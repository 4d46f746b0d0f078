//! Who sees a rubric.

use super::super::audience::{Audience, belongs, circle, in_words, published};
use crate::answer::seen;
use async_graphql::{Context, Result};
use kit::RubricId;
use rubrics::{Rubric, State};
use store::Cx;

/// Who sees the rubric, as far as that is the reader's to know.
pub(crate) async fn of(ctx: &Context<'_>, id: RubricId) -> Result<Option<Audience>> {
    let cx: &Cx = ctx.data()?;
    match seen(cx, rubrics::find(cx, id).await)? {
        Some(rubric) => shown(ctx, &rubric).await.map(Some),
        None => Ok(None),
    }
}

pub(super) async fn shown(ctx: &Context<'_>, rubric: &Rubric) -> Result<Audience> {
    let cx: &Cx = ctx.data()?;
    let is_author = rubrics::is_author(&cx.actor, rubric);
    if rubric.current.is_none() || rubric.state == State::Archived {
        return draft(cx, rubric).await;
    }
    let who = in_words(ctx, &rubric.scope, is_author).await?;
    let audience = Audience::of(who, published(cx, rubric));
    if is_author {
        let audience = audience.naming(ctx, &rubric.scope).await?;
        return audience.counting(cx, &rubrics::audiences(rubric)).await;
    }
    // How many belong to a circle is known to whoever belongs to it, and how many were named is not.
    match circle(rubric).filter(|circle| belongs(&cx.actor, *circle)) {
        Some(circle) => audience.counting(cx, &[circle].into()).await,
        None => Ok(audience),
    }
}

/// Who sees what only its authors work on, or have put away.
pub(super) async fn draft(cx: &Cx, rubric: &Rubric) -> Result<Audience> {
    let is_reviewed =
        rubric.state == State::Active && rubric.draft.is_some_and(|draft| draft.reviewer.is_some());
    let who = if is_reviewed {
        cx.lang.pick(
            "De som skriver den och kollegan som granskar den.",
            "Those who write it and the colleague who reviews it.",
        )
    } else {
        cx.lang
            .pick("Bara de som skriver den.", "Only those who write it.")
    };
    let sees = cx.lang.pick(
        "Utkastet, hur det kom till och allt som står i det.",
        "The draft, how it came to be and everything that it says.",
    );
    let audience = Audience::of(who.to_owned(), vec![sees.to_owned()]);
    if rubrics::is_author(&cx.actor, rubric) {
        let audiences = rubrics::draft_audiences(rubric);
        return audience.counting(cx, &audiences).await;
    }
    Ok(audience)
}
