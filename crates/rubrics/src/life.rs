//! Every verb at every station of a life, by everybody: what is refused, why, and that abilities say the same beforehand.

use crate::{
    Abilities, Archive, Change, DeleteDraft, Error, Restore, Retire, Review, Revise, Rubric,
    SaveDraft, Scope, Share, Submit, Verdict, abilities, archive, delete_draft, publish, restore,
    retire, review, revise, sample, save_draft, share, submit,
    world::{self, ANNA, BO, CILLA, anna, bo, cilla, publish_ask, write},
};
use kit::{Actor, Fault};
use store::Tx;
use testkit::{TestDb, id, on_both};

type Ability = fn(Abilities) -> bool;

const VERBS: [(&str, Ability); 11] = [
    ("save", |can| can.save),
    ("submit", |can| can.submit),
    ("approve", |can| can.review),
    ("return", |can| can.send_back),
    ("publish", |can| can.publish),
    ("revise", |can| can.revise),
    ("retire", |can| can.retire),
    ("archive", |can| can.archive),
    ("share", |can| can.share),
    ("delete", |can| can.delete),
    ("restore", |can| can.restore),
];

/// An attempt that leaves nothing behind, whatever came of it.
struct Tried(Result<(), Error>);

impl From<store::Error> for Tried {
    fn from(error: store::Error) -> Self {
        Self(Err(error.into()))
    }
}

async fn attempt(tx: &Tx, verb: &str, r: &Rubric) -> Result<(), Error> {
    let (rubric, version) = (r.id, r.version);
    match verb {
        "save" => {
            let change = Change::Whole {
                version,
                content: sample::titled("Annat"),
            };
            save_draft(tx, &SaveDraft { rubric, change })
                .await
                .map(drop)
        }
        "submit" => submit(
            tx,
            &Submit {
                rubric,
                version,
                reviewer: id(CILLA),
                reviewer_writes: false,
                preschool: false,
            },
        )
        .await
        .map(drop),
        "approve" => review(
            tx,
            &Review {
                rubric,
                version,
                verdict: Verdict::Approve,
                note: None,
            },
        )
        .await
        .map(drop),
        "return" => review(
            tx,
            &Review {
                rubric,
                version,
                verdict: Verdict::Return,
                note: None,
            },
        )
        .await
        .map(drop),
        "publish" => publish(tx, &publish_ask(r)).await.map(drop),
        "revise" => revise(tx, &Revise { rubric, version }).await.map(drop),
        "retire" => retire(tx, &Retire { rubric, version }).await.map(drop),
        "archive" => archive(tx, &Archive { rubric, version }).await.map(drop),
        "share" => share(
            tx,
            &Share {
                rubric,
                version,
                scope: Scope::Private,
                review_demanded: false,
                undo: crate::world::UNDO,
            },
        )
        .await
        .map(drop),
        "delete" => delete_draft(tx, &DeleteDraft { rubric, version })
            .await
            .map(drop),
        "restore" => restore(tx, &Restore { rubric, version }).await.map(drop),
        other => unreachable!("{other}"),
    }
}

async fn outcomes(db: &TestDb, actor: &Actor, rubric: &Rubric) -> Vec<&'static str> {
    let mut outcomes = Vec::new();
    for (verb, _) in VERBS {
        let tried = store::write(&db.cx(actor.clone()), async |tx: &Tx| {
            Err::<(), _>(Tried(attempt(tx, verb, rubric).await))
        })
        .await;
        outcomes.push(match tried {
            Err(Tried(Err(error))) => error.code().trim_start_matches("RUBRIC_"),
            Err(Tried(Ok(()))) | Ok(()) => "ok",
        });
    }
    outcomes
}

