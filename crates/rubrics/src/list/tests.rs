use super::*;
use crate::{
    Content, Scope, sample,
    world::{
        self, ANNA, anna, bo, cilla, person, publish_ask, published_of, shared, stranger, team,
        write,
    },
};
use chrono::TimeDelta;
use kit::Actor;
use store::Tx;
use testkit::{TestDb, id, on_both};

fn first(size: i64) -> Page {
    Page::first(size).unwrap()
}

fn numbers(listed: &Listed<Rubric>) -> Vec<u128> {
    listed
        .items
        .iter()
        .map(|(_, rubric)| rubric.id.uuid().as_u128())
        .collect()
}

async fn listed(db: &TestDb, actor: Actor, filter: Filter) -> Vec<u128> {
    numbers(&list(&db.cx(actor), &filter, &first(50)).await.unwrap())
}

async fn found(db: &TestDb, actor: Actor, words: &str) -> Vec<u128> {
    let words = Words::parse(words).unwrap();
    numbers(
        &search(
            &db.cx(actor),
            &words,
            &Filter::default(),
            Order::Best,
            &first(50),
        )
        .await
        .unwrap(),
    )
}

async fn at_school(db: &TestDb, number: u128, content: Content) -> Rubric {
    let rubric = published_of(db, number, content).await;
    db.clock.pass(TimeDelta::seconds(1));
    shared(db, &rubric, Scope::Unit(world::school()))
        .await
        .unwrap()
}

