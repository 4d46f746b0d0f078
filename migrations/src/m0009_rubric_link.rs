//! Links for pupils: a page without sign-in that holds one version until the school year ends.

use crate::shape::{bytes, day, id, index, moment, moment_or_none, refers, tenant, unique};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            id("rubric_id"),
            id("version_id"),
            id("by_id"),
            // Never the secret itself: whoever reads the database opens nothing.
            bytes("secret_hash"),
            day("ends_on"),
            moment("created_at"),
            moment_or_none("revoked_at"),
        ];
        let mut table = tenant("rubric_link", columns);
        table
            .foreign_key(&mut refers("rubric_link", "rubric_id", "rubric"))
            .foreign_key(&mut refers("rubric_link", "version_id", "rubric_version"));
        manager.create_table(table).await?;
        manager
            .create_index(unique("rubric_link", &["secret_hash"]))
            .await?;
        manager
            .create_index(index("rubric_link", &["rubric_id", "created_at", "id"]))
            .await?;
        manager
            .create_index(index("rubric_link", &["version_id"]))
            .await
    }
}