#[tokio::test(flavor = "multi_thread")]
async fn every_verb_at_every_station_is_done_or_refused_for_its_reason() {
    on_both(async |db| {
        let draft = world::draft(db, 11).await;
        let in_review = world::submitted(db, &world::draft(db, 12).await).await;
        let published = world::at_school(db, 13).await;
        let revised = world::revised(db, &world::at_school(db, 14).await).await;
        let retired = world::retired(db, &world::at_school(db, 15).await).await;
        let retired_too = world::retired(db, &world::at_school(db, 16).await).await;
        let archived = Box::pin(world::archived(db, &retired_too)).await;
        let deleted = world::deleted(db, &world::draft(db, 17).await).await;
        let unseen = &["NOT_FOUND"; 11][..];
        let theirs = &["NOT_YOURS", "NOT_YOURS", "NOT_IN_REVIEW", "NOT_IN_REVIEW", "NOT_YOURS", "NOT_YOURS", "NOT_YOURS", "NOT_YOURS", "NOT_YOURS", "NOT_YOURS", "NOT_YOURS"][..];
        #[rustfmt::skip]
        let cases: &[(&str, &Rubric, &[&str], &[&str])] = &[
            // save, submit, approve, return, publish, revise, retire, archive, share, delete, restore: by its author, and by Bo
            ("draft", &draft, &["ok", "ok", "OWN_REVIEW", "NOT_IN_REVIEW", "ok", "HAS_DRAFT", "NOT_PUBLISHED", "NOT_RETIRED", "ok", "ok", "NOTHING_TO_RESTORE"], unseen),
            ("in review", &in_review, &["NOT_DRAFT", "NOT_DRAFT", "OWN_REVIEW", "ok", "NOT_DRAFT", "HAS_DRAFT", "NOT_PUBLISHED", "NOT_RETIRED", "ok", "NOT_DRAFT", "NOTHING_TO_RESTORE"],
                &["NOT_YOURS", "NOT_YOURS", "ok", "ok", "NOT_YOURS", "NOT_YOURS", "NOT_YOURS", "NOT_YOURS", "NOT_YOURS", "NOT_YOURS", "NOT_YOURS"]),
            ("published", &published, &["NOT_DRAFT", "NOT_DRAFT", "OWN_REVIEW", "NOT_IN_REVIEW", "NOT_DRAFT", "ok", "ok", "NOT_RETIRED", "ok", "NOT_DRAFT", "NOTHING_TO_RESTORE"], theirs),
            ("revised", &revised, &["ok", "ok", "OWN_REVIEW", "NOT_IN_REVIEW", "ok", "HAS_DRAFT", "ok", "NOT_RETIRED", "ok", "ok", "NOTHING_TO_RESTORE"], theirs),
            ("retired", &retired, &["NOT_ACTIVE", "NOT_ACTIVE", "OWN_REVIEW", "NOT_ACTIVE", "NOT_ACTIVE", "NOT_ACTIVE", "NOT_ACTIVE", "ok", "ok", "NOT_DRAFT", "NOTHING_TO_RESTORE"],
                &["NOT_YOURS", "NOT_YOURS", "NOT_ACTIVE", "NOT_ACTIVE", "NOT_YOURS", "NOT_YOURS", "NOT_YOURS", "NOT_YOURS", "NOT_YOURS", "NOT_YOURS", "NOT_YOURS"]),
            ("archived", &archived, &["NOT_ACTIVE", "NOT_ACTIVE", "OWN_REVIEW", "NOT_ACTIVE", "NOT_ACTIVE", "NOT_ACTIVE", "NOT_ACTIVE", "NOT_RETIRED", "NOT_ACTIVE", "NOT_ACTIVE", "ok"], unseen),
            ("deleted", &deleted, &["NOT_DRAFT", "NOT_DRAFT", "OWN_REVIEW", "NOT_IN_REVIEW", "NOT_DRAFT", "NOT_PUBLISHED", "NOT_PUBLISHED", "NOT_RETIRED", "NOT_ACTIVE", "NOT_DRAFT", "ok"], unseen),
        ];
        for (station, rubric, by_author, by_bo) in cases {
            for (who, actor, expected) in [
                ("its author", anna(), *by_author),
                ("Bo", bo(), *by_bo),
                ("somebody of another school", cilla(), unseen),
                ("an administrator", world::admin(), unseen),
                ("another organiser", world::stranger(), unseen),
            ] {
                let outcomes = Box::pin(outcomes(db, &actor, rubric)).await;
                assert_eq!(outcomes, expected, "{station}, by {who}, on {}", db.kind());
                if expected != unseen {
                    let can = abilities(&actor, rubric);
                    for ((verb, ability), outcome) in VERBS.iter().zip(&outcomes) {
                        assert_eq!(ability(can), *outcome == "ok", "{station}, {verb} by {who}");
                    }
                }
            }
            assert_eq!(&world::stored(db, rubric.id).await, *rubric, "{station}: nothing may be stored");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_read_an_older_version_changes_nothing() {
    on_both(async |db| {
        let rubric = world::revised(db, &world::at_school(db, 11).await).await;
        let older = Rubric {
            version: rubric.version - 1,
            ..rubric.clone()
        };
        let outcomes = outcomes(db, &anna(), &older).await;
        assert_eq!(outcomes, ["STALE_VERSION"; 11], "{}", db.kind());
        assert_eq!(world::stored(db, rubric.id).await, rubric);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_of_a_life_has_the_next_number() {
    on_both(async |db| {
        let rubric = world::submitted(db, &world::draft(db, 11).await).await;
        let ask = Review {
            rubric: rubric.id,
            version: rubric.version,
            verdict: Verdict::Approve,
            note: None,
        };
        let rubric = write(db, bo(), async |tx: &Tx| review(tx, &ask).await)
            .await
            .unwrap();
        let rubric = world::shared(db, &rubric, Scope::People([world::person(BO)].into()))
            .await
            .unwrap();
        let rubric = world::revised(db, &rubric).await;
        let rubric = world::deleted(db, &rubric).await;
        let rubric = world::archived(db, &world::retired(db, &rubric).await).await;
        let names = [
            "created",
            "review_asked",
            "reviewed",
            "published",
            "gone",
            "shared",
            "revised",
            "draft_deleted",
            "retired",
            "archived",
            "gone",
        ];
        let told = world::told(db, rubric.id).await;
        let expected: Vec<_> = (1..)
            .zip(names)
            .map(|(n, name)| (n, format!("rubric.{name}")))
            .collect();
        assert_eq!(told, expected, "{}", db.kind());
        assert_eq!(rubric.n, 11);
        assert_eq!(rubric.authors, [world::person(ANNA)]);
    })
    .await;
}