/// One rubric at every place where it can be listed, all of Anna's.
async fn shelf(db: &TestDb) {
    at_school(db, 11, sample::everything()).await;
    at_school(db, 12, world::checklist("Hemkunskap")).await;
    world::retired(db, &at_school(db, 13, sample::titled("Gammal")).await).await;
    world::draft(db, 14).await;
    world::deleted(db, &world::draft(db, 15).await).await;
    world::archived(
        db,
        &world::retired(db, &at_school(db, 16, sample::titled("Undanlagd")).await).await,
    )
    .await;
    shared(
        db,
        &published_of(db, 17, sample::titled("Lagets")).await,
        Scope::Team(team()),
    )
    .await
    .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_filter_keeps_what_it_names() {
    on_both(async |db| {
        Box::pin(shelf(db)).await;
        let all = Filter::default;
        let codes = sample::codes;
        #[rustfmt::skip]
        let cases: [(&str, Filter, &[u128], &[u128]); 15] = [
            ("nothing", all(), &[17, 14, 12, 11], &[12, 11]),
            ("a subject", Filter { subjects: codes(&["SV"]), ..all() }, &[14, 11], &[11]),
            ("a criterion's subject, or another", Filter { subjects: codes(&["SO", "MA"]), ..all() }, &[14, 11], &[11]),
            ("a subject and a year that do not meet", Filter { subjects: codes(&["SV"]), years: codes(&["1"]), ..all() }, &[], &[]),
            ("a school form", Filter { school_forms: codes(&["GR"]), ..all() }, &[14, 11], &[11]),
            ("a key strategy", Filter { strategies: codes(&["FEEDBACK"]), ..all() }, &[14, 11], &[11]),
            ("a kind", Filter { kinds: vec![RubricKind::Checklist], ..all() }, &[12], &[12]),
            ("a scope", Filter { scopes: vec![ScopeKind::Unit], ..all() }, &[12, 11], &[12, 11]),
            ("an author", Filter { author: Some(person(ANNA)), ..all() }, &[17, 14, 12, 11], &[12, 11]),
            ("a team", Filter { team: Some(team()), ..all() }, &[17], &[]),
            ("a unit", Filter { unit: Some(id(3)), ..all() }, &[], &[]),
            ("mine", Filter { mine: true, ..all() }, &[17, 14, 12, 11], &[]),
            ("what is retired", Filter { states: vec![Listing::Retired], ..all() }, &[13], &[13]),
            ("what is put away or deleted", Filter { states: vec![Listing::Archived, Listing::Deleted], ..all() }, &[15, 16], &[]),
            ("what was published", Filter { published: Some(true), ..all() }, &[17, 12, 11], &[12, 11]),
        ];
        for (case, filter, to_anna, to_bo) in cases {
            let sorted = |mut numbers: Vec<u128>| {
                numbers.sort_unstable();
                numbers
            };
            assert_eq!(
                sorted(listed(db, anna(), filter.clone()).await),
                sorted(to_anna.to_vec()),
                "{case}, to Anna on {}",
                db.kind()
            );
            assert_eq!(
                listed(db, bo(), filter.clone()).await,
                to_bo,
                "{case}, to Bo on {}",
                db.kind()
            );
            assert_eq!(
                listed(db, stranger(), filter).await,
                [],
                "{case}, to another organiser"
            );
        }
        assert_eq!(listed(db, cilla(), all()).await, [17], "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn swedish_is_searched_as_swedes_expect() {
    on_both(async |db| {
        at_school(db, 11, sample::titled("Bedömningar i svenska")).await;
        at_school(db, 12, sample::titled("Bedömning av läsning")).await;
        at_school(db, 13, sample::titled("Lasning av kod")).await;
        at_school(db, 14, sample::titled("Källkritik")).await;
        let both = [12, 11];
        assert_eq!(
            found(db, bo(), "bedömning").await.len(),
            2,
            "{}: the beginning of a word",
            db.kind()
        );
        if db.store.is_postgres() {
            assert_eq!(
                found(db, bo(), "bedömningar").await.len(),
                both.len(),
                "the stem of a word"
            );
        }
        assert_eq!(
            found(db, bo(), "läsning").await,
            [12],
            "{}: ä is a letter",
            db.kind()
        );
        assert_eq!(
            found(db, bo(), "lasning").await,
            [13],
            "{}: and a another",
            db.kind()
        );
        assert_eq!(
            found(db, bo(), "KÄLLKRITIK").await,
            [14],
            "{}: capitals do not matter",
            db.kind()
        );
        assert_eq!(
            found(db, bo(), "bedömning läsning").await,
            [12],
            "{}: all words must occur",
            db.kind()
        );
        assert_eq!(
            found(db, bo(), "resonemanget").await.len(),
            4,
            "{}: levels are searched",
            db.kind()
        );
        assert_eq!(
            found(db, stranger(), "bedömning").await,
            [],
            "{}",
            db.kind()
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn others_find_what_is_published_and_never_the_draft_beside_it() {
    on_both(async |db| {
        let rubric =
            world::revised(db, &at_school(db, 11, sample::titled("Fotosyntes")).await).await;
        let content = sample::titled("Cellandning");
        let ask = crate::SaveDraft {
            rubric: rubric.id,
            change: crate::Change::Whole {
                version: rubric.version,
                content,
            },
        };
        let saved = write(db, anna(), async |tx: &Tx| {
            crate::save_draft(tx, &ask).await
        })
        .await
        .unwrap();
        assert_eq!(
            (
                found(db, bo(), "fotosyntes").await,
                found(db, bo(), "cellandning").await
            ),
            (vec![11], vec![]),
            "{}",
            db.kind()
        );
        write(db, anna(), async |tx: &Tx| {
            crate::publish(tx, &publish_ask(&saved.rubric)).await
        })
        .await
        .unwrap();
        assert_eq!(
            (
                found(db, bo(), "fotosyntes").await,
                found(db, bo(), "cellandning").await
            ),
            (vec![], vec![11]),
            "{}",
            db.kind()
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_join_without_gap_and_cost_the_same_for_three_and_for_a_hundred() {
    on_both(async |db| {
        for number in 0..100 {
            at_school(
                db,
                1_000 + number,
                world::checklist(&format!("Matris {number}")),
            )
            .await;
        }
        let words = Words::parse("matris").unwrap();
        let mut counts = Vec::new();
        for size in [3, 100] {
            let cx = db.cx(bo());
            assert_eq!(
                list(&cx, &Filter::default(), &first(size))
                    .await
                    .unwrap()
                    .items
                    .len(),
                usize::try_from(size).unwrap()
            );
            counts.push(cx.db().statements());
            search(&cx, &words, &Filter::default(), Order::Best, &first(size))
                .await
                .unwrap();
            counts.push(cx.db().statements());
        }
        assert_eq!(counts, [2, 4, 2, 4], "{}", db.kind());

        let cx = db.cx(bo());
        let (mut by_time, mut by_match) = (Vec::new(), Vec::new());
        let (mut page, mut hits) = (first(30), first(30));
        loop {
            let listed = list(&cx, &Filter::default(), &page).await.unwrap();
            by_time.extend(numbers(&listed));
            let Some((place, _)) = listed.items.last().filter(|_| listed.more) else {
                break;
            };
            page.after = Some(place.clone());
        }
        loop {
            let found = search(&cx, &words, &Filter::default(), Order::Best, &hits)
                .await
                .unwrap();
            by_match.extend(numbers(&found));
            let Some((place, _)) = found.items.last().filter(|_| found.more) else {
                break;
            };
            hits.after = Some(place.clone());
        }
        let newest: Vec<u128> = (1_000..1_100).rev().collect();
        assert_eq!(by_time, newest, "{}", db.kind());
        by_match.sort_unstable_by(|a, b| b.cmp(a));
        assert_eq!(by_match, newest, "{}: every match once", db.kind());
    })
    .await;
}
