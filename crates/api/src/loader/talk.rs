//! What is said about rubrics, and what teams suggest, read for many rubrics at once.

use super::{Found, Hanging, Lists, Loaders, Reading};
use crate::answer::error;
use async_graphql::{Error, dataloader::Loader};
use kit::{Fault, Listed, Page, RubricCommentId, RubricId};
use rubrics::{Said, Suggestion, SuggestionFilter, ThreadFilter};
use std::{collections::HashMap, hash::Hash, sync::Arc};
use store::Cx;

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct CommentsOn(RubricId);

impl Loaders {
    /// The threads about a rubric, each by the comment that begins it.
    pub(crate) async fn threads(
        &self,
        rubric: RubricId,
        filter: ThreadFilter,
        page: &Page,
    ) -> Result<Listed<Said>, Error> {
        self.page::<Threads>((rubric, filter), page).await
    }

    /// The answers in a thread about a rubric.
    pub(crate) async fn replies(
        &self,
        rubric: RubricId,
        begins: RubricCommentId,
        page: &Page,
    ) -> Result<Listed<Said>, Error> {
        self.page::<Replies>((rubric, begins), page).await
    }

    /// What the actor's teams suggest for a rubric.
    pub(crate) async fn suggestions(
        &self,
        rubric: RubricId,
        filter: SuggestionFilter,
        page: &Page,
    ) -> Result<Listed<Suggestion>, Error> {
        self.page::<Suggestions>((rubric, filter), page).await
    }

    /// How many comments on a rubric the actor reads.
    pub(crate) async fn comment_count(&self, rubric: RubricId) -> Result<i64, Error> {
        let count = self
            .loader
            .load_one(CommentsOn(rubric))
            .await
            .map_err(|fault| error(&self.cx, &*fault))?;
        Ok(count.unwrap_or_default())
    }
}

/// The rubrics that are asked about in the same way, by that way.
fn by_filter<F: Copy + Eq + Hash>(of: &[(RubricId, F)]) -> HashMap<F, Vec<RubricId>> {
    let mut by: HashMap<F, Vec<RubricId>> = HashMap::new();
    for (rubric, filter) in of {
        by.entry(*filter).or_default().push(*rubric);
    }
    by
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Threads;

impl Hanging for Threads {
    type Of = (RubricId, ThreadFilter);
    type Item = Said;
    type Error = rubrics::Error;

    async fn read(cx: &Cx, of: &[Self::Of], page: &Page) -> Result<Lists<Self>, rubrics::Error> {
        let mut lists = HashMap::new();
        for (filter, rubrics) in by_filter(of) {
            let found = rubrics::threads(cx, &rubrics, filter, page).await?;
            lists.extend(found.into_iter().map(|(of, list)| ((of, filter), list)));
        }
        Ok(lists)
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Replies;

impl Hanging for Replies {
    type Of = (RubricId, RubricCommentId);
    type Item = Said;
    type Error = rubrics::Error;

    async fn read(cx: &Cx, of: &[Self::Of], page: &Page) -> Result<Lists<Self>, rubrics::Error> {
        rubrics::replies(cx, of, page).await
    }
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Suggestions;

impl Hanging for Suggestions {
    type Of = (RubricId, SuggestionFilter);
    type Item = Suggestion;
    type Error = rubrics::Error;

    async fn read(cx: &Cx, of: &[Self::Of], page: &Page) -> Result<Lists<Self>, rubrics::Error> {
        let mut lists = HashMap::new();
        for (filter, rubrics) in by_filter(of) {
            let found = rubrics::suggestions(cx, &rubrics, filter, page).await?;
            lists.extend(found.into_iter().map(|(of, list)| ((of, filter), list)));
        }
        Ok(lists)
    }
}

impl Loader<CommentsOn> for Reading {
    type Value = i64;
    type Error = Arc<dyn Fault>;

    async fn load(&self, keys: &[CommentsOn]) -> Found<CommentsOn, i64> {
        let rubrics: Vec<RubricId> = keys.iter().map(|key| key.0).collect();
        let counts = rubrics::comment_counts(&self.0, &rubrics)
            .await
            .map_err(|fault| Arc::new(fault) as Arc<dyn Fault>)?;
        let counts = counts.into_iter();
        Ok(counts
            .map(|(rubric, count)| (CommentsOn(rubric), count))
            .collect())
    }
}
