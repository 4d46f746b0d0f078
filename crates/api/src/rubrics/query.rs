//! Reading rubrics.

use super::{
    content::RubricKind,
    object::{Rubric, RubricScope, RubricState},
    version::RubricVersion,
};
use crate::{
    answer,
    known_code::{known_code, known_subjects},
    list::{Connected, connected, page},
    loader::Loaders,
};
use async_graphql::{Context, Enum, ID, InputObject, Object, Result};
use curriculum::{KeyStrategy, SchoolForm, Year};
use futures_util::future::try_join_all;
use kit::{Listed, RubricId, RubricVersionId};
use rubrics::{Code, CountOrder};
use std::{collections::HashMap, sync::Arc};
use store::{Cx, search::Words};

/// Which rubrics are wanted. Within one field any of the values fits; all fields must fit.
#[derive(Debug, Default, InputObject)]
pub struct RubricFilter {
    /// Codes of subjects (ämnen), such as `SV`.
    #[graphql(default)]
    subjects: Vec<String>,
    /// Codes of years (årskurser), such as `4`.
    #[graphql(default)]
    years: Vec<String>,
    /// Codes of school forms (skolformer), such as `FORSKOLA`.
    #[graphql(default)]
    school_forms: Vec<String>,
    /// Codes of key strategies (nyckelstrategier).
    #[graphql(default)]
    strategies: Vec<String>,
    /// Forms of rubrics.
    #[graphql(default)]
    kinds: Vec<RubricKind>,
    /// Circles that they are for.
    #[graphql(default)]
    scopes: Vec<RubricScope>,
    /// Where they are in their life; those in use when left empty.
    #[graphql(default)]
    states: Vec<RubricState>,
    /// By this person.
    author: Option<ID>,
    /// Shared with this team.
    team: Option<ID>,
    /// Made at this unit.
    unit: Option<ID>,
    /// Only those that you are an author of.
    #[graphql(default)]
    mine: bool,
}

/// In which order rubrics are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub enum RubricOrder {
    /// The best match first, then the newest. Without words to search for, the newest first.
    Relevance,
    /// The newest first.
    Newest,
    /// Those that most colleagues made a copy of their own of first (mest anpassade). Without words to search for, those that nobody has copied are
    /// left out. It may lag behind by some seconds.
    MostAdapted,
    /// Those that most is made with first (mest använda): pupils' links, exemplars, copies. Without words to search for, those that nothing is made
    /// with are left out. It may lag behind by some seconds.
    MostUsed,
}

impl RubricOrder {
    /// The list that it makes: each has cursors of its own.
    const fn list(self) -> &'static str {
        match self {
            Self::Relevance => "rubrics",
            Self::Newest => "rubrics:newest",
            Self::MostAdapted => "rubrics:adapted",
            Self::MostUsed => "rubrics:used",
        }
    }

    const fn by_count(self) -> Option<CountOrder> {
        match self {
            Self::Relevance | Self::Newest => None,
            Self::MostAdapted => Some(CountOrder::Adapted),
            Self::MostUsed => Some(CountOrder::Used),
        }
    }
}

impl From<RubricOrder> for store::search::Order {
    fn from(order: RubricOrder) -> Self {
        match order {
            RubricOrder::Relevance => Self::Best,
            RubricOrder::Newest => Self::Newest,
            RubricOrder::MostAdapted => Self::Heaviest(CountOrder::Adapted.kind()),
            RubricOrder::MostUsed => Self::Heaviest(CountOrder::Used.kind()),
        }
    }
}

impl RubricFilter {
    /// The room's filter; `None` when it names somebody or something that cannot exist, so that nothing fits. A code that its list does not have is a
    /// mistake of whoever wrote it, and said.
    async fn read(&self, cx: &Cx) -> Result<Option<rubrics::Filter>> {
        let coded = rubrics::Filter {
            subjects: known_subjects(cx, &self.subjects).await?,
            years: codes::<Year>(cx, &self.years)?,
            school_forms: codes::<SchoolForm>(cx, &self.school_forms)?,
            strategies: codes::<KeyStrategy>(cx, &self.strategies)?,
            ..rubrics::Filter::default()
        };
        Ok(self.with_codes(coded))
    }

    fn with_codes(&self, coded: rubrics::Filter) -> Option<rubrics::Filter> {
        Some(rubrics::Filter {
            kinds: self.kinds.iter().copied().map(Into::into).collect(),
            scopes: self.scopes.iter().copied().map(Into::into).collect(),
            states: self.states.iter().copied().map(Into::into).collect(),
            author: self.author.as_ref().map(|id| id.parse()).transpose().ok()?,
            team: self.team.as_ref().map(|id| id.parse()).transpose().ok()?,
            unit: self.unit.as_ref().map(|id| id.parse()).transpose().ok()?,
            mine: self.mine,
            ..coded
        })
    }
}

