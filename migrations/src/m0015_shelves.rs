//! Shelves: collections of rubrics in an order of their own, and what each person used last.

use crate::shape::{id, index, keyed, moment, number, refers, tenant, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            // A team, the organiser or a person; nothing says who made it, so that nobody is ranked by it.
            text("owner_kind"),
            id("owner_id"),
            text("name"),
            number("version"),
            moment("created_at"),
        ];
        manager.create_table(tenant("collection", columns)).await?;
        for columns in [
            &["owner_kind", "owner_id", "created_at", "id"][..],
            &["created_at", "id"],
        ] {
            manager.create_index(index("collection", columns)).await?;
        }

        let columns = [id("collection_id"), id("rubric_id"), number("stands_at")];
        let mut table = keyed(
            "collection_rubric",
            &["collection_id", "rubric_id"],
            columns,
        );
        table
            .foreign_key(&mut refers(
                "collection_rubric",
                "collection_id",
                "collection",
            ))
            .foreign_key(&mut refers("collection_rubric", "rubric_id", "rubric"));
        manager.create_table(table).await?;
        for columns in [
            &["collection_id", "stands_at", "rubric_id"][..],
            &["rubric_id"],
        ] {
            manager
                .create_index(index("collection_rubric", columns))
                .await?;
        }

        let columns = [id("person_id"), id("rubric_id"), moment("at")];
        let mut table = keyed("recent_rubric", &["person_id", "rubric_id"], columns);
        table.foreign_key(&mut refers("recent_rubric", "rubric_id", "rubric"));
        manager.create_table(table).await?;
        for columns in [&["person_id", "at", "rubric_id"][..], &["rubric_id"]] {
            manager
                .create_index(index("recent_rubric", columns))
                .await?;
        }
        Ok(())
    }
}
