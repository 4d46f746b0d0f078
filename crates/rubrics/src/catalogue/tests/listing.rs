//! Who is shown the catalogue, and how it is searched.

use super::world::{guest, keeper, listed, neighbours_keeper, nils, open, organisers, sees};
use crate::{
    Code, Licence, OpenFilter, RubricKind, list_open, sample,
    world::{self, admin, anna, bo, organiser},
};
use kit::{Actor, Page};
use organisation::{UpdateOrganiser, update_organiser};
use store::{Tx, search::Words};
use testkit::{TestDb, id, on_both};

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::type_complexity, reason = "a table of cases")]
async fn colleagues_and_administrators_are_shown_it_and_guests_are_not() {
    on_both(async |db| {
        let item = open(db, &world::published(db, 11).await).await;
        let cases: &[(&str, fn() -> Actor, bool)] = &[
            ("its author", anna, true),
            ("a colleague", bo, true),
            ("a teacher elsewhere", nils, true),
            ("an administrator of the organiser", keeper, true),
            ("an administrator elsewhere", neighbours_keeper, true),
            ("an administrator of one school", admin, false),
            ("a guest", guest, false),
            ("nobody", || Actor::Anonymous, false),
        ];
        for (case, who, shown) in cases {
            assert_eq!(sees(db, who(), item).await, *shown, "{case} {}", db.kind());
            let cx = db.cx(who());
            let found = crate::find_open(&cx, item).await;
            assert_eq!(found.is_ok(), *shown, "{case} {}", db.kind());
            let unknown = db.cx(who());
            crate::find_open(&unknown, id(999)).await.unwrap_err();
            if !shown {
                let statements = (cx.db().statements(), unknown.db().statements());
                assert_eq!(statements, (1, 1), "{case} {}", db.kind());
            }
        }
    })
    .await;
}

async fn switch(db: &TestDb, organiser: kit::OrganiserId, version: i64, off: bool) {
    let keeper = match organiser {
        it if it == world::organiser() => keeper(),
        _ => neighbours_keeper(),
    };
    let ask = UpdateOrganiser {
        version,
        catalogue_off: Some(off),
        ..Default::default()
    };
    store::write(&db.cx(keeper), async |tx: &Tx| {
        update_organiser(tx, &ask).await
    })
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organiser_that_keeps_out_neither_shows_nor_is_shown() {
    on_both(async |db| {
        organisers(db).await;
        let rubric = world::published(db, 11).await;
        let item = open(db, &rubric).await;
        assert!(sees(db, nils(), item).await);

        switch(db, organiser(), 1, true).await;
        assert!(!sees(db, nils(), item).await, "{}: at once", db.kind());
        assert!(!sees(db, anna(), item).await, "{}", db.kind());
        let off = super::world::standing(db, anna(), rubric.id).await.unwrap();
        assert_eq!(off.state, crate::StandingState::Off);
        switch(db, organiser(), 2, false).await;
        assert!(sees(db, nils(), item).await, "{}: and again", db.kind());

        switch(db, id(super::world::NEIGHBOUR), 1, true).await;
        assert!(!sees(db, nils(), item).await, "{}: nor reads", db.kind());
        assert!(sees(db, bo(), item).await, "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_found_by_swedish_words_and_by_what_it_is_about() {
    on_both(async |db| {
        let mut first = world::checklist("Bedömning av muntliga framföranden");
        first.head.subjects = vec![Code::parse("SV").unwrap()];
        let mut second = world::checklist("Problemlösning");
        second.head.subjects = vec![Code::parse("MA").unwrap()];
        second.head.description = Some(sample::both("Vi talar om bedömning."));
        let mut items = Vec::new();
        for (number, content) in [(11, first), (12, second)] {
            items.push(open(db, &world::published_of(db, number, content).await).await);
        }
        let ids = async |words: &str| {
            let found = listed(db, nils(), words).await;
            found.into_iter().map(|open| open.id).collect::<Vec<_>>()
        };
        // The title counts more.
        assert_eq!(ids("bedömning").await, items, "{}", db.kind());
        assert_eq!(ids("problemlös").await, [items[1]], "{}", db.kind());
        assert_eq!(ids("bedomning").await, [], "å, ä and ö are letters");
        assert_eq!(ids("bedömning problemlösning").await, [items[1]]);
        if db.store.is_postgres() {
            assert_eq!(ids("bedömningar").await, items, "only stemming finds it");
        }

        let page = Page::first(10).unwrap();
        let filtered = async |filter: OpenFilter| {
            let cx = db.cx(nils());
            let found = list_open(&cx, None, &filter, &page).await.unwrap().items;
            found
                .into_iter()
                .map(|(_, open)| open.id)
                .collect::<Vec<_>>()
        };
        let subject = |code: &str| OpenFilter {
            subjects: vec![Code::parse(code).unwrap()],
            ..OpenFilter::default()
        };
        assert_eq!(filtered(subject("MA")).await, [items[1]], "{}", db.kind());
        assert_eq!(filtered(subject("BI")).await, [], "{}", db.kind());
        let both = OpenFilter {
            kinds: vec![RubricKind::Checklist],
            licences: vec![Licence::CcBySa],
            ..OpenFilter::default()
        };
        assert_eq!(filtered(both).await.len(), 2);
        let other = OpenFilter {
            licences: vec![Licence::CcBy],
            ..OpenFilter::default()
        };
        assert_eq!(filtered(other).await, []);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_follow_each_other_and_a_hundred_cost_as_many_statements_as_three() {
    on_both(async |db| {
        for number in 0..100 {
            let title = format!("Matris nummer {number}");
            let content = world::checklist(&title);
            open(db, &world::published_of(db, 1_000 + number, content).await).await;
        }
        for words in [None, Words::parse("matris")] {
            let mut page = Page::first(30).unwrap();
            let mut seen = Vec::new();
            loop {
                let cx = db.cx(nils());
                let filter = OpenFilter::default();
                let found = list_open(&cx, words.as_ref(), &filter, &page)
                    .await
                    .unwrap();
                page.after = found.items.last().map(|(place, _)| place.clone());
                seen.extend(found.items.into_iter().map(|(_, open)| open.id));
                if !found.more {
                    break;
                }
            }
            assert_eq!(seen.len(), 100, "{} {words:?}", db.kind());
            seen.sort_unstable();
            seen.dedup();
            assert_eq!(seen.len(), 100, "{} {words:?}: each once", db.kind());
        }
        let statements = async |first: i64| {
            let cx = db.cx(nils());
            let page = Page::first(first).unwrap();
            let filter = OpenFilter::default();
            list_open(&cx, None, &filter, &page).await.unwrap();
            cx.db().statements()
        };
        let (few, many) = (statements(3).await, statements(100).await);
        assert_eq!(few, many, "{}", db.kind());
    })
    .await;
}
