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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::*;
    use crate::{add_member, create_team, remove_member};
    use kit::Fault;
    use testkit::{id, on_both};

    const NO: &str = "ORGANISATION_NOT_YOURS";

    fn change(team: u128, version: i64) -> UpdateTeam {
        UpdateTeam {
            team: id(team),
            version,
            name: Some(name("Nytt namn")),
            kind: None,
            unit: None,
            ends_on: None,
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn refusals() {
        type Change = fn(&mut UpdateTeam);
        let cases: &[(&str, u128, Change, &str)] = &[
            ("by a member", TEACHER, |_| {}, NO),
            ("by a guest in it", GUEST, |_| {}, NO),
            (
                "by a guest, of another team",
                GUEST,
                |ask| ask.team = id(31),
                "NOT_FOUND",
            ),
            (
                "across units, by a principal",
                PRINCIPAL,
                |ask| ask.team = id(31),
                NO,
            ),
            (
                "to another school",
                PRINCIPAL,
                |ask| ask.unit = Some(Some(id(12))),
                NO,
            ),
            (
                "across units from now on",
                PRINCIPAL,
                |ask| ask.unit = Some(None),
                NO,
            ),
            ("unknown", ADMIN, |ask| ask.team = id(999), "NOT_FOUND"),
            ("stale", PRINCIPAL, |ask| ask.version = 2, "STALE_VERSION"),
        ];
        on_both(async |db| {
            let world = World::new(db).await;
            let stored = async |team| crate::team(&world.house(), id(team)).await.unwrap();
            let before = (stored(30).await, stored(31).await);
            for (case, by, change_it, code) in cases {
                let mut ask = change(30, 1);
                change_it(&mut ask);
                let refusal = world
                    .by(*by, async |tx| update_team(tx, &ask).await)
                    .await
                    .unwrap_err();
                assert_eq!(refusal.code(), *code, "{} {case}", db.kind());
                assert_eq!(
                    (stored(30).await, stored(31).await),
                    before,
                    "{} {case}",
                    db.kind()
                );
            }
            let new = team_of(40, Some(12));
            let refusal = world
                .by(PRINCIPAL, async |tx| create_team(tx, &new).await)
                .await
                .unwrap_err();
            assert_eq!(refusal.code(), NO);
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn who_leads_says_who_is_in_a_team_and_everybody_may_leave() {
        on_both(async |db| {
            let world = World::new(db).await;
            let add = async |by: u128, team: u128, person: u128| {
                let done = world
                    .by(by, async |tx| add_member(tx, id(team), id(person)).await)
                    .await;
                done.map(|member| member.person)
                    .map_err(|error| error.code())
            };
            let remove = async |by: u128, team: u128, person: u128| {
                let done = world
                    .by(by, async |tx| remove_member(tx, id(team), id(person)).await)
                    .await;
                done.map_err(|error| error.code())
            };
            assert_eq!(add(TEACHER, 30, OTHER).await, Err(NO), "{}", db.kind());
            assert_eq!(
                add(PRINCIPAL, 30, OTHER).await,
                Ok(id(OTHER)),
                "also from another school"
            );
            assert_eq!(add(PRINCIPAL, 30, 999).await, Err("NOT_FOUND"));
            assert_eq!(
                add(ADMIN, 31, PROTECTED).await,
                Err("NOT_FOUND"),
                "whom the actor may not know"
            );
            assert_eq!(remove(TEACHER, 30, MATE).await, Err(NO));
            assert_eq!(remove(MATE, 30, MATE).await, Ok(true), "leaves");
            assert_eq!(
                remove(PRINCIPAL, 30, MATE).await,
                Ok(false),
                "is gone already"
            );
            assert_eq!(remove(GUEST, 31, GUEST).await, Err("NOT_FOUND"));

            let mut end = change(30, 1);
            end.ends_on = Some(Some(world.today()));
            world
                .by(PRINCIPAL, async |tx| update_team(tx, &end).await)
                .await
                .unwrap();
            assert_eq!(
                add(PRINCIPAL, 30, MATE).await,
                Ok(id(MATE)),
                "on the last day"
            );
            db.clock.pass(chrono::TimeDelta::days(1));
            assert_eq!(
                add(PRINCIPAL, 30, PRINCIPAL).await,
                Err("ORGANISATION_TEAM_ENDED")
            );
            assert!(
                world.actor(MATE).await.belongs_to(id(30)),
                "{}: what was shared stays",
                db.kind()
            );
        })
        .await;
    }
}
