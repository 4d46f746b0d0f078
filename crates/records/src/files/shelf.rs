//! Where the bytes lie: a folder today, and whatever else `object_store` knows when somebody needs it.

use super::Error;
use bytes::Bytes;
use futures_util::{StreamExt, stream::BoxStream};
use kit::{FileId, OrganiserId};
use object_store::{ObjectStore, ObjectStoreExt, local::LocalFileSystem, path::Path};
use std::{fmt, io, path, sync::Arc};

/// How many half-written copies of one file are looked for: one for each time that somebody tried and the machine stopped.
const STAGED: u32 = 20;

/// The place of all files. Cheap to clone.
#[derive(Clone)]
pub struct Shelf {
    store: Arc<dyn ObjectStore>,
    folder: Arc<path::Path>,
}

impl fmt::Debug for Shelf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Shelf").field(&self.folder).finish()
    }
}

impl Shelf {
    /// The files in a folder that exists.
    ///
    /// # Errors
    ///
    /// What the system says when there is no such folder.
    pub fn in_folder(folder: &path::Path) -> io::Result<Self> {
        let store = LocalFileSystem::new_with_prefix(folder)
            .map_err(io::Error::other)?
            .with_fsync(true);
        Ok(Self {
            store: Arc::new(store),
            folder: folder.into(),
        })
    }

    /// Keeps the bytes of a file: all of them, on the disk, or none.
    ///
    /// # Errors
    ///
    /// [`Error::Shelf`] when they cannot be written.
    pub async fn put(&self, organiser: OrganiserId, id: FileId, bytes: Bytes) -> Result<(), Error> {
        self.store
            .put(&place(organiser, id), bytes.into())
            .await
            .map(drop)
            .map_err(Error::Shelf)
    }

    /// The bytes of a file, piece by piece.
    ///
    /// # Errors
    ///
    /// [`Error::Shelf`] when they cannot be read.
    pub async fn open(
        &self,
        organiser: OrganiserId,
        id: FileId,
    ) -> Result<BoxStream<'static, io::Result<Bytes>>, Error> {
        let found = self.store.get(&place(organiser, id)).await;
        let pieces = found.map_err(Error::Shelf)?.into_stream();
        Ok(pieces.map(|piece| piece.map_err(io::Error::other)).boxed())
    }

    /// Takes the bytes of a file away, and what of it was written half. What is not there is gone already.
    ///
    /// # Errors
    ///
    /// [`Error::Shelf`] when they cannot be taken away.
    pub async fn take_away(&self, organiser: OrganiserId, id: FileId) -> Result<(), Error> {
        let place = place(organiser, id);
        match self.store.delete(&place).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(Error::Shelf(error)),
        }
        // The library writes `name#1` and renames it; if the machine stops between, that is what stays.
        for number in 1..=STAGED {
            let staged = self.folder.join(format!("{place}#{number}"));
            let _ = tokio::fs::remove_file(staged).await;
        }
        Ok(())
    }
}

/// By organiser, and no folder with more than a few thousand files: the ids are random.
fn place(organiser: OrganiserId, id: FileId) -> Path {
    let name = id.uuid().simple().to_string();
    let shard: String = name.chars().take(2).collect();
    let organiser = organiser.uuid().simple().to_string();
    Path::from_iter([organiser, shard, name])
}
