//! Forks of rubrics, what holds a version, proposals back to the origin, and thanks.

use crate::shape::{
    id, id_or_none, index, keyed, moment, moment_or_none, refers, tenant, text, text_or_none,
    unique,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // What holds a version keeps it: removing the version is refused by the database itself.
        let columns = [
            id("version_id"),
            id("rubric_id"),
            text("holder_kind"),
            id("holder_id"),
            id("by_id"),
            moment("at"),
        ];
        let mut table = tenant("rubric_use", columns);
        table
            .foreign_key(&mut refers("rubric_use", "version_id", "rubric_version"))
            .foreign_key(&mut refers("rubric_use", "rubric_id", "rubric"));
        manager.create_table(table).await?;
        manager
            .create_index(unique("rubric_use", &["holder_kind", "holder_id"]))
            .await?;
        for columns in [&["rubric_id"][..], &["version_id", "by_id"]] {
            manager.create_index(index("rubric_use", columns)).await?;
        }

        let columns = [
            id("rubric_id"),
            id("origin_id"),
            // The version that it was forked from, for ever; which one it stands on is its use's.
            id("version_id"),
            // The first rubric of the family: the whole family is one scan.
            id("root_id"),
            // JSON: the origins from the first to the nearest.
            text("line"),
            // JSON: who wrote the origin then, what it was called, its number. It outlives the origin.
            text("credit"),
            // JSON: parts that were pulled or kept ahead of the rest, with the version of each.
            text("settled"),
            // JSON: the criteria that its published version changed; none before it is published.
            text_or_none("changed"),
            id("by_id"),
            moment("at"),
        ];
        let mut table = keyed("rubric_fork", &["rubric_id"], columns);
        table
            .foreign_key(&mut refers("rubric_fork", "rubric_id", "rubric"))
            .foreign_key(&mut refers("rubric_fork", "origin_id", "rubric"))
            .foreign_key(&mut refers("rubric_fork", "version_id", "rubric_version"));
        manager.create_table(table).await?;
        for columns in [
            &["root_id", "at", "rubric_id"][..],
            &["origin_id", "at", "rubric_id"],
        ] {
            manager.create_index(index("rubric_fork", columns)).await?;
        }

        let columns = [
            id("rubric_id"),
            id("fork_id"),
            id("by_id"),
            text("message"),
            // JSON: each criterion as the origin had it and as it is proposed.
            text("parts"),
            // JSON: what was answered to each criterion.
            text("answers"),
            moment("at"),
            moment_or_none("answered_at"),
            id_or_none("answered_by"),
        ];
        let mut table = tenant("rubric_proposal", columns);
        table
            .foreign_key(&mut refers("rubric_proposal", "rubric_id", "rubric"))
            .foreign_key(&mut refers("rubric_proposal", "fork_id", "rubric"));
        manager.create_table(table).await?;
        manager
            .create_index(index("rubric_proposal", &["rubric_id", "at", "id"]))
            .await?;
        manager
            .create_index(index("rubric_proposal", &["fork_id", "at", "id"]))
            .await?;

        let columns = [id("rubric_id"), id("person_id"), moment("at")];
        let mut table = keyed("rubric_thanks", &["rubric_id", "person_id"], columns);
        table.foreign_key(&mut refers("rubric_thanks", "rubric_id", "rubric"));
        manager.create_table(table).await
    }
}
