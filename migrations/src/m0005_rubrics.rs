//! Rubrics: the thing, its versions as documents, and every save of a draft.

use crate::shape::{
    id, id_or_none, index, moment, moment_or_none, number, number_or_none, refers, tenant, text,
    text_or_none,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            id("unit_id"),
            // A JSON list of person ids: read with the row, found by reach and by facet.
            text("authors"),
            text("state"),
            text("scope"),
            // No foreign keys to the versions: each names its rubric, and a circle could not be written.
            id_or_none("current_id"),
            id_or_none("draft_id"),
            id_or_none("reviewer_id"),
            id_or_none("deleted_id"),
            moment_or_none("deleted_at"),
            number("n"),
            number("version"),
            moment("created_at"),
            moment("updated_at"),
            moment_or_none("published_at"),
            moment_or_none("archived_at"),
        ];
        manager.create_table(tenant("rubric", columns)).await?;

        let columns = [
            id("rubric_id"),
            number_or_none("major"),
            number_or_none("minor"),
            text("state"),
            // Text and never jsonb, which reorders and would break the hash.
            text("content"),
            text("content_hash"),
            text("structure_hash"),
            text("revisions"),
            text_or_none("review_note"),
            id_or_none("reviewed_by"),
            moment("created_at"),
            moment_or_none("published_at"),
        ];
        let mut table = tenant("rubric_version", columns);
        table.foreign_key(&mut refers("rubric_version", "rubric_id", "rubric"));
        manager.create_table(table).await?;
        manager
            .create_index(index(
                "rubric_version",
                &["rubric_id", "published_at", "id"],
            ))
            .await?;

        let columns = [
            id("rubric_id"),
            id("version_id"),
            number("revision"),
            id("by_id"),
            moment("at"),
            text("patch"),
        ];
        let mut table = tenant("rubric_save", columns);
        table
            .foreign_key(&mut refers("rubric_save", "rubric_id", "rubric"))
            .foreign_key(&mut refers("rubric_save", "version_id", "rubric_version"));
        manager.create_table(table).await?;
        manager
            .create_index(index("rubric_save", &["rubric_id", "at", "id"]))
            .await?;
        manager
            .create_index(index("rubric_save", &["version_id"]))
            .await
    }
}
