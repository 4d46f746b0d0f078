//! What fields of collections ask for one by one.

use super::{Found, Hanging, Lists, Loaders, Reading, error};
use async_graphql::{Error, dataloader::Loader};
use kit::{CollectionId, Fault, Listed, Page, RubricId};
use rubrics::Collection;
use std::sync::Arc;
use store::Cx;

impl Loaders {
    pub(crate) async fn collection(&self, id: CollectionId) -> Result<Option<Collection>, Error> {
        self.loader
            .load_one(id)
            .await
            .map_err(|fault| error(&self.cx, &*fault))
    }

    /// What stands in a collection, in its order.
    pub(crate) async fn shelved(
        &self,
        collection: CollectionId,
        page: &Page,
    ) -> Result<Listed<RubricId>, Error> {
        self.page::<Shelved>(collection, page).await
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Shelved;

impl Hanging for Shelved {
    type Of = CollectionId;
    type Item = RubricId;
    type Error = rubrics::Error;

    async fn read(
        cx: &Cx,
        of: &[CollectionId],
        page: &Page,
    ) -> Result<Lists<Self>, rubrics::Error> {
        rubrics::shelved(cx, of, page).await
    }
}

impl Loader<CollectionId> for Reading {
    type Value = Collection;
    type Error = Arc<dyn Fault>;

    async fn load(&self, ids: &[CollectionId]) -> Found<CollectionId, Collection> {
        let found = rubrics::collections_by_ids(&self.0, ids)
            .await
            .map_err(|fault| Arc::new(fault) as Arc<dyn Fault>)?;
        Ok(found
            .into_iter()
            .map(|collection| (collection.id, collection))
            .collect())
    }
}
