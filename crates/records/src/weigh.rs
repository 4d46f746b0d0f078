//! Orders of their own: a number that a room keeps for a thing, so that those who may see it can list the heaviest first.

use crate::reach::row as reach;
use kit::Thing;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, Query},
};
use store::{Error, Tx};

mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "rank")]
    pub(super) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub organiser_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub thing_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub kind: String,
        #[sea_orm(primary_key, auto_increment = false)]
        pub audience: String,
        pub weight: i64,
        pub at: DateTimeUtc,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(super) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Gives `thing` this weight in the order called `kind`, for whomever it reaches now. What weighs nothing is in no such list.
///
/// It may be called later than sharing changes: who may no longer see the thing does not find it here either.
///
/// # Errors
///
/// Those of the database.
pub async fn weigh(
    tx: &Tx,
    thing: impl Into<Thing>,
    kind: &'static str,
    weight: i64,
) -> Result<(), Error> {
    let thing = thing.into();
    row::Entity::delete_many()
        .filter(row::Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(row::Column::ThingId.eq(thing.id))
        .filter(row::Column::Kind.eq(kind))
        .exec(tx.db())
        .await?;
    if weight <= 0 {
        return Ok(());
    }
    let reached = Query::select()
        .columns([
            reach::Column::OrganiserId,
            reach::Column::ThingId,
            reach::Column::Audience,
        ])
        .expr(Expr::val(kind))
        .expr(Expr::val(weight))
        .column(reach::Column::At)
        .from(reach::Entity)
        .and_where(Expr::col(reach::Column::OrganiserId).eq(tx.organiser().uuid()))
        .and_where(Expr::col(reach::Column::ThingId).eq(thing.id))
        .to_owned();
    let columns = [
        row::Column::OrganiserId,
        row::Column::ThingId,
        row::Column::Audience,
        row::Column::Kind,
        row::Column::Weight,
        row::Column::At,
    ];
    let mut insert = Query::insert();
    insert.into_table(row::Entity).columns(columns);
    insert
        .select_from(reached)
        .expect("as many columns are read as are written");
    tx.db().execute(&insert).await?;
    Ok(())
}
