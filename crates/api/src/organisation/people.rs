//! Inviting and changing people, and their roles.

use super::{
    input::{
        AssignRoleInput, EndRoleInput, InvitePersonInput, RoleInput, SetProtectionGuardInput,
        UpdateMeInput, UpdatePersonInput,
    },
    mutation::{changed, id, id_or_none, name_or_none},
    person::{Person, RoleHeld},
};
use crate::{
    answer::{answer, answer_or_current, fault_of, payload},
    door::PublicUrl,
    effect::{effect, key, once},
    link::Link,
    words::Reading,
};
use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use identity::{Address, OneTime, Purpose};
use kit::RoleId;
use organisation::{Error, NewRole};
use store::{Cx, Tx, write};

/// An invitation: good once, for seven days, and bound to an address.
#[derive(Debug, SimpleObject)]
pub struct Invitation {
    /// The person who is invited.
    person: Option<Person>,
    /// The address to hand over. It is shown this once; when the same ask is sent again it is missing.
    link: Option<String>,
    /// Until when it can be accepted.
    expires_at: DateTime<Utc>,
}

payload! { /// The invitation, or why nobody was invited.
InvitePersonPayload { /// The invitation with its link, which is shown this once.
    invitation: Invitation } }
payload! { /// The role, or why it was not given.
AssignRolePayload { /// The role that they hold now, or from its first day.
    role: RoleHeld } }
payload! { /// The role with its end, or why it was not ended.
EndRolePayload { /// The role, with its last day set.
    role: RoleHeld } }
payload! { /// The person as they are now, or why nothing changed.
UpdatePersonPayload { /// The person; on `STALE_VERSION` as they are now.
    person: Person } }
payload! { /// You as you are now, or why nothing changed.
UpdateMePayload { /// The person that you are.
    person: Person } }
payload! { /// Whether the administrator is named, or why nothing changed.
SetProtectionGuardPayload { /// Whether they see and set protected identities now.
    named: bool } }

