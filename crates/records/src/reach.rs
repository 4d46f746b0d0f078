//! Who may see a thing: its audiences and the actor's have one in common.

use kit::{Actor, Audience, Instant, Thing};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, Iden, QueryFilter,
    sea_query::{OnConflict, SimpleExpr},
};
use std::collections::BTreeSet;
use store::{Cx, Error, Tx};

pub(crate) mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "reach")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub organiser_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub thing_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub audience: String,
        pub kind: String,
        pub at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Shows `thing` to exactly these audiences from now on, in lists at `at`.
///
/// It is called in the transaction that changes sharing or state, so that narrowing takes effect at once for everybody.
///
/// # Errors
///
/// Those of the database.
pub async fn set(
    tx: &Tx,
    thing: impl Into<Thing>,
    at: Instant,
    audiences: &BTreeSet<Audience>,
) -> Result<(), Error> {
    let thing = thing.into();
    let names: Vec<String> = audiences.iter().map(ToString::to_string).collect();
    row::Entity::delete_many()
        .filter(row::Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(row::Column::ThingId.eq(thing.id))
        .filter(row::Column::Audience.is_not_in(names.clone()))
        .exec(tx.db())
        .await?;
    if names.is_empty() {
        return Ok(());
    }
    let rows = names.into_iter().map(|audience| row::ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        thing_id: Set(thing.id),
        audience: Set(audience),
        kind: Set(thing.prefix.to_owned()),
        at: Set(at),
    });
    let key = [
        row::Column::OrganiserId,
        row::Column::ThingId,
        row::Column::Audience,
    ];
    row::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::columns(key)
                .update_column(row::Column::At)
                .to_owned(),
        )
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}

/// Shows `thing` to nobody.
///
/// # Errors
///
/// Those of the database.
pub async fn clear(tx: &Tx, thing: impl Into<Thing>) -> Result<(), Error> {
    set(tx, thing, tx.now, &BTreeSet::new()).await
}

/// The condition, inside a statement, that the actor may see the thing whose id stands in `table.column`.
#[must_use]
pub fn visible(cx: &Cx, kind: &str, table: impl Iden, column: impl Iden) -> SimpleExpr {
    store::visible(cx, kind, table, column)
}

/// The same rule in the open: the audiences of the thing and of the actor have one in common.
#[must_use]
pub fn meets(actor: &Actor, audiences: &BTreeSet<Audience>) -> bool {
    actor
        .audiences()
        .iter()
        .any(|held| audiences.contains(&held.audience))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;
    use kit::{OrganiserId, PersonId, Role, RubricId, TeamId, UnitId};
    use store::{Scan, newest, write};
    use testkit::{actor, id, on_both};

    const SCAN: Scan<'_> = Scan {
        kind: "rubric",
        facets: &[],
        after: None,
        limit: 10,
    };

    #[tokio::test(flavor = "multi_thread")]
    async fn a_list_shows_what_an_audience_reaches_once_and_newest_first() {
        on_both(async |db| {
            let (organiser, unit, team) = (id::<OrganiserId>(1), id::<UnitId>(2), id::<TeamId>(3));
            let anna = actor(organiser, id(4), &[(Role::Teacher, Some(unit))], &[team]);
            let stranger = actor(id(9), id(4), &[(Role::Teacher, Some(unit))], &[team]);
            let cx = db.cx(anna.clone());
            write(&cx, async |tx: &Tx| {
                for (number, audiences) in [
                    (10, vec![Audience::Unit(unit), Audience::Team(team)]),
                    (11, vec![Audience::Person(id::<PersonId>(5))]),
                    (12, vec![Audience::Organiser(organiser)]),
                ] {
                    let at = tx.now + TimeDelta::seconds(i64::try_from(number).unwrap_or(0));
                    set(
                        tx,
                        id::<RubricId>(number),
                        at,
                        &audiences.into_iter().collect(),
                    )
                    .await?;
                }
                Ok::<_, Error>(())
            })
            .await
            .unwrap();

            let seen: Vec<_> = newest(&cx, &SCAN).await.unwrap();
            assert_eq!(
                seen.iter()
                    .map(|place| place.thing_id.as_u128())
                    .collect::<Vec<_>>(),
                [12, 10],
                "{}",
                db.kind()
            );

            let after = Some((seen[0].at, seen[0].thing_id));
            let rest = newest(&cx, &Scan { after, ..SCAN }).await.unwrap();
            assert_eq!(rest, seen[1..], "{}", db.kind());

            let foreign = newest(&db.cx(stranger), &SCAN).await.unwrap();
            assert_eq!(foreign, [], "{}: another organiser sees nothing", db.kind());
        })
        .await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn narrowing_takes_effect_at_once() {
        on_both(async |db| {
            let (organiser, rubric) = (id::<OrganiserId>(1), id::<RubricId>(10));
            let anna = actor(organiser, id(4), &[(Role::Teacher, Some(id(2)))], &[]);
            let cx = db.cx(anna);
            let show = async |audiences: &[Audience]| {
                let audiences = audiences.iter().copied().collect();
                write(&cx, async |tx: &Tx| {
                    set(tx, rubric, tx.now, &audiences).await
                })
                .await
                .unwrap();
                newest(&cx, &SCAN).await.unwrap().len()
            };
            assert_eq!(
                show(&[Audience::Organiser(organiser), Audience::Person(id(5))]).await,
                1
            );
            assert_eq!(show(&[Audience::Person(id(5))]).await, 0, "{}", db.kind());
            assert_eq!(show(&[]).await, 0, "{}", db.kind());
        })
        .await;
    }
}
