use crate::{Error, events::GuardChanged, policy, sql};
use kit::{PersonId, Role};
use store::Tx;

/// Most administrators who handle protected identities at one organiser.
pub const GUARDS_MAX: u64 = 3;

/// Names an administrator to see and set protected identities. Done twice it changes nothing.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::NotYours`] unless an administrator of the organiser asks, [`Error::GuardNotAdmin`],
/// [`Error::TooManyGuards`].
pub async fn name_guard(tx: &Tx, person: PersonId) -> Result<(), Error> {
    policy::may_manage(&tx.actor, &[])?;
    let person = sql::person::find(tx, person).await?.id;
    sql::organiser::take_turn(tx).await?;
    if sql::organiser::is_guard(tx, person).await? {
        return Ok(());
    }
    let roles = sql::role::of_today(tx, &[person]).await?;
    if !roles.iter().any(|held| held.role == Role::Admin) {
        return Err(Error::GuardNotAdmin);
    }
    if sql::organiser::count_guards(tx).await? >= GUARDS_MAX {
        return Err(Error::TooManyGuards);
    }
    sql::organiser::add_guard(tx, person).await?;
    tx.emit(&GuardChanged {
        person,
        named: true,
    });
    Ok(())
}

/// Takes the naming back. Answers whether they were named.
///
/// # Errors
///
/// [`Error::NotYours`] unless an administrator of the organiser asks.
pub async fn unname_guard(tx: &Tx, person: PersonId) -> Result<bool, Error> {
    policy::may_manage(&tx.actor, &[])?;
    let named = sql::organiser::remove_guard(tx, person).await?;
    if named {
        tx.emit(&GuardChanged {
            person,
            named: false,
        });
    }
    Ok(named)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::*;
    use crate::{assign_role, end_role};
    use kit::Fault;
    use testkit::{id, on_both};

    async fn named(world: &World<'_>, by: u128, person: u128) -> Result<(), &'static str> {
        let done = world
            .by(by, async |tx| name_guard(tx, id(person)).await)
            .await;
        done.map_err(|error| error.code())
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn at_most_three_administrators_are_named_and_only_by_one_of_the_organiser() {
        on_both(async |db| {
            let world = World::new(db).await;
            for (number, person) in [(1, MATE), (2, OTHER)] {
                let admin = role_of(number, Role::Admin, Some(11));
                world
                    .by(ADMIN, async |tx| assign_role(tx, id(person), &admin).await)
                    .await
                    .unwrap();
            }
            assert_eq!(
                named(&world, AREA_ADMIN, AREA_ADMIN).await,
                Err("ORGANISATION_NOT_YOURS")
            );
            assert_eq!(
                named(&world, ADMIN, TEACHER).await,
                Err("ORGANISATION_GUARD_NOT_ADMIN")
            );
            assert_eq!(named(&world, ADMIN, 999).await, Err("NOT_FOUND"));
            // All four at once: three are named, whoever is slower is refused.
            let people = [ADMIN, AREA_ADMIN, MATE, OTHER];
            let (a, b, c, d) = tokio::join!(
                Box::pin(named(&world, ADMIN, people[0])),
                Box::pin(named(&world, ADMIN, people[1])),
                Box::pin(named(&world, ADMIN, people[2])),
                Box::pin(named(&world, ADMIN, people[3])),
            );
            let answers = [a, b, c, d];
            let refused: Vec<_> = answers.iter().filter_map(|answer| answer.err()).collect();
            assert_eq!(refused, ["ORGANISATION_TOO_MANY_GUARDS"], "{}", db.kind());
            let first = people[answers.iter().position(Result::is_ok).unwrap()];
            assert_eq!(named(&world, ADMIN, first).await, Ok(()), "twice is once");
            let unname = async |tx: &Tx| unname_guard(tx, id(first)).await;
            assert!(world.by(ADMIN, unname).await.unwrap());
            let last = people[answers.iter().position(Result::is_err).unwrap()];
            assert_eq!(
                named(&world, ADMIN, last).await,
                Ok(()),
                "{}: there is room again",
                db.kind()
            );
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_guard_who_is_no_longer_an_administrator_sees_no_protected_person() {
        on_both(async |db| {
            let world = World::new(db).await;
            named(&world, ADMIN, AREA_ADMIN).await.unwrap();
            let staff = role_of(1, Role::Staff, Some(12));
            world
                .by(ADMIN, async |tx| {
                    assign_role(tx, id(AREA_ADMIN), &staff).await
                })
                .await
                .unwrap();
            let sees = async || {
                let cx = world.cx(AREA_ADMIN).await;
                crate::person(&cx, id(PROTECTED)).await.unwrap().is_some()
            };
            assert!(sees().await);
            let end = async |tx: &Tx| end_role(tx, id(1_000 + AREA_ADMIN), None).await;
            world.by(ADMIN, end).await.unwrap();
            assert!(!sees().await, "{}", db.kind());
        })
        .await;
    }
}
