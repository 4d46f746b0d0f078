//! Loaders of one request: what nested fields ask for one by one is read in one statement per kind.

mod catalogue;
mod exemplars;
mod shelves;
mod talk;

use crate::{
    answer::error,
    loading::{AtOnce, Loading},
    rubrics::object::Rubric,
};
use async_graphql::{
    Error,
    dataloader::{DataLoader, Loader},
};
use kit::{Fault, Listed, Page, PersonId, RubricId, RubricLinkId, RubricVersionId, TeamId, UnitId};
use organisation::{Person, RoleHeld, Team, Unit};
use rubrics::{Counts, Heat, Lineage, Link, Origin, Proposal, Save, Use, Version};
use std::{collections::HashMap, hash::Hash, sync::Arc};
use store::Cx;

/// The loaders of one request. What the actor may not see is not found.
pub(crate) struct Loaders {
    cx: Cx,
    loader: DataLoader<Reading>,
}

struct Reading(Cx);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct RolesOf(PersonId);

/// A page of a list that hangs on a thing: the versions or saves of a rubric, the members of a team.
#[derive(Clone, PartialEq, Eq, Hash)]
struct PageOf<L: Hanging>(L::Of, Page);

/// The lists by the things that they hang on.
type Lists<L> = HashMap<<L as Hanging>::Of, Listed<<L as Hanging>::Item>>;

/// A list that hangs on things, read for all of them at once.
trait Hanging: Clone + Send + Sync + 'static {
    type Of: Clone + Copy + Eq + Hash + Send + Sync + 'static;
    type Item: Clone + Send + Sync + 'static;
    type Error: Fault + 'static;

    fn read(
        cx: &Cx,
        of: &[Self::Of],
        page: &Page,
    ) -> impl Future<Output = Result<Lists<Self>, Self::Error>> + Send;
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct OriginOf(RubricId);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct CountsOf(RubricId);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct ThanksFor(RubricId);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct LineageOf(RubricId);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct HeatOf(RubricId);

impl Loaders {
    pub(crate) fn new(cx: &Cx, loading: Loading) -> Self {
        let loader = DataLoader::new(Reading(cx.clone()), loading, AtOnce);
        Self {
            cx: cx.clone(),
            loader,
        }
    }

    pub(crate) async fn unit(&self, id: UnitId) -> Result<Option<Unit>, Error> {
        self.loader
            .load_one(id)
            .await
            .map_err(|fault| error(&self.cx, &*fault))
    }

    pub(crate) async fn team(&self, id: TeamId) -> Result<Option<Team>, Error> {
        self.loader
            .load_one(id)
            .await
            .map_err(|fault| error(&self.cx, &*fault))
    }

    /// The person as the reader may know them; nothing when their identity is protected from the reader.
    pub(crate) async fn person(&self, id: PersonId) -> Result<Option<Person>, Error> {
        self.loader
            .load_one(id)
            .await
            .map_err(|fault| error(&self.cx, &*fault))
    }

    pub(crate) async fn roles(&self, id: PersonId) -> Result<Vec<RoleHeld>, Error> {
        let roles = self
            .loader
            .load_one(RolesOf(id))
            .await
            .map_err(|fault| error(&self.cx, &*fault))?;
        Ok(roles.unwrap_or_default())
    }

    pub(crate) async fn members(&self, team: TeamId, page: &Page) -> Result<Listed<Person>, Error> {
        self.page::<Members>(team, page).await
    }

    /// The published versions of a rubric.
    pub(crate) async fn versions(
        &self,
        rubric: RubricId,
        page: &Page,
    ) -> Result<Listed<Version>, Error> {
        self.page::<Versions>(rubric, page).await
    }

    /// How a rubric's drafts came to be; nothing for who may not read it.
    pub(crate) async fn saves(&self, rubric: RubricId, page: &Page) -> Result<Listed<Save>, Error> {
        self.page::<Saves>(rubric, page).await
    }

    /// The links for pupils to a rubric that the actor may know of.
    pub(crate) async fn links(&self, rubric: RubricId, page: &Page) -> Result<Listed<Link>, Error> {
        self.page::<Links>(rubric, page).await
    }

