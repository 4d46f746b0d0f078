//! Where a fork comes from, its family, and what holds a version.

use crate::{
    loader::Loaders,
    organisation::{object::Unit, person::Colleague, team::Team},
    rubrics::{object::Rubric, version::RubricVersion},
    words::Words,
};
use async_graphql::{Context, Description, ID, Object, Result, SimpleObject};
use chrono::NaiveDate;
use rubrics::{Origin, Use};
use store::Cx;

/// Where a fork (anpassad kopia) comes from, and whose work it builds on. It stays whatever becomes of the origin.
#[derive(Debug, Clone, Description)]
pub struct RubricOrigin(pub Origin);

#[Object(use_type_description)]
impl RubricOrigin {
    /// The rubric that it was forked from; nothing when that is out of your sight.
    async fn rubric(&self, ctx: &Context<'_>) -> Result<Option<Rubric>> {
        ctx.data::<Loaders>()?.rubric(self.0.rubric).await
    }

    /// The version that it was forked from, for ever; nothing when that is out of your sight.
    async fn version(&self, ctx: &Context<'_>) -> Result<Option<RubricVersion>> {
        version(ctx, self.0.version).await
    }

    /// The version that it was last brought up to: updates are held against it.
    async fn stands_on(&self, ctx: &Context<'_>) -> Result<Option<RubricVersion>> {
        version(ctx, self.0.stands_on.version).await
    }

    /// Who had written the origin when it was forked.
    async fn authors(&self, ctx: &Context<'_>) -> Result<Vec<Colleague>> {
        let mut authors = Vec::with_capacity(self.0.credit.authors.len());
        for author in &self.0.credit.authors {
            authors.push(Colleague::of(ctx, *author).await?);
        }
        Ok(authors)
    }

    /// The teams that had written the origin too when it was forked, as far as you may see them.
    async fn author_teams(&self, ctx: &Context<'_>) -> Result<Vec<Team>> {
        let loaders: &Loaders = ctx.data()?;
        let mut teams = Vec::with_capacity(self.0.credit.author_teams.len());
        for team in &self.0.credit.author_teams {
            teams.extend(loaders.team(*team).await?.map(Team));
        }
        Ok(teams)
    }

    /// The unit where the origin was made. Nothing when that would tell who a protected author is.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<Unit>> {
        let loaders: &Loaders = ctx.data()?;
        for author in &self.0.credit.authors {
            if loaders.person(*author).await?.is_none() {
                return Ok(None);
            }
        }
        Ok(loaders.unit(self.0.credit.unit).await?.map(Unit))
    }

    /// What the origin was called when it was forked.
    async fn title(&self) -> Words {
        (&self.0.credit.title).into()
    }

    /// The number of the version that it was forked from, such as `1.0`.
    async fn number(&self) -> &str {
        &self.0.credit.number
    }

    /// Who forked it.
    async fn forked_by(&self, ctx: &Context<'_>) -> Result<Colleague> {
        Colleague::of(ctx, self.0.by).await
    }

    /// The day on which it was forked.
    async fn forked_on(&self) -> NaiveDate {
        self.0.at.date_naive()
    }

    /// The use by which the fork holds what it stands on, for whoever forked it: `moveRubricUse` moves it.
    #[graphql(name = "use")]
    async fn held(&self, ctx: &Context<'_>) -> Result<Option<RubricUse>> {
        let cx: &Cx = ctx.data()?;
        let is_own = cx.person() == Some(self.0.stands_on.by);
        Ok(is_own.then_some(RubricUse(self.0.stands_on)))
    }
}

async fn version(ctx: &Context<'_>, id: kit::RubricVersionId) -> Result<Option<RubricVersion>> {
    let version = ctx.data::<Loaders>()?.version(id).await?;
    Ok(version.map(RubricVersion))
}

/// A use: something that was made with a version and holds it. What is held stays as it is for ever, and moves only when somebody asks.
#[derive(Debug, Clone, Description)]
pub struct RubricUse(pub Use);

#[Object(use_type_description)]
impl RubricUse {
    /// Its id, for `moveRubricUse`.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// The day since which it holds its version. You can read that version as long as it is held, for whomever the rubric is by now.
    async fn since(&self) -> NaiveDate {
        self.0.at.date_naive()
    }
}

/// A rubric of a family.
#[derive(Debug, Clone, SimpleObject)]
pub struct RubricRelative {
    /// The rubric itself: its authors, its unit and its life are its own.
    pub(crate) rubric: Rubric,
    /// The id of the nearest rubric above it that you may see; nothing for the first.
    pub(crate) parent: Option<ID>,
    /// The day on which it was forked; nothing for the first of the family.
    pub(crate) forked_on: Option<NaiveDate>,
}

/// The family of a rubric (härstamning): which rubrics were forked from which. At most 100 are shown, its own line first.
#[derive(Debug, Clone, SimpleObject)]
pub struct RubricLineage {
    /// The rubrics that you may see, the oldest first.
    pub(crate) relatives: Vec<RubricRelative>,
    /// How many more there are that you may not see.
    pub(crate) hidden: i32,
    /// Whether the family is larger than what is shown and counted here.
    pub(crate) is_cut: bool,
}

/// How often colleagues change a criterion in their forks.
#[derive(Debug, Clone, SimpleObject)]
pub struct CriterionHeat {
    /// The id of the criterion.
    pub(crate) criterion: ID,
    /// How many published forks have it otherwise, or not at all.
    pub(crate) forks: i32,
}
