//! Teams.

use super::{
    codes::TeamKind,
    object::{Unit, int},
    person::Person,
};
use crate::{
    list::{Connected, connected, page},
    loader::Loaders,
};
use async_graphql::{Context, Description, ID, Object, Result, SimpleObject};
use chrono::NaiveDate;
use organisation::Abilities as _;
use store::Cx;

/// A work team, subject team or learning group (arbetslag, ämneslag, lärgrupp), in one unit or across several.
#[derive(Debug, Clone, Description)]
pub struct Team(pub organisation::Team);

#[Object(use_type_description)]
impl Team {
    /// Its id, with which `team(id:)` finds it.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// Arbetslag, ämneslag or lärgrupp.
    async fn kind(&self) -> TeamKind {
        self.0.kind.into()
    }

    /// What the team is called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Its unit; none when it reaches across units.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<Unit>> {
        let Some(unit) = self.0.unit else {
            return Ok(None);
        };
        Ok(ctx.data::<Loaders>()?.unit(unit).await?.map(Unit))
    }

    /// Its last day, when an end is known. What was shared with it stays readable for its members.
    async fn ends_on(&self) -> Option<NaiveDate> {
        self.0.ends_on
    }

    /// Who belongs to it today, by name. People with protected identity are shown to each other and to the team alone.
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many are wanted, 1 to 100.", default = 20)] first: i32,
        #[graphql(desc = "Go on behind this cursor of the same list.")] after: Option<String>,
    ) -> Result<Connected<Person>> {
        let list = format!("members:{}", self.0.id);
        let page = page(ctx, &list, first, after.as_deref())?;
        let members = ctx.data::<Loaders>()?.members(self.0.id, &page).await?;
        connected(ctx, &list, &page, members, Person)
    }

    /// Rises with every save; an update names the version it read.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// What you may do with it.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<TeamAbilities> {
        let cx: &Cx = ctx.data()?;
        let can = self.0.abilities(&cx.actor);
        Ok(TeamAbilities {
            lead: can.lead,
            leave: can.leave,
        })
    }
}

/// What the reader may do with a team.
#[derive(Debug, Clone, SimpleObject)]
pub struct TeamAbilities {
    /// Rename it, give it an end, add and remove members.
    lead: bool,
    /// Leave it, as one of its members.
    leave: bool,
}
