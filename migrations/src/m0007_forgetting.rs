//! What forgetting looks for, found without reading everything: drafts that were deleted, and notices by what they are about.

use crate::shape::index;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // It serves one question about all organisers at once, and holds only what was deleted.
        let deleted =
            "CREATE INDEX rubric_deleted_at ON rubric (deleted_at) WHERE deleted_at IS NOT NULL";
        manager.get_connection().execute_unprepared(deleted).await?;
        manager.create_index(index("notice", &["subject_id"])).await
    }
}
