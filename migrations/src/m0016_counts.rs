//! How far each rubric has come, counted as it happens, and lists that order by it.

use crate::shape::{id, keyed, moment, number, refers, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let db = manager.get_connection();
        let columns = [
            id("rubric_id"),
            number("versions"),
            number("forks"),
            number("uses"),
        ];
        let mut table = keyed("rubric_count", &["rubric_id"], columns);
        table.foreign_key(&mut refers("rubric_count", "rubric_id", "rubric"));
        manager.create_table(table).await?;
        // What was there before is counted once.
        db.execute_unprepared(
            "INSERT INTO rubric_count (organiser_id, rubric_id, versions, forks, uses) SELECT r.organiser_id, r.id, \
             (SELECT COUNT(*) FROM rubric_version v WHERE v.organiser_id = r.organiser_id AND v.rubric_id = r.id AND v.state = 'PUBLISHED'), \
             (SELECT COUNT(*) FROM rubric_fork f WHERE f.organiser_id = r.organiser_id AND f.origin_id = r.id), \
             (SELECT COUNT(*) FROM rubric_use u WHERE u.organiser_id = r.organiser_id AND u.rubric_id = r.id) FROM rubric r",
        )
        .await?;

        // Who may see a thing, once more and in another order: a row per audience of what weighs something. Reach has the last word.
        let columns = [
            id("thing_id"),
            text("audience"),
            text("kind"),
            number("weight"),
            moment("at"),
        ];
        manager
            .create_table(keyed("rank", &["thing_id", "kind", "audience"], columns))
            .await?;
        db.execute_unprepared("CREATE INDEX rank_scan ON rank (organiser_id, audience, kind, weight DESC, at DESC, thing_id DESC)").await?;
        for (kind, column) in [("rubric:adapted", "forks"), ("rubric:used", "uses")] {
            db.execute_unprepared(&format!(
                "INSERT INTO rank (organiser_id, thing_id, audience, kind, weight, at) SELECT r.organiser_id, r.thing_id, r.audience, '{kind}', c.{column}, r.at \
                 FROM rubric_count c JOIN reach r ON r.organiser_id = c.organiser_id AND r.thing_id = c.rubric_id AND r.kind = 'rubric' WHERE c.{column} > 0"
            ))
            .await?;
        }
        Ok(())
    }
}
