//! Ending sign-ins: one's own, or of somebody who has left.

use crate::{Error, SignInEnded, list::own, sql::sign_in};
use kit::{AccountId, Actor, OrganiserId, PersonId, SignInId};
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder,
    sea_query::{Condition, Expr},
};
use sign_in::Column;
use store::Tx;

/// Why a sign-in ended, as the sign-in log keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndReason {
    /// Its owner ended it from another device.
    EndedByOwner,
    /// The person has left, or may no longer come in.
    Left,
    /// A one-time link was redeemed.
    LinkRedeemed,
    /// The password was changed on another device.
    PasswordChanged,
    /// A refresh token was shown once too often: somebody has a copy.
    Reuse,
    /// Its owner signed out.
    SignedOut,
    /// Its owner signed out on every device.
    SignedOutEverywhere,
}

impl EndReason {
    /// The stable code, as stored.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::EndedByOwner => "ENDED_BY_OWNER",
            Self::Left => "LEFT",
            Self::LinkRedeemed => "LINK_REDEEMED",
            Self::PasswordChanged => "PASSWORD_CHANGED",
            Self::Reuse => "REUSE",
            Self::SignedOut => "SIGNED_OUT",
            Self::SignedOutEverywhere => "SIGNED_OUT_EVERYWHERE",
        }
    }
}

/// Ends the sign-in that the actor came by.
///
/// # Errors
///
/// [`Error::SignInEnded`] when it is over already.
pub async fn sign_out(tx: &Tx) -> Result<(), Error> {
    let own = own(tx).await?;
    end_where(
        tx,
        Condition::all().add(Column::Id.eq(own.sign_in.uuid())),
        EndReason::SignedOut,
    )
    .await?;
    Ok(())
}

/// Ends every sign-in of the actor's account, this one too, at every organiser. Answers how many there were.
///
/// # Errors
///
/// [`Error::SignInEnded`] when the actor's own is over already.
pub async fn sign_out_everywhere(tx: &Tx) -> Result<u64, Error> {
    let own = own(tx).await?;
    end_where(tx, of_account(own.account), EndReason::SignedOutEverywhere).await
}

/// Ends one of the actor's own sign-ins: a telephone that was lost.
///
/// # Errors
///
/// [`Error::NotFound`] when it is not a living one of theirs.
pub async fn end(tx: &Tx, sign_in: SignInId) -> Result<(), Error> {
    let own = own(tx).await?;
    let filter = of_account(own.account).add(Column::Id.eq(sign_in.uuid()));
    match end_where(tx, filter, EndReason::EndedByOwner).await? {
        0 => Err(Error::NotFound),
        _ => Ok(()),
    }
}

/// Ends every sign-in of a person at the actor's organiser: they have left. Answers how many there were. Who may, the caller has asked.
///
/// # Errors
///
/// Those of the database.
pub async fn end_person(tx: &Tx, person: PersonId) -> Result<u64, Error> {
    let filter = Condition::all()
        .add(Column::OrganiserId.eq(tx.organiser().uuid()))
        .add(Column::PersonId.eq(person.uuid()));
    end_where(tx, filter, EndReason::Left).await
}

pub(crate) fn of_account(account: AccountId) -> Condition {
    Condition::all().add(Column::AccountId.eq(account.uuid()))
}

