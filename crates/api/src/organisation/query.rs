//! Reading the organisation.

use super::{
    codes::{Role, TeamKind, UnitKind},
    object::{Organiser, SchoolYear, Unit},
    person::{Person, RoleHeld},
    team::Team,
};
use crate::{
    answer::error,
    caller::Caller,
    known_code::known_code,
    list::{Connected, connected, listed, page},
    loader::Loaders,
};
use async_graphql::{Context, Description, ID, Object, Result};
use kit::{Actor, Listed};
use store::Cx;

/// You: who asks, and what you may do.
#[derive(Debug, Description)]
pub struct Viewer;

#[Object(use_type_description)]
impl Viewer {
    /// The person that you are; nothing for a service account.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        let cx: &Cx = ctx.data()?;
        let Some(person) = cx.person() else {
            return Ok(None);
        };
        Ok(ctx.data::<Loaders>()?.person(person).await?.map(Person))
    }

    /// The organiser (huvudman) that you are signed in at.
    async fn organiser(&self, ctx: &Context<'_>) -> Result<Organiser> {
        let cx: &Cx = ctx.data()?;
        let organiser = organisation::organiser(cx)
            .await
            .map_err(|fault| error(cx, &fault))?;
        Ok(organiser.into())
    }

    /// The roles that you hold today.
    async fn roles(&self, ctx: &Context<'_>) -> Result<Vec<RoleHeld>> {
        let cx: &Cx = ctx.data()?;
        let Some(person) = cx.person() else {
            return Ok(Vec::new());
        };
        Ok(ctx
            .data::<Loaders>()?
            .roles(person)
            .await?
            .into_iter()
            .map(RoleHeld)
            .collect())
    }

    /// The teams that you belong to today.
    async fn teams(&self, ctx: &Context<'_>) -> Result<Vec<Team>> {
        let cx: &Cx = ctx.data()?;
        let Actor::Person(person) = &cx.actor else {
            return Ok(Vec::new());
        };
        let teams = organisation::teams_by_ids(cx, &person.teams)
            .await
            .map_err(|fault| error(cx, &fault))?;
        let mut teams: Vec<_> = teams.into_values().map(Team).collect();
        teams.sort_by(|a, b| (&a.0.name, a.0.id).cmp(&(&b.0.name, b.0.id)));
        Ok(teams)
    }

    /// What you may do in general: codes such as `MANAGE_ORGANISER`, `MANAGE_SERVICE_ACCOUNTS`, `GUARD_PROTECTED`, `CREATE_RUBRICS`. New ones may be added.
    async fn abilities(&self, ctx: &Context<'_>) -> Result<Vec<&'static str>> {
        let cx: &Cx = ctx.data()?;
        let Actor::Person(person) = &cx.actor else {
            return Ok(Vec::new());
        };
        let manages = cx.actor.holds(&[kit::Role::Admin], &[]);
        let writes = person
            .roles
            .iter()
            .any(|held| held.role.is_colleague() && held.unit.is_some());
        let all = [
            ("CREATE_RUBRICS", writes),
            ("GUARD_PROTECTED", person.guards_protected),
            ("MANAGE_ORGANISER", manages),
            ("MANAGE_SERVICE_ACCOUNTS", manages),
        ];
        Ok(all
            .into_iter()
            .filter(|(_, may)| *may)
            .map(|(code, _)| code)
            .collect())
    }

    /// Whether this request came with a service account's key.
    async fn is_service(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(matches!(ctx.data::<Caller>()?, Caller::Service { .. }))
    }
}

/// The root of what is read of the organisation.
#[derive(Debug, Default)]
pub(crate) struct OrganisationQuery;

#[Object]
impl OrganisationQuery {
    /// You: person, roles, teams and what you may do.
    async fn viewer(&self) -> Viewer {
        Viewer
    }

