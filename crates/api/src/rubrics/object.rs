//! A rubric, as the schema shows it.

use super::{
    catalogue::standing::Openness, content::RubricKind, exemplars::listed::ExemplarsOfRubric,
    forks::travels::Travels, pupil_link::RubricLink, sharing::together::Together,
    talk::fields::Talk, version::RubricVersion,
};
use crate::{
    answer,
    list::{Connected, connected, page},
    loader::Loaders,
    organisation::{
        object::{Unit, int},
        person::Colleague,
        team::Team,
    },
    words::Words,
};
use async_graphql::{Context, Description, Enum, ID, Object, Result, SimpleObject};
use chrono::NaiveDate;
use rubrics::{Scope, Version};
use std::sync::Arc;
use store::Cx;

/// Where a rubric is listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rubrics::Listing", name = "RubricState")]
pub enum RubricState {
    /// In use: offered to whoever may see it, or still a draft.
    Active,
    /// No longer offered for new work; whoever could see it still can.
    Retired,
    /// Put away, for its authors alone. It can be brought back for 30 days.
    Archived,
    /// Deleted before it was ever published, for its authors alone. It can be brought back for 30 days.
    Deleted,
}

/// For which circle a published rubric is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "rubrics::ScopeKind", name = "RubricScope")]
pub enum RubricScope {
    /// Its authors alone.
    Private,
    /// Its authors and people who are named.
    People,
    /// One team (arbetslag, ämneslag, lärgrupp) that an author belongs to.
    Team,
    /// A unit and the units below it.
    Unit,
    /// Every colleague at the organiser.
    Organiser,
}

/// A rubric (bedömningsmatris): what is looked at, and what quality looks like.
#[derive(Debug, Clone, Description)]
pub struct Rubric {
    pub(crate) rubric: rubrics::Rubric,
    /// The version that it shows: what is published, or else its draft.
    pub(crate) shown: Arc<Version>,
}

#[Object(use_type_description)]
impl Rubric {
    /// Its id, which stays the same through all its versions.
    pub(crate) async fn id(&self) -> ID {
        self.rubric.id.to_string().into()
    }

    /// Where it is in its life.
    async fn state(&self) -> RubricState {
        rubrics::Listing::of(&self.rubric).into()
    }

    /// What it is called, in the version that it shows: what is published, or else the draft.
    async fn title(&self) -> Words {
        (&self.shown.content.head.title).into()
    }

    /// What it is for.
    async fn description(&self) -> Option<Words> {
        self.shown.content.head.description.as_ref().map(Into::into)
    }

    /// Which form it has.
    async fn kind(&self) -> RubricKind {
        self.shown.content.head.kind.into()
    }

    /// Codes of the subjects (ämnen) that it or one of its criteria is about.
    async fn subjects(&self) -> Vec<String> {
        self.shown
            .content
            .subjects()
            .into_iter()
            .map(ToString::to_string)
            .collect()
    }

    /// Codes of the years (årskurser) that it or one of its criteria is meant for.
    async fn years(&self) -> Vec<String> {
        self.shown
            .content
            .years()
            .into_iter()
            .map(ToString::to_string)
            .collect()
    }

    /// Codes of the school forms (skolformer) that it is meant for.
    async fn school_forms(&self) -> Vec<String> {
        self.shown
            .content
            .head
            .school_forms
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    /// Codes of the key strategies (nyckelstrategier) that it or one of its criteria serves.
    async fn strategies(&self) -> Vec<String> {
        self.shown
            .content
            .strategies()
            .into_iter()
            .map(ToString::to_string)
            .collect()
    }

    /// Who wrote it, in the order in which they joined. Nobody for a rubric of the starter shelf, which came with Kollegium.
    async fn authors(&self, ctx: &Context<'_>) -> Result<Vec<Colleague>> {
        let mut authors = Vec::with_capacity(self.rubric.authors.len());
        for author in &self.rubric.authors {
            authors.push(Colleague::of(ctx, *author).await?);
        }
        Ok(authors)
    }

    /// The unit where it was made. Nothing when that would tell who a protected author is.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<Unit>> {
        let loaders: &Loaders = ctx.data()?;
        if !self.shows_unit(loaders).await? {
            return Ok(None);
        }
        Ok(loaders.unit(self.rubric.unit).await?.map(Unit))
    }

    /// For which circle it is, once it is published.
    async fn scope(&self) -> RubricScope {
        self.rubric.scope.kind().into()
    }

