//! Reading rubrics and their versions, each by its id. What may not be seen is not there.

use crate::{Error, Rubric, Version, cache, sql};
use kit::{Listed, Page, Position, RubricId, RubricVersionId};
use sea_orm::{
    ColumnTrait, QueryFilter, QueryOrder,
    sea_query::{Order, Query},
};
use std::collections::HashMap;
use store::Cx;

/// A rubric.
///
/// # Errors
///
/// [`Error::NotFound`] if there is none that the actor may see.
pub async fn find(cx: &Cx, id: RubricId) -> Result<Rubric, Error> {
    sql::find(cx, id).await
}

/// Those of these rubrics that the actor may see, in one statement and in no order.
///
/// # Errors
///
/// Those of the database.
pub async fn by_ids(cx: &Cx, ids: &[RubricId]) -> Result<Vec<Rubric>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let rows = sql::visible(cx)
        .filter(store::any(cx, sql::rubric::Column::Id, ids.iter().copied()))
        .all(cx.db())
        .await?;
    Ok(rows
        .into_iter()
        .map(Rubric::try_from)
        .collect::<Result<_, _>>()?)
}

/// A version: any published one of a rubric that the actor may see; a draft for its authors and the reviewer who is asked.
///
/// # Errors
///
/// [`Error::NotFound`] if there is none that the actor may see.
pub async fn find_version(cx: &Cx, id: RubricVersionId) -> Result<Version, Error> {
    versions_by_ids(cx, &[id])
        .await?
        .pop()
        .ok_or(Error::NotFound)
}

/// Those of these versions that the actor may see, in no order: one statement, and one more when contents are not in memory.
///
/// # Errors
///
/// Those of the database.
pub async fn versions_by_ids(cx: &Cx, ids: &[RubricVersionId]) -> Result<Vec<Version>, Error> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let select = sql::versions(cx).filter(store::any(
        cx,
        sql::version::Column::Id,
        ids.iter().copied(),
    ));
    let mut seen = Vec::new();
    for meta in sql::meta(cx, select).await? {
        if meta.may_be_seen(cx)? {
            seen.push(meta);
        }
    }
    cache::fill(cx, seen).await
}

/// The published versions of each of these rubrics, newest first, in as many statements as of one.
///
/// # Errors
///
/// Those of the database. A rubric that the actor may not see is not in the answer, and neither is one without such versions.
pub async fn versions(
    cx: &Cx,
    rubrics: &[RubricId],
    page: &Page,
) -> Result<HashMap<RubricId, Listed<Version>>, Error> {
    use sql::version::{Column, Entity};
    let mut published = Query::select();
    published
        .column(Column::Id.as_column_ref())
        .from(Entity)
        .and_where(Column::OrganiserId.eq(cx.organiser().uuid()))
        .and_where(store::any(cx, Column::RubricId, rubrics.iter().copied()))
        .and_where(Column::State.eq(crate::VersionState::Published.code()))
        .cond_where(sql::after(page, Column::PublishedAt, Column::Id));
    let order = [
        (Column::PublishedAt, Order::Desc),
        (Column::Id, Order::Desc),
    ];
    let first = store::first_of_each(
        published,
        Column::RubricId,
        &order,
        page.first.and_one(),
        ["id"],
    );
    let select = sql::versions(cx)
        .filter(Column::Id.in_subquery(first))
        .order_by(Column::PublishedAt, Order::Desc)
        .order_by(Column::Id, Order::Desc);
    let versions = cache::fill(cx, sql::meta(cx, select).await?).await?;
    let versions = versions
        .into_iter()
        .map(|version| (version.rubric, version));
    Ok(Listed::cut_each(versions, page.first, |version| Position {
        key: kit::Key::At(version.published_at.unwrap_or(version.created_at)),
        id: version.id.uuid(),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Scope,
        world::{self, BO, anna, bo, draft, person, publish_ask, stranger, write},
    };
    use testkit::{id, on_both};

    #[tokio::test(flavor = "multi_thread")]
    async fn a_foreign_an_unseen_and_an_unknown_id_cost_the_same_statements_and_answer_the_same() {
        on_both(async |db| {
            let hidden = draft(db, 11).await;
            let version = hidden.draft.unwrap().version;
            let mut counts = Vec::new();
            for (actor, rubric, version) in [
                (stranger(), hidden.id, version),
                (bo(), hidden.id, version),
                (anna(), id(99), id(99)),
            ] {
                let cx = db.cx(actor);
                assert!(matches!(find(&cx, rubric).await, Err(Error::NotFound)));
                assert!(matches!(
                    find_version(&cx, version).await,
                    Err(Error::NotFound)
                ));
                assert_eq!(by_ids(&cx, &[rubric]).await.unwrap(), []);
                assert_eq!(
                    versions(&cx, &[rubric], &Page::first(5).unwrap())
                        .await
                        .unwrap(),
                    HashMap::new()
                );
                let page = Page::first(5).unwrap();
                let saves = crate::history(&cx, &[rubric], &page).await.unwrap();
                assert_eq!(saves, HashMap::new());
                counts.push(cx.db().statements());
            }
            assert_eq!(counts, [5, 5, 5], "{}", db.kind());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn three_whole_rubrics_cost_as_many_statements_as_a_hundred() {
        on_both(async |db| {
            let mut ids = Vec::new();
            for number in 0..100 {
                // Shared first and published then, so that nothing has read it yet.
                let shared = world::shared(
                    db,
                    &draft(db, 1_000 + number).await,
                    Scope::People([person(BO)].into()),
                )
                .await
                .unwrap();
                write(db, anna(), async |tx: &store::Tx| {
                    crate::publish(tx, &publish_ask(&shared)).await
                })
                .await
                .unwrap();
                ids.push(shared.id);
            }
            let read = async |ids: &[RubricId]| {
                let cx = db.cx(bo());
                let rubrics = by_ids(&cx, ids).await.unwrap();
                let current: Vec<_> = rubrics.iter().filter_map(|rubric| rubric.current).collect();
                let versions = versions_by_ids(&cx, &current).await.unwrap();
                assert_eq!(versions.len(), ids.len(), "{}", db.kind());
                assert!(
                    versions
                        .iter()
                        .all(|version| *version.content == crate::sample::everything())
                );
                cx.db().statements()
            };
            assert_eq!(
                (read(&ids[..3]).await, read(&ids[3..]).await),
                (3, 3),
                "{}: the first time",
                db.kind()
            );
            assert_eq!(
                (read(&ids[..3]).await, read(&ids).await),
                (2, 2),
                "{}: from memory",
                db.kind()
            );

            // Memory answers only after the visibility statement said yes.
            let current = world::stored(db, ids[0]).await.current.unwrap();
            assert!(matches!(
                find_version(&db.cx(stranger()), current).await,
                Err(Error::NotFound)
            ));
        })
        .await;
    }
}
