//! `kollegium admin`: what whoever runs the installation does, from nothing to a first real organiser.

use crate::{
    cli::Admin,
    compose,
    config::Config,
    exit::{Exit, Failure},
    migrate, say, starter,
};
use api::{invitation_link, sign_in_link};
use identity::{Address, Identity, OneTime, Purpose};
use kit::{Actor, Body, Fault, Lang, Name, OpenRubricId, OrganiserId, Role};
use organisation::{CreateOrganiser, Invite, NewRole};
use std::fmt;
use store::{Store, Tx, write};
use uuid::Uuid;

/// Runs one of the commands on a database that is migrated.
pub(crate) async fn admin(config: &Config, command: &Admin) -> Result<(), Failure> {
    let keys = compose::keys(config, true)?;
    if let Admin::RotateKeys = command {
        let lifetime = chrono::TimeDelta::seconds(config.identity.access_seconds.into());
        let kid = keys
            .rotate(lifetime)
            .map_err(|error| Failure::new(Exit::Folder, error))?;
        return say(&format!(
            "tokens are signed with the key {kid} as soon as every server knows it: within a minute or so"
        ));
    }
    let store = compose::open(config, compose::secret(&keys)).await?;
    migrate::current(&store).await?;
    let public_url = config.http.public_url(config.http.listen);
    let door = compose::api(config, &store, keys, &public_url)?;
    let done = match command {
        Admin::CreateOrganiser(ask) => create_organiser(&store, &public_url, ask).await,
        Admin::SignInLink { address } => help(&store, &door.identity, &public_url, address).await,
        Admin::HideOpen(ask) => hide_open(&store, ask).await,
        Admin::RotateKeys => Ok(String::new()),
    };
    store.close().await;
    say(&done?)
}

async fn create_organiser(
    store: &Store,
    url: &str,
    ask: &crate::cli::CreateOrganiser,
) -> Result<String, Failure> {
    let wrong = |what: &'static str| {
        move |error: kit::TextError| {
            Failure::new(Exit::Usage, format!("{what}: {}", error.message(Lang::En)))
        }
    };
    let name = Name::parse(&ask.name).map_err(wrong("--name"))?;
    let admin_name = Name::parse(&ask.admin_name).map_err(wrong("--admin-name"))?;
    let address = Address::parse(&ask.address)
        .map_err(|error| Failure::new(Exit::Usage, format!("--address: {error}")))?;
    let mut cx = store.cx(Actor::Anonymous, Lang::En, Uuid::nil());
    let organiser = OrganiserId(cx.ids.random());
    cx.actor = Actor::System {
        job: "admin",
        organiser,
    };
    let secret = OneTime::make(Purpose::Invitation, organiser).map_err(refused)?;
    let kind = if ask.independent {
        organisation::OrganiserKind::Independent
    } else {
        organisation::OrganiserKind::Municipality
    };
    let invitation = write(&cx, async |tx: &Tx| {
        organisation::create_organiser(
            tx,
            &CreateOrganiser {
                name: name.clone(),
                kind,
            },
        )
        .await?;
        if !ask.without_starter_shelf {
            starter::fill(tx, &[]).await?;
        }
        let role = NewRole {
            id: tx.ids.random().into(),
            role: Role::Admin,
            unit: None,
            from_day: None,
            to_day: None,
        };
        let invite = Invite {
            person: tx.ids.random().into(),
            name: admin_name,
            lang: Lang::Sv,
            address: address.as_str().to_owned(),
            secret_hash: secret.hash().bytes(),
            unit: None,
            roles: vec![role],
            teams: Vec::new(),
            protected: false,
        };
        Ok::<_, Unmade>(organisation::invite(tx, &invite).await?)
    })
    .await
    .map_err(refused)?;
    Ok(format!(
        "{name} is made ({organiser}).\n\nHand this link to its first administrator; it is good once, until {}, and is shown only now:\n\n{}",
        invitation.expires_at.format("%Y-%m-%d %H:%M UTC"),
        invitation_link(url, &secret.text())
    ))
}

async fn help(
    store: &Store,
    identity: &Identity,
    url: &str,
    address: &str,
) -> Result<String, Failure> {
    let address = Address::parse(address)
        .map_err(|error| Failure::new(Exit::Usage, format!("--address: {error}")))?;
    let cx = store.cx(Actor::Anonymous, Lang::En, Uuid::nil());
    let account = identity::find_account_by_address(&cx, &address)
        .await
        .map_err(refused)?;
    let Some(account) = account else {
        return Err(Failure::new(
            Exit::Failed,
            "nobody has an account with this address",
        ));
    };
    let text = write(&cx, async |tx: &Tx| {
        let (id, text) = identity::create_link(tx, identity, account.id).await?;
        notices::tell_of_link(tx, id, account.id).await?;
        Ok::<_, Unhelped>(text)
    })
    .await
    .map_err(refused)?;
    Ok(format!(
        "Hand this link to the owner of the account; it is good once, for {} hours, and is shown only now:\n\n{}",
        identity.config.link_hours,
        sign_in_link(url, &text)
    ))
}

async fn hide_open(store: &Store, ask: &crate::cli::HideOpen) -> Result<String, Failure> {
    let open: OpenRubricId = ask
        .id
        .parse()
        .map_err(|error| Failure::new(Exit::Usage, format!("{}: {error}", ask.id)))?;
    let reason = Body::parse(&ask.reason).map_err(|error| {
        Failure::new(
            Exit::Usage,
            format!("--reason: {}", error.message(Lang::En)),
        )
    })?;
    let house = |organiser| Actor::System {
        job: "admin",
        organiser,
    };
    let cx = store.cx(house(OrganiserId(Uuid::nil())), Lang::En, Uuid::nil());
    let organiser = rubrics::organiser_of_open(&cx, open).await;
    let cx = cx.acting_as(house(organiser.map_err(|fault| told(&fault))?));
    let ask = rubrics::HideOpen {
        open,
        hidden: !ask.show,
        reason,
    };
    write(&cx, async |tx: &Tx| rubrics::bar_open(tx, &ask).await)
        .await
        .map_err(|fault| told(&fault))?;
    Ok(if ask.hidden {
        format!("{open} is hidden from everybody, and its authors are told")
    } else {
        format!(
            "{open} is shown again as far as its own organiser wants it, and its authors are told"
        )
    })
}

/// A failure of making an organiser.
#[derive(Debug, thiserror::Error)]
enum Unmade {
    #[error(transparent)]
    Organisation(#[from] organisation::Error),
    #[error(transparent)]
    Rubrics(#[from] rubrics::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// A failure of helping somebody in.
#[derive(Debug, thiserror::Error)]
enum Unhelped {
    #[error(transparent)]
    Identity(#[from] identity::Error),
    #[error(transparent)]
    Notices(#[from] notices::Error),
    #[error(transparent)]
    Store(#[from] store::Error),
}

fn refused(error: impl fmt::Display) -> Failure {
    Failure::new(Exit::Failed, error)
}

/// What a room answered, for a person at a terminal.
pub(crate) fn told(fault: &dyn Fault) -> Failure {
    Failure::new(Exit::Failed, fault.message(Lang::En))
}
