//! Colleagues who write in one draft at the same time.

use super::{parts, titled};
use crate::{
    AddAuthor, Author, CriterionPatch, Error, SaveDraft, add_author, sample, save_draft,
    world::{BO, anna, bo, draft_of, person, write},
};
use kit::{CriterionId, Page, RubricId};
use std::collections::BTreeSet;
use store::{Cx, Tx};
use testkit::{id, on_both};

/// How many times each of the two saves.
const EACH: usize = 500;

/// Saves one criterion again and again, and answers what was acknowledged.
async fn write_on(cx: Cx, number: u128, name: &'static str) -> Vec<String> {
    let mut acknowledged = Vec::with_capacity(EACH);
    let mut revision = 1;
    for time in 0..EACH {
        let title = format!("{name} {time}");
        let ask = SaveDraft {
            rubric: id(11),
            change: parts(vec![CriterionPatch {
                id: id(number),
                revision: Some(revision),
                content: Some(titled(number, &title)),
            }]),
        };
        let saved = store::write(&cx, async |tx: &Tx| save_draft(tx, &ask).await).await;
        let saved = saved.unwrap();
        assert_eq!(saved.conflicts, [], "{title}: nobody else writes there");
        revision = saved.rubric.version;
        acknowledged.push(title);
    }
    acknowledged
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_save_different_criteria_a_thousand_times_lose_nothing() {
    on_both(async |db| {
        let mut content = sample::everything();
        content.criteria = vec![sample::criterion(1), sample::criterion(2)];
        let begun = draft_of(db, 11, content).await;
        let ask = AddAuthor {
            rubric: begun.id,
            version: begun.version,
            author: Author::Person(person(BO)),
            fits: true,
        };
        write(db, anna(), async |tx: &Tx| add_author(tx, &ask).await)
            .await
            .unwrap();

        let annas = tokio::spawn(write_on(db.cx(anna()), 1, "Anna"));
        let bos = tokio::spawn(write_on(db.cx(bo()), 2, "Bo"));
        let (annas, bos) = (annas.await.unwrap(), bos.await.unwrap());
        let acknowledged: BTreeSet<_> = annas.iter().chain(&bos).cloned().collect();
        assert_eq!(acknowledged.len(), 2 * EACH);

        let kept = texts_in_history(&db.cx(bo()), begun.id).await;
        let lost: Vec<_> = acknowledged.difference(&kept).collect();
        assert_eq!(lost, Vec::<&String>::new(), "{}", db.kind());

        // And the draft says what each of them said last.
        let cx = db.cx(anna());
        let rubric = crate::find(&cx, begun.id).await.unwrap();
        let draft = crate::find_version(&cx, rubric.draft.unwrap().version).await;
        let draft = draft.unwrap();
        let says = |number: u128| {
            let criterion = id::<CriterionId>(number);
            let mut criteria = draft.content.criteria.iter();
            let found = criteria.find(|one| one.id == criterion).unwrap();
            found.title.sv().unwrap().as_str().to_owned()
        };
        assert_eq!(&says(1), annas.last().unwrap(), "{}", db.kind());
        assert_eq!(&says(2), bos.last().unwrap(), "{}", db.kind());
        assert_eq!(rubric.version, 2 + 2 * i64::try_from(EACH).unwrap());
    })
    .await;
}

/// Every title of a criterion that a save stored.
async fn texts_in_history(cx: &Cx, rubric: RubricId) -> BTreeSet<String> {
    let mut page = Page::first(100).unwrap();
    let mut texts = BTreeSet::new();
    loop {
        let listed = crate::history(cx, &[rubric], &page).await;
        let listed = listed.map_err(|error: Error| error.to_string()).unwrap();
        let saves = listed.into_values().next().unwrap();
        for (_, save) in &saves.items {
            let patched = save.patch.criteria.iter();
            let stored = patched.filter_map(|(_, criterion)| criterion.as_ref());
            texts.extend(stored.map(|one| one.title.sv().unwrap().as_str().to_owned()));
        }
        page.after = saves.items.last().map(|(place, _)| place.clone());
        if !saves.more {
            return texts;
        }
    }
}
