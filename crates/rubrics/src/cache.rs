//! Published contents in memory: they never change, so they are read and parsed once. Asked only after the visibility statement said yes.

use crate::{
    Content, Error, Version,
    sql::{self, Meta},
};
use kit::RubricVersionId;
use quick_cache::{Weighter, sync::Cache};
use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};
use store::Cx;

/// How many bytes of documents are kept at most; parsed they take about three times as much.
const BYTES_MAX: u64 = 32 * 1024 * 1024;

/// A version and the hash of its words: another database's version of the same id is another one.
type Key = (RubricVersionId, String);
type Kept = (Arc<Content>, u64);

#[derive(Clone)]
struct Bytes;

impl Weighter<Key, Kept> for Bytes {
    fn weight(&self, _: &Key, kept: &Kept) -> u64 {
        kept.1
    }
}

static CACHE: LazyLock<Cache<Key, Kept, Bytes>> =
    LazyLock::new(|| Cache::with_weighter(8_192, BYTES_MAX, Bytes));

/// The versions with their contents: from memory, and the rest in one statement.
pub(crate) async fn fill(cx: &Cx, found: Vec<Meta>) -> Result<Vec<Version>, Error> {
    let mut contents: HashMap<RubricVersionId, Arc<Content>> = HashMap::new();
    let mut missing = Vec::new();
    for meta in &found {
        match CACHE.get(&(meta.id(), meta.content_hash.clone())) {
            Some((content, _)) => drop(contents.insert(meta.id(), content)),
            None => missing.push(meta.id()),
        }
    }
    if !missing.is_empty() {
        let published: HashMap<_, _> = found
            .iter()
            .filter(|meta| meta.is_published())
            .map(|meta| (meta.id(), &meta.content_hash))
            .collect();
        for (id, content, bytes) in sql::documents(cx, &missing).await? {
            let content = Arc::new(content);
            if let Some(hash) = published.get(&id) {
                CACHE.insert(
                    (id, (*hash).clone()),
                    (content.clone(), u64::try_from(bytes).unwrap_or(BYTES_MAX)),
                );
            }
            contents.insert(id, content);
        }
    }
    let versions = found.into_iter().filter_map(|meta| {
        let content = contents.get(&meta.id())?.clone();
        Some(meta.with(content))
    });
    Ok(versions.collect::<Result<_, _>>()?)
}
