//! What is gone for good is in no inbox any more.

use crate::{Error, sql::notice, tell::count};
use kit::{PersonId, Thing};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};
use store::Tx;
use uuid::Uuid;

/// Takes every notice about `subject` out of its recipient's inbox, and tells whoever listens. Done twice it does no harm.
pub(crate) async fn forget(tx: &Tx, subject: Thing) -> Result<(), Error> {
    let about = Condition::all()
        .add(notice::Column::OrganiserId.eq(tx.organiser().uuid()))
        .add(notice::Column::SubjectId.eq(subject.id))
        .add(notice::Column::SubjectKind.eq(subject.prefix));
    let people: Vec<Uuid> = notice::Entity::find()
        .select_only()
        .column(notice::Column::PersonId)
        .distinct()
        .filter(about.clone())
        .into_tuple()
        .all(tx.db())
        .await?;
    notice::Entity::delete_many()
        .filter(about)
        .exec(tx.db())
        .await?;
    for person in people {
        count(tx, PersonId(person)).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cause, Filter, Kind, inbox, number, tell};
    use kit::{Page, RubricId, Thing};
    use testkit::{actor, id, on_both};

    #[tokio::test(flavor = "multi_thread")]
    async fn notices_of_what_is_gone_leave_every_inbox_and_no_other_notice_does() {
        on_both(async |db| {
            let house = kit::Actor::System {
                job: "test",
                organiser: id(1),
            };
            let (anna, bo) = (id::<PersonId>(4), id::<PersonId>(5));
            let (gone, stays): (Thing, Thing) =
                (id::<RubricId>(50).into(), id::<RubricId>(51).into());
            store::write(&db.cx(house.clone()), async |tx: &Tx| {
                for (cause, subject, people) in [
                    (1, gone, &[anna, bo][..]),
                    (2, gone, &[anna]),
                    (3, stays, &[anna]),
                ] {
                    let cause = Cause {
                        id: Uuid::from_u128(cause),
                        kind: Kind::Shared,
                        subject,
                    };
                    tell(tx, cause, people).await?;
                }
                Ok::<_, Error>(())
            })
            .await
            .unwrap();
            for _ in 0..2 {
                store::write(&db.cx(house.clone()), async |tx: &Tx| {
                    forget(tx, gone).await
                })
                .await
                .unwrap();
            }
            let page = Page::first(10).unwrap();
            for (person, left, n) in [(anna, vec![stays], 4), (bo, vec![], 2)] {
                let cx = db.cx(actor(id(1), person, &[], &[]));
                let listed = inbox(&cx, Filter::default(), &page).await.unwrap();
                let subjects: Vec<_> = listed
                    .items
                    .iter()
                    .map(|(_, notice)| notice.subject)
                    .collect();
                assert_eq!(subjects, left, "{}", db.kind());
                assert_eq!(number(&cx).await.unwrap(), n, "{}: told once", db.kind());
            }
        })
        .await;
    }
}
