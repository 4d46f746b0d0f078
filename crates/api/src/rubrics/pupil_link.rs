//! Links for pupils: making and closing them, and the page that they open.

use super::{
    content::{Points, RubricKind},
    forks::origin::RubricUse,
    version::RubricVersion,
};
use crate::{
    answer::{self, answer, payload},
    door::PublicUrl,
    effect::{effect, key, once},
    loader::Loaders,
    words::Words,
};
use async_graphql::{Context, Description, ID, InputObject, Object, Result, SimpleObject};
use chrono::NaiveDate;
use identity::{Identity, OneTime, Purpose};
use kit::RubricLinkId;
use rubrics::{CriterionForPupils, Error, LevelForPupils, Link, Opened};
use std::sync::Arc;
use store::{Cx, Tx};

/// Opens a rubric to pupils.
#[derive(Debug, Clone, InputObject)]
pub struct CreateRubricLinkInput {
    /// A random UUID (v4) that the client makes, so that the same ask sent twice makes one link. Left out, the server makes one.
    pub id: Option<ID>,
    /// Which rubric pupils are to see.
    pub rubric: ID,
    /// Which published version of it. Left out, the one in use.
    pub version: Option<ID>,
}

/// Closes a link for pupils.
#[derive(Debug, Clone, InputObject)]
pub struct RevokeRubricLinkInput {
    /// Which link to close.
    pub link: ID,
    /// A random UUID. The same step sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

payload! { /// The link for pupils, or why none was made.
CreateRubricLinkPayload { /// The link, with the address to hand out.
    link: RubricLink } }
payload! { /// The closed link, or why it was not closed.
RevokeRubricLinkPayload { /// The link, which opens nothing any longer.
    link: RubricLink } }

/// A link (elevlänk) by which pupils see one version of a rubric without signing in, until the school year ends.
#[derive(Debug, Clone, Description)]
pub struct RubricLink(pub Link);

#[Object(use_type_description)]
impl RubricLink {
    /// Its id, with which `revokeRubricLink` closes it.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The version that pupils see; newer ones do not move it. Nothing when you may no longer see the rubric yourself.
    async fn version(&self, ctx: &Context<'_>) -> Result<Option<RubricVersion>> {
        let loaders: &Loaders = ctx.data()?;
        Ok(loaders.version(self.0.version).await?.map(RubricVersion))
    }

    /// The address of the page, which shows it as a QR code too. For whoever made the link.
    async fn address(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let cx: &Cx = ctx.data()?;
        if !cx.actor.is(self.0.by) {
            return Ok(None);
        }
        let url: &PublicUrl = ctx.data()?;
        let token = secret(ctx, self.0.id)?.text();
        Ok(Some(format!("{}/r/{token}", url.0)))
    }

    /// The use by which it holds its version, for whoever made it: `moveRubricUse` moves the page to a newer version. Nothing when it is closed.
    #[graphql(name = "use")]
    async fn held(&self, ctx: &Context<'_>) -> Result<Option<RubricUse>> {
        let loaders: &Loaders = ctx.data()?;
        Ok(loaders.use_of(self.0.id).await?.map(RubricUse))
    }

    /// The day on which it was made.
    async fn made_on(&self) -> NaiveDate {
        organisation::today(self.0.created_at)
    }

    /// The last day on which it is good: the last of the school year (läsår).
    async fn ends_on(&self) -> NaiveDate {
        self.0.ends_on
    }

