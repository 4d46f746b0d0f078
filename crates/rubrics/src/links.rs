//! Reading links for pupils: as the pupils who open one, and as the colleagues who made them.

use crate::{Error, ForPupils, Link, cache, policy, sql};
use chrono::NaiveDate;
use kit::{Actor, Key, Listed, OrganiserId, Page, Position, RubricId, RubricLinkId};
use sea_orm::{
    ColumnTrait, Condition, QueryFilter, QueryOrder,
    sea_query::{Order, Query},
};
use sql::link::Column;
use std::collections::HashMap;
use store::Cx;

/// What an open link shows, to whoever has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// The rubric, in words for pupils.
    pub rubric: ForPupils,
    /// The last day on which the link is good.
    pub ends_on: NaiveDate,
}

/// Opens a link without a sign-in, on `today` at a Swedish school. The organiser comes from the link itself.
///
/// # Errors
///
/// [`Error::NotFound`], alike for a secret that never was, for a link that was closed and for one whose school year is over.
pub async fn by_link(
    cx: &Cx,
    organiser: OrganiserId,
    secret_hash: &[u8],
    today: NaiveDate,
) -> Result<Opened, Error> {
    let cx = cx.acting_as(Actor::System {
        job: "rubric link",
        organiser,
    });
    let link = sql::link::by_secret(&cx, secret_hash)
        .await?
        .filter(|link| link.is_open(today))
        .ok_or(Error::NotFound)?;
    // The link is what makes it visible: it holds its version whatever became of the rubric.
    let select = sql::every_version(&cx).filter(sql::version::Column::Id.eq(link.version.uuid()));
    let version = cache::fill(&cx, sql::meta(&cx, select).await?)
        .await?
        .pop()
        .ok_or(Error::NotFound)?;
    Ok(Opened {
        rubric: ForPupils::of(&version.content),
        ends_on: link.ends_on,
    })
}

/// The links to each of these rubrics that the actor may know of, newest first and in as many statements as of one: those they made, and
/// to an author every one.
///
/// # Errors
///
/// Those of the database. A rubric that the actor may not see is not in the answer, and neither is one without such links.
pub async fn links(
    cx: &Cx,
    rubrics: &[RubricId],
    page: &Page,
) -> Result<HashMap<RubricId, Listed<Link>>, Error> {
    let Some(person) = cx.person() else {
        return Ok(HashMap::new());
    };
    let seen = crate::by_ids(cx, rubrics).await?;
    let every = seen
        .iter()
        .filter(|rubric| policy::sees_every_link(&cx.actor, rubric))
        .map(|rubric| rubric.id);
    let known = Condition::any()
        .add(Column::ById.eq(person.uuid()))
        .add(store::any(cx, Column::RubricId, every));
    let seen = seen.iter().map(|rubric| rubric.id);
    let mut made = Query::select();
    made.column(Column::Id.as_column_ref())
        .from(crate::table::link::Entity)
        .and_where(Column::OrganiserId.eq(cx.organiser().uuid()))
        .and_where(store::any(cx, Column::RubricId, seen))
        .cond_where(known)
        .cond_where(sql::after(page, Column::CreatedAt, Column::Id));
    let order = [(Column::CreatedAt, Order::Desc), (Column::Id, Order::Desc)];
    let size = page.first.and_one();
    let first = store::first_of_each(made, Column::RubricId, &order, size, ["id"]);
    let select = sql::link::all(cx)
        .filter(Column::Id.in_subquery(first))
        .order_by(Column::CreatedAt, Order::Desc)
        .order_by(Column::Id, Order::Desc);
    let links = sql::link::read(cx, select).await?.into_iter();
    let links = links.map(|link| (link.rubric, link));
    Ok(Listed::cut_each(links, page.first, |link| Position {
        key: Key::At(link.created_at),
        id: link.id.uuid(),
    }))
}

