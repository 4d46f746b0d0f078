use crate::{
    Error, Person,
    assign_role::may_give_all,
    calendar::today,
    end_role::keeps_admin_without,
    events::{PersonChanged, PersonLeft, ProtectionChanged},
    policy, sql,
};
use chrono::NaiveDate;
use kit::{Name, PersonId, UnitId};
use store::Tx;

/// What changes of a person; what is `None` stays.
#[derive(Debug, Clone)]
pub struct UpdatePerson {
    /// The person.
    pub person: PersonId,
    /// The version that was read.
    pub version: i64,
    /// What they are called.
    pub name: Option<Name>,
    /// The unit that is home from a day on.
    pub home: Option<Move>,
    /// Their last day, which may lie ahead; `Some(None)` when they stay after all.
    pub last_day: Option<Option<NaiveDate>>,
    /// Whether their identity is protected.
    pub protected: Option<bool>,
}

/// A move to another unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    /// The unit that becomes home.
    pub unit: UnitId,
    /// The first day there; `None` is today.
    pub from_day: Option<NaiveDate>,
}

/// Renames a person, moves them to another unit, sets their last day, or sets the protection of their identity.
///
/// # Errors
///
/// [`Error::NotFound`] for a person or unit that the actor may not know, [`Error::NotYours`] unless an administrator of the home unit
/// (to move: of both) asks, [`Error::NotGuard`] for the protection, which needs no more than being named for it, [`Error::Stale`],
/// [`Error::RoleAboveYou`] or [`Error::NotYours`] for the last day of one whose roles are not theirs to end, [`Error::LastAdmin`].
pub async fn update_person(tx: &Tx, ask: &UpdatePerson) -> Result<Person, Error> {
    let mut person = sql::person::find(tx, ask.person).await?;
    if ask.protected.is_some() {
        policy::may_protect(&tx.actor)?;
    }
    if ask.protected.is_none() || ask.name.is_some() || ask.home.is_some() || ask.last_day.is_some()
    {
        policy::may_manage(&tx.actor, &person.nodes)?;
    }
    sql::read_at(person.record.version, ask.version)?;
    let target = match ask.home {
        Some(home) => Some((home, sql::unit::find(tx, home.unit).await?)),
        None => None,
    };
    if let Some((_, unit)) = &target {
        policy::may_manage(&tx.actor, &unit.nodes)?;
    }
    if let Some(Some(_)) = ask.last_day {
        // Leaving ends every role.
        may_give_all(tx, person.id).await?;
        keeps_admin_without(tx, person.id).await?;
    }
    if let Some(name) = &ask.name {
        person.name = name.to_string();
    }
    let was_protected = person.record.protected;
    person.record.protected = ask.protected.unwrap_or(was_protected);
    person.record.last_day = ask.last_day.unwrap_or(person.record.last_day);
    person.record.version += 1;
    sql::person::save(tx, &person).await?;
    if let Some((home, unit)) = target {
        let from_day = home.from_day.unwrap_or_else(|| today(tx.now));
        sql::person::move_home(tx, person.id, unit.id, from_day).await?;
    }
    tell(tx, ask, &person, was_protected);
    sql::person::find(tx, ask.person).await
}

