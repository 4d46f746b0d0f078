use crate::{Error, RoleHeld, calendar::today, events::PersonRoleChanged, policy, sql};
use chrono::NaiveDate;
use kit::{PersonId, Role, RoleId};
use store::Tx;

/// Ends a role with `last_day`, or at once when that is `None`. The role stays as history.
///
/// # Errors
///
/// [`Error::NotFound`] for a role or person that the actor may not know, [`Error::NotYours`] or [`Error::RoleAboveYou`] when it is not
/// theirs to end, [`Error::DatesReversed`], [`Error::LastAdmin`].
pub async fn end_role(
    tx: &Tx,
    role: RoleId,
    last_day: Option<NaiveDate>,
) -> Result<RoleHeld, Error> {
    let mut role = sql::role::find(tx, role).await?;
    sql::person::find(tx, role.person).await?;
    policy::may_give(&tx.actor, role.role, &role.nodes)?;
    let last_day = match last_day {
        Some(last_day) if last_day < role.from_day => return Err(Error::DatesReversed),
        Some(last_day) => last_day,
        None => today(tx.now).pred_opt().ok_or(Error::DatesReversed)?,
    };
    if role.role == Role::Admin && role.unit.is_none() {
        keeps_admin(tx, |admin| admin.id != role.id).await?;
    }
    sql::role::end(tx, role.id, last_day).await?;
    role.to_day = Some(last_day);
    tx.emit(&PersonRoleChanged {
        person: role.person,
        role: role.id,
    });
    Ok(role)
}

/// An administrator who leaves leaves another behind.
pub(crate) async fn keeps_admin_without(tx: &Tx, person: PersonId) -> Result<(), Error> {
    keeps_admin(tx, |admin| admin.person != person).await
}

/// Of the administrators who stay without a known end, one must remain; where there is none, nothing is lost.
async fn keeps_admin(tx: &Tx, stays: impl Fn(&RoleHeld) -> bool) -> Result<(), Error> {
    sql::organiser::take_turn(tx).await?;
    let admins = sql::role::lasting_admins(tx).await?;
    if admins.is_empty() || admins.iter().any(stays) {
        Ok(())
    } else {
        Err(Error::LastAdmin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assign_role;
    use crate::world::*;
    use kit::Fault;
    use testkit::{id, on_both};

    #[tokio::test(flavor = "multi_thread")]
    async fn refusals() {
        let long_ago = NaiveDate::from_ymd_opt(2000, 1, 1);
        let cases = [
            (
                "by a colleague",
                MATE,
                TEACHER,
                None,
                "ORGANISATION_NOT_YOURS",
            ),
            (
                "of another school",
                PRINCIPAL,
                OTHER,
                None,
                "ORGANISATION_NOT_YOURS",
            ),
            (
                "an admin's, by an area's admin",
                AREA_ADMIN,
                AREA_ADMIN,
                None,
                "ORGANISATION_ROLE_ABOVE_YOU",
            ),
            (
                "a principal's, by themself",
                PRINCIPAL,
                PRINCIPAL,
                None,
                "ORGANISATION_ROLE_ABOVE_YOU",
            ),
            (
                "before it began",
                PRINCIPAL,
                TEACHER,
                long_ago,
                "ORGANISATION_DATES_REVERSED",
            ),
            (
                "the last administrator's",
                ADMIN,
                ADMIN,
                None,
                "ORGANISATION_LAST_ADMIN",
            ),
            ("unknown", ADMIN, 999, None, "NOT_FOUND"),
            (
                "of one whom the actor may not know",
                PRINCIPAL,
                PROTECTED,
                None,
                "NOT_FOUND",
            ),
        ];
        on_both(async |db| {
            let world = World::new(db).await;
            for (case, by, person, last_day, code) in cases {
                let end = async |tx: &Tx| end_role(tx, id(1_000 + person), last_day).await;
                let refusal = world.by(by, end).await.unwrap_err();
                assert_eq!(refusal.code(), code, "{} {case}", db.kind());
                let roles = crate::role_history(&world.house(), id(person))
                    .await
                    .unwrap();
                assert!(
                    roles.iter().all(|role| role.to_day.is_none()),
                    "{} {case}",
                    db.kind()
                );
            }
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn of_two_administrators_who_end_at_once_one_stays() {
        on_both(async |db| {
            let world = World::new(db).await;
            let second = role_of(2, Role::Admin, None);
            world
                .by(ADMIN, async |tx| assign_role(tx, id(MATE), &second).await)
                .await
                .unwrap();
            let (ada, eva) = (world.cx(ADMIN).await, world.cx(MATE).await);
            let (one, two) = tokio::join!(
                store::write(&ada, async |tx: &Tx| end_role(tx, id(2), None).await),
                store::write(&eva, async |tx: &Tx| {
                    end_role(tx, id(1_000 + ADMIN), None).await
                }),
            );
            let refused: Vec<_> = [one, two]
                .into_iter()
                .filter_map(Result::err)
                .map(|error| error.code())
                .collect();
            assert_eq!(refused, ["ORGANISATION_LAST_ADMIN"], "{}", db.kind());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_history_of_roles_is_for_the_person_and_who_manages_them() {
        on_both(async |db| {
            let world = World::new(db).await;
            let roles = async |who| {
                let cx = world.cx(who).await;
                crate::role_history(&cx, id(TEACHER)).await.unwrap().len()
            };
            let seen = [
                roles(TEACHER).await,
                roles(AREA_ADMIN).await,
                roles(MATE).await,
                roles(PRINCIPAL).await,
            ];
            assert_eq!(seen, [1, 1, 0, 0], "{}", db.kind());
        })
        .await;
    }
}