    /// Several rubrics, those of them that the actor may see.
    pub(crate) async fn rubrics(
        &self,
        ids: impl IntoIterator<Item = RubricId>,
    ) -> Result<HashMap<RubricId, Rubric>, Error> {
        self.loader
            .load_many(ids)
            .await
            .map_err(|fault| error(&self.cx, &*fault))
    }

    /// The family of a rubric; an empty one for who may not see it.
    pub(crate) async fn lineage(&self, id: RubricId) -> Result<Lineage, Error> {
        let lineage = self
            .loader
            .load_one(LineageOf(id))
            .await
            .map_err(|fault| error(&self.cx, &*fault))?;
        Ok(lineage.unwrap_or_default())
    }

    /// Which criteria of a rubric colleagues change most, for its authors.
    pub(crate) async fn heat(&self, id: RubricId) -> Result<Option<Vec<Heat>>, Error> {
        self.loader
            .load_one(HeatOf(id))
            .await
            .map_err(|fault| error(&self.cx, &*fault))
    }

    /// The proposals to change a rubric that the actor may know of.
    pub(crate) async fn proposals(
        &self,
        rubric: RubricId,
        page: &Page,
    ) -> Result<Listed<Proposal>, Error> {
        self.page::<Proposals>(rubric, page).await
    }

    /// What a link for pupils holds, for whoever made it.
    pub(crate) async fn use_of(&self, link: RubricLinkId) -> Result<Option<Use>, Error> {
        self.loader
            .load_one(link)
            .await
            .map_err(|fault| error(&self.cx, &*fault))
    }

    async fn page<L: Hanging + Eq + Hash>(
        &self,
        of: L::Of,
        page: &Page,
    ) -> Result<Listed<L::Item>, Error> {
        let list = self
            .loader
            .load_one(PageOf::<L>(of, page.clone()))
            .await
            .map_err(|fault| error(&self.cx, &*fault))?;
        Ok(list.unwrap_or(Listed::empty()))
    }

    pub(crate) async fn rubric(&self, id: RubricId) -> Result<Option<Rubric>, Error> {
        self.loader
            .load_one(id)
            .await
            .map_err(|fault| error(&self.cx, &*fault))
    }

    pub(crate) async fn version(&self, id: RubricVersionId) -> Result<Option<Arc<Version>>, Error> {
        self.loader
            .load_one(id)
            .await
            .map_err(|fault| error(&self.cx, &*fault))
    }

    /// Where a rubric comes from; nothing when it is no fork.
    pub(crate) async fn origin(&self, id: RubricId) -> Result<Option<Origin>, Error> {
        self.loader
            .load_one(OriginOf(id))
            .await
            .map_err(|fault| error(&self.cx, &*fault))
    }

    pub(crate) async fn counts(&self, id: RubricId) -> Result<Counts, Error> {
        let counts = self
            .loader
            .load_one(CountsOf(id))
            .await
            .map_err(|fault| error(&self.cx, &*fault))?;
        Ok(counts.unwrap_or_default())
    }

