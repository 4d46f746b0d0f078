//! Teams that write a rubric together, and the share that can still be undone.

use crate::shape::{column, text_or_none};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // With a default: replicas of the release before do not fill it.
        let teams = column("author_teams")
            .text()
            .not_null()
            .default("[]")
            .to_owned();
        for column in [teams, text_or_none("last_share")] {
            let mut table = Table::alter();
            table.table(Alias::new("rubric")).add_column(column);
            manager.alter_table(table).await?;
        }
        Ok(())
    }
}
