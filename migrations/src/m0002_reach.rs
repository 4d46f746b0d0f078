//! Reach: who may see what, as rows. Policy, lists and search all read it.

use crate::shape::{id, keyed, moment, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [text("audience"), text("kind"), moment("at"), id("thing_id")];
        manager
            .create_table(keyed("reach", &["thing_id", "audience"], columns))
            .await?;
        // One ordered scan per audience: everything a list needs stands in the index.
        manager.get_connection().execute_unprepared("CREATE INDEX reach_scan ON reach (organiser_id, audience, kind, at DESC, thing_id DESC)").await?;
        Ok(())
    }
}
