//! Putting notices aside.

use crate::{Error, sql::notice, tell::count};
use kit::NoticeId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use store::Tx;

/// Marks the caller's own notices as read: these, or all when `notices` is `None`. What was read before stays as it was.
///
/// # Errors
///
/// [`Error::NotFound`] when one of them is not in the caller's inbox; then none is marked.
pub async fn mark_read(tx: &Tx, notices: Option<&[NoticeId]>) -> Result<(), Error> {
    let person = tx.person().ok_or(Error::NotFound)?;
    let mut which = sea_orm::Condition::all()
        .add(notice::Column::OrganiserId.eq(tx.organiser().uuid()))
        .add(notice::Column::PersonId.eq(person.uuid()));
    if let Some(notices) = notices {
        let found = notice::Entity::find()
            .filter(
                which
                    .clone()
                    .add(store::any(tx, notice::Column::Id, notices.iter().copied())),
            )
            .all(tx.db())
            .await?;
        if notices
            .iter()
            .any(|id| !found.iter().any(|row| row.id == id.uuid()))
        {
            return Err(Error::NotFound);
        }
        which = which.add(store::any(tx, notice::Column::Id, notices.iter().copied()));
    }
    let marked = notice::Entity::update_many()
        .col_expr(notice::Column::ReadAt, Expr::value(tx.now))
        .filter(which.add(notice::Column::ReadAt.is_null()))
        .exec(tx.db())
        .await?;
    if marked.rows_affected > 0 {
        count(tx, person).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cause, Filter, Kind, inbox, tell, unread};
    use kit::{Page, PersonId, Role, RubricId};
    use store::write;
    use testkit::{TestDb, actor, id, on_both};
    use uuid::Uuid;

    async fn told(db: &TestDb, cause: u128, people: &[PersonId]) {
        let house = kit::Actor::System {
            job: "test",
            organiser: id(1),
        };
        let subject = id::<RubricId>(50).into();
        let cause = Cause {
            id: Uuid::from_u128(cause),
            kind: Kind::Shared,
            subject,
        };
        write(&db.cx(house), async |tx: &Tx| tell(tx, cause, people).await)
            .await
            .unwrap();
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_inbox_is_its_owners_alone_and_one_cause_tells_once() {
        on_both(async |db| {
            let (anna, bo) = (id::<PersonId>(4), id::<PersonId>(5));
            let cx = |person| db.cx(actor(id(1), person, &[(Role::Teacher, None)], &[]));
            told(db, 1, &[anna, bo]).await;
            told(db, 1, &[anna]).await;
            told(db, 2, &[anna]).await;

            let page = Page::first(10).unwrap();
            let mine = inbox(&cx(anna), Filter::default(), &page).await.unwrap();
            assert_eq!(
                (mine.items.len(), unread(&cx(bo)).await.unwrap()),
                (2, 1),
                "{}",
                db.kind()
            );

            let notices: Vec<_> = mine.items.iter().map(|(_, notice)| notice.id).collect();
            let of_another =
                write(&cx(bo), async |tx: &Tx| mark_read(tx, Some(&notices)).await).await;
            assert!(matches!(of_another, Err(Error::NotFound)), "{}", db.kind());
            assert_eq!(
                unread(&cx(bo)).await.unwrap(),
                1,
                "{}: a refusal marks nothing",
                db.kind()
            );

            write(&cx(anna), async |tx: &Tx| {
                mark_read(tx, Some(&notices[..1])).await
            })
            .await
            .unwrap();
            assert_eq!(unread(&cx(anna)).await.unwrap(), 1, "{}", db.kind());
            write(&cx(anna), async |tx: &Tx| mark_read(tx, None).await)
                .await
                .unwrap();
            let left = inbox(&cx(anna), Filter { unread: true }, &page)
                .await
                .unwrap();
            assert_eq!(left.items, [], "{}", db.kind());
            assert_eq!(unread(&cx(bo)).await.unwrap(), 1, "{}", db.kind());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_inbox_is_paged_without_gap_or_repeat() {
        on_both(async |db| {
            let anna = id::<PersonId>(4);
            for cause in 1..=7 {
                told(db, cause, &[anna]).await;
            }
            let cx = db.cx(actor(id(1), anna, &[(Role::Teacher, None)], &[]));
            let mut page = Page::first(3).unwrap();
            let mut seen = Vec::new();
            loop {
                let listed = inbox(&cx, Filter::default(), &page).await.unwrap();
                seen.extend(listed.items.iter().map(|(_, notice)| notice.id));
                page.after = listed.items.last().map(|(place, _)| place.clone());
                if !listed.more {
                    break;
                }
            }
            let mut unique = seen.clone();
            unique.sort_unstable();
            unique.dedup();
            assert_eq!((seen.len(), unique.len()), (7, 7), "{}", db.kind());
        })
        .await;
    }
}
