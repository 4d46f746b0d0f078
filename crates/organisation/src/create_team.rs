use crate::{Error, Team, TeamKind, events::TeamChanged, policy, sql};
use chrono::NaiveDate;
use kit::{Name, TeamId, UnitId};
use store::{Outcome, Tx};

/// A new team.
#[derive(Debug, Clone)]
pub struct CreateTeam {
    /// The id that the client made.
    pub id: TeamId,
    /// What it is for.
    pub kind: TeamKind,
    /// What it is called.
    pub name: Name,
    /// Its unit; `None` reaches across units.
    pub unit: Option<UnitId>,
    /// Its last day; `None` while no end is known.
    pub ends_on: Option<NaiveDate>,
}

/// Makes a work team, subject team or learning group, without members yet.
///
/// # Errors
///
/// [`Error::NotFound`] for an unknown unit, [`Error::NotYours`] unless the actor leads colleagues at the unit or above it
/// (across units: at the organiser); `ID_TAKEN`.
pub async fn create_team(tx: &Tx, ask: &CreateTeam) -> Result<Team, Error> {
    let nodes = sql::unit::nodes_of(tx, ask.unit).await?;
    policy::may_lead_teams(&tx.actor, &nodes)?;
    let team = Team {
        id: ask.id,
        kind: ask.kind,
        name: ask.name.to_string(),
        unit: ask.unit,
        nodes,
        ends_on: ask.ends_on,
        version: 1,
    };
    sql::team::add(tx, &team).await?;
    tx.emit(&TeamChanged { team: team.id });
    Ok(team)
}

impl Outcome<Error> for Team {
    fn outcome(&self) -> String {
        self.id.to_string()
    }

    async fn again(tx: &Tx, outcome: &str) -> Result<Self, Error> {
        sql::team::find(tx, sql::remembered(outcome)?).await
    }
}
