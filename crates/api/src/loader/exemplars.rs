//! What fields of exemplars ask for one by one.

use super::{Found, Hanging, Lists, Loaders, Reading, error};
use async_graphql::{Error, dataloader::Loader};
use kit::{Fault, FileId, Listed, Page, RubricExemplarId, RubricId, RubricVersionId};
use records::files::File;
use rubrics::{Exemplar, Use};
use std::sync::Arc;
use store::Cx;

impl Loaders {
    /// What an exemplar holds, for whoever added it.
    pub(crate) async fn use_of_exemplar(
        &self,
        exemplar: RubricExemplarId,
    ) -> Result<Option<Use>, Error> {
        self.loader
            .load_one(exemplar)
            .await
            .map_err(|fault| error(&self.cx, &*fault))
    }

    pub(crate) async fn exemplars_of_version(
        &self,
        version: RubricVersionId,
        page: &Page,
    ) -> Result<Listed<Exemplar>, Error> {
        self.page::<ExemplarsOfVersion>(version, page).await
    }

    pub(crate) async fn exemplars_of_rubric(
        &self,
        rubric: RubricId,
        page: &Page,
    ) -> Result<Listed<Exemplar>, Error> {
        self.page::<ExemplarsOfRubric>(rubric, page).await
    }

    /// A file that hangs on what the actor sees.
    pub(crate) async fn file(&self, id: FileId) -> Result<Option<File>, Error> {
        self.loader
            .load_one(id)
            .await
            .map_err(|fault| error(&self.cx, &*fault))
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct ExemplarsOfVersion;

impl Hanging for ExemplarsOfVersion {
    type Of = RubricVersionId;
    type Item = Exemplar;
    type Error = rubrics::Error;

    async fn read(
        cx: &Cx,
        of: &[RubricVersionId],
        page: &Page,
    ) -> Result<Lists<Self>, rubrics::Error> {
        rubrics::exemplars_of_versions(cx, of, page).await
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct ExemplarsOfRubric;

impl Hanging for ExemplarsOfRubric {
    type Of = RubricId;
    type Item = Exemplar;
    type Error = rubrics::Error;

    async fn read(cx: &Cx, of: &[RubricId], page: &Page) -> Result<Lists<Self>, rubrics::Error> {
        rubrics::exemplars_of_rubrics(cx, of, page).await
    }
}

impl Loader<RubricExemplarId> for Reading {
    type Value = Use;
    type Error = Arc<dyn Fault>;

    async fn load(&self, ids: &[RubricExemplarId]) -> Found<RubricExemplarId, Use> {
        rubrics::uses_of_exemplars(&self.0, ids)
            .await
            .map_err(|fault| Arc::new(fault) as Arc<dyn Fault>)
    }
}

impl Loader<FileId> for Reading {
    type Value = File;
    type Error = Arc<dyn Fault>;

    async fn load(&self, ids: &[FileId]) -> Found<FileId, File> {
        records::files::by_ids(&self.0, ids)
            .await
            .map_err(|fault| Arc::new(fault) as Arc<dyn Fault>)
    }
}
