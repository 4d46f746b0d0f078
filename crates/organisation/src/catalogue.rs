//! What the open catalogue asks of an organisation: who takes part, who answers for it, and whose name stays out.

use crate::{Error, policy, sql};
use kit::{Actor, PersonId};
use sea_orm::sea_query::SimpleExpr;
use store::{Cx, Tx};

/// The condition that the organiser whose id `organiser` gives, an id or a column of them, keeps out of the open catalogue.
///
/// It reads the setting itself, so that switching it holds for everybody at once.
#[must_use]
pub fn catalogue_is_off(organiser: impl Into<SimpleExpr>) -> SimpleExpr {
    sql::organiser::keeps_out(organiser.into())
}

/// Whether the actor is an administrator of the whole organiser.
#[must_use]
pub fn administers(actor: &Actor) -> bool {
    policy::may_manage(actor, &[]).is_ok()
}

/// The people who hold the role of administrator of the whole organiser today.
///
/// # Errors
///
/// Those of the database.
pub async fn administrators(cx: &Cx) -> Result<Vec<PersonId>, Error> {
    let held = sql::role::admins_of_today(cx).await?;
    let mut people: Vec<PersonId> = held.into_iter().map(|held| held.person).collect();
    people.sort_unstable();
    people.dedup();
    Ok(people)
}

/// Whether the identity of one of these people is protected. Whoever sets the marking meanwhile waits for this transaction, or this waits for them.
///
/// # Errors
///
/// Those of the database.
pub async fn protects_any(tx: &Tx, people: &[PersonId]) -> Result<bool, Error> {
    sql::person::protects_any(tx, people).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::*;
    use crate::{UpdatePerson, name_guard, update_person};
    use testkit::{id, on_both};

    #[tokio::test(flavor = "multi_thread")]
    async fn administrators_of_the_whole_organiser_answer_for_it_and_others_do_not() {
        on_both(async |db| {
            let world = World::new(db).await;
            let found = administrators(&world.house()).await.unwrap();
            assert_eq!(found, [id(ADMIN)], "{}", db.kind());
            for (who, answers) in [(ADMIN, true), (AREA_ADMIN, false), (PRINCIPAL, false)] {
                let cx = world.cx(who).await;
                assert_eq!(administers(&cx.actor), answers, "{} {who}", db.kind());
            }
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_protected_person_among_others_is_found() {
        on_both(async |db| {
            let world = World::new(db).await;
            let any = async |people: &[u128]| {
                let people: Vec<PersonId> = people.iter().map(|person| id(*person)).collect();
                world
                    .by(TEACHER, async |tx| protects_any(tx, &people).await)
                    .await
                    .unwrap()
            };
            assert!(!any(&[]).await);
            assert!(!any(&[TEACHER, 999]).await, "{}", db.kind());
            assert!(any(&[TEACHER, PROTECTED]).await, "{}", db.kind());
            world
                .by(ADMIN, async |tx| name_guard(tx, id(ADMIN)).await)
                .await
                .unwrap();
            let marking = UpdatePerson {
                person: id(TEACHER),
                version: 1,
                name: None,
                home: None,
                last_day: None,
                protected: Some(true),
            };
            world
                .by(ADMIN, async |tx| update_person(tx, &marking).await)
                .await
                .unwrap();
            assert!(any(&[TEACHER]).await, "{}: from now on", db.kind());
        })
        .await;
    }
}
