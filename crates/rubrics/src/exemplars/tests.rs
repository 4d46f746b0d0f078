//! Exemplars on both databases: added by colleagues, read by whoever sees the rubric, moved and taken away.

use super::*;
use crate::{
    Error, MoveUse, Rubric, Scope, abilities, counts, find_version, move_use, uses_of_exemplars,
    world::{
        self, admin, anna, archived, at_school, bo, cilla, code, organiser, person, revised,
        school, stranger, write,
    },
};
use kit::{Actor, FileId, Page, PersonId, Role, RubricExemplarId, Text};
use records::files::{self, Announce, FilesConfig};
use store::Tx;
use testkit::{TestDb, actor, id, on_both};

fn guest() -> Actor {
    actor(
        organiser(),
        person(105),
        &[(Role::Guest, Some(school()))],
        &[],
    )
}

fn page() -> Page {
    Page::first(10).unwrap()
}

/// A text at the first level of the sample's first criterion.
fn ask(number: u128, rubric: &Rubric) -> AddExemplar {
    AddExemplar {
        id: id(number),
        rubric: rubric.id,
        version: None,
        criterion: id(1),
        level: id(1_100),
        why: Text::parse("Tesen är tydlig.").unwrap(),
        sample: Sample::Text(Text::parse("Jag tycker att skolan ska börja senare.").unwrap()),
        anonymised: true,
        preschool: false,
    }
}

async fn added(db: &TestDb, who: Actor, ask: &AddExemplar) -> Result<Exemplar, Error> {
    write(db, who, async |tx: &Tx| add_exemplar(tx, ask).await).await
}

async fn removed(db: &TestDb, who: Actor, exemplar: RubricExemplarId) -> &'static str {
    code(write(db, who, async |tx: &Tx| remove_exemplar(tx, exemplar).await).await)
}

/// A file of somebody's, kept but for its bytes, which this room never sees.
async fn sent(db: &TestDb, who: Actor, number: u128, content: &[u8]) -> FileId {
    let config = FilesConfig::default();
    let cleaned = files::clean(content, &config).unwrap();
    let announced = Announce {
        id: id(number),
        name: None,
        sent: cleaned.hash.clone(),
        cleaned,
    };
    write(db, who, async |tx: &Tx| {
        let file = files::announce(tx, &announced, &config).await?;
        files::settle(tx, file.id).await?;
        Ok(file.id)
    })
    .await
    .unwrap()
}

/// A picture of one point.
const PICTURE: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
    0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a, 0x7e, 0x9b,
    0x55, 0x00, 0x00, 0x00, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x60, 0x00, 0x00, 0x00,
    0x02, 0x00, 0x01, 0x48, 0xaf, 0xa4, 0x71, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae,
    0x42, 0x60, 0x82,
];

async fn listed(db: &TestDb, who: Actor, rubric: &Rubric) -> Vec<RubricExemplarId> {
    let cx = db.cx(who);
    let version = rubric.current.unwrap();
    let of_version = exemplars_of_versions(&cx, &[version], &page()).await;
    let of_version = of_version.unwrap().remove(&version);
    let ids = of_version.into_iter().flat_map(|list| list.items);
    ids.map(|(_, exemplar)| exemplar.id).collect()
}

