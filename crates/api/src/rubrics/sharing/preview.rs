//! What sharing would change, told before one shares.

use super::{
    audience::{Audience, count, in_words, many, published},
    input::AudienceScopeInput,
};
use crate::{
    answer::{error, seen},
    door::ShareUndo,
    rubrics::mutation::{circle, settings},
};
use async_graphql::{Context, ID, Object, Result, SimpleObject};
use kit::{Fault, Kind, RubricId};
use rubrics::{Error, Preview, Scope};
use store::Cx;

/// What sharing a rubric would change (förhandsvisning av delning), before it is done.
#[derive(Debug, Clone, SimpleObject)]
pub struct AudiencePreview {
    /// Who would see it, and what.
    audience: Audience,
    /// How many people would see it who do not see it today. Nothing where you do not belong.
    gaining: Option<i32>,
    /// How many people see it today and would not any more. Nothing where you do not belong.
    losing: Option<i32>,
    /// What gets narrower, and for whom: sentences in your language. Empty where nobody loses sight of it.
    loses: Vec<String>,
    /// What stays with those who hold it, whoever loses sight of the rubric: sentences in your language.
    keeps: Vec<String>,
    /// What to think of first.
    warnings: Vec<AudienceWarning>,
    /// For how many seconds the share could be undone by `undoShare`; nobody is told of it before.
    undo_seconds: i32,
}

/// Something to think of before one shares.
#[derive(Debug, Clone, SimpleObject)]
pub struct AudienceWarning {
    /// A stable code: the one with which `shareRubric` would refuse, or `WAITS_FOR_PUBLICATION` or `PUBLIC_RECORD` (allmän handling).
    code: String,
    /// The same for a person to read, in their language.
    message: String,
    /// Whether `shareRubric` would refuse because of it, as things are now.
    blocks: bool,
}

/// The root of looking before one shares.
#[derive(Debug, Default)]
pub(crate) struct PreviewQuery;

#[Object]
impl PreviewQuery {
    /// Who would see what if you shared a rubric of yours so, in words and numbers. Nothing is changed. Nothing for a rubric that you do not write.
    async fn audience_preview(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rubric of yours.")] rubric: ID,
        #[graphql(desc = "For whom it would be.")] scope: AudienceScopeInput,
    ) -> Result<Option<AudiencePreview>> {
        let cx: &Cx = ctx.data()?;
        let Ok(rubric) = rubric.parse::<RubricId>() else {
            return Ok(None);
        };
        let asked = circle(
            cx,
            scope.scope,
            &scope.people,
            scope.team.as_ref(),
            scope.unit.as_ref(),
        );
        let (scope, unknown) = match asked.await {
            Ok(scope) => (scope, None),
            // Somebody or something that is not there for the author: nothing can be said but that.
            Err(fault) if matches!(fault.kind(), Kind::NotFound | Kind::Denied) => {
                (Scope::Private, Some(fault))
            }
            Err(fault) => return Err(error(cx, &fault)),
        };
        let review_demanded = match settings(cx).await {
            Ok(settings) => settings.review_demanded,
            Err(fault) => return Err(error(cx, &fault)),
        };
        let ask = rubrics::PreviewShare {
            rubric,
            scope,
            review_demanded,
            today: organisation::today(cx.now),
        };
        let preview = match rubrics::preview(cx, &ask).await {
            // What is not theirs to share has no preview, whatever the reason.
            Err(fault) if fault.kind() == Kind::Denied => return Ok(None),
            Err(Error::NotActive) => return Ok(None),
            preview => seen(cx, preview)?,
        };
        let Some(mut preview) = preview else {
            return Ok(None);
        };
        if let Some(fault) = unknown {
            preview.after = None;
            preview.refusals = vec![fault];
        }
        shown(ctx, &ask.scope, &preview).await.map(Some)
    }
}

