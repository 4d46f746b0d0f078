//! Files of these tests' own making go in, and what comes out of them is looked at byte by byte.

use super::*;
use crate::{clear, set};
use bytes::Bytes;
use chrono::TimeDelta;
use futures_util::TryStreamExt;
use kit::{Actor, Audience, Fault, FileId, OrganiserId, Role, RubricId};
use store::{Cx, Tx, write};
use tempfile::TempDir;
use testkit::{TestDb, actor, id, on_both};

mod documents;
mod pictures;

const ORGANISER: u128 = 1;

fn anna() -> Actor {
    actor(id(ORGANISER), id(4), &[(Role::Teacher, Some(id(2)))], &[])
}

fn bo() -> Actor {
    actor(id(ORGANISER), id(5), &[(Role::Teacher, Some(id(2)))], &[])
}

/// The same ids at another organiser.
fn stranger() -> Actor {
    actor(id(9), id(4), &[(Role::Teacher, Some(id(2)))], &[])
}

fn guest() -> Actor {
    actor(id(ORGANISER), id(6), &[(Role::Guest, Some(id(2)))], &[])
}

fn shelf() -> (TempDir, Shelf) {
    let folder = tempfile::tempdir().unwrap();
    let shelf = Shelf::in_folder(folder.path()).unwrap();
    (folder, shelf)
}

fn text(number: u128, words: &str) -> Announce {
    let cleaned = clean(words.as_bytes(), &FilesConfig::default()).unwrap();
    Announce {
        id: id(number),
        name: file_name("Text A.txt").unwrap(),
        sent: cleaned.hash.clone(),
        cleaned,
    }
}

/// As the door keeps a file.
async fn keep(cx: &Cx, shelf: &Shelf, ask: &Announce, config: &FilesConfig) -> Result<File, Error> {
    let file = write(cx, async |tx: &Tx| announce(tx, ask, config).await).await?;
    let bytes = Bytes::from(ask.cleaned.bytes.clone());
    shelf.put(cx.organiser(), ask.id, bytes).await?;
    write(cx, async |tx: &Tx| settle(tx, ask.id).await).await?;
    Ok(file)
}

async fn kept(db: &TestDb, shelf: &Shelf, number: u128) -> File {
    let ask = text(number, &format!("Text {number}"));
    keep(&db.cx(anna()), shelf, &ask, &FilesConfig::default())
        .await
        .unwrap()
}

async fn bytes(shelf: &Shelf, organiser: u128, file: FileId) -> Option<Vec<u8>> {
    let pieces = shelf.open(id::<OrganiserId>(organiser), file).await.ok()?;
    let pieces: Vec<Bytes> = pieces.try_collect().await.unwrap();
    Some(pieces.concat())
}

async fn hung(db: &TestDb, who: Actor, file: FileId, on: RubricId) -> Result<File, Error> {
    write(&db.cx(who), async |tx: &Tx| hang(tx, file, on).await).await
}

async fn reaches(db: &TestDb, on: RubricId, audiences: &[Audience]) {
    let audiences = audiences.iter().copied().collect();
    write(&db.cx(anna()), async |tx: &Tx| {
        set(tx, on, tx.now, &audiences).await
    })
    .await
    .unwrap();
}

fn code<T>(outcome: Result<T, Error>) -> &'static str {
    outcome.err().map_or("ok", |error| error.code())
}

async fn sees(db: &TestDb, who: Actor, file: FileId) -> bool {
    match find(&db.cx(who), file).await {
        Ok(_) => true,
        Err(Error::NotFound) => false,
        Err(error) => panic!("{error}"),
    }
}

