//! A link for pupils is closed before its time.

use crate::{Error, Link, forks, links, sql};
use kit::RubricLinkId;
use store::Tx;

/// Closes a link at once and for ever. Closing it again changes nothing.
///
/// # Errors
///
/// [`Error::NotFound`] unless the actor made it or is one of the rubric's authors: others do not know that it is there.
pub async fn revoke_link(tx: &Tx, id: RubricLinkId) -> Result<Link, Error> {
    let mut link = links::find_link(tx, id).await?;
    if link.revoked_at.is_none() {
        link.revoked_at = Some(tx.now);
        sql::link::revoke(tx, link.id).await?;
        forks::release(tx, link.id).await?;
    }
    Ok(link)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{self, anna, bo, cilla, code, stranger, write};
    use chrono::TimeDelta;
    use testkit::on_both;

    #[tokio::test(flavor = "multi_thread")]
    async fn its_maker_and_the_rubrics_authors_close_it_once_and_for_ever() {
        on_both(async |db| {
            let rubric = world::at_school(db, 11).await;
            let (bos, annas) = (
                world::linked(db, bo(), 21, rubric.id).await,
                world::linked(db, bo(), 22, rubric.id).await,
            );
            for (case, who) in [("another school", cilla()), ("a stranger", stranger())] {
                let outcome = write(db, who, async |tx: &Tx| revoke_link(tx, bos.id).await).await;
                assert_eq!(code(outcome), "NOT_FOUND", "{case} on {}", db.kind());
            }
            assert!(world::opens(db, &bos).await, "{}", db.kind());

            let close = async |who, link: &Link| {
                let id = link.id;
                write(db, who, async |tx: &Tx| revoke_link(tx, id).await)
                    .await
                    .unwrap()
            };
            let closed = close(bo(), &bos).await;
            assert_eq!(closed.revoked_at, Some(db.cx(bo()).now));
            assert!(!world::opens(db, &bos).await, "{}", db.kind());
            db.clock.pass(TimeDelta::hours(1));
            assert_eq!(close(bo(), &bos).await, closed, "{}: once", db.kind());

            assert!(world::opens(db, &annas).await, "only the one");
            close(anna(), &annas).await;
            assert!(!world::opens(db, &annas).await, "{}", db.kind());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_colleague_at_the_same_school_does_not_know_of_anothers_link() {
        on_both(async |db| {
            let rubric = world::at_school(db, 11).await;
            let annas = world::linked(db, anna(), 21, rubric.id).await;
            let outcome = write(db, bo(), async |tx: &Tx| revoke_link(tx, annas.id).await).await;
            assert_eq!(code(outcome), "NOT_FOUND", "{}", db.kind());
            assert!(world::opens(db, &annas).await);
        })
        .await;
    }
}
