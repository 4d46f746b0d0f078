//! What fields of the open catalogue ask for one by one.

use super::{Found, Hanging, Lists, Loaders, Reading, error};
use async_graphql::{Error, dataloader::Loader};
use kit::{Fault, Listed, OpenRubricId, Page, RubricId};
use rubrics::{OpenOrigin, OpenRubric, Report, Standing};
use std::sync::Arc;
use store::Cx;

impl Loaders {
    /// An item of the open catalogue that the actor is shown.
    pub(crate) async fn open_rubric(&self, id: OpenRubricId) -> Result<Option<OpenRubric>, Error> {
        self.loader
            .load_one(id)
            .await
            .map_err(|fault| error(&self.cx, &*fault))
    }

    /// What a rubric has out of the open catalogue.
    pub(crate) async fn open_origin(&self, id: RubricId) -> Result<Option<OpenOrigin>, Error> {
        self.loader
            .load_one(OpenOriginOf(id))
            .await
            .map_err(|fault| error(&self.cx, &*fault))
    }

    /// How a rubric stands in the open catalogue, for its authors.
    pub(crate) async fn standing(&self, id: RubricId) -> Result<Option<Standing>, Error> {
        self.loader
            .load_one(StandingOf(id))
            .await
            .map_err(|fault| error(&self.cx, &*fault))
    }

    /// What was reported of an item of the open catalogue, for administrators.
    pub(crate) async fn reports(
        &self,
        open: OpenRubricId,
        page: &Page,
    ) -> Result<Listed<Report>, Error> {
        self.page::<Reports>(open, page).await
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct OpenOriginOf(RubricId);

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct StandingOf(RubricId);

#[derive(Clone, PartialEq, Eq, Hash)]
struct Reports;

impl Hanging for Reports {
    type Of = OpenRubricId;
    type Item = Report;
    type Error = rubrics::Error;

    async fn read(
        cx: &Cx,
        of: &[OpenRubricId],
        page: &Page,
    ) -> Result<Lists<Self>, rubrics::Error> {
        let things: Vec<_> = of.iter().copied().map(Into::into).collect();
        let reports = rubrics::reports(cx, &things, page).await?.into_iter();
        Ok(reports.map(|(of, list)| (of.id.into(), list)).collect())
    }
}

impl Loader<OpenRubricId> for Reading {
    type Value = OpenRubric;
    type Error = Arc<dyn Fault>;

    async fn load(&self, ids: &[OpenRubricId]) -> Found<OpenRubricId, OpenRubric> {
        let found = rubrics::open_by_ids(&self.0, ids)
            .await
            .map_err(|fault| Arc::new(fault) as Arc<dyn Fault>)?;
        Ok(found.into_iter().map(|open| (open.id, open)).collect())
    }
}

impl Loader<OpenOriginOf> for Reading {
    type Value = OpenOrigin;
    type Error = Arc<dyn Fault>;

    async fn load(&self, keys: &[OpenOriginOf]) -> Found<OpenOriginOf, OpenOrigin> {
        let rubrics: Vec<RubricId> = keys.iter().map(|key| key.0).collect();
        let origins = rubrics::open_origins(&self.0, &rubrics)
            .await
            .map_err(|fault| Arc::new(fault) as Arc<dyn Fault>)?;
        Ok(origins
            .into_iter()
            .map(|(rubric, origin)| (OpenOriginOf(rubric), origin))
            .collect())
    }
}

impl Loader<StandingOf> for Reading {
    type Value = Standing;
    type Error = Arc<dyn Fault>;

    async fn load(&self, keys: &[StandingOf]) -> Found<StandingOf, Standing> {
        let rubrics: Vec<RubricId> = keys.iter().map(|key| key.0).collect();
        let standings = rubrics::standings(&self.0, &rubrics)
            .await
            .map_err(|fault| Arc::new(fault) as Arc<dyn Fault>)?;
        Ok(standings
            .into_iter()
            .map(|(rubric, standing)| (StandingOf(rubric), standing))
            .collect())
    }
}
