//! A suggestion was used: the room in which feedback is given tells this one.

use super::table::{Column, Entity};
use crate::Error;
use kit::RubricSuggestionId;
use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use store::Tx;

/// Counts one use of a suggestion. Whoever calls does so once for each use, in the transaction that makes it; one that was removed meanwhile is not
/// counted. Nobody learns who used it.
///
/// # Errors
///
/// Those of the database.
pub async fn count_suggestion_use(tx: &Tx, suggestion: RubricSuggestionId) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::Uses, Expr::col(Column::Uses).add(1))
        .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(Column::Id.eq(suggestion.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}
