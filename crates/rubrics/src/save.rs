//! A draft is saved, whole or by its parts.

use crate::{
    Conflict, Content, CriterionPatch, Error, HeadPatch, Patch, Rubric, Stage, Version,
    check::{self, Paths},
    events::RubricSaved,
    find, keep, patch, policy, sql,
};
use kit::RubricId;
use store::Tx;

/// Save a draft.
#[derive(Debug, Clone)]
pub struct SaveDraft {
    /// Which rubric's.
    pub rubric: RubricId,
    /// What is to change.
    pub change: Change,
}

/// What a save changes.
#[derive(Debug, Clone)]
pub enum Change {
    /// Everything, by whoever read all of it.
    Whole {
        /// The rubric's `version` as it was read.
        version: i64,
        /// What it is to say.
        content: Content,
    },
    /// Parts, each with the revision that was read: colleagues who write in different criteria do not meet.
    Parts {
        /// The head or the order.
        head: Option<HeadPatch>,
        /// The criteria, at most one patch for each.
        criteria: Vec<CriterionPatch>,
    },
}

/// What became of a save.
#[derive(Debug, Clone, PartialEq)]
pub struct Saved {
    /// The rubric.
    pub rubric: Rubric,
    /// Its draft as it stands now.
    pub draft: Version,
    /// Parts that somebody else saved meanwhile: they were not stored, the others were.
    pub conflicts: Vec<Conflict>,
}