pub(super) fn codes<C: curriculum::Code>(cx: &Cx, codes: &[String]) -> Result<Vec<Code>> {
    let known = codes.iter().map(|text| {
        let code: C = known_code(cx, text)?;
        Ok(Code::parse(code.code())?)
    });
    known.collect()
}

/// The root of what is read of rubrics.
#[derive(Debug, Default)]
pub(crate) struct RubricsQuery;

#[Object]
impl RubricsQuery {
    /// One rubric; nothing when there is none that you may see.
    async fn rubric(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, by its id.")] id: ID,
    ) -> Result<Option<Rubric>> {
        find(ctx.data()?, &id).await
    }

    /// One version of a rubric: any published one of a rubric that you may see; a draft for its authors and its reviewer.
    async fn rubric_version(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, by its id.")] id: ID,
    ) -> Result<Option<RubricVersion>> {
        find_version(ctx.data()?, &id).await
    }

    /// The library: the rubrics that you may see, by words and by what they are about.
    async fn rubrics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Words that must all occur. `bedömning` also finds `bedömningar`.")]
        search: Option<String>,
        #[graphql(desc = "What they are about.", default)] filter: RubricFilter,
        #[graphql(desc = "What comes first.", default_with = "RubricOrder::Relevance")]
        order: RubricOrder,
        #[graphql(desc = "How many are wanted, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Go on behind this cursor of the same list.")] after: Option<String>,
    ) -> Result<Connected<Rubric>> {
        let cx: &Cx = ctx.data()?;
        let list = order.list();
        let page = page(ctx, list, first, after.as_deref())?;
        let Some(filter) = filter.read(cx).await? else {
            return connected(ctx, list, &page, Listed::empty(), |r: Rubric| r);
        };
        // Asking by somebody's id must not tell that it is they who hide behind "En kollega".
        let loaders: &Loaders = ctx.data()?;
        if let Some(author) = filter.author
            && loaders.person(author).await?.is_none()
        {
            return connected(ctx, list, &page, Listed::empty(), |r: Rubric| r);
        }
        let words = match search
            .as_deref()
            .map(str::trim)
            .filter(|text| !text.is_empty())
        {
            None => None,
            Some(text) => match Words::parse(text) {
                Some(words) => Some(words),
                None => return connected(ctx, list, &page, Listed::empty(), |r: Rubric| r),
            },
        };
        let found = match (words, order.by_count()) {
            (Some(words), _) => rubrics::search(cx, &words, &filter, order.into(), &page).await,
            (None, Some(order)) => rubrics::list_by_count(cx, &filter, order, &page).await,
            (None, None) => rubrics::list(cx, &filter, &page).await,
        };
        let found = found.map_err(|fault| answer::error(cx, &fault))?;
        let (places, rows): (Vec<_>, Vec<_>) = found.items.into_iter().unzip();
        let mut objects: HashMap<_, _> = Rubric::load_all(cx, rows)
            .await?
            .into_iter()
            .map(|object| (object.rubric.id.uuid(), object))
            .collect();
        let mut items: Vec<_> = places
            .into_iter()
            .filter_map(|place| objects.remove(&place.id).map(|object| (place, object)))
            .collect();
        // Nor must asking by unit tell where they work.
        if filter.unit.is_some() {
            let shown = items.iter().map(|(_, object)| object.shows_unit(loaders));
            let mut shown = try_join_all(shown).await?.into_iter();
            items.retain(|_| shown.next().unwrap_or_default());
        }
        connected(
            ctx,
            list,
            &page,
            Listed {
                items,
                more: found.more,
            },
            |rubric| rubric,
        )
    }
}

/// The rubric with this id, as far as the caller may see it.
pub(crate) async fn find(cx: &Cx, id: &str) -> Result<Option<Rubric>> {
    let Ok(id) = id.parse::<RubricId>() else {
        return Ok(None);
    };
    match answer::seen(cx, rubrics::find(cx, id).await)? {
        Some(rubric) => Rubric::load(cx, rubric).await,
        None => Ok(None),
    }
}

/// The version with this id, as far as the caller may see it.
pub(crate) async fn find_version(cx: &Cx, id: &str) -> Result<Option<RubricVersion>> {
    let Ok(id) = id.parse::<RubricVersionId>() else {
        return Ok(None);
    };
    let version = answer::seen(cx, rubrics::find_version(cx, id).await)?;
    Ok(version.map(|version| RubricVersion(Arc::new(version))))
}