/// Ends the living sign-ins among these, and tells each one's organiser. Answers how many there were.
pub(crate) async fn end_where(tx: &Tx, which: Condition, reason: EndReason) -> Result<u64, Error> {
    let living = sign_in::Entity::find()
        .filter(which)
        .filter(Column::EndedAt.is_null())
        .filter(Column::ExpiresAt.gt(tx.now))
        .order_by_asc(Column::Id);
    let living = store::lock(tx, living).all(tx.db()).await?;
    if living.is_empty() {
        return Ok(0);
    }
    let ended = sign_in::Entity::update_many()
        .col_expr(Column::EndedAt, Expr::value(Some(tx.now)))
        .col_expr(Column::EndReason, Expr::value(Some(reason.code())))
        .filter(store::any(tx, Column::Id, living.iter().map(|row| row.id)))
        .exec(tx.db())
        .await?
        .rows_affected;
    for row in living {
        let told = SignInEnded {
            sign_in: SignInId(row.id),
            person: PersonId(row.person_id),
        };
        let organiser = OrganiserId(row.organiser_id);
        if organiser == tx.organiser() {
            tx.emit(&told);
        } else {
            // Who redeems a link is nobody yet, and an account may have persons at several organisers.
            let house = Actor::System {
                job: "sign_in",
                organiser,
            };
            tx.acting_as(house, async |tx: &Tx| {
                tx.emit(&told);
                Ok::<_, Error>(())
            })
            .await?;
        }
    }
    Ok(ended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        Tokens, list,
        sample::{House, by},
    };
    use sea_orm::ConnectionTrait;
    use testkit::{TestDb, id};

    async fn living(db: &TestDb, tokens: &[&Tokens]) -> Vec<bool> {
        let mut found = Vec::new();
        for tokens in tokens {
            found.push(list(&db.cx(by(tokens.sign_in))).await.is_ok());
        }
        found
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn one_ends_ones_own_sign_ins_and_nobody_elses() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            let account = house.account(db, "anna@skola.example").await;
            let bo = house.account(db, "bo@skola.example").await;
            let phone = house.sign_in(db, &account).await;
            let laptop = house.sign_in(db, &account).await;
            let foreign = house.sign_in_as(db, &bo, id(3), id(2)).await;

            let anna = db.cx(by(phone.sign_in));
            for other in [foreign.sign_in, id(99)] {
                let refused: Result<_, Error> =
                    store::write(&anna, async |tx: &Tx| end(tx, other).await).await;
                assert!(matches!(refused, Err(Error::NotFound)), "{refused:?}");
            }
            assert_eq!(living(db, &[&phone, &laptop]).await, [true, true]);

            let done: Result<_, Error> =
                store::write(&anna, async |tx: &Tx| end(tx, laptop.sign_in).await).await;
            done.unwrap();
            assert_eq!(living(db, &[&phone, &laptop]).await, [true, false]);
            let again: Result<_, Error> =
                store::write(&anna, async |tx: &Tx| end(tx, laptop.sign_in).await).await;
            assert!(matches!(again, Err(Error::NotFound)), "{again:?}");

            let tablet = house.sign_in(db, &account).await;
            let ended: Result<_, Error> =
                store::write(&anna, async |tx: &Tx| sign_out_everywhere(tx).await).await;
            assert_eq!(ended.unwrap(), 2);
            assert_eq!(living(db, &[&phone, &tablet]).await, [false, false]);
            let left = sign_in::Entity::find_by_id(foreign.sign_in.uuid())
                .one(anna.db())
                .await
                .unwrap()
                .unwrap();
            assert_eq!(left.ended_at, None, "Bo is still in");
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn who_leaves_one_organiser_stays_signed_in_at_the_other_and_each_is_told() {
        testkit::on_both(async |db| {
            let house = House::of(db);
            let anna = house.account(db, "anna@skola.example").await;
            let here = house.sign_in_as(db, &anna, id(1), id(2)).await;
            let there = house.sign_in_as(db, &anna, id(1), id(4)).await;
            let admin = db.cx(testkit::actor(id(2), id(9), &[], &[]));
            let ended: Result<_, Error> =
                store::write(&admin, async |tx: &Tx| end_person(tx, id(1)).await).await;
            assert_eq!(ended.unwrap(), 1);
            assert_eq!(living(db, &[&here]).await, [false]);

            assert_eq!(told(db).await, [(id(2), here.sign_in)]);
            let elsewhere = Actor::System {
                job: "test",
                organiser: id(4),
            };
            let row = sign_in::Entity::find_by_id(there.sign_in.uuid())
                .one(db.cx(elsewhere).db())
                .await
                .unwrap()
                .unwrap();
            assert_eq!(row.ended_at, None);

            let cx = db.cx(by(there.sign_in));
            let elsewhere: Result<_, Error> = store::write(&cx, async |tx: &Tx| {
                end_where(tx, of_account(anna.id), EndReason::LinkRedeemed).await
            })
            .await;
            assert_eq!(elsewhere.unwrap(), 1);
            assert_eq!(
                told(db).await,
                [(id(2), here.sign_in), (id(4), there.sign_in)],
                "each organiser learns of its own"
            );
        })
        .await;
    }

    /// What the outbox says has ended, in order.
    async fn told(db: &TestDb) -> Vec<(OrganiserId, SignInId)> {
        use sea_orm::sea_query::{Alias, Query};
        let select = Query::select()
            .columns(["organiser_id", "subject_id"].map(Alias::new))
            .from(Alias::new("outbox"))
            .order_by(Alias::new("seq"), sea_orm::Order::Asc)
            .to_owned();
        let cx = db.cx(Actor::Anonymous);
        let rows = cx.db().query_all(&select).await.unwrap();
        rows.iter()
            .map(|row| {
                (
                    OrganiserId(row.try_get("", "organiser_id").unwrap()),
                    SignInId(row.try_get("", "subject_id").unwrap()),
                )
            })
            .collect()
    }
}
