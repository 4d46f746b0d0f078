//! The accounts of integrators.

use crate::{
    answer::{Payload, UserError, answer, error, payload},
    effect::{self, effect},
    organisation::object::Unit,
    words::Reading,
};
use async_graphql::{Context, Description, ID, InputObject, Object, Result, SimpleObject};
use chrono::{DateTime, NaiveDate, Utc};
use identity::{Error, ServiceAccount as Account};
use kit::{ServiceId, UnitId};
use store::{Cx, Tx, write};

/// A service account of an integrator (systemleverantör). Administrators see it.
#[derive(Debug, Clone, Description)]
pub struct ServiceAccount(pub Account);

#[Object(use_type_description)]
impl ServiceAccount {
    /// Its id, for `rotateServiceKey` and `endServiceAccount`.
    async fn id(&self) -> ID {
        self.0.id.to_string().into()
    }

    /// What the administrator calls it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it may read, by code: `organisation:read`, `people:read`, `rubrics:read`. Confidential things have no scope.
    async fn scopes(&self) -> Vec<&'static str> {
        self.0.scopes.iter().map(|scope| scope.code()).collect()
    }

    /// The units that it may read of, with those below them; nothing when it reads of the whole organiser.
    async fn units(&self, ctx: &Context<'_>) -> Result<Option<Vec<Unit>>> {
        let Some(ids) = &self.0.units else {
            return Ok(None);
        };
        let loaders: &crate::loader::Loaders = ctx.data()?;
        let mut units = Vec::with_capacity(ids.len());
        for id in ids {
            units.extend(loaders.unit(*id).await?.map(Unit));
        }
        Ok(Some(units))
    }

    /// Until when its key is good.
    async fn expires_at(&self) -> DateTime<Utc> {
        self.0.expires_at
    }

    /// Whether it was ended.
    async fn has_ended(&self) -> bool {
        self.0.ended_at.is_some()
    }

    /// The day of its last use.
    async fn last_used_on(&self) -> Option<NaiveDate> {
        self.0.used_on
    }
}

/// Makes a service account.
#[derive(Debug, InputObject)]
pub struct CreateServiceAccountInput {
    /// A random UUID that the client makes, so that the same ask sent twice makes one account.
    id: Option<ID>,
    /// What to call it, at most 120 characters.
    name: String,
    /// What it may read, by code: `organisation:read`, `people:read`, `rubrics:read`. At least one.
    scopes: Vec<String>,
    /// The units that it may read of, with those below them; left out, the whole organiser. What the whole organiser shares is of no unit:
    /// with units, `rubrics:read` opens nothing.
    units: Option<Vec<ID>>,
    /// Until when its key is good: at most two years from now.
    expires_at: DateTime<Utc>,
}

/// Gives a service account a new key.
#[derive(Debug, InputObject)]
pub struct RotateServiceKeyInput {
    /// Which one, from `serviceAccounts`.
    service_account: ID,
}

/// Ends an integrator's service account at once.
#[derive(Debug, InputObject)]
pub struct EndServiceAccountInput {
    /// Which one, from `serviceAccounts`.
    service_account: ID,
}

/// A service account with its key, which is shown this once.
#[derive(Debug, SimpleObject)]
pub struct ServiceKey {
    /// Whose key it is.
    service_account: ServiceAccount,
    /// The key: it goes with every request, as `Authorization: Bearer …`.
    key: String,
}

/// The new service account, or why it was not made.
#[derive(Debug, SimpleObject)]
pub struct CreateServiceAccountPayload {
    /// The account and its key; nothing when it was made before by the same `id`. Its key was shown then; `rotateServiceKey` gives it another.
    created: Option<ServiceKey>,
    /// The account, as it is now.
    service_account: Option<ServiceAccount>,
    /// Why it was not done; empty when it was.
    user_errors: Vec<UserError>,
}

impl Payload for CreateServiceAccountPayload {
    /// The account, and its key if it was made just now.
    type Object = (Account, Option<String>);

    fn of(object: Option<Self::Object>, user_errors: Vec<UserError>) -> Self {
        let (account, shown) = object.unzip();
        let created = account.clone().zip(shown.flatten()).map(key);
        Self {
            created,
            service_account: account.map(ServiceAccount),
            user_errors,
        }
    }
}