async fn shows(db: &TestDb, who: Actor, file: FileId) -> bool {
    match files::find(&db.cx(who), file).await {
        Ok(_) => true,
        Err(files::Error::NotFound) => false,
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_team_collects_samples_that_whoever_sees_the_rubric_reads() {
    on_both(async |db| {
        let rubric = at_school(db, 11).await;
        let file = sent(db, bo(), 31, PICTURE).await;
        let first = added(db, anna(), &ask(21, &rubric)).await.unwrap();
        db.clock.pass(chrono::TimeDelta::minutes(1));
        let picture = AddExemplar {
            sample: Sample::File(file),
            ..ask(22, &rubric)
        };
        let second = added(db, bo(), &picture).await.unwrap();
        assert_eq!(Some(second.version), rubric.current);
        let both = [second.id, first.id];
        for (case, who, expected) in [
            ("Anna", anna(), &both[..]),
            ("Bo", bo(), &both),
            ("Cilla, elsewhere", cilla(), &[]),
            ("an administrator", admin(), &[]),
            ("a guest", guest(), &[]),
            ("a stranger", stranger(), &[]),
            ("nobody", Actor::Anonymous, &[]),
        ] {
            let is_seen = !expected.is_empty();
            let place = format!("{case} on {}", db.kind());
            assert_eq!(listed(db, who.clone(), &rubric).await, expected, "{place}");
            assert_eq!(shows(db, who.clone(), file).await, is_seen, "{place}");
            let cx = db.cx(who);
            let of_rubric = exemplars_of_rubrics(&cx, &[rubric.id], &page()).await;
            let of_rubric = of_rubric.unwrap().remove(&rubric.id);
            assert_eq!(
                of_rubric.map_or(0, |list| list.items.len()),
                expected.len(),
                "{place}"
            );
            assert_eq!(find_exemplar(&cx, first.id).await.is_ok(), is_seen);
        }
        let uses = counts(&db.cx(bo()), &[rubric.id]).await.unwrap();
        assert_eq!(uses[&rubric.id].uses, 2, "{}: they are uses", db.kind());

        // Narrowing takes everything away at once; who added one still knows of it, to take it away.
        let narrow = world::shared(db, &rubric, Scope::Private).await.unwrap();
        assert_eq!(listed(db, bo(), &narrow).await, []);
        assert!(!shows(db, bo(), file).await, "{}", db.kind());
        assert!(shows(db, anna(), file).await);
        assert_eq!(
            code(find_exemplar(&db.cx(bo()), first.id).await),
            "NOT_FOUND"
        );
        assert_eq!(removed(db, bo(), second.id).await, "ok", "{}", db.kind());
        // What is put away goes with its rubric.
        let away = archived(db, &world::retired(db, &narrow).await).await;
        assert_eq!(listed(db, anna(), &away).await, [first.id]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
#[expect(clippy::too_many_lines, reason = "a table of cases")]
#[expect(clippy::large_futures, reason = "a test lives through it once")]
async fn refusals() {
    on_both(async |db| {
        let shown = at_school(db, 11).await;
        let draft = world::draft(db, 12).await;
        let private = world::published(db, 13).await;
        let retired = world::retired(db, &at_school(db, 14).await).await;
        let for_guest = world::published(db, 15).await;
        let for_guest = world::shared(db, &for_guest, Scope::People([person(105)].into()))
            .await
            .unwrap();
        let picture = sent(db, bo(), 31, PICTURE).await;
        let hung = sent(db, bo(), 32, "Hänger redan.".as_bytes()).await;
        let held = AddExemplar {
            sample: Sample::File(hung),
            ..ask(20, &shown)
        };
        added(db, bo(), &held).await.unwrap();
        let file = |file| AddExemplar {
            sample: Sample::File(file),
            ..ask(41, &shown)
        };
        let text = |text| AddExemplar {
            sample: Sample::Text(Text::parse(text).unwrap()),
            ..ask(42, &shown)
        };
        let cases = [
            (
                "what one does not see",
                bo(),
                ask(43, &private),
                "NOT_FOUND",
            ),
            ("a stranger's", stranger(), ask(44, &shown), "NOT_FOUND"),
            ("a draft", anna(), ask(45, &draft), "RUBRIC_NOT_PUBLISHED"),
            ("out of use", bo(), ask(46, &retired), "RUBRIC_NOT_ACTIVE"),
            (
                "by a guest",
                guest(),
                ask(47, &for_guest),
                "RUBRIC_NOT_COLLEAGUE",
            ),
            (
                "another rubric's version",
                anna(),
                AddExemplar {
                    version: private.current,
                    ..ask(48, &shown)
                },
                "NOT_FOUND",
            ),
            (
                "a level of another criterion",
                bo(),
                AddExemplar {
                    level: id(1_200),
                    ..ask(49, &shown)
                },
                "RUBRIC_NO_LEVEL",
            ),
            (
                "without the word that nobody is shown",
                bo(),
                AddExemplar {
                    anonymised: false,
                    ..ask(50, &shown)
                },
                "RUBRIC_NOT_ANONYMISED",
            ),
            (
                "a number in the work",
                bo(),
                text("811218-9876 skrev"),
                "RUBRIC_PERSONAL_NUMBER",
            ),
            (
                "a number in the reason",
                bo(),
                AddExemplar {
                    why: Text::parse("Kalle (811218-9876)").unwrap(),
                    ..ask(51, &shown)
                },
                "RUBRIC_PERSONAL_NUMBER",
            ),
            ("somebody else's file", anna(), file(picture), "NOT_FOUND"),
            ("an unknown file", bo(), file(id(99)), "NOT_FOUND"),
            ("a file that hangs already", bo(), file(hung), "NOT_FOUND"),
            (
                "a picture at a preschool",
                bo(),
                AddExemplar {
                    preschool: true,
                    ..file(picture)
                },
                "RUBRIC_PRESCHOOL_IMAGE",
            ),
        ];
        for (case, who, ask, expected) in cases {
            let place = format!("{case} on {}", db.kind());
            let outcome = added(db, who.clone(), &ask).await;
            assert_eq!(code(outcome), expected, "{place}");
            let stored = find_exemplar(&db.cx(who.clone()), ask.id).await;
            assert_eq!(code(stored), "NOT_FOUND", "{place}: nothing is stored");
            // What one is offered is what one may.
            if let Ok(rubric) = crate::find(&db.cx(who.clone()), ask.rubric).await {
                let policy = ["PUBLISHED", "ACTIVE", "COLLEAGUE"];
                let is_policy = policy.iter().any(|part| expected.ends_with(part));
                assert_eq!(abilities(&who, &rubric).add_exemplar, !is_policy, "{place}");
            }
        }
        assert!(shows(db, bo(), picture).await, "the file is still free");
        let text = AddExemplar {
            preschool: true,
            ..ask(60, &shown)
        };
        added(db, bo(), &text).await.unwrap();
        let clash = added(db, anna(), &ask(60, &shown)).await;
        assert_eq!(code(clash), "ID_TAKEN", "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_added_it_and_the_authors_take_it_away_for_good() {
    on_both(async |db| {
        let rubric = at_school(db, 11).await;
        let file = sent(db, bo(), 31, PICTURE).await;
        let picture = AddExemplar {
            sample: Sample::File(file),
            ..ask(21, &rubric)
        };
        let bos = added(db, bo(), &picture).await.unwrap().id;
        let annas = added(db, anna(), &ask(22, &rubric)).await.unwrap().id;
        assert_eq!(removed(db, bo(), annas).await, "RUBRIC_EXEMPLAR_NOT_YOURS");
        for who in [cilla(), stranger(), Actor::Anonymous] {
            assert_eq!(removed(db, who, annas).await, "NOT_FOUND", "{}", db.kind());
        }
        assert_eq!(removed(db, anna(), bos).await, "ok", "an author");
        assert!(!shows(db, bo(), file).await && !shows(db, anna(), file).await);
        assert_eq!(removed(db, anna(), annas).await, "ok", "her own");
        assert_eq!(
            removed(db, anna(), annas).await,
            "NOT_FOUND",
            "it is no more"
        );
        let uses = counts(&db.cx(bo()), &[rubric.id]).await.unwrap();
        assert_eq!(uses[&rubric.id].uses, 0, "{}: nothing is held", db.kind());
        // Upkeep finds the bytes to take away.
        let over = files::outlived(&db.cx(Actor::Anonymous), 10).await.unwrap();
        assert_eq!(over.len(), 1, "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_foreign_and_an_unknown_exemplar_run_the_same_statements() {
    on_both(async |db| {
        let rubric = at_school(db, 11).await;
        let exemplar = added(db, anna(), &ask(21, &rubric)).await.unwrap().id;
        let mut spent = Vec::new();
        for (who, exemplar) in [
            (cilla(), exemplar),
            (cilla(), id(99)),
            (stranger(), exemplar),
        ] {
            let cx = db.cx(who);
            assert_eq!(code(find_exemplar(&cx, exemplar).await), "NOT_FOUND");
            spent.push(cx.db().statements());
        }
        assert_eq!(spent, [1, 1, 1], "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn it_keeps_its_version_until_whoever_added_it_moves_it_to_one_that_has_its_level() {
    on_both(async |db| {
        let rubric = at_school(db, 11).await;
        let kept = added(db, bo(), &ask(21, &rubric)).await.unwrap();
        let second = AddExemplar {
            criterion: id(2),
            level: id(1_200),
            ..ask(22, &rubric)
        };
        let lost = added(db, bo(), &second).await.unwrap();
        let revised = revised(db, &rubric).await;
        let cx = db.cx(anna());
        let draft = find_version(&cx, revised.draft.unwrap().version).await;
        let mut content = (*draft.unwrap().content).clone();
        content.criteria.truncate(1);
        let change = crate::SaveDraft {
            rubric: rubric.id,
            change: crate::Change::Whole {
                version: revised.version,
                content,
            },
        };
        let newer = write(db, anna(), async |tx: &Tx| {
            let saved = crate::save_draft(tx, &change).await?;
            crate::publish(tx, &world::publish_ask(&saved.rubric)).await
        });
        let newer = newer.await.unwrap();
        assert_eq!(
            listed(db, bo(), &newer).await,
            [],
            "{}: it stays",
            db.kind()
        );

        let uses = async |who: Actor| {
            uses_of_exemplars(&db.cx(who), &[kept.id, lost.id])
                .await
                .unwrap()
        };
        assert!(uses(anna()).await.is_empty(), "nobody else's business");
        let uses = uses(bo()).await;
        let moved = async |who: Actor, exemplar: &Exemplar, preview| {
            let ask = MoveUse {
                id: uses[&exemplar.id].id,
                version: newer.current.unwrap(),
                preview,
            };
            code(write(db, who, async |tx: &Tx| move_use(tx, &ask).await).await)
        };
        assert_eq!(moved(anna(), &kept, false).await, "NOT_FOUND");
        assert_eq!(moved(bo(), &kept, true).await, "ok");
        assert_eq!(
            listed(db, bo(), &newer).await,
            [],
            "a preview moves nothing"
        );
        for preview in [true, false] {
            assert_eq!(moved(bo(), &lost, preview).await, "RUBRIC_NO_LEVEL");
        }
        assert_eq!(moved(bo(), &kept, false).await, "ok");
        assert_eq!(listed(db, bo(), &newer).await, [kept.id], "{}", db.kind());
        assert_eq!(listed(db, bo(), &rubric).await, [lost.id]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_ask_adds_one_and_removes_one() {
    on_both(async |db| {
        let rubric = at_school(db, 11).await;
        let ask = ask(21, &rubric);
        let once = |operation, key| store::Once {
            key,
            operation,
            ask: "a".to_owned(),
        };
        let cx = db.cx(bo());
        let mut exemplars = Vec::new();
        for _ in 0..2 {
            let once = once("addExemplar", id(21));
            let sent = store::write_once(&cx, &once, async |tx: &Tx| add_exemplar(tx, &ask).await);
            exemplars.push(sent.await.unwrap());
        }
        assert_eq!(exemplars[0], exemplars[1], "{}", db.kind());
        for _ in 0..2 {
            let once = once("removeExemplar", id(71));
            let sent = store::write_once(&cx, &once, async |tx: &Tx| {
                remove_exemplar(tx, exemplars[0].id).await
            });
            assert_eq!(sent.await.unwrap(), RemovedExemplar(exemplars[0].id));
        }
        let by: PersonId = exemplars[0].by;
        assert!(bo().is(by));
    })
    .await;
}
