//! How far rubrics have come: kept as it happens, and what lists order by.

use super::*;
use crate::{
    CountOrder, Counts, Filter, VersionState, consumers, list_by_count, search,
    sql::version,
    world::{linked, shared},
};
use CountOrder::{Adapted, Used};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use store::{
    Consumers, Cx,
    search::{Order, Words},
};
use table::{fork as forks, held};
use testkit::on_both_with;

/// Counted anew from what is there.
async fn recounted(cx: &Cx, rubric: RubricId) -> Counts {
    let whole = |many: u64| i64::try_from(many).unwrap();
    let (organiser, id) = (cx.organiser().uuid(), rubric.uuid());
    let versions = version::Entity::find()
        .filter(version::Column::OrganiserId.eq(organiser))
        .filter(version::Column::RubricId.eq(id))
        .filter(version::Column::State.eq(VersionState::Published.code()));
    let forked = forks::Entity::find()
        .filter(forks::Column::OrganiserId.eq(organiser))
        .filter(forks::Column::OriginId.eq(id));
    let uses = held::Entity::find()
        .filter(held::Column::OrganiserId.eq(organiser))
        .filter(held::Column::RubricId.eq(id));
    Counts {
        versions: whole(versions.count(cx.db()).await.unwrap()),
        forks: whole(forked.count(cx.db()).await.unwrap()),
        uses: whole(uses.count(cx.db()).await.unwrap()),
    }
}

async fn kept(cx: &Cx, rubric: RubricId) -> Counts {
    let counts = counts(cx, &[rubric]).await.unwrap();
    assert_eq!(counts[&rubric], recounted(cx, rubric).await, "{rubric}");
    counts[&rubric]
}

const fn counted(versions: i64, forks: i64, uses: i64) -> Counts {
    Counts {
        versions,
        forks,
        uses,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_counted_as_it_happens_is_what_a_recount_finds() {
    on_both(async |db| {
        let cx = db.cx(anna());
        let origin = origin_of(db, 11).await;
        assert_eq!(kept(&cx, origin.id).await, counted(1, 0, 0));
        next(db, origin.id, |c| describe(c, 0, "nytt")).await;
        assert_eq!(kept(&cx, origin.id).await, counted(2, 0, 0));
        let fork = forked(db, bo(), 21, origin.id).await.unwrap();
        assert_eq!(kept(&cx, origin.id).await, counted(2, 1, 1));
        assert_eq!(kept(&cx, fork.id).await, counted(0, 0, 0));
        let link = linked(db, bo(), 31, origin.id).await;
        assert_eq!(kept(&cx, origin.id).await, counted(2, 1, 2));
        for _ in 0..2 {
            let close = async |tx: &Tx| crate::revoke_link(tx, link.id).await;
            let _ = write(db, bo(), close).await;
            assert_eq!(kept(&cx, origin.id).await, counted(2, 1, 1));
        }
        // A fork that is refused counts nothing.
        assert!(forked(db, bo(), 21, origin.id).await.is_err());
        assert_eq!(kept(&cx, origin.id).await, counted(2, 1, 1));
        // A fork that is gone for good is none any more.
        let ask = crate::DeleteDraft {
            rubric: fork.id,
            version: fork.version,
        };
        write(db, bo(), async |tx: &Tx| {
            crate::delete_draft(tx, &ask).await
        })
        .await
        .unwrap();
        db.clock.pass(chrono::TimeDelta::days(31));
        let house = Actor::System {
            job: "test",
            organiser: organiser(),
        };
        let gone = write(db, house, async |tx: &Tx| crate::forget(tx, fork.id).await);
        assert!(gone.await.unwrap() > 0, "{}", db.kind());
        assert_eq!(kept(&cx, origin.id).await, counted(2, 0, 0));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_library_is_ordered_by_what_came_far_and_shows_nobody_more_than_they_see() {
    on_both_with(&Consumers(consumers()), async |db| {
        let (twice, once, never) = (
            origin_of(db, 11).await,
            origin_of(db, 12).await,
            origin_of(db, 13).await,
        );
        for (number, origin) in [(21, &twice), (22, &once), (23, &twice)] {
            forked(db, bo(), number, origin.id).await.unwrap();
        }
        linked(db, bo(), 31, once.id).await;
        linked(db, bo(), 32, once.id).await;
        db.store.work_until_idle().await.unwrap();
        let in_order = async |who: Actor, order, page: &Page| {
            list_by_count(&db.cx(who), &Filter::default(), order, page)
                .await
                .unwrap()
        };
        let ids = async |who: Actor, order| {
            let page = Page::first(50).unwrap();
            let items = in_order(who, order, &page).await.items;
            items
                .into_iter()
                .map(|(_, rubric)| rubric.id)
                .collect::<Vec<_>>()
        };
        assert_eq!(
            ids(bo(), Adapted).await,
            [twice.id, once.id],
            "{}",
            db.kind()
        );
        assert_eq!(ids(bo(), Used).await, [once.id, twice.id], "{}", db.kind());
        assert!(ids(stranger(), Adapted).await.is_empty(), "{}", db.kind());

        let page = Page::first(1).unwrap();
        let first = in_order(bo(), Used, &page).await;
        assert!(first.more);
        let page = Page {
            after: first.items.last().map(|(place, _)| place.clone()),
            ..page
        };
        let second = in_order(bo(), Used, &page).await;
        assert_eq!(second.items[0].1.id, twice.id, "{}", db.kind());
        assert!(!second.more, "{}", db.kind());

        let words = Words::parse("tre kriterier").unwrap();
        let found = async |order: CountOrder| {
            let page = Page::first(50).unwrap();
            let order = Order::Heaviest(order.kind());
            let found = search(&db.cx(bo()), &words, &Filter::default(), order, &page).await;
            let ids = found.unwrap().items;
            // Bo's own forks say the same words, and weigh nothing.
            ids.into_iter()
                .map(|(_, rubric)| rubric.id)
                .filter(|id| [twice.id, once.id, never.id].contains(id))
                .collect::<Vec<_>>()
        };
        assert_eq!(found(Adapted).await, [twice.id, once.id, never.id]);
        assert_eq!(found(Used).await, [once.id, twice.id, never.id]);

        // Narrowing takes effect before anybody is told.
        shared(db, &world::stored(db, once.id).await, Scope::Private)
            .await
            .unwrap();
        assert_eq!(ids(bo(), Used).await, [twice.id], "{}", db.kind());
        assert_eq!(
            ids(anna(), Used).await,
            [once.id, twice.id],
            "{}",
            db.kind()
        );
        // Seen again, a moment later.
        let narrowed = world::stored(db, once.id).await;
        let ask = crate::UndoShare {
            rubric: narrowed.id,
            version: narrowed.version,
            review_demanded: false,
        };
        write(db, anna(), async |tx: &Tx| {
            crate::undo_share(tx, &ask).await
        })
        .await
        .unwrap();
        db.store.work_until_idle().await.unwrap();
        assert_eq!(ids(bo(), Used).await, [once.id, twice.id], "{}", db.kind());
    })
    .await;
}
