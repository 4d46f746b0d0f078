//! Who sees what a link for pupils opens.

use super::super::audience::Audience;
use crate::answer::seen;
use async_graphql::{Context, Result};
use kit::RubricLinkId;
use store::Cx;

/// Who sees the page: whoever has the address, as long as it is open.
pub(crate) async fn of(ctx: &Context<'_>, id: RubricLinkId) -> Result<Option<Audience>> {
    let cx: &Cx = ctx.data()?;
    let Some(link) = seen(cx, rubrics::find_link(cx, id).await)? else {
        return Ok(None);
    };
    if !link.is_open(organisation::today(cx.now)) {
        let nobody = cx
            .lang
            .pick("Ingen: länken är stängd.", "Nobody: the link is closed.");
        return Ok(Some(Audience::of(nobody.to_owned(), Vec::new())));
    }
    let day = link.ends_on;
    let who = cx.lang.pick(
        format!("Alla som har adressen, utan att logga in, till och med {day}."),
        format!("Whoever has the address, without a sign-in, until {day}."),
    );
    let sees = cx.lang.pick(
        "En enda version i ord för elever: ingen handledning för bedömare och ingens namn.",
        "One single version in words for pupils: no guidance for assessors, and nobody's name.",
    );
    Ok(Some(Audience::of(who, vec![sees.to_owned()])))
}
