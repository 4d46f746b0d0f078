//! What was said long ago goes, and what was said of a draft goes with it.

use super::*;
use chrono::{Months, TimeDelta};

async fn upkeep(db: &TestDb) -> u64 {
    let nobody = db.cx(Actor::Anonymous);
    let outlived = crate::outlived(&nobody, 100).await.unwrap();
    let mut gone = 0;
    for one in outlived {
        let house = Actor::System {
            job: "upkeep",
            organiser: one.organiser(),
        };
        let forget = write(db, house, async |tx: &Tx| {
            crate::forget(tx, one.rubric()).await
        });
        gone += forget.await.unwrap();
    }
    gone
}

/// A day short of two years.
fn nearly(db: &TestDb) -> TimeDelta {
    let now = db.cx(anna()).now;
    now.checked_add_months(Months::new(TALK_MONTHS)).unwrap() - now - TimeDelta::days(1)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_is_kept_for_two_years_and_its_younger_answers_stay_under_a_placeholder() {
    on_both(async |db| {
        let rubric = world::at_school(db, 11).await;
        let old = said(db, bo(), &on(21, rubric.id, "Gammal")).await.unwrap();
        let ask = CommentOn {
            mentions: vec![id(103)],
            ..on(22, rubric.id, "Ensam")
        };
        said(db, bo(), &ask).await.unwrap();
        let step = nearly(db);
        db.clock.pass(step);
        let young = said(db, anna(), &reply(23, &old, "Ung")).await.unwrap();
        // The saves of what was published go meanwhile; the words do not.
        upkeep(db).await;
        let heard = ["Ensam", "Gammal", "> Ung"];
        assert_eq!(hears(db, bo(), rubric.id).await, heard, "{}", db.kind());

        db.clock.pass(TimeDelta::days(2));
        assert_eq!(
            upkeep(db).await,
            2,
            "{}: one went, one lost its words",
            db.kind()
        );
        assert_eq!(
            hears(db, bo(), rubric.id).await,
            ["-", "> Ung"],
            "{}",
            db.kind()
        );
        assert_eq!(
            upkeep(db).await,
            0,
            "{}: a placeholder waits for nothing",
            db.kind()
        );
        let step = nearly(db);
        db.clock.pass(step + TimeDelta::days(2));
        upkeep(db).await;
        assert_eq!(hears(db, bo(), rubric.id).await, [""; 0], "{}", db.kind());
        let gone = find_comment(&db.cx(anna()), young.comment.id).await;
        assert_eq!(code(gone), "NOT_FOUND");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_of_a_draft_goes_with_the_draft_and_with_the_rubric() {
    on_both(async |db| {
        let rubric = world::at_school(db, 11).await;
        said(db, bo(), &on(20, rubric.id, "Stannar")).await.unwrap();
        let revised = world::revised(db, &rubric).await;
        let lone = world::draft(db, 12).await;
        for (number, rubric) in [(21, &revised), (31, &lone)] {
            let ask = CommentOn {
                version: rubric.draft.map(|draft| draft.version),
                mentions: vec![id(BO)],
                ..on(number, rubric.id, "Om utkastet")
            };
            let first = said(db, anna(), &ask).await.unwrap();
            said(db, anna(), &reply(number + 1, &first, "Mer"))
                .await
                .unwrap();
            let stored = world::stored(db, rubric.id).await;
            world::deleted(db, &stored).await;
        }
        db.clock.pass(TimeDelta::days(31));
        upkeep(db).await;
        assert_eq!(
            hears(db, anna(), rubric.id).await,
            ["Stannar"],
            "{}",
            db.kind()
        );
        for number in [21, 22, 31, 32] {
            let gone = find_comment(&db.cx(anna()), id(number)).await;
            assert_eq!(code(gone), "NOT_FOUND", "{number} on {}", db.kind());
        }
        assert!(!world::seen(db, anna(), lone.id).await, "{}", db.kind());
    })
    .await;
}