async fn shown(ctx: &Context<'_>, scope: &Scope, preview: &Preview) -> Result<AudiencePreview> {
    let cx: &Cx = ctx.data()?;
    let undo: &ShareUndo = ctx.data()?;
    // What others see is said where there are others.
    let sees = match scope {
        Scope::Private => Vec::new(),
        _ => published(cx, &preview.rubric),
    };
    let mut shown = AudiencePreview {
        audience: Audience::of(in_words(ctx, scope, true).await?, sees),
        gaining: None,
        losing: None,
        loses: Vec::new(),
        keeps: keeps(cx, preview),
        warnings: warnings(cx, scope, preview),
        undo_seconds: crate::organisation::object::int(undo.0.num_seconds()),
    };
    let Some(after) = &preview.after else {
        let nowhere = cx.lang.pick(
            "En krets som du inte hör till, eller som inte finns.",
            "A circle that you do not belong to, or that there is none of.",
        );
        shown.audience = Audience::of(nowhere.to_owned(), Vec::new());
        return Ok(shown);
    };
    let either = after.union(&preview.before).copied().collect();
    let (all, today) = (count(cx, &either).await?, count(cx, &preview.before).await?);
    let audience = shown.audience.naming(ctx, scope).await?;
    let later = count(cx, after).await?;
    let losing = all.people.saturating_sub(later.people);
    Ok(AudiencePreview {
        audience: audience.counting_as(later),
        gaining: Some(many(all.people.saturating_sub(today.people))),
        losing: Some(many(losing)),
        loses: loses(ctx, preview, losing).await?,
        ..shown
    })
}

/// Who loses sight of it, and when.
async fn loses(ctx: &Context<'_>, preview: &Preview, losing: u64) -> Result<Vec<String>> {
    let cx: &Cx = ctx.data()?;
    if losing == 0 {
        return Ok(Vec::new());
    }
    let today = in_words(ctx, &preview.rubric.scope, true).await?;
    Ok(vec![
        cx.lang.pick(
            format!("I dag ser den: {today}"),
            format!("Today it is seen by: {today}"),
        ),
        cx.lang.pick(
            format!("{losing} av dem ser den genast inte längre."),
            format!("{losing} of them lose sight of it at once."),
        ),
    ])
}

/// What narrowing does not take back.
fn keeps(cx: &Cx, preview: &Preview) -> Vec<String> {
    let mut said = Vec::new();
    if preview.forks > 0 {
        let forks = preview.forks;
        said.push(cx.lang.pick(
            format!("Egna kopior som kollegor har gjort stannar hos dem: {forks}."),
            format!("Copies that colleagues made stay with them: {forks}."),
        ));
    }
    if preview.links > 0 {
        let links = preview.links;
        said.push(cx.lang.pick(
            format!("Länkar för elever som är öppna fortsätter att visa sin version: {links}."),
            format!("Links for pupils that are open go on showing their version: {links}."),
        ));
    }
    if preview.rubric.current.is_some() {
        let held = cx.lang.pick(
            "Den som har gjort något med en version fortsätter att läsa den.",
            "Whoever made something with a version goes on reading it.",
        );
        said.push(held.to_owned());
    }
    said
}

fn warnings(cx: &Cx, scope: &Scope, preview: &Preview) -> Vec<AudienceWarning> {
    let mut said: Vec<AudienceWarning> = preview
        .refusals
        .iter()
        .map(|fault| AudienceWarning {
            code: fault.code().to_owned(),
            message: fault.message(cx.lang).into_owned(),
            blocks: true,
        })
        .collect();
    let mut warn = |code: &str, sv: &str, en: &str| {
        said.push(AudienceWarning {
            code: code.to_owned(),
            message: cx.lang.pick(sv, en).to_owned(),
            blocks: false,
        });
    };
    if preview.waits && preview.after.is_some() {
        warn(
            "WAITS_FOR_PUBLICATION",
            "Den är inte publicerad än. Andra ser den först när den är det.",
            "It is not published yet. Others see it only once it is.",
        );
    }
    if matches!(scope, Scope::Team(_) | Scope::Unit(_) | Scope::Organiser) {
        warn(
            "PUBLIC_RECORD",
            "Det som delas i en kommunal skola kan bli allmän handling. Skriv inget om en elev.",
            "What is shared at a municipal school may become a public record. Write nothing about a pupil.",
        );
    }
    said
}
