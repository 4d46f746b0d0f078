use crate::{Error, Team, TeamKind, events::TeamChanged, policy, sql};
use chrono::NaiveDate;
use kit::{Name, TeamId, UnitId};
use store::Tx;

/// What changes of a team; what is `None` stays.
#[derive(Debug, Clone)]
pub struct UpdateTeam {
    /// The team.
    pub team: TeamId,
    /// The version that was read.
    pub version: i64,
    /// What it is called.
    pub name: Option<Name>,
    /// What it is for.
    pub kind: Option<TeamKind>,
    /// Its unit from now on; `Some(None)` reaches across units.
    pub unit: Option<Option<UnitId>>,
    /// Its last day; `Some(None)` takes the end back.
    pub ends_on: Option<Option<NaiveDate>>,
}

/// Renames a team, moves it or gives it an end. What was shared with it stays readable for its members.
///
/// # Errors
///
/// [`Error::NotFound`], [`Error::NotYours`] unless the actor leads colleagues at its unit (to move it: at both), [`Error::Stale`].
pub async fn update_team(tx: &Tx, ask: &UpdateTeam) -> Result<Team, Error> {
    let mut team = sql::team::find(tx, ask.team).await?;
    policy::may_lead_teams(&tx.actor, &team.nodes)?;
    sql::read_at(team.version, ask.version)?;
    if let Some(unit) = ask.unit
        && unit != team.unit
    {
        team.nodes = sql::unit::nodes_of(tx, unit).await?;
        team.unit = unit;
        policy::may_lead_teams(&tx.actor, &team.nodes)?;
    }
    if let Some(name) = &ask.name {
        team.name = name.to_string();
    }
    team.kind = ask.kind.unwrap_or(team.kind);
    team.ends_on = ask.ends_on.unwrap_or(team.ends_on);
    team.version += 1;
    sql::team::save(tx, &team).await?;
    tx.emit(&TeamChanged { team: team.id });
    Ok(team)
}
