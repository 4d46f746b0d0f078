//! The inbox: a notice is a row of its recipient and holds no words.

use crate::shape::{id, index, keyed, moment, moment_or_none, number, tenant, text, unique};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            id("person_id"),
            text("kind"),
            text("subject_kind"),
            id("subject_id"),
            id("cause_id"),
            moment("at"),
            moment_or_none("read_at"),
        ];
        manager.create_table(tenant("notice", columns)).await?;
        manager
            .create_index(index("notice", &["person_id", "at", "id"]))
            .await?;
        // The same cause tells the same person once, however often its event is delivered.
        manager
            .create_index(unique("notice", &["cause_id", "person_id"]))
            .await?;
        manager
            .create_table(keyed(
                "inbox",
                &["person_id"],
                [id("person_id"), number("n")],
            ))
            .await
    }
}
