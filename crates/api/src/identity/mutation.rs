//! Signing in and out.

use super::{
    input::{
        AcceptInvitationInput, ChangePasswordInput, CreateSignInLinkInput, EndSignInInput,
        RefreshSignInInput, SignInInput,
    },
    object::{SignInChoice, Tokens},
};
use crate::{
    answer::{Payload, UserError, answer, payload},
    door::{Origin, PublicUrl},
    link::Link,
};
use async_graphql::{Context, Object, Result, SimpleObject};
use identity::{Address, Attempt, Begin, Error, Identity, NewPassword, OneTime, Password, Purpose};
use kit::{AccountId, Name, OrganiserId};
use std::sync::Arc;
use store::{Cx, Tx, write};

/// What signing in answers: tokens, or the organisers to choose between, or why it did not succeed.
#[derive(Debug, SimpleObject)]
pub struct SignInPayload {
    /// What this device signs its requests with from now on.
    tokens: Option<Tokens>,
    /// The organisers to choose between: sign in again and name one. Empty unless the account has persons at several.
    choices: Vec<SignInChoice>,
    /// Why it did not succeed. An unknown address and a wrong password are told alike.
    user_errors: Vec<UserError>,
}

/// What came of knowing whose account it is.
pub enum SignedIn {
    /// Tokens for the one person.
    As(Tokens),
    /// Several persons.
    Among(Vec<SignInChoice>),
}

impl Payload for SignInPayload {
    type Object = SignedIn;

    fn of(done: Option<SignedIn>, user_errors: Vec<UserError>) -> Self {
        match done {
            Some(SignedIn::As(tokens)) => Self {
                tokens: Some(tokens),
                choices: Vec::new(),
                user_errors,
            },
            Some(SignedIn::Among(choices)) => Self {
                tokens: None,
                choices,
                user_errors,
            },
            None => Self {
                tokens: None,
                choices: Vec::new(),
                user_errors,
            },
        }
    }
}

payload! { /// New tokens, or why there are none.
RefreshSignInPayload { /// What this device signs its requests with from now on.
    tokens: Tokens } }
payload! { /// Whether this device is signed out.
SignOutPayload { /// True when the sign-in has ended.
    signed_out: bool } }
payload! { /// How many devices were signed out.
SignOutEverywherePayload { /// How many sign-ins have ended, this one too.
    ended: i32 } }
payload! { /// Whether the sign-in has ended.
EndSignInPayload { /// True when it has ended.
    ended: bool } }
payload! { /// Whether the password was changed.
ChangePasswordPayload { /// True when it was changed; your other devices are signed out.
    changed: bool } }
payload! { /// The first sign-in of the new colleague, or why the invitation was not accepted.
AcceptInvitationPayload { /// What this device signs its requests with from now on.
    tokens: Tokens } }
payload! { /// The link, or why it was not made.
CreateSignInLinkPayload { /// The address to hand over. It is shown this once, is good once and for 24 hours.
    link: String } }

/// The root of signing in and out.
#[derive(Debug, Default)]
pub(crate) struct IdentityMutation;

