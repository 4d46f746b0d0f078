//! Talk about rubrics: comments with their threads, mentions that wait, and the comment bank of a team.

use crate::shape::{
    column, flag, id, id_or_none, index, keyed, moment, moment_or_none, number, refers, tenant,
    text,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            id("rubric_id"),
            // What was in use, or the draft, when it was written.
            id("version_id"),
            // Whether it was written about a draft: then it stays with those who work on drafts.
            flag("of_draft"),
            id_or_none("criterion_id"),
            // The comment that begins the thread; none for that comment itself.
            id_or_none("thread_id"),
            id("by_id"),
            // Empty once it was removed.
            text("text"),
            // JSON: who is mentioned.
            text("mentions"),
            moment("at"),
            moment_or_none("edited_at"),
            moment_or_none("removed_at"),
            moment_or_none("resolved_at"),
            id_or_none("resolved_by"),
            number("version"),
        ];
        let mut table = tenant("rubric_comment", columns);
        table
            .foreign_key(&mut refers("rubric_comment", "rubric_id", "rubric"))
            .foreign_key(&mut refers(
                "rubric_comment",
                "version_id",
                "rubric_version",
            ))
            .foreign_key(&mut refers("rubric_comment", "thread_id", "rubric_comment"));
        manager.create_table(table).await?;
        for columns in [
            &["rubric_id", "at", "id"][..],
            &["thread_id", "at", "id"],
            &["version_id"],
        ] {
            manager
                .create_index(index("rubric_comment", columns))
                .await?;
        }
        // What is forgotten is looked for at every organiser at once.
        let age = Index::create()
            .name("rubric_comment_age")
            .table("rubric_comment")
            .col("at")
            .to_owned();
        manager.create_index(age).await?;

        // Only as long as somebody who was mentioned was not told: until they may see it.
        let columns = [
            id("comment_id"),
            id("person_id"),
            id("rubric_id"),
            flag("of_draft"),
        ];
        let mut table = keyed("rubric_mention", &["comment_id", "person_id"], columns);
        table
            .foreign_key(&mut refers(
                "rubric_mention",
                "comment_id",
                "rubric_comment",
            ))
            .foreign_key(&mut refers("rubric_mention", "rubric_id", "rubric"));
        manager.create_table(table).await?;
        manager
            .create_index(index("rubric_mention", &["rubric_id"]))
            .await?;

        let columns = [
            id("team_id"),
            id("rubric_id"),
            id("criterion_id"),
            id_or_none("level_id"),
            // JSON: what to say, in Swedish, in English or in both.
            text("text"),
            id("by_id"),
            moment("at"),
            column("uses")
                .big_integer()
                .not_null()
                .default(0)
                .to_owned(),
        ];
        let mut table = tenant("rubric_suggestion", columns);
        table.foreign_key(&mut refers("rubric_suggestion", "rubric_id", "rubric"));
        manager.create_table(table).await?;
        manager
            .create_index(index("rubric_suggestion", &["rubric_id", "at", "id"]))
            .await
    }
}
