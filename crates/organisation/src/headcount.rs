//! How many people something reaches: numbers before names, and never of those who are protected.

use crate::{Error, sql};
use kit::{Audience, PersonId, TeamId};
use std::collections::BTreeSet;
use store::Cx;

/// How many people some audiences have together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Headcount {
    /// People who belong to one of them today, each counted once.
    pub people: u64,
    /// The units that are home to them today.
    pub units: u64,
}

/// How many people belong today to at least one of these audiences, but for the actor: one statement, however many there are.
///
/// Whoever has left is not counted, and neither is a member of a team whose role has ended. Guests count with their team. Somebody whose identity is
/// protected counts only for those who share a team with them.
///
/// # Errors
///
/// Those of the database.
pub async fn headcount(cx: &Cx, audiences: &BTreeSet<Audience>) -> Result<Headcount, Error> {
    sql::headcount::count(cx, audiences).await
}

/// The people who belong to at least one of these teams today, in no order: for the house itself, which tells them something. One statement.
///
/// # Errors
///
/// Those of the database.
pub async fn member_ids(cx: &Cx, teams: &[TeamId]) -> Result<Vec<PersonId>, Error> {
    sql::headcount::members(cx, teams).await
}

/// Whether `person`, whom the actor may know, belongs to one of these teams today.
///
/// # Errors
///
/// Those of the database.
pub async fn belongs_to_one(cx: &Cx, person: PersonId, teams: &[TeamId]) -> Result<bool, Error> {
    Ok(member_ids(cx, teams).await?.contains(&person))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::*;
    use kit::Role;
    use testkit::{id, on_both};

    #[tokio::test(flavor = "multi_thread")]
    async fn each_audience_is_counted_once_without_oneself_and_without_who_is_protected() {
        on_both(async |db| {
            let world = World::new(db).await;
            // Another organiser with the same ids is never counted.
            World::numbered(db, 2).await;
            let organiser = Audience::Organiser(world.organiser);
            let (person, team, unit) = (
                |number| Audience::Person(id(number)),
                |number| Audience::Team(id(number)),
                |number| Audience::Unit(id(number)),
            );
            let cases: &[(u128, &[Audience], u64, u64)] = &[
                (TEACHER, &[], 0, 0),
                (TEACHER, &[person(TEACHER)], 0, 0),
                (TEACHER, &[person(OTHER)], 1, 1),
                (TEACHER, &[person(OTHER), person(MATE)], 2, 2),
                (TEACHER, &[person(999)], 0, 0),
                // Her mate, the guest, and the protected colleague, who is in her team.
                (TEACHER, &[team(30)], 3, 1),
                (OTHER, &[team(30)], 3, 1),
                (TEACHER, &[team(31)], 0, 0),
                (TEACHER, &[unit(11)], 3, 1),
                (OTHER, &[unit(11)], 3, 1),
                // What an area is shown, its schools are shown; a guest and an administrator are nobody's colleagues.
                (OTHER, &[unit(10)], 3, 1),
                (ADMIN, &[organiser], 4, 2),
                (TEACHER, &[organiser], 4, 2),
                (
                    TEACHER,
                    &[organiser, unit(11), team(30), person(OTHER)],
                    5,
                    2,
                ),
                (TEACHER, &[Audience::RoleAt(Role::Principal, id(11))], 1, 1),
            ];
            for (who, audiences, people, units) in cases {
                let cx = world.cx(*who).await;
                let counted = headcount(&cx, &audiences.iter().copied().collect()).await;
                let expected = Headcount {
                    people: *people,
                    units: *units,
                };
                assert_eq!(
                    counted.unwrap(),
                    expected,
                    "{} {who} {audiences:?}",
                    db.kind()
                );
                assert!(cx.db().statements() <= 1);
            }
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn members_of_today_are_told_and_nobody_who_went() {
        on_both(async |db| {
            let world = World::new(db).await;
            let mut told = member_ids(&world.house(), &[id(30), id(31)]).await.unwrap();
            told.sort_unstable();
            assert_eq!(
                told,
                [TEACHER, MATE, GUEST, PROTECTED].map(id),
                "{}",
                db.kind()
            );

            let (mate, guest) = (id(MATE), id(GUEST));
            world
                .by(MATE, async |tx: &store::Tx| {
                    crate::remove_member(tx, id(30), mate).await
                })
                .await
                .unwrap();
            // The guest's time is over.
            db.clock.pass(chrono::TimeDelta::days(40));
            let told = member_ids(&world.house(), &[id(30)]).await.unwrap();
            assert!(
                !told.contains(&mate) && !told.contains(&guest),
                "{}",
                db.kind()
            );
            assert_eq!(told.len(), 2);
            let cx = world.house();
            assert!(belongs_to_one(&cx, id(TEACHER), &[id(30)]).await.unwrap());
            assert!(!belongs_to_one(&cx, mate, &[id(30)]).await.unwrap());
        })
        .await;
    }
}