/// Saves a draft. Parts that fit are stored, and every stored word is found in the history afterwards.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::NotYours`], [`Error::NotDraft`] while it is in review or published, [`Error::NotActive`], [`Error::Invalid`] for a
/// content that cannot be kept, [`Error::Stale`] for a whole content that read something older, and [`Error::StaleParts`] when no part fits.
pub async fn save_draft(tx: &Tx, ask: &SaveDraft) -> Result<Saved, Error> {
    let mut rubric = match &ask.change {
        Change::Whole { version, .. } => sql::find_for_update(tx, ask.rubric, *version).await?,
        Change::Parts { .. } => sql::find_locked(tx, ask.rubric).await?,
    };
    policy::may_save(&tx.actor, &rubric)?;
    let before = rubric.clone();
    let mut draft = find::find_version(tx, rubric.open_draft()?.version).await?;
    let next = rubric.version + 1;
    let (content, revisions, conflicts, paths) = match &ask.change {
        Change::Whole { content, .. } => {
            let mut revisions = draft.revisions.clone();
            Patch::between(&draft.content, content).mark(&mut revisions, next);
            (content.clone(), revisions, Vec::new(), Paths::whole("content", content))
        }
        Change::Parts { head, criteria } => {
            let done = patch::apply(&draft.content, &draft.revisions, head.as_ref(), criteria, next);
            let ids: Vec<_> = criteria.iter().map(|patch| patch.id).collect();
            let paths = Paths::patched(&done.content, &ids);
            (done.content, done.revisions, done.conflicts, paths)
        }
    };
    let problems = check::problems_at(&content, Stage::Draft, &paths);
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let patch = Patch::between(&draft.content, &content);
    if patch.is_empty() {
        // Nothing new: what was sent stands there already, or none of it fits.
        return if conflicts.is_empty() { Ok(Saved { rubric, draft, conflicts }) } else { Err(Error::stale_parts(conflicts)) };
    }
    draft.rewrite(content, revisions)?;
    let saved = RubricSaved { rubric: rubric.id, n: rubric.tell(), version: draft.id };
    keep::keep(tx, &before, &mut rubric).await?;
    sql::update_version(tx, &draft).await?;
    sql::insert_save(tx, &draft, rubric.version, &patch).await?;
    if rubric.current.is_none() {
        keep::make_findable(tx, &rubric, &draft.content).await?;
    }
    tx.emit(&saved);
    Ok(Saved { rubric, draft, conflicts })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Conflict, Criterion, RubricKind, history, sample,
        world::{anna, code, draft, stored, told, write},
    };
    use kit::{Fault, Page};
    use store::search::Words;
    use testkit::{TestDb, id, on_both};

    async fn save(db: &TestDb, change: Change) -> Result<Saved, Error> {
        let ask = SaveDraft { rubric: id(11), change };
        write(db, anna(), async |tx: &Tx| save_draft(tx, &ask).await).await
    }

    fn titled(number: u128, title: &str) -> Criterion {
        Criterion { title: sample::both(title), ..sample::criterion(number) }
    }

    fn patch(number: u128, revision: i64, title: &str) -> CriterionPatch {
        CriterionPatch { id: id(number), revision: Some(revision), content: Some(titled(number, title)) }
    }

    fn parts(criteria: Vec<CriterionPatch>) -> Change {
        Change::Parts { head: None, criteria }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_fits_is_stored_and_what_does_not_comes_back_with_both_texts() {
        on_both(async |db| {
            draft(db, 11).await;
            let first = save(db, parts(vec![patch(1, 1, "Först")])).await.unwrap();
            assert_eq!((first.rubric.version, first.conflicts.len()), (2, 0));

            let second = save(db, parts(vec![patch(1, 1, "För sent"), patch(2, 1, "I tid")])).await.unwrap();
            let Conflict::Criterion { id: criterion, index: 0, revision: Some(2), yours: Some(yours), theirs: Some(theirs) } = &second.conflicts[0] else {
                panic!("{:?}", second.conflicts)
            };
            assert_eq!(*criterion, id(1));
            assert_eq!(yours.title, sample::both("För sent"));
            assert_eq!(theirs.title, sample::both("Först"));
            let titles: Vec<_> = second.draft.content.criteria.iter().map(|criterion| criterion.title.clone()).collect();
            assert_eq!(titles, [sample::both("Först"), sample::both("I tid")]);

            let before = stored(db, id(11)).await;
            let refused = save(db, parts(vec![patch(1, 1, "För sent")])).await.unwrap_err();
            assert_eq!(refused.code(), "STALE_VERSION");
            assert_eq!(refused.problems()[0].path, "criteria.0");
            assert!(matches!(&refused, Error::StaleParts { conflicts, .. } if conflicts.len() == 1));
            assert_eq!(stored(db, id(11)).await, before, "{}: nothing may be stored", db.kind());

            let saves = history(&db.cx(anna()), id(11), &Page::first(10).unwrap()).await.unwrap();
            let saved: Vec<_> = saves.items.iter().map(|(_, save)| (save.revision, save.patch.criteria.len())).collect();
            assert_eq!(saved, [(3, 1), (2, 1), (1, 2)], "{}", db.kind());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn criteria_are_added_removed_and_moved_by_parts() {
        on_both(async |db| {
            draft(db, 11).await;
            let add = CriterionPatch { id: id(3), revision: None, content: Some(titled(3, "Nytt")) };
            let saved = save(db, parts(vec![add.clone()])).await.unwrap();
            assert_eq!(patch::order(&saved.draft.content), [id(1), id(2), id(3)]);
            assert_eq!(save(db, parts(vec![add])).await.unwrap(), saved, "sent again, it changes nothing");

            let order = Some(vec![id(3), id(99), id(1)]);
            let head = HeadPatch { revision: 1, head: None, order };
            let saved = save(db, Change::Parts { head: Some(head.clone()), criteria: Vec::new() }).await.unwrap();
            assert_eq!(patch::order(&saved.draft.content), [id(3), id(1), id(2)]);

            let gone = CriterionPatch { id: id(1), revision: Some(1), content: None };
            let saved = save(db, parts(vec![gone])).await.unwrap();
            assert_eq!(patch::order(&saved.draft.content), [id(3), id(2)]);
            let late = save(db, parts(vec![patch(1, 1, "Borttaget")])).await.unwrap_err();
            assert!(matches!(&late, Error::StaleParts { conflicts, .. } if matches!(&conflicts[0], Conflict::Criterion { theirs: None, revision: None, .. })));

            let mut changed = saved.draft.content.head.clone();
            changed.kind = RubricKind::SinglePoint;
            let head = HeadPatch { head: Some(changed), order: None, ..head };
            let late = save(db, Change::Parts { head: Some(head), criteria: Vec::new() }).await;
            assert_eq!(code(late), "STALE_VERSION", "the order was changed meanwhile");
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_content_that_cannot_be_kept_is_refused_with_its_place_in_the_input() {
        on_both(async |db| {
            let before = draft(db, 11).await;
            let heavy = Criterion { weight: 500, ..titled(2, "Tungt") };
            let patches = vec![patch(1, 1, "Bra"), CriterionPatch { id: id(2), revision: Some(1), content: Some(heavy) }];
            let refused = save(db, parts(patches)).await.unwrap_err();
            assert_eq!(refused.code(), "RUBRIC_INVALID");
            let places: Vec<_> = refused.problems().iter().map(|problem| (problem.path.as_str(), problem.code)).collect();
            assert_eq!(places, [("criteria.1.content.weight", "RUBRIC_WEIGHT")]);

            let mut content = sample::everything();
            content.head.description = Some(sample::words("811218-9876"));
            let refused = save(db, Change::Whole { version: 1, content }).await.unwrap_err();
            assert_eq!(refused.problems()[0].path, "content.head.description");
            assert_eq!(stored(db, before.id).await, before, "{}: nothing may be stored", db.kind());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_draft_is_found_by_its_author_by_what_was_saved_last() {
        on_both(async |db| {
            draft(db, 11).await;
            let content = sample::titled("Fotosyntes");
            save(db, Change::Whole { version: 1, content: content.clone() }).await.unwrap();
            let found = async |words: &str| {
                let words = Words::parse(words).unwrap();
                crate::search(&db.cx(anna()), &words, &crate::Filter::default(), &Page::first(5).unwrap()).await.unwrap().items.len()
            };
            assert_eq!((found("fotosyntes").await, found("argumenterande").await), (1, 0), "{}", db.kind());
            assert_eq!(code(save(db, Change::Whole { version: 1, content }).await), "STALE_VERSION");
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn of_sixteen_racing_savers_every_one_is_stored_or_told_and_every_stored_text_is_found() {
        on_both(async |db| {
            draft(db, 11).await;
            let racing = (0..16_i64).map(|number| {
                let cx = db.cx(anna());
                tokio::spawn(async move {
                    // Half of them race for one criterion, the others add one each.
                    let patch = if number % 2 == 0 {
                        patch(1, 1, &format!("Text {number}"))
                    } else {
                        let new = u128::try_from(number).unwrap() + 20;
                        CriterionPatch { id: id(new), revision: None, content: Some(titled(new, &format!("Text {number}"))) }
                    };
                    let ask = SaveDraft { rubric: id(11), change: parts(vec![patch]) };
                    let saved = store::write(&cx, async |tx: &Tx| save_draft(tx, &ask).await).await;
                    (format!("Text {number}"), saved.map(drop))
                })
            });
            let mut acknowledged = Vec::new();
            let mut stale = 0;
            for task in racing.collect::<Vec<_>>() {
                match task.await.unwrap() {
                    (text, Ok(())) => acknowledged.push(text),
                    (_, Err(Error::StaleParts { .. })) => stale += 1,
                    (text, Err(error)) => panic!("{text}: {error}"),
                }
            }
            assert_eq!((acknowledged.len(), stale), (9, 7), "{}", db.kind());
            let saves = history(&db.cx(anna()), id(11), &Page::first(100).unwrap()).await.unwrap();
            assert_eq!(saves.items.len(), 10);
            let kept: Vec<String> = saves.items.iter().flat_map(|(_, save)| &save.patch.criteria).map(|(_, criterion)| criterion.as_ref().unwrap().title.sv().unwrap().to_string()).collect();
            for text in &acknowledged {
                assert!(kept.contains(text), "{}: {text} was acknowledged", db.kind());
            }
            let numbers: Vec<i64> = told(db, id(11)).await.into_iter().map(|(n, _)| n).collect();
            assert_eq!(numbers, (1..=10).collect::<Vec<_>>(), "{}: gapless", db.kind());
        })
        .await;
    }
}