    /// The people that it is shared with by name, for its authors.
    async fn shared_with(&self, ctx: &Context<'_>) -> Result<Option<Vec<Colleague>>> {
        let cx: &Cx = ctx.data()?;
        let Scope::People(people) = &self.rubric.scope else {
            return Ok(None);
        };
        if !rubrics::is_author(&cx.actor, &self.rubric) {
            return Ok(None);
        }
        let mut named = Vec::with_capacity(people.len());
        for person in people {
            named.push(Colleague::of(ctx, *person).await?);
        }
        Ok(Some(named))
    }

    /// The team that it is shared with.
    async fn team(&self, ctx: &Context<'_>) -> Result<Option<Team>> {
        let Scope::Team(team) = self.rubric.scope else {
            return Ok(None);
        };
        Ok(ctx.data::<Loaders>()?.team(team).await?.map(Team))
    }

    /// What is published and in use.
    async fn current(&self, ctx: &Context<'_>) -> Result<Option<RubricVersion>> {
        let Some(current) = self.rubric.current else {
            return Ok(None);
        };
        if current == self.shown.id {
            return Ok(Some(RubricVersion(self.shown.clone())));
        }
        Ok(ctx
            .data::<Loaders>()?
            .version(current)
            .await?
            .map(RubricVersion))
    }

    /// The draft beside it, for its authors and the colleague who is asked to review it.
    async fn draft(&self, ctx: &Context<'_>) -> Result<Option<RubricVersion>> {
        let cx: &Cx = ctx.data()?;
        let Some(draft) = self.rubric.draft.filter(|_| self.shows_drafts(cx)) else {
            return Ok(None);
        };
        if draft.version == self.shown.id {
            return Ok(Some(RubricVersion(self.shown.clone())));
        }
        Ok(ctx
            .data::<Loaders>()?
            .version(draft.version)
            .await?
            .map(RubricVersion))
    }

    /// Every version that was published, the newest first.
    async fn versions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many are wanted, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Go on behind this cursor of the same list.")] after: Option<String>,
    ) -> Result<Connected<RubricVersion>> {
        let list = format!("versions:{}", self.rubric.id);
        let page = page(ctx, &list, first, after.as_deref())?;
        let loaders: &Loaders = ctx.data()?;
        let versions = loaders.versions(self.rubric.id, &page).await?;
        connected(ctx, &list, &page, versions, |version| {
            RubricVersion(Arc::new(version))
        })
    }

    /// Every save of its drafts, the newest first, for its authors: no acknowledged word is lost. Kept until 30 days after publication.
    async fn saves(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many are wanted, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Go on behind this cursor of the same list.")] after: Option<String>,
    ) -> Result<Option<Connected<super::saving::RubricSave>>> {
        let cx: &Cx = ctx.data()?;
        if !rubrics::abilities(&cx.actor, &self.rubric).read_history {
            return Ok(None);
        }
        let list = format!("saves:{}", self.rubric.id);
        let page = page(ctx, &list, first, after.as_deref())?;
        let loaders: &Loaders = ctx.data()?;
        let saves = loaders.saves(self.rubric.id, &page).await?;
        connected(ctx, &list, &page, saves, super::saving::RubricSave).map(Some)
    }

    /// The links by which pupils see it, the newest first: those that you made, and for its authors every one.
    async fn links(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many are wanted, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Go on behind this cursor of the same list.")] after: Option<String>,
    ) -> Result<Connected<RubricLink>> {
        let list = format!("links:{}", self.rubric.id);
        let page = page(ctx, &list, first, after.as_deref())?;
        let links = ctx.data::<Loaders>()?.links(self.rubric.id, &page).await?;
        connected(ctx, &list, &page, links, RubricLink)
    }

    /// The day on which the current version was published.
    async fn published_on(&self) -> Option<NaiveDate> {
        self.rubric.published_at.map(|at| at.date_naive())
    }

    /// Rises with every change; an update names the version it read. For its authors and its reviewer: to others it would tell of work on a draft.
    async fn version(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let cx: &Cx = ctx.data()?;
        Ok(self.shows_drafts(cx).then(|| int(self.rubric.version)))
    }

    /// The number of what last happened to it: `rubricChanged` resumes behind it. For its authors and its reviewer.
    async fn last_event(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        let cx: &Cx = ctx.data()?;
        Ok(self.shows_drafts(cx).then(|| int(self.rubric.n)))
    }

    #[graphql(flatten)]
    async fn together(&self) -> Together {
        Together(self.rubric.clone())
    }

    #[graphql(flatten)]
    async fn exemplified(&self) -> ExemplarsOfRubric {
        ExemplarsOfRubric(self.rubric.id)
    }

    #[graphql(flatten)]
    async fn travels(&self) -> Travels {
        Travels(self.rubric.clone())
    }

    #[graphql(flatten)]
    async fn talk(&self) -> Talk {
        Talk(self.rubric.clone())
    }

    #[graphql(flatten)]
    async fn openness(&self) -> Openness {
        Openness(self.rubric.id)
    }

    /// What you may do with it.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<RubricAbilities> {
        let cx: &Cx = ctx.data()?;
        let can: RubricAbilities = rubrics::abilities(&cx.actor, &self.rubric).into();
        Ok(RubricAbilities {
            undo_share: rubrics::undo_until(&cx.actor, &self.rubric, cx.now).is_some(),
            ..can
        })
    }
}

