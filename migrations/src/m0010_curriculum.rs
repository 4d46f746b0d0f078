//! The reference lists that were imported in the place of those that ship with Kollegium: a document each, for the whole deployment.

use crate::shape::{global, moment, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            text("kind").primary_key().to_owned(),
            text("document"),
            text("hash"),
            moment("imported_at"),
        ];
        manager
            .create_table(global("reference_list", columns))
            .await
    }
}