/// A failure of inviting: of the address or of the organisation.
#[derive(Debug, thiserror::Error)]
enum InviteError {
    #[error(transparent)]
    Identity(#[from] identity::Error),
    #[error(transparent)]
    Organisation(#[from] Error),
    #[error(transparent)]
    Store(#[from] store::Error),
}

fault_of!(InviteError {
    Identity,
    Organisation,
    Store
});

/// The root of what is written about people.
#[derive(Debug, Default)]
pub(crate) struct PeopleMutation;

#[Object]
impl PeopleMutation {
    /// Invites a person with their roles and teams, and answers with the link to hand over. For administrators and principals.
    async fn invite_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom to invite, and to what.")] input: InvitePersonInput,
    ) -> Result<InvitePersonPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let name = reading.text("name", &input.name);
        let name = match reading.done(name) {
            Ok(name) => name,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let made = key(cx, input.id.as_ref())?;
        let url: &PublicUrl = ctx.data()?;
        let done = async {
            let address = Address::parse(&input.address)?;
            let secret = OneTime::make(Purpose::Invitation, cx.organiser())?;
            let ask = organisation::Invite {
                person: made.unwrap_or_else(|| cx.ids.random()).into(),
                name,
                lang: input.language.into(),
                address: address.as_str().to_owned(),
                secret_hash: secret.hash().bytes(),
                unit: id_or_none(input.unit.as_ref())?,
                roles: input
                    .roles
                    .iter()
                    .map(|role| new_role(cx, None, role))
                    .collect::<Result<_, _>>()?,
                teams: input.teams.iter().map(id).collect::<Result<_, _>>()?,
                protected: input.is_protected,
            };
            let mut is_new = false;
            let invitation = effect(cx, once("invitePerson", made, &input), async |tx: &Tx| {
                is_new = true;
                organisation::invite(tx, &ask).await
            })
            .await?;
            let person = organisation::person(cx, invitation.person)
                .await?
                .map(Person);
            let link = is_new.then(|| Link::accept(url, &secret.text()).to_string());
            Ok::<_, InviteError>(Invitation {
                person,
                link,
                expires_at: invitation.expires_at,
            })
        };
        answer(cx, done.await)
    }

    /// Gives a person a role at a unit or at the organiser. Nobody gives a role above their own.
    async fn assign_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who gets which role.")] input: AssignRoleInput,
    ) -> Result<AssignRolePayload> {
        let cx: &Cx = ctx.data()?;
        let made = key(cx, input.id.as_ref())?;
        let done = async {
            let (person, role) = (
                id(&input.person)?,
                new_role(cx, made.map(RoleId), &input.role)?,
            );
            effect(cx, once("assignRole", made, &input), async |tx: &Tx| {
                organisation::assign_role(tx, person, &role).await
            })
            .await
        };
        answer(cx, done.await.map(RoleHeld))
    }

    /// Ends a role, now or after its last day. An organiser keeps at least one administrator.
    async fn end_role(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which role, and when it ends.")] input: EndRoleInput,
    ) -> Result<EndRolePayload> {
        let cx: &Cx = ctx.data()?;
        let done = async {
            let role = id(&input.role)?;
            write(cx, async |tx: &Tx| {
                organisation::end_role(tx, role, input.last_day).await
            })
            .await
        };
        answer(cx, done.await.map(RoleHeld))
    }

    /// Changes a person: name, unit, last day, protection. For their administrators; protection only for those who are named for it.
    async fn update_person(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whom it is about, and what changes.")] input: UpdatePersonInput,
    ) -> Result<UpdatePersonPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let name = name_or_none(&mut reading, input.name.as_deref());
        let name = match reading.done(name) {
            Ok(name) => name,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let done = async {
            let unit = id_or_none(input.unit.as_ref())?;
            let ask = organisation::UpdatePerson {
                person: id(&input.person)?,
                version: input.version.into(),
                name,
                home: unit.map(|unit| organisation::Move {
                    unit,
                    from_day: input.moves_on,
                }),
                last_day: changed(&input.last_day),
                protected: input.is_protected,
            };
            write(cx, async |tx: &Tx| {
                organisation::update_person(tx, &ask).await
            })
            .await
        };
        let current = async || {
            organisation::person(cx, input.person.parse().ok()?)
                .await
                .ok()
                .flatten()
                .map(Person)
        };
        answer_or_current(cx, done.await.map(Person), current).await
    }

    /// Changes what is yours: the language that you are spoken to in.
    async fn update_me(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What you change about yourself.")] input: UpdateMeInput,
    ) -> Result<UpdateMePayload> {
        let cx: &Cx = ctx.data()?;
        let done = write(cx, async |tx: &Tx| {
            organisation::update_me(tx, input.language.into()).await
        })
        .await;
        answer(cx, done.map(Person))
    }

    /// Names an administrator who sees and sets protected identities, or takes it back. At most three are named. For the organiser's administrators.
    async fn set_protection_guard(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which administrator, and whether they are named.")]
        input: SetProtectionGuardInput,
    ) -> Result<SetProtectionGuardPayload> {
        let cx: &Cx = ctx.data()?;
        let done = async {
            let person = id(&input.person)?;
            write(cx, async |tx: &Tx| {
                if input.named {
                    organisation::name_guard(tx, person).await
                } else {
                    organisation::unname_guard(tx, person).await.map(|_| ())
                }
            })
            .await?;
            Ok::<_, Error>(input.named)
        };
        answer(cx, done.await)
    }
}

fn new_role(cx: &Cx, made: Option<RoleId>, input: &RoleInput) -> Result<NewRole, Error> {
    Ok(NewRole {
        id: made.unwrap_or_else(|| cx.ids.random().into()),
        role: input.role.into(),
        unit: id_or_none(input.unit.as_ref())?,
        from_day: input.from_day,
        to_day: input.to_day,
    })
}
