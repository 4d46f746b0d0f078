//! Reading teams.

use crate::{Error, Member, Team, TeamKind, sql};
use kit::{Listed, Page, PersonId, TeamId, UnitId};
use std::collections::HashMap;
use store::Cx;

/// Which teams are wanted.
#[derive(Debug, Clone, Default)]
pub struct TeamFilter {
    /// Only of this kind.
    pub kind: Option<TeamKind>,
    /// Only of this unit.
    pub unit: Option<UnitId>,
    /// Only those that this person belongs to. Nothing when the actor may not know the person.
    pub member: Option<PersonId>,
    /// Only those whose name, or a word in it, begins so.
    pub name: Option<String>,
    /// Also those that have ended.
    pub with_ended: bool,
}

/// A team; `None` when there is none or the actor may not see it.
///
/// # Errors
///
/// Those of the database.
pub async fn team(cx: &Cx, team: TeamId) -> Result<Option<Team>, Error> {
    Ok(sql::team::find_all(cx, &[team]).await?.pop())
}

/// These teams, as far as the actor may see them; one statement.
///
/// # Errors
///
/// Those of the database.
pub async fn teams_by_ids(cx: &Cx, teams: &[TeamId]) -> Result<HashMap<TeamId, Team>, Error> {
    let found = sql::team::find_all(cx, teams).await?;
    Ok(found.into_iter().map(|team| (team.id, team)).collect())
}

/// The teams that the actor may see, by name. Who is in one is asked with [`crate::people`].
///
/// # Errors
///
/// Those of the database.
pub async fn teams(cx: &Cx, filter: &TeamFilter, page: &Page) -> Result<Listed<Team>, Error> {
    if let Some(member) = filter.member
        && !cx.actor.is(member)
        && sql::person::find_all(cx, &[member]).await?.is_empty()
    {
        return Ok(Listed::empty());
    }
    sql::team::list(cx, filter, page).await
}

/// The memberships of today of the person who asks.
///
/// # Errors
///
/// Those of the database.
pub async fn my_memberships(cx: &Cx) -> Result<Vec<Member>, Error> {
    match cx.person() {
        Some(person) => sql::team::memberships(cx, person).await,
        None => Ok(Vec::new()),
    }
}