payload! { /// The service account with its new key, or why it got none.
RotateServiceKeyPayload { /// The account and its key; the old key is good no more.
    rotated: ServiceKey } }
payload! { /// The ended service account, or why it was not ended.
EndServiceAccountPayload { /// The account, whose key is good no more.
    service_account: ServiceAccount } }

/// The root of what is read of service accounts.
#[derive(Debug, Default)]
pub(crate) struct ServiceAccountQuery;

#[Object]
impl ServiceAccountQuery {
    /// The organiser's living service accounts, by name; at most 100. For administrators; nothing for others.
    async fn service_accounts(&self, ctx: &Context<'_>) -> Result<Option<Vec<ServiceAccount>>> {
        let cx: &Cx = ctx.data()?;
        match identity::list_service_accounts(cx).await {
            Ok(accounts) => Ok(Some(accounts.into_iter().map(ServiceAccount).collect())),
            Err(Error::NotAdmin) => Ok(None),
            Err(fault) => Err(error(cx, &fault)),
        }
    }
}

/// The root of what is written about service accounts.
#[derive(Debug, Default)]
pub(crate) struct ServiceAccountMutation;

#[Object]
impl ServiceAccountMutation {
    /// Makes a service account for an integrator. Its key is shown this once. For the organiser's administrators.
    async fn create_service_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the integrator may read, and until when.")]
        input: CreateServiceAccountInput,
    ) -> Result<CreateServiceAccountPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let name = reading.text("name", &input.name);
        let name = match reading.done(name) {
            Ok(name) => name,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let made = effect::key(cx, input.id.as_ref())?;
        let done = async {
            let units = match &input.units {
                None => None,
                Some(ids) => Some(units(cx, ids).await?),
            };
            let ask = identity::CreateServiceAccount {
                id: made.unwrap_or_else(|| cx.ids.random()).into(),
                name,
                scopes: input.scopes.clone(),
                units,
                expires_at: input.expires_at,
            };
            let once = effect::once("createServiceAccount", made, &input);
            let mut shown = None;
            let account = effect(cx, once, async |tx: &Tx| {
                let (account, key) = identity::create_service_account(tx, &ask).await?;
                shown = Some(key);
                Ok::<_, Error>(account)
            })
            .await?;
            Ok::<_, Error>((account, shown))
        };
        answer(cx, done.await)
    }

    /// Gives a service account a new key, which is shown this once; the old one is good no more. For the organiser's administrators.
    async fn rotate_service_key(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which account gets a new key.")] input: RotateServiceKeyInput,
    ) -> Result<RotateServiceKeyPayload> {
        let cx: &Cx = ctx.data()?;
        let done = async {
            let id: ServiceId = input.service_account.parse().map_err(|_| Error::NotFound)?;
            write(cx, async |tx: &Tx| {
                identity::rotate_service_key(tx, id).await
            })
            .await
        };
        answer(cx, done.await.map(key))
    }

    /// Ends a service account at once. For the organiser's administrators.
    async fn end_service_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which account is ended.")] input: EndServiceAccountInput,
    ) -> Result<EndServiceAccountPayload> {
        let cx: &Cx = ctx.data()?;
        let done = async {
            let id: ServiceId = input.service_account.parse().map_err(|_| Error::NotFound)?;
            write(cx, async |tx: &Tx| {
                identity::end_service_account(tx, id).await
            })
            .await
        };
        answer(cx, done.await.map(ServiceAccount))
    }
}

fn key((account, key): (Account, String)) -> ServiceKey {
    ServiceKey {
        service_account: ServiceAccount(account),
        key,
    }
}

/// The units, all of which the administrator can see.
async fn units(cx: &Cx, ids: &[ID]) -> Result<Vec<UnitId>, Error> {
    let ids = ids
        .iter()
        .map(|id| id.parse())
        .collect::<Result<Vec<UnitId>, _>>()
        .map_err(|_| Error::NotFound)?;
    match organisation::units_by_ids(cx, &ids).await {
        Ok(found) if ids.iter().all(|id| found.contains_key(id)) => Ok(ids),
        Err(organisation::Error::Store(fault)) => Err(Error::Store(fault)),
        Ok(_) | Err(_) => Err(Error::NotFound),
    }
}
