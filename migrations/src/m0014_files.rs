//! Files that people send in, and exemplars: samples of work that are tied to a level of a rubric. The bytes lie beside the database.

use crate::shape::{
    id, id_or_none, index, moment, moment_or_none, number, refers, tenant, text, text_or_none,
    unique,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            id("owner_id"),
            text_or_none("name"),
            text("media"),
            number("size"),
            text("hash"),
            // Of what was sent, so that a retry is known.
            text("ask_hash"),
            moment("created_at"),
            moment_or_none("settled_at"),
            text_or_none("thing_kind"),
            id_or_none("thing_id"),
            moment_or_none("let_go_at"),
        ];
        manager.create_table(tenant("file", columns)).await?;
        for columns in [["owner_id", "created_at"].as_slice(), &["created_at"]] {
            manager.create_index(index("file", columns)).await?;
        }
        // It serves one question about all organisers at once, and holds only what hangs on nothing.
        let unused = "CREATE INDEX file_unused ON file (created_at) WHERE thing_id IS NULL";
        manager.get_connection().execute_unprepared(unused).await?;

        let columns = [
            id("rubric_id"),
            id("version_id"),
            id("criterion_id"),
            id("level_id"),
            id("by_id"),
            text("why"),
            text_or_none("sample"),
            id_or_none("file_id"),
            moment("created_at"),
        ];
        let mut table = tenant("rubric_exemplar", columns);
        table
            .foreign_key(&mut refers("rubric_exemplar", "rubric_id", "rubric"))
            .foreign_key(&mut refers(
                "rubric_exemplar",
                "version_id",
                "rubric_version",
            ))
            .foreign_key(&mut refers("rubric_exemplar", "file_id", "file"));
        manager.create_table(table).await?;
        for columns in [
            ["rubric_id", "created_at", "id"].as_slice(),
            &["version_id", "created_at", "id"],
        ] {
            manager
                .create_index(index("rubric_exemplar", columns))
                .await?;
        }
        manager
            .create_index(unique("rubric_exemplar", &["file_id"]))
            .await
    }
}
