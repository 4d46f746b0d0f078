//! A name goes out of the catalogue when its owner's identity is protected from now on.

use super::table::{author, version};
use crate::Error;
use kit::PersonId;
use organisation::events::ProtectionChanged;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, Query},
};
use store::{Consumer, Tx};

/// The room, as its deliveries name it.
const NAME: &str = "rubrics";

/// What this room learns by.
#[must_use]
pub(crate) fn consumers() -> Vec<Consumer> {
    vec![Consumer::on(NAME, |tx, _, event: ProtectionChanged| {
        Box::pin(async move {
            if event.protected {
                redact(tx, event.person).await?;
            }
            Ok(())
        })
    })]
}

/// Takes the chosen names out of everything in the catalogue that the person answers for, earlier versions and what was taken back included. Every
/// credit line reads the name there, so it is gone from those of copies too. Taking the marking away brings nothing back: the author may put it in anew.
async fn redact(tx: &Tx, person: PersonId) -> Result<(), Error> {
    let theirs = Query::select()
        .column(author::Column::VersionId.as_column_ref())
        .from(author::Entity)
        .and_where(author::Column::OrganiserId.eq(tx.organiser().uuid()))
        .and_where(author::Column::PersonId.eq(person.uuid()))
        .to_owned();
    version::Entity::update_many()
        .col_expr(
            version::Column::CreditName,
            Expr::value(Option::<String>::None),
        )
        .filter(version::Column::Id.in_subquery(theirs))
        .exec(tx.db())
        .await?;
    Ok(())
}