/// Upkeep, as the server does it; answers how many files went.
async fn upkeep(db: &TestDb, shelf: &Shelf) -> u64 {
    let cx = db.cx(Actor::Anonymous);
    let over = outlived(&cx, 50).await.unwrap();
    take_away(shelf, &over).await.unwrap();
    write(&cx, async |tx: &Tx| forget(tx, &over).await)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn its_owner_sees_it_until_it_hangs_on_a_record_and_then_whoever_sees_that() {
    on_both(async |db| {
        let (_folder, shelf) = shelf();
        let (file, on) = (kept(db, &shelf, 11).await.id, id::<RubricId>(21));
        let seen = async || {
            let mut seen = Vec::new();
            for who in [anna(), bo(), stranger(), Actor::Anonymous] {
                seen.push(sees(db, who, file).await);
            }
            seen
        };
        assert_eq!(seen().await, [true, false, false, false], "{}", db.kind());

        reaches(db, on, &[Audience::Person(id(5))]).await;
        assert_eq!(code(hung(db, bo(), file, on).await), "NOT_FOUND", "not his");
        assert_eq!(code(hung(db, stranger(), file, on).await), "NOT_FOUND");
        hung(db, anna(), file, on).await.unwrap();
        assert_eq!(seen().await, [false, true, false, false], "{}", db.kind());
        let twice = hung(db, anna(), file, id(22)).await;
        assert_eq!(code(twice), "NOT_FOUND", "it hangs on one thing");

        reaches(db, on, &[Audience::Unit(id(2))]).await;
        assert_eq!(seen().await, [true, true, false, false], "{}", db.kind());
        write(&db.cx(anna()), async |tx: &Tx| clear(tx, on).await)
            .await
            .unwrap();
        assert_eq!(seen().await, [false; 4], "{}: narrowed", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_and_an_unknown_file_run_the_same_statements() {
    on_both(async |db| {
        let (_folder, shelf) = shelf();
        let file = kept(db, &shelf, 11).await.id;
        let mut counts = Vec::new();
        for (who, file) in [(bo(), file), (bo(), id(99)), (stranger(), file)] {
            let cx = db.cx(who);
            assert_eq!(code(find(&cx, file).await), "NOT_FOUND");
            counts.push(cx.db().statements());
        }
        assert_eq!(counts, [1, 1, 1], "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_sent_again_is_the_same_and_nobody_elses() {
    on_both(async |db| {
        let (_folder, shelf) = shelf();
        let config = FilesConfig::default();
        let first = kept(db, &shelf, 11).await;
        assert_eq!(kept(db, &shelf, 11).await, first, "{}", db.kind());

        let again = text(11, "Text 11");
        let other = text(11, "Något annat");
        for (case, who, ask) in [
            ("other content", anna(), &other),
            ("another person's", bo(), &again),
        ] {
            let outcome = keep(&db.cx(who), &shelf, ask, &config).await;
            assert_eq!(code(outcome), "ID_TAKEN", "{case} on {}", db.kind());
        }
        let there = bytes(&shelf, ORGANISER, first.id).await;
        assert_eq!(there.unwrap(), b"Text 11", "{}: nothing changed", db.kind());
        // Another organiser's ids are their own.
        let theirs = keep(&db.cx(stranger()), &shelf, &again, &config).await;
        assert_eq!(theirs.unwrap().id, first.id);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn guests_programs_and_who_sent_enough_today_are_refused() {
    on_both(async |db| {
        let (_folder, shelf) = shelf();
        let house = Actor::System {
            job: "test",
            organiser: id(ORGANISER),
        };
        let ask = text(11, "Text 11");
        let small = FilesConfig {
            person_bytes_per_day_max: 10,
            organiser_bytes_per_day_max: 15,
            ..FilesConfig::default()
        };
        for (case, who, expected) in [
            ("a guest", guest(), "FILE_NOT_COLLEAGUE"),
            ("the house", house, "FILE_NOT_COLLEAGUE"),
            ("nobody", Actor::Anonymous, "FILE_NOT_COLLEAGUE"),
        ] {
            let outcome = keep(&db.cx(who), &shelf, &ask, &small).await;
            assert_eq!(code(outcome), expected, "{case} on {}", db.kind());
        }
        let send = async |who, number| {
            let ask = text(number, &format!("Text {number}"));
            code(keep(&db.cx(who), &shelf, &ask, &small).await)
        };
        // Seven bytes each.
        assert_eq!(send(anna(), 11).await, "ok", "{}", db.kind());
        assert_eq!(send(anna(), 12).await, "LIMITED", "{}: hers", db.kind());
        assert_eq!(send(bo(), 13).await, "ok", "{}", db.kind());
        let cilla = actor(id(ORGANISER), id(7), &[(Role::Teacher, Some(id(2)))], &[]);
        assert_eq!(send(cilla, 14).await, "LIMITED", "{}: all", db.kind());
        assert_eq!(send(stranger(), 11).await, "ok", "{}", db.kind());
        assert!(!sees(db, anna(), id(12)).await, "nothing is kept");
        db.clock.pass(TimeDelta::hours(25));
        assert_eq!(send(anna(), 15).await, "ok", "{}: a day later", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_hangs_on_nothing_goes_after_a_day_with_its_bytes() {
    on_both(async |db| {
        let (_folder, shelf) = shelf();
        let config = FilesConfig::default();
        let [unused, used, removed] = [11, 12, 13];
        for number in [unused, used, removed] {
            kept(db, &shelf, number).await;
        }
        // The machine stopped before its bytes came, and before they were settled.
        for number in [14, 15] {
            let ask = text(number, "Halvvägs");
            write(&db.cx(anna()), async |tx: &Tx| {
                announce(tx, &ask, &config).await
            })
            .await
            .unwrap();
        }
        let half = Bytes::from_static(b"Halvv\xc3\xa4gs");
        shelf.put(id(ORGANISER), id(15), half).await.unwrap();
        assert!(!sees(db, anna(), id(15)).await, "not before it is settled");

        let on = id::<RubricId>(21);
        reaches(db, on, &[Audience::Person(id(4))]).await;
        for number in [used, removed] {
            hung(db, anna(), id(number), on).await.unwrap();
        }
        write(&db.cx(anna()), async |tx: &Tx| {
            let_go(tx, id(removed)).await
        })
        .await
        .unwrap();
        assert!(!sees(db, anna(), id(removed)).await, "gone at once");
        let there = async || {
            let mut there = Vec::new();
            for number in 11..=15 {
                there.push(bytes(&shelf, ORGANISER, id(number)).await.is_some());
            }
            there
        };
        assert_eq!(upkeep(db, &shelf).await, 1, "{}: removed", db.kind());
        assert_eq!(there().await, [true, true, false, false, true]);

        db.clock.pass(UNUSED);
        assert!(!sees(db, anna(), id(unused)).await, "{}", db.kind());
        let late = hung(db, anna(), id(unused), on).await;
        assert_eq!(code(late), "NOT_FOUND", "{}: too late", db.kind());
        assert_eq!(upkeep(db, &shelf).await, 0, "{}: not yet", db.kind());
        db.clock.pass(TimeDelta::hours(2));
        assert_eq!(upkeep(db, &shelf).await, 3, "{}", db.kind());
        assert_eq!(there().await, [false, true, false, false, false]);
        assert!(sees(db, anna(), id(used)).await, "{}", db.kind());
        assert_eq!(upkeep(db, &shelf).await, 0, "{}: once", db.kind());
    })
    .await;
}

#[tokio::test]
async fn what_was_written_half_goes_with_the_file() {
    let (folder, shelf) = shelf();
    let file = id::<FileId>(11);
    let put = Bytes::from_static(b"hel");
    shelf.put(id(ORGANISER), file, put).await.unwrap();
    let mut whole = Vec::new();
    let mut folders = vec![folder.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                whole.push(path);
            }
        }
    }
    let [whole] = &whole[..] else {
        panic!("{whole:?}")
    };
    let half = format!("{}#1", whole.display());
    std::fs::write(&half, b"h").unwrap();
    shelf.take_away(id(ORGANISER), file).await.unwrap();
    assert!(!whole.exists() && !std::path::Path::new(&half).exists());
    // And once more does no harm.
    shelf.take_away(id(ORGANISER), file).await.unwrap();
}

#[test]
fn a_file_is_known_by_what_it_holds() {
    let config = FilesConfig::default();
    let cases: &[(&str, &[u8], &str)] = &[
        ("nothing", b"", "FILE_EMPTY"),
        ("white space", b" \n\t", "FILE_EMPTY"),
        (
            "a program",
            b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0",
            "FILE_TYPE",
        ),
        ("a page", b"<!DOCTYPE html><p>hej", "FILE_TYPE"),
        (
            "a drawing",
            b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "FILE_TYPE",
        ),
        ("a script", b"#!/bin/sh\nrm -rf /", "FILE_TYPE"),
        ("a GIF", b"GIF89a\x01\0\x01\0\0\0\0;", "FILE_TYPE"),
        ("an archive", b"PK\x03\x04\x14\0\0\0\0\0\0\0", "FILE_TYPE"),
        ("Latin-1", b"Bed\xf6mning", "FILE_TYPE"),
        ("UTF-16", b"\xff\xfeh\0e\0j\0", "FILE_TYPE"),
        ("a bell in it", b"hej\x07", "FILE_TYPE"),
        (
            "a personal number",
            b"Kalle 811218-9876",
            "FILE_PERSONAL_NUMBER",
        ),
        (
            "a PNG in name alone",
            b"\x89PNG\r\n\x1a\n",
            "FILE_UNREADABLE",
        ),
        ("a PDF in name alone", b"%PDF-1.7\nhej", "FILE_UNREADABLE"),
    ];
    for (case, bytes, expected) in cases {
        assert_eq!(code(clean(bytes, &config)), *expected, "{case}");
    }
    let text = clean("\u{feff}Å, så fint.\r\n".as_bytes(), &config).unwrap();
    assert_eq!(text.media, Media::Text);
    assert_eq!(text.bytes, "Å, så fint.\r\n".as_bytes());
}
