//! Where somebody is signed in: shown to themselves alone.

use crate::{
    Claims, Error,
    sql::sign_in::{Column, Entity},
};
use kit::{AccountId, Actor, Instant, OrganiserId, PersonId, SignInId};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use store::Cx;

/// The most sign-ins that are shown, newest use first.
const SHOWN_MAX: u64 = 100;

/// A living sign-in, as its owner sees it. Nobody else ever does: it says when somebody works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    /// Its id.
    pub id: SignInId,
    /// At which organiser.
    pub organiser: OrganiserId,
    /// As which person.
    pub person: PersonId,
    /// What the owner recognises the device by.
    pub device: String,
    /// When it began; shown as a day.
    pub began_at: Instant,
    /// When it last fetched new tokens.
    pub used_at: Instant,
    /// Whether it is the one that asks.
    pub is_current: bool,
}

/// The sign-in and the account that the actor came by.
pub(crate) struct Own {
    pub sign_in: SignInId,
    pub account: AccountId,
}

/// The living sign-ins of the actor's account, at every organiser, the last used first; at most 100.
///
/// # Errors
///
/// [`Error::SignInEnded`] when the actor's own is over.
pub async fn list(cx: &Cx) -> Result<Vec<SignIn>, Error> {
    let own = own(cx).await?;
    let rows = Entity::find()
        .filter(Column::AccountId.eq(own.account.uuid()))
        .filter(Column::EndedAt.is_null())
        .filter(Column::ExpiresAt.gt(cx.now))
        .order_by_desc(Column::UsedAt)
        .order_by_desc(Column::Id)
        .limit(SHOWN_MAX)
        .all(cx.db())
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| SignIn {
            id: SignInId(row.id),
            organiser: OrganiserId(row.organiser_id),
            person: PersonId(row.person_id),
            device: row.device,
            began_at: row.began_at,
            used_at: row.used_at,
            is_current: row.id == own.sign_in.uuid(),
        })
        .collect())
}

/// Whether the sign-in that a token was made for still lives, for that person at that organiser. One read by key.
///
/// # Errors
///
/// Those of the database.
pub async fn is_alive(cx: &Cx, claims: &Claims) -> Result<bool, Error> {
    let found = Entity::find_by_id(claims.sign_in.uuid())
        .filter(Column::OrganiserId.eq(claims.organiser.uuid()))
        .filter(Column::PersonId.eq(claims.person.uuid()))
        .filter(Column::EndedAt.is_null())
        .filter(Column::ExpiresAt.gt(cx.now))
        .count(cx.db())
        .await?;
    Ok(found == 1)
}

pub(crate) async fn own(cx: &Cx) -> Result<Own, Error> {
    let Actor::Person(person) = &cx.actor else {
        return Err(Error::SignInEnded);
    };
    let row = Entity::find_by_id(person.sign_in.uuid())
        .filter(Column::OrganiserId.eq(person.organiser.uuid()))
        .filter(Column::PersonId.eq(person.person.uuid()))
        .filter(Column::EndedAt.is_null())
        .filter(Column::ExpiresAt.gt(cx.now))
        .one(cx.db())
        .await?
        .ok_or(Error::SignInEnded)?;
    Ok(Own {
        sign_in: SignInId(row.id),
        account: AccountId(row.account_id),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::{House, by};
    use chrono::TimeDelta;
    use testkit::id;

    #[tokio::test(flavor = "multi_thread")]
    async fn one_sees_ones_own_living_sign_ins_the_last_used_first() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            let anna = house.account(db, "anna@skola.example").await;
            let bo = house.account(db, "bo@skola.example").await;
            let began_at = db.clock.now();
            let phone = house.sign_in(db, &anna).await;
            let laptop = house.sign_in_as(db, &anna, id(7), id(8)).await;
            house.sign_in_as(db, &bo, id(3), id(2)).await;
            db.clock.pass(TimeDelta::hours(1));
            let used_at = db.clock.now();
            let cx = db.cx(Actor::Anonymous);
            crate::refresh(&cx, &house, &laptop.refresh).await.unwrap();

            let cx = db.cx(by(phone.sign_in));
            let shown = list(&cx).await.unwrap();
            let device = "Annas telefon".to_owned();
            let first = SignIn {
                id: laptop.sign_in,
                organiser: id(8),
                person: id(7),
                device: device.clone(),
                began_at,
                used_at,
                is_current: false,
            };
            let second = SignIn {
                id: phone.sign_in,
                organiser: id(2),
                person: id(1),
                device,
                began_at,
                used_at: began_at,
                is_current: true,
            };
            assert_eq!(shown, [first, second]);
            assert_eq!(cx.db().statements(), 2);
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_token_of_another_person_or_organiser_is_not_alive() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            let anna = house.account(db, "anna@skola.example").await;
            let phone = house.sign_in(db, &anna).await;
            let claims = house.read_token(&phone.access, db.clock.now()).unwrap();
            let cx = db.cx(Actor::Anonymous);
            assert!(is_alive(&cx, &claims).await.unwrap());
            for forged in [
                Claims {
                    person: id(3),
                    ..claims
                },
                Claims {
                    organiser: id(3),
                    ..claims
                },
                Claims {
                    sign_in: id(3),
                    ..claims
                },
            ] {
                assert!(!is_alive(&cx, &forged).await.unwrap(), "{forged:?}");
            }
            for nobody in [Actor::Anonymous, by(id(9))] {
                assert!(matches!(
                    list(&db.cx(nobody)).await,
                    Err(Error::SignInEnded)
                ));
            }
        })
        .await;
    }
}
