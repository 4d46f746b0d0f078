//! What goes, when, and what stays.

use super::*;
use crate::{
    Change, Restore, SaveDraft, abilities, restore, sample,
    world::{self, anna, write},
};
use chrono::TimeDelta;
use kit::{Actor, Page, RubricVersionId};
use sea_orm::{
    ConnectionTrait,
    sea_query::{Alias, Func},
};
use testkit::{TestDb, id, on_both};

/// What upkeep does: finds, and forgets in the organiser's name. Answers how many rows went.
async fn sweep(db: &TestDb) -> u64 {
    let cx = db.cx(Actor::Anonymous);
    let mut gone = 0;
    for outlived in outlived(&cx, 10).await.unwrap() {
        let house = Actor::System {
            job: "test",
            organiser: outlived.organiser(),
        };
        gone += write(db, house, async |tx: &Tx| {
            forget(tx, outlived.rubric()).await
        })
        .await
        .unwrap();
    }
    gone
}

/// How many rows of every kind speak of the rubric, at whichever organiser.
async fn rows(db: &TestDb, rubric: RubricId) -> Vec<(&'static str, i64)> {
    let cx = db.cx(anna());
    let mut counts = Vec::new();
    for (table, column) in [
        ("rubric", "id"),
        ("rubric_version", "rubric_id"),
        ("rubric_save", "rubric_id"),
        ("reach", "thing_id"),
        ("search", "thing_id"),
        ("facet", "thing_id"),
    ] {
        let select = Query::select()
            .expr_as(Func::count(Expr::col(Alias::new(column))), "n")
            .from(Alias::new(table))
            .and_where(Expr::col(Alias::new(column)).eq(rubric.uuid()))
            .take();
        let row = cx.db().query_one(&select).await.unwrap().unwrap();
        counts.push((table, row.try_get("", "n").unwrap()));
    }
    counts
}

async fn saves(db: &TestDb, rubric: RubricId) -> Vec<RubricVersionId> {
    let page = Page::first(50).unwrap();
    let mut listed = crate::history(&db.cx(anna()), &[rubric], &page)
        .await
        .unwrap();
    let saves = listed.remove(&rubric).map_or(vec![], |saves| saves.items);
    saves.into_iter().map(|(_, save)| save.draft).collect()
}

async fn restored(db: &TestDb, rubric: &Rubric) -> Rubric {
    let ask = Restore {
        rubric: rubric.id,
        version: rubric.version,
    };
    write(db, anna(), async |tx: &Tx| restore(tx, &ask).await)
        .await
        .unwrap()
}

async fn saved(db: &TestDb, rubric: &Rubric, title: &str) -> Rubric {
    let ask = SaveDraft {
        rubric: rubric.id,
        change: Change::Whole {
            version: rubric.version,
            content: sample::titled(title),
        },
    };
    write(db, anna(), async |tx: &Tx| {
        crate::save_draft(tx, &ask).await
    })
    .await
    .unwrap()
    .rubric
}