fn tell(tx: &Tx, ask: &UpdatePerson, person: &Person, was_protected: bool) {
    if ask.name.is_some() || ask.home.is_some() {
        tx.emit(&PersonChanged { person: person.id });
    }
    if let Some(last_day) = ask.last_day {
        tx.emit(&PersonLeft {
            person: person.id,
            last_day,
        });
    }
    if person.record.protected != was_protected {
        tx.emit(&ProtectionChanged {
            person: person.id,
            protected: person.record.protected,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::*;
    use crate::{assign_role, name_guard, update_me};
    use kit::{Fault, Lang, Role};
    use testkit::{id, on_both};

    #[tokio::test(flavor = "multi_thread")]
    async fn refusals() {
        type Change = fn(&mut UpdatePerson, &World<'_>);
        const NO: &str = "ORGANISATION_NOT_YOURS";
        let elsewhere: Change = |ask, _| {
            ask.home = Some(Move {
                unit: id(12),
                from_day: None,
            });
        };
        let leave: Change = |ask, world| ask.last_day = Some(Some(world.today()));
        let cases: &[(&str, u128, u128, Change, &str)] = &[
            ("by the person themself", TEACHER, TEACHER, |_, _| {}, NO),
            ("by the principal", PRINCIPAL, TEACHER, |_, _| {}, NO),
            ("of another area", AREA_ADMIN, OTHER, |_, _| {}, NO),
            ("out of one's own area", AREA_ADMIN, TEACHER, elsewhere, NO),
            (
                "to an unknown unit",
                ADMIN,
                TEACHER,
                |ask, _| {
                    ask.home = Some(Move {
                        unit: id(999),
                        from_day: None,
                    });
                },
                "NOT_FOUND",
            ),
            ("unknown", ADMIN, 999, |_, _| {}, "NOT_FOUND"),
            (
                "protected, by one who is not named",
                ADMIN,
                PROTECTED,
                |_, _| {},
                "NOT_FOUND",
            ),
            (
                "by a guest, outside of the team",
                GUEST,
                PRINCIPAL,
                |_, _| {},
                "NOT_FOUND",
            ),
            (
                "stale",
                ADMIN,
                TEACHER,
                |ask, _| ask.version = 9,
                "STALE_VERSION",
            ),
            (
                "the marking, by one who is not named",
                ADMIN,
                TEACHER,
                |ask, _| ask.protected = Some(true),
                "ORGANISATION_NOT_GUARD",
            ),
            (
                "one who is more than they may give leaves",
                AREA_ADMIN,
                AREA_ADMIN,
                leave,
                "ORGANISATION_ROLE_ABOVE_YOU",
            ),
            (
                "the last administrator leaves",
                ADMIN,
                ADMIN,
                leave,
                "ORGANISATION_LAST_ADMIN",
            ),
        ];
        on_both(async |db| {
            let world = World::new(db).await;
            for (case, by, person, change, code) in cases {
                let mut ask = change_of(*person, 1);
                ask.name = Some(name("Nytt Namn"));
                change(&mut ask, &world);
                let before = crate::person(&world.house(), id(*person)).await.unwrap();
                let refusal = world
                    .by(*by, async |tx| update_person(tx, &ask).await)
                    .await
                    .unwrap_err();
                assert_eq!(refusal.code(), *code, "{} {case}", db.kind());
                let after = crate::person(&world.house(), id(*person)).await.unwrap();
                assert_eq!(after, before, "{} {case}: nothing may be stored", db.kind());
            }
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn one_who_is_named_sets_the_marking_and_the_person_disappears_at_once() {
        on_both(async |db| {
            let world = World::new(db).await;
            world
                .by(ADMIN, async |tx| name_guard(tx, id(ADMIN)).await)
                .await
                .unwrap();
            let sees = async || {
                crate::person(&world.cx(OTHER).await, id(TEACHER))
                    .await
                    .unwrap()
                    .is_some()
            };
            for (protected, version) in [(true, 1), (false, 2)] {
                let mut ask = change_of(TEACHER, version);
                ask.protected = Some(protected);
                world
                    .by(ADMIN, async |tx| update_person(tx, &ask).await)
                    .await
                    .unwrap();
                assert_eq!(sees().await, !protected, "{}", db.kind());
            }
            assert_eq!(world.version(TEACHER).await, 3);
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn who_has_left_is_in_no_list_takes_no_role_and_can_come_back() {
        on_both(async |db| {
            let world = World::new(db).await;
            let mut ask = change_of(TEACHER, 1);
            ask.last_day = Some(world.today().pred_opt());
            let gone = world
                .by(AREA_ADMIN, async |tx| update_person(tx, &ask).await)
                .await
                .unwrap();
            assert!(gone.left);
            let cx = world.cx(PRINCIPAL).await;
            let listed = async |with_left| {
                let filter = crate::PeopleFilter {
                    with_left,
                    ..Default::default()
                };
                world
                    .names(&cx, &filter)
                    .await
                    .contains(&"Dan Lärare".to_owned())
            };
            assert_eq!(
                (listed(false).await, listed(true).await),
                (false, true),
                "{}",
                db.kind()
            );
            let staff = role_of(3, Role::Staff, Some(11));
            let give = async |tx: &Tx| assign_role(tx, id(TEACHER), &staff).await;
            assert_eq!(
                world.by(PRINCIPAL, give).await.unwrap_err().code(),
                "ORGANISATION_HAS_LEFT"
            );

            ask = change_of(TEACHER, 2);
            ask.last_day = Some(None);
            assert!(
                !world
                    .by(AREA_ADMIN, async |tx| update_person(tx, &ask).await)
                    .await
                    .unwrap()
                    .left
            );
            assert!(listed(false).await, "{}: stays after all", db.kind());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn everybody_chooses_their_own_language() {
        on_both(async |db| {
            let world = World::new(db).await;
            let me = world
                .by(GUEST, async |tx| update_me(tx, Lang::En).await)
                .await
                .unwrap();
            let cx = world.cx(GUEST).await;
            assert_eq!(
                me.record(&cx.actor).map(|record| record.lang),
                Some(Lang::En)
            );
            assert!(
                matches!(&cx.actor, kit::Actor::Person(me) if me.lang == Lang::En),
                "{}",
                db.kind()
            );
        })
        .await;
    }
}
