//! Who sees a proposal.

use super::super::audience::Audience;
use crate::answer::seen;
use async_graphql::{Context, Result};
use kit::RubricProposalId;
use store::Cx;

/// Who sees the proposal: whoever made it, and those who write the origin.
pub(crate) async fn of(ctx: &Context<'_>, id: RubricProposalId) -> Result<Option<Audience>> {
    let cx: &Cx = ctx.data()?;
    let Some(_) = seen(cx, rubrics::find_proposal(cx, id).await)? else {
        return Ok(None);
    };
    let who = cx.lang.pick(
        "Den som föreslog det och de som skriver originalet.",
        "Whoever proposed it and those who write the origin.",
    );
    let sees = cx.lang.pick(
        "De föreslagna kriterierna som de stod då, och svaren.",
        "The proposed criteria as they stood then, and the answers.",
    );
    Ok(Some(Audience::of(who.to_owned(), vec![sees.to_owned()])))
}
