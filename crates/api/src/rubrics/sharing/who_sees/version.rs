//! Who sees one version of a rubric.

use super::{super::audience::Audience, rubric};
use crate::answer::seen;
use async_graphql::{Context, Result};
use kit::RubricVersionId;
use rubrics::VersionState;
use store::Cx;

/// Who sees the version: a draft's authors, or whoever sees the rubric and whoever holds it.
pub(crate) async fn of(ctx: &Context<'_>, id: RubricVersionId) -> Result<Option<Audience>> {
    let cx: &Cx = ctx.data()?;
    let Some(version) = seen(cx, rubrics::find_version(cx, id).await)? else {
        return Ok(None);
    };
    let rubric = seen(cx, rubrics::find(cx, version.rubric).await)?;
    Ok(Some(match rubric {
        Some(rubric) if version.state == VersionState::Published => {
            rubric::shown(ctx, &rubric).await?
        }
        Some(rubric) => rubric::draft(cx, &rubric).await?,
        // Out of sight, and held still.
        None => {
            let who = cx.lang.pick(
                "De som matrisen är till för, och du: något som du har gjort bygger på den här versionen.",
                "Those for whom the rubric is, and you: something that you made builds on this version.",
            );
            let sees = cx.lang.pick(
                "Du ser den här versionen, och ingen annan.",
                "You see this version, and no other.",
            );
            Audience::of(who.to_owned(), vec![sees.to_owned()])
        }
    }))
}
