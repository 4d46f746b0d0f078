//! Searching finds words in Swedish, and only in what the searcher may see, on both databases.
#![expect(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use chrono::TimeDelta;
use kit::{Actor, Audience, OrganiserId, Role, RubricId};
use store::{
    Error, Scan, Tx,
    search::{Entry, Order, Words, find, put},
    write,
};
use testkit::{TestDb, id, monday, on_both};

const SCAN: Scan<'_> = Scan {
    kind: "rubric",
    facets: &[],
    after: None,
    limit: 20,
};

/// A teacher of the first organiser.
fn anna() -> Actor {
    teacher(id(1))
}

/// A teacher of another organiser.
fn stranger() -> Actor {
    teacher(id(9))
}

fn teacher(organiser: OrganiserId) -> Actor {
    testkit::actor(organiser, id(4), &[(Role::Teacher, Some(id(2)))], &[])
}

fn entry(number: u128, text: &str, facets: &[&str]) -> Entry {
    let (title, body) = text.split_once('|').unwrap_or((text, ""));
    Entry {
        thing: id::<RubricId>(number).into(),
        at: monday() + TimeDelta::seconds(i64::try_from(number).unwrap()),
        title: title.to_owned(),
        body: body.to_owned(),
        facets: facets.iter().map(|facet| (*facet).to_owned()).collect(),
    }
}

async fn keep(db: &TestDb, entries: Vec<Entry>) {
    write(&db.cx(anna()), async |tx: &Tx| {
        for entry in &entries {
            put(tx, entry).await?;
            records::set(
                tx,
                entry.thing,
                entry.at,
                &[Audience::Organiser(id(1))].into(),
            )
            .await?;
        }
        Ok::<_, Error>(())
    })
    .await
    .unwrap();
}

async fn found(db: &TestDb, typed: &str, facets: &[Vec<String>]) -> Vec<u128> {
    let words = Words::parse(typed).unwrap();
    let hits = find(
        &db.cx(anna()),
        &words,
        &Scan { facets, ..SCAN },
        Order::Best,
        None,
    )
    .await
    .unwrap();
    hits.iter().map(|hit| hit.thing_id.as_u128()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn swedish_words_are_found() {
    on_both(async |db| {
        keep(
            db,
            vec![
                entry(1, "Bedömning av samtal", &[]),
                entry(2, "Samtal|om bedömningar i svenska", &[]),
                entry(3, "Mäta och jämföra", &[]),
            ],
        )
        .await;
        let kind = db.kind();
        assert_eq!(
            found(db, "bedömning", &[]).await,
            [1, 2],
            "{kind}: the beginning of a word finds it, and a title comes first"
        );
        assert_eq!(
            found(db, "BEDÖMNING samtal", &[]).await,
            [1, 2],
            "{kind}: every word must occur, in any case"
        );
        assert_eq!(
            found(db, "mata", &[]).await,
            [],
            "{kind}: ä is a letter of its own"
        );
        assert_eq!(found(db, "mäta", &[]).await, [3], "{kind}");
        for injected in [
            "\" OR tenant : \"",
            "bedömning') | 'x",
            "a* NEAR b",
            "title : mäta",
        ] {
            assert!(
                found(db, injected, &[]).await.len() <= 1,
                "{kind}: {injected} is only words"
            );
        }
        if db.store.is_postgres() {
            assert_eq!(
                found(db, "bedömningar", &[]).await,
                [1, 2],
                "only stemming finds the shorter form"
            );
        } else {
            assert_eq!(found(db, "bedömningar", &[]).await, [2]);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_is_filtered_paged_and_blind_to_what_may_not_be_seen() {
    on_both(async |db| {
        let mut entries: Vec<_> = (1..=30)
            .map(|number| entry(number, "Samtal", &["subject:SV", "year:4"]))
            .collect();
        entries.extend((31..=35).map(|number| entry(number, "Samtal", &["subject:MA"])));
        keep(db, entries).await;
        let kind = db.kind();
        let svenska = [
            vec!["subject:SV".to_owned(), "subject:EN".to_owned()],
            vec!["year:4".to_owned()],
        ];
        assert_eq!(
            found(db, "samtal", &[vec!["subject:MA".to_owned()]]).await,
            [35, 34, 33, 32, 31],
            "{kind}"
        );
        let first = found(db, "samtal", &svenska).await;
        assert_eq!(first.len(), 20, "{kind}");

        let words = Words::parse("samtal").unwrap();
        let cx = db.cx(anna());
        let hits = find(
            &cx,
            &words,
            &Scan {
                facets: &svenska,
                ..SCAN
            },
            Order::Best,
            None,
        )
        .await
        .unwrap();
        let rest = find(
            &cx,
            &words,
            &Scan {
                facets: &svenska,
                ..SCAN
            },
            Order::Best,
            hits.last().copied(),
        )
        .await
        .unwrap();
        assert_eq!(
            rest.iter()
                .map(|hit| hit.thing_id.as_u128())
                .collect::<Vec<_>>(),
            (1..=10).rev().collect::<Vec<_>>(),
            "{kind}"
        );

        let foreign = find(&db.cx(stranger()), &words, &SCAN, Order::Best, None)
            .await
            .unwrap();
        assert_eq!(foreign, [], "{kind}: another organiser finds nothing");
    })
    .await;
}
