use crate::{Error, NewRole, RoleHeld, calendar::today, events::PersonRoleChanged, policy, sql};
use kit::{PersonId, Role};
use store::{Cx, Outcome, Tx};

/// Gives a person a role, from a day on and, for a guest always, until a day.
///
/// # Errors
///
/// [`Error::NotFound`] for a person or unit that the actor may not know, [`Error::NotYours`] or [`Error::RoleAboveYou`] when it is not
/// theirs to give, [`Error::RoleNeedsUnit`], [`Error::GuestNeedsEnd`], [`Error::DatesReversed`], [`Error::HasLeft`]; `ID_TAKEN`.
pub async fn assign_role(tx: &Tx, person: PersonId, new: &NewRole) -> Result<RoleHeld, Error> {
    let person = sql::person::find(tx, person).await?;
    if person.left {
        return Err(Error::HasLeft);
    }
    give(tx, person.id, new).await
}

/// As [`assign_role`], to a person who was just read or made.
pub(crate) async fn give(tx: &Tx, person: PersonId, new: &NewRole) -> Result<RoleHeld, Error> {
    let nodes = sql::unit::nodes_of(tx, new.unit).await?;
    policy::may_give(&tx.actor, new.role, &nodes)?;
    let from_day = new.from_day.unwrap_or_else(|| today(tx.now));
    if new.unit.is_none() && needs_unit(new.role) {
        return Err(Error::RoleNeedsUnit);
    }
    if new.role == Role::Guest && new.to_day.is_none() {
        return Err(Error::GuestNeedsEnd);
    }
    if new.to_day.is_some_and(|to_day| to_day < from_day) {
        return Err(Error::DatesReversed);
    }
    let role = RoleHeld {
        id: new.id,
        person,
        role: new.role,
        unit: new.unit,
        nodes,
        from_day,
        to_day: new.to_day,
    };
    sql::role::add(tx, &role).await?;
    tx.emit(&PersonRoleChanged {
        person,
        role: role.id,
    });
    Ok(role)
}

/// Whether the actor could have given the person every role they have or will have: who opens a way in for somebody opens all of it.
pub(crate) async fn may_give_all(cx: &Cx, person: PersonId) -> Result<(), Error> {
    let today = today(cx.now);
    for held in sql::role::ever_of(cx, &[person]).await? {
        if held.to_day.is_none_or(|to_day| today <= to_day) {
            policy::may_give(&cx.actor, held.role, &held.nodes)?;
        }
    }
    Ok(())
}

/// A role at the organiser counts at every unit; these are never meant so.
const fn needs_unit(role: Role) -> bool {
    match role {
        Role::Deputy
        | Role::LeadTeacher
        | Role::PreschoolTeacher
        | Role::Principal
        | Role::Teacher => true,
        Role::Admin
        | Role::Coordinator
        | Role::DataProtectionOfficer
        | Role::Guest
        | Role::OrganiserHead
        | Role::RecordsOfficer
        | Role::Staff => false,
    }
}

impl Outcome<Error> for RoleHeld {
    fn outcome(&self) -> String {
        self.id.to_string()
    }

    async fn again(tx: &Tx, outcome: &str) -> Result<Self, Error> {
        let role = sql::role::find(tx, sql::remembered(outcome)?).await?;
        sql::person::find(tx, role.person).await?;
        Ok(role)
    }
}