#[Object]
impl IdentityMutation {
    /// Signs in with an address and a password, or with a one-time link and a new password. Needs no sign-in. An account that has persons at
    /// several organisers gets the list and tries again with `organiser`.
    async fn sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who signs in, and how.")] input: SignInInput,
    ) -> Result<SignInPayload> {
        let cx: &Cx = ctx.data()?;
        let done = async {
            let account = whose(ctx, cx, &input).await?;
            let organiser = input
                .organiser
                .as_ref()
                .map(|id| id.parse().map_err(|_| Error::SignInFailed))
                .transpose()?;
            enter(ctx, cx, account, organiser, input.device.as_deref()).await
        };
        answer(cx, done.await)
    }

    /// Exchanges the refresh token for new tokens, once. Needs no sign-in. A token that was exchanged before ends the sign-in, unless its answer was
    /// just lost.
    async fn refresh_sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What this device got last.")] input: RefreshSignInInput,
    ) -> Result<RefreshSignInPayload> {
        let cx: &Cx = ctx.data()?;
        let tokens =
            identity::refresh(cx, ctx.data::<Arc<Identity>>()?, &input.refresh_token).await;
        answer(cx, tokens.map(Into::into))
    }

    /// Signs this device out.
    async fn sign_out(&self, ctx: &Context<'_>) -> Result<SignOutPayload> {
        let cx: &Cx = ctx.data()?;
        answer(
            cx,
            write(cx, async |tx: &Tx| identity::sign_out(tx).await)
                .await
                .map(|()| true),
        )
    }

    /// Signs out every device of your account, this one too, at every organiser.
    async fn sign_out_everywhere(&self, ctx: &Context<'_>) -> Result<SignOutEverywherePayload> {
        let cx: &Cx = ctx.data()?;
        let ended = write(cx, async |tx: &Tx| identity::sign_out_everywhere(tx).await).await;
        answer(
            cx,
            ended.map(|ended| i32::try_from(ended).unwrap_or(i32::MAX)),
        )
    }

    /// Signs out one of your devices: a telephone that was lost.
    async fn end_sign_in(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which device to sign out.")] input: EndSignInInput,
    ) -> Result<EndSignInPayload> {
        let cx: &Cx = ctx.data()?;
        let done = async {
            let sign_in = input.sign_in.parse().map_err(|_| Error::NotFound)?;
            write(cx, async |tx: &Tx| identity::end(tx, sign_in).await).await
        };
        answer(cx, done.await.map(|()| true))
    }

    /// Changes the password of your account, and signs out your other devices.
    async fn change_password(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password of today and the one from now on.")]
        input: ChangePasswordInput,
    ) -> Result<ChangePasswordPayload> {
        let cx: &Cx = ctx.data()?;
        let done = async {
            let identity: &Identity = ctx.data::<Arc<Identity>>().map_err(missing)?;
            let present = Password::typed(&input.old_password)?;
            let place = ctx.data::<Origin>().map_err(missing)?.client;
            let change = identity::prepare_password_change(
                cx,
                identity,
                &present,
                &input.new_password,
                place,
            )
            .await?;
            write(cx, async |tx: &Tx| {
                identity::change_password(tx, &change).await
            })
            .await
        };
        answer(cx, done.await.map(|()| true))
    }

    /// Accepts an invitation: makes the account, or opens the one you have, and signs this device in. Needs no sign-in. An invitation is good once and
    /// for seven days.
    async fn accept_invitation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The invitation, and the password that you choose.")]
        input: AcceptInvitationInput,
    ) -> Result<AcceptInvitationPayload> {
        let cx: &Cx = ctx.data()?;
        answer(cx, accept(ctx, cx, &input).await)
    }

    /// Makes a one-time link for somebody who is locked out; it asks for a new password. Its owner is told. For administrators.
    async fn create_sign_in_link(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Who is locked out.")] input: CreateSignInLinkInput,
    ) -> Result<CreateSignInLinkPayload> {
        let cx: &Cx = ctx.data()?;
        let identity: &Identity = ctx.data::<Arc<Identity>>()?;
        let url: &PublicUrl = ctx.data()?;
        let done = async {
            let person = input
                .person
                .parse()
                .map_err(|_| organisation::Error::NotFound)?;
            let text = write(cx, async |tx: &Tx| {
                let account = organisation::account_to_help(tx, person).await?;
                let (id, text) = identity::create_link(tx, identity, account).await?;
                notices::tell_of_link(tx, id, account).await?;
                Ok::<_, HelpError>(text)
            })
            .await?;
            Ok::<_, HelpError>(Link::redeem(url, &text).to_string())
        };
        answer(cx, done.await)
    }
}

