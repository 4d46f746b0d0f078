//! Whose account an administrator helps in.

use crate::{Error, assign_role::may_give_all, policy, sql};
use kit::{AccountId, PersonId};
use store::Cx;

/// The account of a person who is locked out, for an administrator who manages them.
///
/// # Errors
///
/// [`Error::NotFound`], also while the person has not accepted an invitation, and [`Error::NotYours`] or [`Error::RoleAboveYou`]: a
/// link is the whole person, so it takes whoever may give every role of theirs.
pub async fn account_to_help(cx: &Cx, person: PersonId) -> Result<AccountId, Error> {
    let found = sql::person::find(cx, person).await?;
    policy::may_manage(&cx.actor, &found.nodes)?;
    may_give_all(cx, person).await?;
    sql::person::account(cx, person)
        .await?
        .ok_or(Error::NotFound)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::*;
    use crate::{Move, assign_role, link_account, update_person};
    use kit::{Fault, Role};
    use store::Tx;
    use testkit::{id, on_both};

    #[tokio::test(flavor = "multi_thread")]
    async fn nobody_helps_themself_to_a_role_above_their_own() {
        on_both(async |db| {
            let world = World::new(db).await;
            let help = async |by: u128, person: u128| {
                let cx = world.cx(by).await;
                account_to_help(&cx, id(person))
                    .await
                    .map_err(|error| error.code())
            };
            assert_eq!(
                help(AREA_ADMIN, TEACHER).await,
                Err("NOT_FOUND"),
                "{}: not joined",
                db.kind()
            );
            for (person, account) in [(TEACHER, 1), (ADMIN, 2)] {
                let link = async |tx: &Tx| {
                    link_account(tx, world.organiser, id(person), id(account)).await
                };
                store::write(&world.house(), link).await.unwrap();
            }
            assert_eq!(help(AREA_ADMIN, TEACHER).await, Ok(id(1)), "{}", db.kind());
            assert_eq!(
                help(PRINCIPAL, TEACHER).await,
                Err("ORGANISATION_NOT_YOURS")
            );

            // An administrator of the organiser whose home lies in the area, and a teacher who is one from next year on.
            let mut home = change_of(ADMIN, 1);
            home.home = Some(Move {
                unit: id(11),
                from_day: None,
            });
            world
                .by(ADMIN, async |tx| update_person(tx, &home).await)
                .await
                .unwrap();
            assert_eq!(
                help(AREA_ADMIN, ADMIN).await,
                Err("ORGANISATION_NOT_YOURS"),
                "{}",
                db.kind()
            );
            let mut admin = role_of(2, Role::Admin, Some(10));
            admin.from_day = Some(world.today() + chrono::Days::new(365));
            world
                .by(ADMIN, async |tx| assign_role(tx, id(TEACHER), &admin).await)
                .await
                .unwrap();
            assert_eq!(
                help(AREA_ADMIN, TEACHER).await,
                Err("ORGANISATION_ROLE_ABOVE_YOU"),
                "{}",
                db.kind()
            );
            assert_eq!(help(ADMIN, TEACHER).await, Ok(id(1)), "{}", db.kind());
        })
        .await;
    }
}