    /// Whether pupils get in by it today: not when it was closed, nor when the school year is over.
    async fn is_open(&self, ctx: &Context<'_>) -> Result<bool> {
        let cx: &Cx = ctx.data()?;
        Ok(self.0.is_open(organisation::today(cx.now)))
    }
}

/// A rubric in words for pupils: what a link opens without a sign-in. No guidance for assessors, and nobody's name.
#[derive(Debug, Clone, SimpleObject)]
pub struct RubricForPupils {
    /// What it is called.
    title: Words,
    /// Which form it has.
    kind: RubricKind,
    /// What is looked at, in order; at most 50.
    criteria: Vec<CriterionForPupilsObject>,
    /// The last day on which the link is good.
    ends_on: NaiveDate,
}

/// A criterion (kriterium, aspekt) in words for pupils.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(name = "CriterionForPupils")]
pub struct CriterionForPupilsObject {
    /// What is looked at.
    title: Words,
    /// The words for pupils, or what the criterion means where it has none.
    wording: Option<Words>,
    /// What quality looks like, level by level; at most 10.
    levels: Vec<LevelForPupilsObject>,
}

/// A level (nivå) in words for pupils.
#[derive(Debug, Clone, SimpleObject)]
#[graphql(name = "LevelForPupils")]
pub struct LevelForPupilsObject {
    /// What the level is called.
    label: Words,
    /// The words for pupils, or the descriptor where it has none.
    wording: Option<Words>,
    /// What it is worth, where points are switched on.
    points: Option<Points>,
}

impl From<Opened> for RubricForPupils {
    fn from(opened: Opened) -> Self {
        let rubric = opened.rubric;
        Self {
            title: (&rubric.title).into(),
            kind: rubric.kind.into(),
            criteria: rubric.criteria.iter().map(Into::into).collect(),
            ends_on: opened.ends_on,
        }
    }
}

impl From<&CriterionForPupils> for CriterionForPupilsObject {
    fn from(criterion: &CriterionForPupils) -> Self {
        Self {
            title: (&criterion.title).into(),
            wording: criterion.wording.as_ref().map(Into::into),
            levels: criterion.levels.iter().map(Into::into).collect(),
        }
    }
}

impl From<&LevelForPupils> for LevelForPupilsObject {
    fn from(level: &LevelForPupils) -> Self {
        Self {
            label: (&level.label).into(),
            wording: level.wording.as_ref().map(Into::into),
            points: level.points.map(Into::into),
        }
    }
}

/// The root of what is read by a link.
#[derive(Debug, Default)]
pub(crate) struct PupilLinkQuery;

#[Object]
impl PupilLinkQuery {
    /// What a link for pupils opens, without a sign-in. Nothing for a link that never was, was closed, or ended with the school year.
    async fn rubric_by_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What stands behind `/r/` in the link's address.")] token: String,
    ) -> Result<Option<RubricForPupils>> {
        let cx: &Cx = ctx.data()?;
        let Some(secret) = OneTime::parse(Purpose::RubricLink, &token) else {
            return Ok(None);
        };
        let today = organisation::today(cx.now);
        let hash = secret.hash().bytes();
        let opened = rubrics::by_link(cx, secret.organiser, &hash, today).await;
        Ok(answer::seen(cx, opened)?.map(Into::into))
    }
}

/// The root of what is done with links for pupils.
#[derive(Debug, Default)]
pub(crate) struct PupilLinkMutation;

#[Object]
impl PupilLinkMutation {
    /// Opens a published rubric to pupils: whoever has the address sees its words for pupils, until the school year ends or the link is closed.
    async fn create_rubric_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rubric, and which version of it.")] input: CreateRubricLinkInput,
    ) -> Result<CreateRubricLinkPayload> {
        let cx: &Cx = ctx.data()?;
        let made = key(cx, input.id.as_ref())?;
        let id = RubricLinkId(made.unwrap_or_else(|| cx.ids.random()));
        let secret_hash = secret(ctx, id)?.hash().bytes();
        let calendar = organisation::calendar(cx)
            .await
            .map_err(|fault| answer::error(cx, &fault))?;
        let done = async {
            let version = input.version.as_ref().map(|version| version.parse());
            let ask = rubrics::CreateLink {
                id,
                rubric: input.rubric.parse().map_err(|_| Error::NotFound)?,
                version: version.transpose().map_err(|_| Error::NotFound)?,
                secret_hash,
                ends_on: calendar.end_of_school_year(organisation::today(cx.now)),
            };
            effect(
                cx,
                once("createRubricLink", made, &input),
                async |tx: &Tx| rubrics::create_link(tx, &ask).await,
            )
            .await
        };
        answer(cx, done.await.map(RubricLink))
    }

    /// Closes a link for pupils at once and for ever. For whoever made it, and for the rubric's authors.
    async fn revoke_rubric_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which link to close.")] input: RevokeRubricLinkInput,
    ) -> Result<RevokeRubricLinkPayload> {
        let cx: &Cx = ctx.data()?;
        let key = key(cx, input.idempotency_key.as_ref())?;
        let done = async {
            let link = input.link.parse().map_err(|_| Error::NotFound)?;
            effect(
                cx,
                once("revokeRubricLink", key, &input),
                async |tx: &Tx| rubrics::revoke_link(tx, link).await,
            )
            .await
        };
        answer(cx, done.await.map(RubricLink))
    }
}

/// The secret of a link of the caller's organiser.
fn secret(ctx: &Context<'_>, link: RubricLinkId) -> Result<OneTime> {
    let cx: &Cx = ctx.data()?;
    let identity: &Arc<Identity> = ctx.data()?;
    Ok(OneTime::of(
        Purpose::RubricLink,
        cx.organiser(),
        link.uuid(),
        &identity.keys,
    ))
}