/// A failure of helping somebody in: of any of the three rooms that take part.
#[derive(Debug, thiserror::Error)]
enum HelpError {
    #[error(transparent)]
    Identity(#[from] Error),
    #[error(transparent)]
    Organisation(#[from] organisation::Error),
    #[error(transparent)]
    Notices(#[from] notices::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
}

crate::answer::fault_of!(HelpError {
    Identity,
    Organisation,
    Notices,
    Store
});

/// A part of the request that the door always puts there.
fn missing(error: async_graphql::Error) -> Error {
    Error::Crypto(error.message)
}

/// Whose account it is, by password or by link.
async fn whose(ctx: &Context<'_>, cx: &Cx, input: &SignInInput) -> Result<AccountId, Error> {
    let identity: &Identity = ctx.data::<Arc<Identity>>().map_err(missing)?;
    if let Some(link) = &input.link {
        let ask = identity::prepare_link(
            cx,
            identity,
            link,
            input.new_password.as_deref().unwrap_or_default(),
        )
        .await?;
        return write(cx, async |tx: &Tx| identity::redeem_link(tx, &ask).await).await;
    }
    let attempt = Attempt {
        address: Address::parse(input.address.as_deref().unwrap_or_default())?,
        password: Password::typed(input.password.as_deref().unwrap_or_default())?,
        place: ctx.data::<Origin>().map_err(missing)?.client,
    };
    identity::check_password(cx, identity, &attempt).await
}

/// Signs the account in as its person at the organiser, or lists the organisers to choose between.
async fn enter(
    ctx: &Context<'_>,
    cx: &Cx,
    account: AccountId,
    organiser: Option<OrganiserId>,
    device: Option<&str>,
) -> Result<SignedIn, Error> {
    let identity: &Identity = ctx.data::<Arc<Identity>>().map_err(missing)?;
    let persons = organisation::persons_of(cx, account).await.map_err(below)?;
    let chosen = match (organiser, persons.as_slice()) {
        (Some(organiser), persons) => persons
            .iter()
            .find(|person| person.organiser == organiser)
            .ok_or(Error::SignInFailed)?,
        (None, [only]) => only,
        (None, []) => return Err(Error::SignInFailed),
        (None, several) => {
            let choices = several.iter().map(|person| SignInChoice {
                organiser: person.organiser.to_string().into(),
                name: person.organiser_name.clone(),
            });
            return Ok(SignedIn::Among(choices.collect()));
        }
    };
    let ask = Begin {
        account,
        person: chosen.person,
        organiser: chosen.organiser,
        device: device_name(ctx, device),
    };
    let tokens = write(cx, async |tx: &Tx| {
        identity::begin(tx, identity, &ask).await
    })
    .await?;
    Ok(SignedIn::As(tokens.into()))
}

/// What the owner will recognise the device by: what they say, or what the program calls itself.
fn device_name(ctx: &Context<'_>, said: Option<&str>) -> Name {
    let called = ctx
        .data::<Origin>()
        .map_or("", |origin| origin.device.as_str());
    let short = |text: &str| Name::parse(&text.chars().take(Name::MAX).collect::<String>()).ok();
    said.and_then(short)
        .or_else(|| short(called))
        .unwrap_or_else(|| Name::parse("?").expect("a question mark is a name"))
}

async fn accept(
    ctx: &Context<'_>,
    cx: &Cx,
    input: &AcceptInvitationInput,
) -> Result<Tokens, Error> {
    let identity: &Identity = ctx.data::<Arc<Identity>>().map_err(missing)?;
    let secret = OneTime::parse(Purpose::Invitation, &input.token).ok_or(Error::LinkUsedUp)?;
    let hash = secret.hash().bytes();
    let invited = organisation::invited_address(cx, secret.organiser, &hash)
        .await
        .map_err(below)?;
    let address = Address::parse(&invited)?;
    // What takes long happens before the transaction; whoever has an account at another organiser proves that it is theirs.
    let present = identity::find_account_by_address(cx, &address).await?;
    let (account, password) = match present {
        Some(_) => {
            let place = ctx.data::<Origin>().map_err(missing)?.client;
            let attempt = Attempt {
                address: address.clone(),
                password: Password::typed(&input.password)?,
                place,
            };
            (
                Some(identity::check_password(cx, identity, &attempt).await?),
                None,
            )
        }
        None => (
            None,
            Some(
                identity
                    .passwords
                    .hash(&NewPassword::chosen(&input.password, &address)?)
                    .await?,
            ),
        ),
    };
    let device = device_name(ctx, input.device.as_deref());
    let tokens = write(cx, async |tx: &Tx| {
        let account = match (account, &password) {
            (Some(account), _) => account,
            (None, Some(password)) => identity::create_account(tx, &address, password).await?.id,
            (None, None) => return Err(Error::SignInFailed),
        };
        let person = organisation::redeem_invitation(tx, secret.organiser, &hash)
            .await
            .map_err(below)?
            .person;
        organisation::link_account(tx, secret.organiser, person, account)
            .await
            .map_err(below)?;
        let ask = Begin {
            account,
            person,
            organiser: secret.organiser,
            device,
        };
        identity::begin(tx, identity, &ask).await
    })
    .await?;
    Ok(tokens.into())
}

/// A failure of the organisation, as somebody outside is told it.
fn below(fault: organisation::Error) -> Error {
    match fault {
        organisation::Error::Store(fault) => Error::Store(fault),
        _ => Error::LinkUsedUp,
    }
}