/// A link that the actor may know of: their own, also when they no longer see the rubric, or one to a rubric of theirs.
///
/// # Errors
///
/// [`Error::NotFound`] for any other.
pub async fn find_link(cx: &Cx, id: RubricLinkId) -> Result<Link, Error> {
    let select = sql::link::all(cx).filter(Column::Id.eq(id.uuid()));
    let link = sql::link::read(cx, select).await?.pop();
    if let Some(own) = link.as_ref().filter(|link| cx.actor.is(link.by)) {
        return Ok(own.clone());
    }
    // Asked for also when there is no such link, so that what the answer costs tells nobody that there is one.
    let of = link
        .as_ref()
        .map_or(RubricId(id.uuid()), |link| link.rubric);
    let rubric = sql::find(cx, of).await?;
    link.filter(|_| policy::sees_every_link(&cx.actor, &rubric))
        .ok_or(Error::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Scope, sample,
        world::{self, anna, bo, cilla, linked, opens, organiser},
    };
    use testkit::{id, on_both};

    fn all() -> Page {
        Page::first(10).unwrap()
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn whoever_has_it_sees_the_words_for_pupils_whatever_becomes_of_the_rubric() {
        on_both(async |db| {
            let rubric = world::at_school(db, 11).await;
            let link = linked(db, bo(), 21, rubric.id).await;
            let nobody = db.cx(Actor::Anonymous);
            let hash = world::secret_hash(21);
            let opened = by_link(&nobody, organiser(), &hash, link.ends_on).await;
            assert_eq!(
                opened.unwrap().rubric,
                ForPupils::of(&sample::everything()),
                "{}",
                db.kind()
            );
            let rubric = world::shared(db, &rubric, Scope::Private).await.unwrap();
            assert!(opens(db, &link).await, "{}: narrowed", db.kind());
            let rubric = world::retired(db, &rubric).await;
            world::archived(db, &rubric).await;
            assert!(opens(db, &link).await, "{}: archived", db.kind());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_unknown_a_foreign_a_closed_and_an_ended_one_are_alike() {
        on_both(async |db| {
            let rubric = world::at_school(db, 11).await;
            let link = linked(db, bo(), 21, rubric.id).await;
            let closed = linked(db, bo(), 22, rubric.id).await;
            world::write(db, bo(), async |tx: &store::Tx| {
                crate::revoke_link(tx, closed.id).await
            })
            .await
            .unwrap();
            let after = link.ends_on.succ_opt().unwrap();
            let mut counts = Vec::new();
            for (case, organiser, number, day) in [
                ("unknown", organiser(), 99, link.ends_on),
                ("at another organiser", id(9), 21, link.ends_on),
                ("closed", organiser(), 22, link.ends_on),
                ("ended", organiser(), 21, after),
            ] {
                let nobody = db.cx(Actor::Anonymous);
                let hash = world::secret_hash(number);
                let outcome = by_link(&nobody, organiser, &hash, day).await;
                assert!(
                    matches!(outcome, Err(Error::NotFound)),
                    "{case} on {}",
                    db.kind()
                );
                counts.push(nobody.db().statements());
            }
            assert_eq!(counts, [1, 1, 1, 1], "{}", db.kind());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn one_knows_of_ones_own_links_and_an_author_of_all() {
        on_both(async |db| {
            let rubric = world::at_school(db, 11).await;
            let mut made = Vec::new();
            for (number, who) in [(21, bo()), (22, anna()), (23, bo())] {
                db.clock.pass(chrono::TimeDelta::minutes(1));
                made.push(linked(db, who, number, rubric.id).await.id);
            }
            for (case, who, expected) in [
                ("Anna, the author", anna(), vec![made[2], made[1], made[0]]),
                ("Bo", bo(), vec![made[2], made[0]]),
                ("Cilla", cilla(), vec![]),
                ("nobody", Actor::Anonymous, vec![]),
            ] {
                let cx = db.cx(who);
                let seen = links(&cx, &[rubric.id], &all()).await.unwrap();
                let seen = seen
                    .get(&rubric.id)
                    .into_iter()
                    .flat_map(|list| &list.items);
                let seen: Vec<_> = seen.map(|(_, link)| link.id).collect();
                assert_eq!(seen, expected, "{case} on {}", db.kind());
            }
            let two = Page::first(2).unwrap();
            let of_it = [rubric.id];
            let first = links(&db.cx(anna()), &of_it, &two).await.unwrap();
            let first = &first[&rubric.id];
            assert!(first.more);
            let rest = Page {
                after: first.items.last().map(|(place, _)| place.clone()),
                ..two
            };
            let rest = links(&db.cx(anna()), &of_it, &rest).await.unwrap();
            let rest = &rest[&rubric.id];
            assert_eq!((rest.items[0].1.id, rest.more), (made[0], false));
        })
        .await;
    }
}
