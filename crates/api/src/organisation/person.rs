//! People, as far as the reader may know them.

use super::{
    codes,
    object::{Unit, int},
};
use crate::loader::Loaders;
use async_graphql::{Context, Description, ID, Object, Result, SimpleObject};
use chrono::NaiveDate;
use kit::PersonId;
use organisation::Abilities as _;
use store::Cx;

/// A person at the organiser, whom you may know.
#[derive(Debug, Clone, Description)]
pub struct Person(pub organisation::Person);

#[Object(use_type_description)]
impl Person {
    /// Their id, with which `person` fields of inputs name them.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What they are called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The unit that they work at today.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<Unit>> {
        let Some(unit) = self.0.unit else {
            return Ok(None);
        };
        Ok(ctx.data::<Loaders>()?.unit(unit).await?.map(Unit))
    }

    /// Whether their last day has passed.
    async fn has_left(&self) -> bool {
        self.0.left
    }

    /// The roles that they hold today.
    async fn roles(&self, ctx: &Context<'_>) -> Result<Vec<RoleHeld>> {
        Ok(ctx
            .data::<Loaders>()?
            .roles(self.0.id)
            .await?
            .into_iter()
            .map(RoleHeld)
            .collect())
    }

    /// What only they themselves, who manages them, and who guards protected identities may read.
    async fn record(&self, ctx: &Context<'_>) -> Result<Option<PersonRecord>> {
        let cx: &Cx = ctx.data()?;
        Ok(self.0.record(&cx.actor).map(|record| PersonRecord {
            language: record.lang.into(),
            is_protected: record.protected,
            has_joined: record.joined,
            last_day: record.last_day,
            version: int(record.version),
        }))
    }

    /// What you may do with them.
    async fn viewer_can(&self, ctx: &Context<'_>) -> Result<PersonAbilities> {
        let cx: &Cx = ctx.data()?;
        let can = self.0.abilities(&cx.actor);
        Ok(PersonAbilities {
            manage: can.manage,
            protect: can.protect,
        })
    }
}

/// What is kept about a person for themself and for who manages them.
#[derive(Debug, Clone, SimpleObject)]
pub struct PersonRecord {
    /// The language they chose.
    language: codes::Language,
    /// Whether their identity is protected (skyddade personuppgifter).
    is_protected: bool,
    /// Whether they accepted their invitation and can sign in.
    has_joined: bool,
    /// Their last day, if they leave or left.
    last_day: Option<NaiveDate>,
    /// Rises with every save; an update names the version it read.
    version: i32,
}

/// What the reader may do with a person.
#[derive(Debug, Clone, SimpleObject)]
pub struct PersonAbilities {
    /// Rename them, move them, set their last day.
    manage: bool,
    /// Set or lift the protection of their identity.
    protect: bool,
}

/// A dated role of a person.
#[derive(Debug, Clone, Description)]
pub struct RoleHeld(pub organisation::RoleHeld);

#[Object(use_type_description)]
impl RoleHeld {
    /// Its id, for `endRole`.
    pub(crate) async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What they are trusted with.
    async fn role(&self) -> codes::Role {
        self.0.role.into()
    }

    /// Where; none when it is held at the whole organiser.
    async fn unit(&self, ctx: &Context<'_>) -> Result<Option<Unit>> {
        let Some(unit) = self.0.unit else {
            return Ok(None);
        };
        Ok(ctx.data::<Loaders>()?.unit(unit).await?.map(Unit))
    }

    /// The first day on which it holds.
    async fn from_day(&self) -> NaiveDate {
        self.0.from_day
    }

    /// The last day on which it holds, when an end is known.
    async fn to_day(&self) -> Option<NaiveDate> {
        self.0.to_day
    }
}

/// Somebody who did something, shown by name. A colleague with protected identity is "En kollega" to others, without anything that tells who.
#[derive(Debug, Clone, SimpleObject)]
pub struct Colleague {
    /// What they are called here.
    name: String,
    /// The person, when you may know who it is.
    person: Option<Person>,
}

impl Colleague {
    /// The colleague as this reader may know them.
    pub(crate) async fn of(ctx: &Context<'_>, id: PersonId) -> Result<Self> {
        let cx: &Cx = ctx.data()?;
        Ok(match ctx.data::<Loaders>()?.person(id).await? {
            Some(person) => Self {
                name: person.name.clone(),
                person: Some(Person(person)),
            },
            None => Self {
                name: organisation::hidden_name(cx.lang).to_owned(),
                person: None,
            },
        })
    }
}