async fn published(db: &TestDb, rubric: &Rubric) -> Rubric {
    let ask = world::publish_ask(rubric);
    write(db, anna(), async |tx: &Tx| crate::publish(tx, &ask).await)
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_rubric_goes_with_everything_after_thirty_days_and_not_a_moment_before() {
    on_both(async |db| {
        let deleted = world::deleted(db, &world::draft(db, 11).await).await;
        let draft = world::draft(db, 12).await;
        let before = (rows(db, deleted.id).await, rows(db, draft.id).await);
        assert!(before.0.iter().all(|(_, count)| *count > 0), "{before:?}");

        db.clock.pass(RESTORE);
        assert_eq!(sweep(db).await, 0, "{}: it can be brought back", db.kind());
        assert_eq!(rows(db, deleted.id).await, before.0);

        db.clock.pass(TimeDelta::milliseconds(1));
        assert_eq!(
            sweep(db).await,
            3,
            "{}: a rubric, a version, a save",
            db.kind()
        );
        let left = rows(db, deleted.id).await;
        assert!(
            left.iter().all(|(_, count)| *count == 0),
            "{}: {left:?}",
            db.kind()
        );
        assert_eq!(rows(db, draft.id).await, before.1, "{}", db.kind());
        assert_eq!(sweep(db).await, 0, "{}: twice does no harm", db.kind());

        // Its old events are forgotten after seven days: the id is free again.
        db.store.forget_old().await.unwrap();
        let anew = world::draft(db, 11).await;
        assert_eq!(world::stored(db, anew.id).await, anew, "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_id_at_another_organiser_is_left_alone() {
    on_both(async |db| {
        let ask = crate::Create {
            id: id(11),
            unit: world::school(),
            content: sample::everything(),
        };
        write(db, world::stranger(), async |tx: &Tx| {
            crate::create(tx, &ask).await
        })
        .await
        .unwrap();
        let alone = rows(db, id(11)).await;
        world::deleted(db, &world::draft(db, 11).await).await;
        db.clock.pass(RESTORE + TimeDelta::days(1));
        assert_eq!(sweep(db).await, 3, "{}", db.kind());
        assert_eq!(rows(db, id(11)).await, alone, "{}", db.kind());
        assert!(world::seen(db, world::stranger(), id(11)).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn how_a_version_came_to_be_goes_thirty_days_after_its_publication_and_the_version_stays() {
    on_both(async |db| {
        let rubric = world::at_school(db, 11).await;
        db.clock.pass(TimeDelta::days(10));
        let second = published(db, &world::revised(db, &rubric).await).await;
        let third = saved(db, &world::revised(db, &second).await, "Andra ord").await;
        let draft = third.draft.unwrap().version;
        assert_eq!(saves(db, rubric.id).await.len(), 2);

        db.clock.pass(TimeDelta::days(20));
        assert_eq!(sweep(db).await, 0, "{}: the last moment", db.kind());
        db.clock.pass(TimeDelta::milliseconds(1));
        assert_eq!(sweep(db).await, 1, "{}: the first version's", db.kind());
        assert_eq!(
            saves(db, rubric.id).await,
            [draft],
            "{}: its draft's stay",
            db.kind()
        );
        db.clock.pass(TimeDelta::days(400));
        assert_eq!(sweep(db).await, 0, "{}: a draft has no such end", db.kind());

        assert_eq!(world::stored(db, rubric.id).await, third, "{}", db.kind());
        let page = Page::first(9).unwrap();
        let versions = crate::versions(&db.cx(anna()), &[rubric.id], &page)
            .await
            .unwrap();
        assert_eq!(versions[&rubric.id].items.len(), 2, "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_draft_beside_what_is_published_goes_alone() {
    on_both(async |db| {
        let rubric = world::archived(
            db,
            &world::retired(
                db,
                &world::deleted(
                    db,
                    &world::revised(db, &world::at_school(db, 11).await).await,
                )
                .await,
            )
            .await,
        )
        .await;
        db.clock.pass(RESTORE + TimeDelta::milliseconds(1));
        assert_eq!(sweep(db).await, 2, "{}: the draft, and the save", db.kind());
        let left = world::stored(db, rubric.id).await;
        let expected = Rubric {
            deleted: None,
            ..rubric
        };
        assert_eq!(left, expected, "{}: archived as before", db.kind());
        assert!(
            crate::find_version(&db.cx(anna()), left.current.unwrap())
                .await
                .is_ok()
        );
        assert_eq!(sweep(db).await, 0, "{}", db.kind());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_thrown_away_before_another_goes_with_it_and_one_brought_back_stays() {
    on_both(async |db| {
        let rubric = world::at_school(db, 11).await;
        let first = saved(db, &world::revised(db, &rubric).await, "Ett").await;
        let away = world::deleted(db, &first).await;
        let second = saved(db, &world::revised(db, &away).await, "Två").await;
        let back = restored(db, &world::deleted(db, &second).await).await;
        let out = published(db, &back).await;
        db.clock.pass(RESTORE + TimeDelta::milliseconds(1));
        // Three saves (one of each draft, one of the beginning) and the first draft, which nobody can bring back.
        assert_eq!(sweep(db).await, 4, "{}", db.kind());
        assert_eq!(saves(db, rubric.id).await, [], "{}", db.kind());

        // A draft older than the last publication, brought back: it is at work, and no history.
        let kept = saved(db, &world::revised(db, &out).await, "Tre").await;
        let kept_draft = kept.draft.unwrap().version;
        let other = published(
            db,
            &world::revised(db, &world::deleted(db, &kept).await).await,
        )
        .await;
        restored(db, &other).await;
        db.clock.pass(RESTORE + TimeDelta::milliseconds(1));
        assert_eq!(
            outlived(&db.cx(Actor::Anonymous), 10).await.unwrap().len(),
            0
        );
        assert_eq!(saves(db, rubric.id).await, [kept_draft], "{}", db.kind());
        let rubric = world::stored(db, rubric.id).await;
        assert!(abilities(&anna(), &rubric).save, "{}", db.kind());
    })
    .await;
}
