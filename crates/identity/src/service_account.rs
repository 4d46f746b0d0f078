//! The service accounts of integrators: a key that reads what its scopes allow, of some units, until a day.

use crate::{
    Error, OneTime, Purpose,
    sql::service_account::{ActiveModel, Column, Entity, Model},
};
use chrono::{NaiveDate, TimeDelta};
use kit::{Actor, Instant, Name, OrganiserId, Role, ServiceId, UnitId};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, Select, UpdateMany,
    sea_query::{Condition, Expr},
};
use store::{Cx, Outcome, Tx};
use uuid::Uuid;

/// The most living service accounts of an organiser.
const ACCOUNTS_MAX: u64 = 100;
/// The longest that one may live before it is made anew.
const LIFE_MAX: TimeDelta = TimeDelta::days(731);

/// What an integrator may read. Confidential things have no scope, so that none can be granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Units, teams, school years.
    OrganisationRead,
    /// People with their roles; never of a protected identity.
    PeopleRead,
    /// Published rubrics.
    RubricsRead,
}

impl Scope {
    /// Every scope there is.
    pub const ALL: [Self; 3] = [Self::OrganisationRead, Self::PeopleRead, Self::RubricsRead];

    /// The stable code, as stored and as integrators write it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::OrganisationRead => "organisation:read",
            Self::PeopleRead => "people:read",
            Self::RubricsRead => "rubrics:read",
        }
    }

    /// The scope with this code.
    ///
    /// # Errors
    ///
    /// [`Error::ScopeNotGrantable`] when there is none: it is misspelt, or confidential.
    pub fn parse(code: &str) -> Result<Self, Error> {
        Self::ALL
            .into_iter()
            .find(|scope| scope.code() == code)
            .ok_or(Error::ScopeNotGrantable)
    }
}

/// A service account, without its key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceAccount {
    /// Its id.
    pub id: ServiceId,
    /// Its organiser.
    pub organiser: OrganiserId,
    /// What the administrator calls it.
    pub name: Name,
    /// What it may read, in a fixed order.
    pub scopes: Vec<Scope>,
    /// The units that it may read of, with those below them; `None` is the whole organiser.
    pub units: Option<Vec<UnitId>>,
    /// Since when.
    pub made_at: Instant,
    /// Until when its key is good.
    pub expires_at: Instant,
    /// When it was ended, if it was.
    pub ended_at: Option<Instant>,
    /// The day of its last use, in UTC.
    pub used_on: Option<NaiveDate>,
}

/// What a new service account shall be.
#[derive(Debug, Clone)]
pub struct CreateServiceAccount {
    /// Made by the client, at random.
    pub id: ServiceId,
    /// What to call it.
    pub name: Name,
    /// What it may read, by code; at least one.
    pub scopes: Vec<String>,
    /// The units that it may read of; `None` is the whole organiser. That they are the organiser's, the caller has asked.
    pub units: Option<Vec<UnitId>>,
    /// Until when: in the future, at most two years away.
    pub expires_at: Instant,
}

/// Makes a service account. Answers it and its key, which is shown this once.
///
/// # Errors
///
/// [`Error::NotAdmin`], [`Error::ScopeNotGrantable`] for an unknown scope or none at all, [`Error::ExpiryOutOfBounds`],
/// [`Error::TooManyServiceAccounts`] above 100 living ones, and `ID_TAKEN` for an id in use.
pub async fn create_service_account(
    tx: &Tx,
    ask: &CreateServiceAccount,
) -> Result<(ServiceAccount, String), Error> {
    may_manage(&tx.actor)?;
    let scopes = scopes(&ask.scopes)?;
    if ask.expires_at <= tx.now || ask.expires_at > tx.now + LIFE_MAX {
        return Err(Error::ExpiryOutOfBounds);
    }
    if living(tx).count(tx.db()).await? >= ACCOUNTS_MAX {
        return Err(Error::TooManyServiceAccounts);
    }
    let key = OneTime::make(Purpose::ServiceKey, tx.organiser())?;
    let made = ServiceAccount {
        id: ask.id,
        organiser: tx.organiser(),
        name: ask.name.clone(),
        scopes,
        units: ask.units.clone(),
        made_at: tx.now,
        expires_at: kit::millis(ask.expires_at),
        ended_at: None,
        used_on: None,
    };
    Entity::insert(ActiveModel {
        organiser_id: Set(made.organiser.uuid()),
        id: Set(made.id.uuid()),
        name: Set(made.name.as_str().to_owned()),
        scopes: Set(joined(made.scopes.iter().map(|scope| scope.code()))),
        units: Set(made
            .units
            .as_ref()
            .map(|units| joined(units.iter().map(|unit| unit.uuid())))),
        key_hash: Set(key.hash().bytes()),
        made_at: Set(made.made_at),
        made_by: Set(tx.person().map(Uuid::from)),
        expires_at: Set(made.expires_at),
        ended_at: Set(None),
        used_on: Set(None),
    })
    .exec_without_returning(tx.db())
    .await?;
    Ok((made, key.text()))
}

impl Outcome<Error> for ServiceAccount {
    fn outcome(&self) -> String {
        self.id.to_string()
    }

    /// The account as it is now. Its key was shown once.
    async fn again(tx: &Tx, outcome: &str) -> Result<Self, Error> {
        may_manage(&tx.actor)?;
        find(tx, outcome.parse().map_err(|_| Error::NotFound)?).await
    }
}