    /// One unit; nothing when there is none that you may see.
    async fn unit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, by its id.")] id: ID,
    ) -> Result<Option<Unit>> {
        let Ok(id) = id.parse() else { return Ok(None) };
        Ok(ctx.data::<Loaders>()?.unit(id).await?.map(Unit))
    }

    /// The organiser's units, by name.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is an argument of the schema"
    )]
    async fn units(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of this kind.")] kind: Option<UnitKind>,
        #[graphql(desc = "Only with this school form, by code.")] school_form: Option<String>,
        #[graphql(desc = "Only below this unit, at any depth.")] below: Option<ID>,
        #[graphql(desc = "Only those whose name, or a word in it, begins so.")] name: Option<
            String,
        >,
        #[graphql(desc = "How many are wanted, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Go on behind this cursor of the same list.")] after: Option<String>,
    ) -> Result<Connected<Unit>> {
        let cx: &Cx = ctx.data()?;
        let page = page(ctx, "units", first, after.as_deref())?;
        let school_form = school_form.map(|form| known_code(cx, &form)).transpose()?;
        let Ok(below) = below.map(|id| id.parse()).transpose() else {
            return connected(ctx, "units", &page, Listed::empty(), Unit);
        };
        let filter = organisation::UnitFilter {
            kind: kind.map(Into::into),
            school_form,
            below,
            name,
            ..Default::default()
        };
        listed(
            ctx,
            "units",
            &page,
            organisation::units(cx, &filter, &page).await,
            Unit,
        )
    }

    /// One team; nothing when there is none that you may see.
    async fn team(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, by its id.")] id: ID,
    ) -> Result<Option<Team>> {
        let Ok(id) = id.parse() else { return Ok(None) };
        Ok(ctx.data::<Loaders>()?.team(id).await?.map(Team))
    }

    /// Teams, by name: all of the organiser's, or for a guest the own ones.
    async fn teams(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only of this kind.")] kind: Option<TeamKind>,
        #[graphql(desc = "Only of this unit.")] unit: Option<ID>,
        #[graphql(desc = "How many are wanted, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Go on behind this cursor of the same list.")] after: Option<String>,
    ) -> Result<Connected<Team>> {
        let cx: &Cx = ctx.data()?;
        let page = page(ctx, "teams", first, after.as_deref())?;
        let Ok(unit) = unit.map(|id| id.parse()).transpose() else {
            return connected(ctx, "teams", &page, Listed::empty(), Team);
        };
        let filter = organisation::TeamFilter {
            kind: kind.map(Into::into),
            unit,
            ..Default::default()
        };
        listed(
            ctx,
            "teams",
            &page,
            organisation::teams(cx, &filter, &page).await,
            Team,
        )
    }

    /// People of the organiser, by name. Guests see the members of their own teams; people with protected identity are in no list but their teams'.
    #[expect(
        clippy::too_many_arguments,
        reason = "each is an argument of the schema"
    )]
    async fn people(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only who works at this unit or below it.")] unit: Option<ID>,
        #[graphql(desc = "Only members of this team.")] team: Option<ID>,
        #[graphql(desc = "Only who holds this role.")] role: Option<Role>,
        #[graphql(desc = "Only those whose name, or a word in it, begins so.")] name: Option<
            String,
        >,
        #[graphql(desc = "How many are wanted, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Go on behind this cursor of the same list.")] after: Option<String>,
    ) -> Result<Connected<Person>> {
        let cx: &Cx = ctx.data()?;
        let page = page(ctx, "people", first, after.as_deref())?;
        let (Ok(unit), Ok(team)) = (
            unit.map(|id| id.parse()).transpose(),
            team.map(|id| id.parse()).transpose(),
        ) else {
            return connected(ctx, "people", &page, Listed::empty(), Person);
        };
        let filter = organisation::PeopleFilter {
            unit,
            team,
            role: role.map(Into::into),
            name,
            ..Default::default()
        };
        listed(
            ctx,
            "people",
            &page,
            organisation::people(cx, &filter, &page).await,
            Person,
        )
    }

    /// The organiser's school years (läsår) with terms and days off, in order.
    async fn school_years(&self, ctx: &Context<'_>) -> Result<Vec<SchoolYear>> {
        let cx: &Cx = ctx.data()?;
        let years = organisation::school_years(cx)
            .await
            .map_err(|fault| error(cx, &fault))?;
        Ok(years.into_iter().map(Into::into).collect())
    }
}
