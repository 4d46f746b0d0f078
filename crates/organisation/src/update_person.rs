use crate::{
    Error, Person,
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
/// [`Error::LastAdmin`].
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