/// Gives the service account a new key; the old one is good no more. Answers the key, which is shown this once.
///
/// # Errors
///
/// [`Error::NotAdmin`]; [`Error::NotFound`] when there is no living one.
pub async fn rotate_service_key(tx: &Tx, id: ServiceId) -> Result<(ServiceAccount, String), Error> {
    may_manage(&tx.actor)?;
    let key = OneTime::make(Purpose::ServiceKey, tx.organiser())?;
    let update = living_update(tx, id).col_expr(Column::KeyHash, Expr::value(key.hash().bytes()));
    if update.exec(tx.db()).await?.rows_affected != 1 {
        return Err(Error::NotFound);
    }
    Ok((find(tx, id).await?, key.text()))
}

/// Ends the service account at once.
///
/// # Errors
///
/// [`Error::NotAdmin`]; [`Error::NotFound`] when there is no living one.
pub async fn end_service_account(tx: &Tx, id: ServiceId) -> Result<ServiceAccount, Error> {
    may_manage(&tx.actor)?;
    let update = living_update(tx, id).col_expr(Column::EndedAt, Expr::value(Some(tx.now)));
    if update.exec(tx.db()).await?.rows_affected != 1 {
        return Err(Error::NotFound);
    }
    find(tx, id).await
}

/// The organiser's living service accounts by name; at most 100.
///
/// # Errors
///
/// [`Error::NotAdmin`].
pub async fn list_service_accounts(cx: &Cx) -> Result<Vec<ServiceAccount>, Error> {
    may_manage(&cx.actor)?;
    let rows = living(cx)
        .order_by_asc(Column::Name)
        .order_by_asc(Column::Id)
        .all(cx.db())
        .await?;
    rows.into_iter().map(ServiceAccount::try_from).collect()
}

/// The service account whose key this is. The day of use is noted once a day, in a transaction of its own.
///
/// # Errors
///
/// [`Error::SignInEnded`] when it is no key, or the account was ended or has run out.
pub async fn authenticate(cx: &Cx, key: &str) -> Result<ServiceAccount, Error> {
    let key = OneTime::parse(Purpose::ServiceKey, key).ok_or(Error::SignInEnded)?;
    let row = Entity::find()
        .filter(Column::OrganiserId.eq(key.organiser.uuid()))
        .filter(Column::KeyHash.eq(key.hash().bytes()))
        .filter(is_living(cx))
        .one(cx.db())
        .await?
        .filter(|row| key.hash().is(&row.key_hash))
        .ok_or(Error::SignInEnded)?;
    let mut account = ServiceAccount::try_from(row)?;
    let today = cx.now.date_naive();
    if account.used_on != Some(today) {
        let noted: Result<(), Error> = store::write(cx, async |tx: &Tx| {
            Entity::update_many()
                .col_expr(Column::UsedOn, Expr::value(Some(today)))
                .filter(Column::OrganiserId.eq(account.organiser.uuid()))
                .filter(Column::Id.eq(account.id.uuid()))
                .exec(tx.db())
                .await?;
            Ok(())
        })
        .await;
        noted?;
        account.used_on = Some(today);
    }
    Ok(account)
}

/// Keys open the organiser's data to others, so the organiser's administrators answer for them.
fn may_manage(actor: &Actor) -> Result<(), Error> {
    if actor.holds(&[Role::Admin], &[]) {
        Ok(())
    } else {
        Err(Error::NotAdmin)
    }
}

fn scopes(codes: &[String]) -> Result<Vec<Scope>, Error> {
    let mut scopes = codes
        .iter()
        .map(|code| Scope::parse(code))
        .collect::<Result<Vec<_>, _>>()?;
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() {
        return Err(Error::ScopeNotGrantable);
    }
    Ok(scopes)
}

fn is_living(cx: &Cx) -> Condition {
    Condition::all()
        .add(Column::EndedAt.is_null())
        .add(Column::ExpiresAt.gt(cx.now))
}

fn living(cx: &Cx) -> Select<Entity> {
    Entity::find()
        .filter(Column::OrganiserId.eq(cx.organiser().uuid()))
        .filter(is_living(cx))
}

fn living_update(tx: &Tx, id: ServiceId) -> UpdateMany<Entity> {
    Entity::update_many()
        .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(Column::Id.eq(id.uuid()))
        .filter(is_living(tx))
}

async fn find(cx: &Cx, id: ServiceId) -> Result<ServiceAccount, Error> {
    Entity::find_by_id((cx.organiser().uuid(), id.uuid()))
        .one(cx.db())
        .await?
        .ok_or(Error::NotFound)?
        .try_into()
}

fn joined(parts: impl Iterator<Item = impl ToString>) -> String {
    parts
        .map(|part| part.to_string())
        .collect::<Vec<_>>()
        .join(" ")
}

impl TryFrom<Model> for ServiceAccount {
    type Error = Error;

    fn try_from(row: Model) -> Result<Self, Error> {
        let unreadable = || Error::Store(store::Error::Unreadable("a service account".to_owned()));
        let units = row.units.as_deref().map(|units| {
            units
                .split_whitespace()
                .map(|unit| unit.parse().map_err(|_| unreadable()))
                .collect::<Result<_, Error>>()
        });
        Ok(Self {
            id: ServiceId(row.id),
            organiser: OrganiserId(row.organiser_id),
            name: Name::parse(&row.name).map_err(|_| unreadable())?,
            scopes: row
                .scopes
                .split_whitespace()
                .map(|code| Scope::parse(code).map_err(|_| unreadable()))
                .collect::<Result<_, Error>>()?,
            units: units.transpose()?,
            made_at: row.made_at,
            expires_at: row.expires_at,
            ended_at: row.ended_at,
            used_on: row.used_on,
        })
    }
}

#[cfg(test)]
mod tests;
