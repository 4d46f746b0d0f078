mod together;

use super::*;
use crate::{
    Conflict, Criterion, RubricKind, history, sample,
    world::{anna, code, draft, stored, told, write},
};
use kit::{Fault, Page};
use store::search::Words;
use testkit::{TestDb, id, on_both};

async fn save(db: &TestDb, change: Change) -> Result<Saved, Error> {
    let ask = SaveDraft {
        rubric: id(11),
        change,
    };
    write(db, anna(), async |tx: &Tx| save_draft(tx, &ask).await).await
}

fn titled(number: u128, title: &str) -> Criterion {
    Criterion {
        title: sample::both(title),
        ..sample::criterion(number)
    }
}

fn patch(number: u128, revision: i64, title: &str) -> CriterionPatch {
    CriterionPatch {
        id: id(number),
        revision: Some(revision),
        content: Some(titled(number, title)),
    }
}

fn parts(criteria: Vec<CriterionPatch>) -> Change {
    Change::Parts {
        head: None,
        criteria,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fits_is_stored_and_what_does_not_comes_back_with_both_texts() {
    on_both(async |db| {
        draft(db, 11).await;
        let first = save(db, parts(vec![patch(1, 1, "Först")])).await.unwrap();
        assert_eq!((first.rubric.version, first.conflicts.len()), (2, 0));

        let second = save(
            db,
            parts(vec![patch(1, 1, "För sent"), patch(2, 1, "I tid")]),
        )
        .await
        .unwrap();
        let Conflict::Criterion {
            id: criterion,
            index: 0,
            revision: Some(2),
            yours: Some(yours),
            theirs: Some(theirs),
        } = &second.conflicts[0]
        else {
            panic!("{:?}", second.conflicts)
        };
        assert_eq!(*criterion, id(1));
        assert_eq!(yours.title, sample::both("För sent"));
        assert_eq!(theirs.title, sample::both("Först"));
        let titles: Vec<_> = second
            .draft
            .content
            .criteria
            .iter()
            .map(|criterion| criterion.title.clone())
            .collect();
        assert_eq!(titles, [sample::both("Först"), sample::both("I tid")]);

        let before = stored(db, id(11)).await;
        let refused = save(db, parts(vec![patch(1, 1, "För sent")]))
            .await
            .unwrap_err();
        assert_eq!(refused.code(), "STALE_VERSION");
        assert_eq!(refused.problems()[0].path, "criteria.0");
        assert!(matches!(&refused, Error::StaleParts { conflicts, .. } if conflicts.len() == 1));
        assert_eq!(
            stored(db, id(11)).await,
            before,
            "{}: nothing may be stored",
            db.kind()
        );

        let saves = history(&db.cx(anna()), &[id(11)], &Page::first(10).unwrap())
            .await
            .unwrap()
            .remove(&id(11))
            .unwrap();
        let saved: Vec<_> = saves
            .items
            .iter()
            .map(|(_, save)| (save.revision, save.patch.criteria.len()))
            .collect();
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
        let heavy = Criterion {
            weight: 500,
            ..titled(2, "Tungt")
        };
        let patches = vec![
            patch(1, 1, "Bra"),
            CriterionPatch {
                id: id(2),
                revision: Some(1),
                content: Some(heavy),
            },
        ];
        let refused = save(db, parts(patches)).await.unwrap_err();
        assert_eq!(refused.code(), "RUBRIC_INVALID");
        let places: Vec<_> = refused
            .problems()
            .iter()
            .map(|problem| (problem.path.as_str(), problem.code))
            .collect();
        assert_eq!(places, [("criteria.1.content.weight", "RUBRIC_WEIGHT")]);

        let mut content = sample::everything();
        content.head.description = Some(sample::words("811218-9876"));
        let refused = save(
            db,
            Change::Whole {
                version: 1,
                content,
            },
        )
        .await
        .unwrap_err();
        assert_eq!(refused.problems()[0].path, "content.description");
        assert_eq!(
            stored(db, before.id).await,
            before,
            "{}: nothing may be stored",
            db.kind()
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_found_by_its_author_by_what_was_saved_last() {
    on_both(async |db| {
        draft(db, 11).await;
        let content = sample::titled("Fotosyntes");
        save(
            db,
            Change::Whole {
                version: 1,
                content: content.clone(),
            },
        )
        .await
        .unwrap();
        let found = async |words: &str| {
            let words = Words::parse(words).unwrap();
            crate::search(
                &db.cx(anna()),
                &words,
                &crate::Filter::default(),
                store::search::Order::Best,
                &Page::first(5).unwrap(),
            )
            .await
            .unwrap()
            .items
            .len()
        };
        assert_eq!(
            (found("fotosyntes").await, found("argumenterande").await),
            (1, 0),
            "{}",
            db.kind()
        );
        assert_eq!(
            code(
                save(
                    db,
                    Change::Whole {
                        version: 1,
                        content
                    }
                )
                .await
            ),
            "STALE_VERSION"
        );
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
                    CriterionPatch {
                        id: id(new),
                        revision: None,
                        content: Some(titled(new, &format!("Text {number}"))),
                    }
                };
                let ask = SaveDraft {
                    rubric: id(11),
                    change: parts(vec![patch]),
                };
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
        let saves = history(&db.cx(anna()), &[id(11)], &Page::first(100).unwrap())
            .await
            .unwrap()
            .remove(&id(11))
            .unwrap();
        assert_eq!(saves.items.len(), 10);
        let kept: Vec<String> = saves
            .items
            .iter()
            .flat_map(|(_, save)| &save.patch.criteria)
            .map(|(_, criterion)| criterion.as_ref().unwrap().title.sv().unwrap().to_string())
            .collect();
        for text in &acknowledged {
            assert!(
                kept.contains(text),
                "{}: {text} was acknowledged",
                db.kind()
            );
        }
        let numbers: Vec<i64> = told(db, id(11)).await.into_iter().map(|(n, _)| n).collect();
        assert_eq!(
            numbers,
            (1..=10).collect::<Vec<_>>(),
            "{}: gapless",
            db.kind()
        );
    })
    .await;
}