/// What the reader may do with a rubric.
#[derive(Debug, Clone, SimpleObject)]
pub struct RubricAbilities {
    /// Save its draft.
    save: bool,
    /// Ask a colleague to review its draft.
    submit: bool,
    /// Approve it as its reviewer, which publishes it.
    review: bool,
    /// Return it as its reviewer, or take it back as an author.
    send_back: bool,
    /// Publish its draft.
    publish: bool,
    /// Begin a new draft beside what is published.
    revise: bool,
    /// Take it out of use.
    retire: bool,
    /// Put it away.
    archive: bool,
    /// Decide for whom it is.
    share: bool,
    /// Delete its draft.
    delete: bool,
    /// Bring back what was deleted or archived, within 30 days.
    restore: bool,
    /// Read every save of its drafts.
    read_history: bool,
    /// Make a copy of your own.
    fork: bool,
    /// Thank its authors.
    thank: bool,
    /// Open it to pupils by a link.
    link: bool,
    /// Let a colleague or a team write it too.
    add_author: bool,
    /// Take an author off, as long as another is left.
    remove_author: bool,
    /// Undo the latest share.
    undo_share: bool,
    /// Say something about it to colleagues.
    comment: bool,
    /// Put it in the open catalogue, as far as that is its authors' to decide.
    open: bool,
    /// Add samples of work (exempel) to its levels.
    add_exemplar: bool,
}

impl From<rubrics::Abilities> for RubricAbilities {
    fn from(can: rubrics::Abilities) -> Self {
        Self {
            save: can.save,
            submit: can.submit,
            review: can.review,
            send_back: can.send_back,
            publish: can.publish,
            revise: can.revise,
            retire: can.retire,
            archive: can.archive,
            share: can.share,
            delete: can.delete,
            restore: can.restore,
            read_history: can.read_history,
            fork: can.fork,
            thank: can.thank,
            link: can.link,
            add_author: can.change_authors,
            remove_author: can.change_authors,
            undo_share: false,
            comment: can.comment,
            open: can.open,
            add_exemplar: can.add_exemplar,
        }
    }
}

impl Rubric {
    /// Whether the reader may know how work on a draft goes.
    fn shows_drafts(&self, cx: &Cx) -> bool {
        rubrics::sees_drafts(&cx.actor, &self.rubric)
    }

    /// Whether the reader may know where it was made: not where that would tell who a protected author is.
    pub(crate) async fn shows_unit(&self, loaders: &Loaders) -> Result<bool> {
        for author in &self.rubric.authors {
            if loaders.person(*author).await?.is_none() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A rubric that a room answered, with the version that it shows.
    pub(crate) async fn load(cx: &Cx, rubric: rubrics::Rubric) -> Result<Option<Self>> {
        Ok(Self::load_all(cx, vec![rubric]).await?.pop())
    }

    /// Several, with one statement for the versions that are not in memory.
    pub(crate) async fn load_all(cx: &Cx, found: Vec<rubrics::Rubric>) -> Result<Vec<Self>> {
        Self::shown_all(cx, found)
            .await
            .map_err(|fault| answer::error(cx, &fault))
    }

    /// As [`Rubric::load_all`], with the room's own failure.
    pub(crate) async fn shown_all(
        cx: &Cx,
        found: Vec<rubrics::Rubric>,
    ) -> Result<Vec<Self>, rubrics::Error> {
        let ids: Vec<_> = found.iter().filter_map(rubrics::Rubric::shown).collect();
        let versions = rubrics::versions_by_ids(cx, &ids).await?;
        let mut versions: std::collections::HashMap<_, _> = versions
            .into_iter()
            .map(|version| (version.id, Arc::new(version)))
            .collect();
        Ok(found
            .into_iter()
            .filter_map(|rubric| {
                let shown = versions.remove(&rubric.shown()?)?;
                Some(Self { rubric, shown })
            })
            .collect())
    }
}
