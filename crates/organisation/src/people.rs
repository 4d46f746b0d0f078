//! Reading people. Whoever the actor may not know is in no answer: where such a person must be mentioned, the door writes [`crate::hidden_name`] and no id.

use crate::{Error, Person, RoleHeld, sql};
use chrono::NaiveDate;
use kit::{Listed, Page, PersonId, Role, TeamId, UnitId};
use std::collections::HashMap;
use store::Cx;

/// Which people are wanted.
#[derive(Debug, Clone, Default)]
pub struct PeopleFilter {
    /// Only those whose home is this unit or one below it.
    pub unit: Option<UnitId>,
    /// Only the members of this team.
    pub team: Option<TeamId>,
    /// Only those who hold this role today, anywhere.
    pub role: Option<Role>,
    /// Only those whose name, or a word in it, begins so.
    pub name: Option<String>,
    /// Also those who have left.
    pub with_left: bool,
}

/// A person; `None` when there is none or the actor may not know them.
///
/// # Errors
///
/// Those of the database.
pub async fn person(cx: &Cx, person: PersonId) -> Result<Option<Person>, Error> {
    Ok(sql::person::find_all(cx, &[person]).await?.pop())
}

/// Those of these people whom the actor may know; one statement (and a note, when a guard reads somebody protected).
///
/// An id that is not in the answer is protected, foreign or unknown, and it is not told which.
///
/// # Errors
///
/// Those of the database; a guard is shown nobody if it cannot be noted.
pub async fn people_by_ids(
    cx: &Cx,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Person>, Error> {
    let found = sql::person::find_all(cx, people).await?;
    Ok(found
        .into_iter()
        .map(|person| (person.id, person))
        .collect())
}

/// The people whom the actor may know, by name.
///
/// # Errors
///
/// As [`people_by_ids`].
pub async fn people(cx: &Cx, filter: &PeopleFilter, page: &Page) -> Result<Listed<Person>, Error> {
    if let Some(team) = filter.team
        && sql::team::find_all(cx, &[team]).await?.is_empty()
    {
        return Ok(Listed::empty());
    }
    sql::person::list(cx, filter, page).await
}

/// The members of today of each of these teams whom the actor may know, by name; in as many statements for many teams as for one.
///
/// # Errors
///
/// As [`people_by_ids`]. A team that the actor does not see is not in the answer, and neither is one of which they may know nobody.
pub async fn members(
    cx: &Cx,
    teams: &[TeamId],
    page: &Page,
) -> Result<HashMap<TeamId, Listed<Person>>, Error> {
    let seen = sql::team::find_all(cx, teams).await?;
    let seen: Vec<TeamId> = seen.into_iter().map(|team| team.id).collect();
    sql::person::of_each(cx, &seen, page).await
}

/// The roles that these people hold today, for those whom the actor may know; two statements.
///
/// # Errors
///
/// As [`people_by_ids`].
pub async fn roles_of(
    cx: &Cx,
    people: &[PersonId],
) -> Result<HashMap<PersonId, Vec<RoleHeld>>, Error> {
    let known: Vec<PersonId> = people_by_ids(cx, people).await?.into_keys().collect();
    let mut roles: HashMap<_, Vec<_>> = HashMap::new();
    for role in sql::role::of_today(cx, &known).await? {
        roles.entry(role.person).or_default().push(role);
    }
    Ok(roles)
}

/// The roles that a person has had, has and will have, for themself and whoever manages them; none for others.
///
/// # Errors
///
/// As [`people_by_ids`].
pub async fn role_history(cx: &Cx, person: PersonId) -> Result<Vec<RoleHeld>, Error> {
    match sql::person::find_all(cx, &[person]).await?.pop() {
        Some(person) if person.record(&cx.actor).is_some() => {
            sql::role::ever_of(cx, &[person.id]).await
        }
        _ => Ok(Vec::new()),
    }
}

/// The unit that was each person's home on `day`, so that history keeps the unit of that day; one statement.
///
/// Only of people whom the actor may know.
///
/// # Errors
///
/// Those of the database.
pub async fn home_units_on(
    cx: &Cx,
    people: &[PersonId],
    day: NaiveDate,
) -> Result<HashMap<PersonId, UnitId>, Error> {
    let homes = sql::person::homes_on(cx, people, day).await?;
    Ok(homes.into_iter().collect())
}

/// The unit that was the person's home on `day`.
///
/// # Errors
///
/// As [`home_units_on`].
pub async fn home_unit_on(
    cx: &Cx,
    person: PersonId,
    day: NaiveDate,
) -> Result<Option<UnitId>, Error> {
    Ok(home_units_on(cx, &[person], day).await?.remove(&person))
}

#[cfg(test)]
mod tests;