    pub(crate) async fn thanks(&self, id: RubricId) -> Result<i64, Error> {
        let thanks = self
            .loader
            .load_one(ThanksFor(id))
            .await
            .map_err(|fault| error(&self.cx, &*fault))?;
        Ok(thanks.unwrap_or_default())
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Versions;

impl Hanging for Versions {
    type Of = RubricId;
    type Item = Version;
    type Error = rubrics::Error;

    async fn read(cx: &Cx, of: &[RubricId], page: &Page) -> Result<Lists<Self>, rubrics::Error> {
        rubrics::versions(cx, of, page).await
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Saves;

impl Hanging for Saves {
    type Of = RubricId;
    type Item = Save;
    type Error = rubrics::Error;

    async fn read(cx: &Cx, of: &[RubricId], page: &Page) -> Result<Lists<Self>, rubrics::Error> {
        rubrics::history(cx, of, page).await
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Links;

impl Hanging for Links {
    type Of = RubricId;
    type Item = Link;
    type Error = rubrics::Error;

    async fn read(cx: &Cx, of: &[RubricId], page: &Page) -> Result<Lists<Self>, rubrics::Error> {
        rubrics::links(cx, of, page).await
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Proposals;

impl Hanging for Proposals {
    type Of = RubricId;
    type Item = Proposal;
    type Error = rubrics::Error;

    async fn read(cx: &Cx, of: &[RubricId], page: &Page) -> Result<Lists<Self>, rubrics::Error> {
        rubrics::proposals(cx, of, page).await
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Members;

impl Hanging for Members {
    type Of = TeamId;
    type Item = Person;
    type Error = organisation::Error;

    async fn read(cx: &Cx, of: &[TeamId], page: &Page) -> Result<Lists<Self>, organisation::Error> {
        organisation::members(cx, of, page).await
    }
}

impl<L: Hanging + Eq + Hash> Loader<PageOf<L>> for Reading {
    type Value = Listed<L::Item>;
    type Error = Arc<dyn Fault>;

    async fn load(&self, keys: &[PageOf<L>]) -> Found<PageOf<L>, Listed<L::Item>> {
        let mut by_page: HashMap<&Page, Vec<L::Of>> = HashMap::new();
        for PageOf(of, page) in keys {
            by_page.entry(page).or_default().push(*of);
        }
        let mut found = HashMap::new();
        for (page, of) in by_page {
            let lists = L::read(&self.0, &of, page).await;
            let lists = lists.map_err(|fault| Arc::new(fault) as Arc<dyn Fault>)?;
            found.extend(
                lists
                    .into_iter()
                    .map(|(of, list)| (PageOf(of, page.clone()), list)),
            );
        }
        Ok(found)
    }
}

pub(crate) type Found<K, V> = Result<HashMap<K, V>, Arc<dyn Fault>>;

impl Loader<UnitId> for Reading {
    type Value = Unit;
    type Error = Arc<dyn Fault>;

    async fn load(&self, ids: &[UnitId]) -> Found<UnitId, Unit> {
        organisation::units_by_ids(&self.0, ids)
            .await
            .map_err(|fault| Arc::new(fault) as Arc<dyn Fault>)
    }
}

impl Loader<TeamId> for Reading {
    type Value = Team;
    type Error = Arc<dyn Fault>;

    async fn load(&self, ids: &[TeamId]) -> Found<TeamId, Team> {
        organisation::teams_by_ids(&self.0, ids)
            .await
            .map_err(|fault| Arc::new(fault) as Arc<dyn Fault>)
    }
}

impl Loader<PersonId> for Reading {
    type Value = Person;
    type Error = Arc<dyn Fault>;

    async fn load(&self, ids: &[PersonId]) -> Found<PersonId, Person> {
        organisation::people_by_ids(&self.0, ids)
            .await
            .map_err(|fault| Arc::new(fault) as Arc<dyn Fault>)
    }
}

impl Loader<RolesOf> for Reading {
    type Value = Vec<RoleHeld>;
    type Error = Arc<dyn Fault>;

    async fn load(&self, keys: &[RolesOf]) -> Found<RolesOf, Vec<RoleHeld>> {
        let people: Vec<PersonId> = keys.iter().map(|key| key.0).collect();
        let roles = organisation::roles_of(&self.0, &people)
            .await
            .map_err(|fault| Arc::new(fault) as Arc<dyn Fault>)?;
        Ok(roles
            .into_iter()
            .map(|(person, roles)| (RolesOf(person), roles))
            .collect())
    }
}

impl Loader<RubricId> for Reading {
    type Value = Rubric;
    type Error = Arc<dyn Fault>;

    async fn load(&self, ids: &[RubricId]) -> Found<RubricId, Rubric> {
        let load = async { Rubric::shown_all(&self.0, rubrics::by_ids(&self.0, ids).await?).await };
        let found = load
            .await
            .map_err(|fault: rubrics::Error| Arc::new(fault) as Arc<dyn Fault>)?;
        Ok(found
            .into_iter()
            .map(|rubric| (rubric.rubric.id, rubric))
            .collect())
    }
}

impl Loader<LineageOf> for Reading {
    type Value = Lineage;
    type Error = Arc<dyn Fault>;

    async fn load(&self, keys: &[LineageOf]) -> Found<LineageOf, Lineage> {
        let ids: Vec<RubricId> = keys.iter().map(|key| key.0).collect();
        let families = rubrics::lineages(&self.0, &ids)
            .await
            .map_err(|fault| Arc::new(fault) as Arc<dyn Fault>)?;
        let families = families.into_iter();
        Ok(families
            .map(|(id, family)| (LineageOf(id), family))
            .collect())
    }
}

impl Loader<HeatOf> for Reading {
    type Value = Vec<Heat>;
    type Error = Arc<dyn Fault>;

    async fn load(&self, keys: &[HeatOf]) -> Found<HeatOf, Vec<Heat>> {
        let ids: Vec<RubricId> = keys.iter().map(|key| key.0).collect();
        let heat = rubrics::heat(&self.0, &ids)
            .await
            .map_err(|fault| Arc::new(fault) as Arc<dyn Fault>)?;
        Ok(heat
            .into_iter()
            .map(|(id, heat)| (HeatOf(id), heat))
            .collect())
    }
}

impl Loader<RubricLinkId> for Reading {
    type Value = Use;
    type Error = Arc<dyn Fault>;

    async fn load(&self, ids: &[RubricLinkId]) -> Found<RubricLinkId, Use> {
        rubrics::uses_of_links(&self.0, ids)
            .await
            .map_err(|fault| Arc::new(fault) as Arc<dyn Fault>)
    }
}

impl Loader<RubricVersionId> for Reading {
    type Value = Arc<Version>;
    type Error = Arc<dyn Fault>;

    async fn load(&self, ids: &[RubricVersionId]) -> Found<RubricVersionId, Arc<Version>> {
        let versions = rubrics::versions_by_ids(&self.0, ids)
            .await
            .map_err(|fault| Arc::new(fault) as Arc<dyn Fault>)?;
        Ok(versions
            .into_iter()
            .map(|version| (version.id, Arc::new(version)))
            .collect())
    }
}

impl Loader<OriginOf> for Reading {
    type Value = Origin;
    type Error = Arc<dyn Fault>;

    async fn load(&self, keys: &[OriginOf]) -> Found<OriginOf, Origin> {
        let rubrics: Vec<RubricId> = keys.iter().map(|key| key.0).collect();
        let origins = rubrics::origins(&self.0, &rubrics)
            .await
            .map_err(|fault| Arc::new(fault) as Arc<dyn Fault>)?;
        Ok(origins
            .into_iter()
            .map(|origin| (OriginOf(origin.fork), origin))
            .collect())
    }
}

impl Loader<CountsOf> for Reading {
    type Value = Counts;
    type Error = Arc<dyn Fault>;

    async fn load(&self, keys: &[CountsOf]) -> Found<CountsOf, Counts> {
        let rubrics: Vec<RubricId> = keys.iter().map(|key| key.0).collect();
        let counts = rubrics::counts(&self.0, &rubrics)
            .await
            .map_err(|fault| Arc::new(fault) as Arc<dyn Fault>)?;
        Ok(counts
            .into_iter()
            .map(|(rubric, counts)| (CountsOf(rubric), counts))
            .collect())
    }
}

impl Loader<ThanksFor> for Reading {
    type Value = i64;
    type Error = Arc<dyn Fault>;

    async fn load(&self, keys: &[ThanksFor]) -> Found<ThanksFor, i64> {
        let rubrics: Vec<RubricId> = keys.iter().map(|key| key.0).collect();
        let thanks = rubrics::thanks(&self.0, &rubrics)
            .await
            .map_err(|fault| Arc::new(fault) as Arc<dyn Fault>)?;
        Ok(thanks
            .into_iter()
            .map(|(rubric, thanks)| (ThanksFor(rubric), thanks))
            .collect())
    }
}
