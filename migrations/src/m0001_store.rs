//! What the store itself keeps: effects done once, the outbox, deliveries, search.

use crate::shape::{bytes, id, index, keyed, moment, moment_or_none, number, tenant, text};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let postgres = manager.get_database_backend() == sea_orm::DbBackend::Postgres;
        let db = manager.get_connection();

        let columns = [
            id("actor_id"),
            id("key"),
            text("operation"),
            bytes("ask"),
            text("outcome"),
            moment("expires_at"),
        ];
        manager
            .create_table(keyed("once", &["actor_id", "key"], columns))
            .await?;
        manager.create_index(index("once", &["expires_at"])).await?;

        // The outbox is one stream of the whole deployment: `seq` must rise by itself, which SQLite does only for a primary key.
        let sql = if postgres {
            "CREATE TABLE outbox (organiser_id uuid NOT NULL, id uuid NOT NULL, seq bigserial NOT NULL, tx bigint NOT NULL, name text NOT NULL, subject_kind text NOT NULL, subject_id uuid NOT NULL, \
             n bigint, at timestamptz NOT NULL, by_id uuid NOT NULL, body text NOT NULL, PRIMARY KEY (organiser_id, id))"
        } else {
            "CREATE TABLE outbox (organiser_id blob NOT NULL, id blob NOT NULL, seq integer PRIMARY KEY AUTOINCREMENT, tx integer NOT NULL, name text NOT NULL, subject_kind text NOT NULL, subject_id blob NOT NULL, \
             n integer, at text NOT NULL, by_id blob NOT NULL, body text NOT NULL, UNIQUE (organiser_id, id))"
        };
        db.execute_unprepared(sql).await?;
        db.execute_unprepared("CREATE INDEX outbox_tx_seq ON outbox (tx, seq)")
            .await?;
        db.execute_unprepared(
            "CREATE UNIQUE INDEX outbox_subject_n ON outbox (organiser_id, subject_id, n)",
        )
        .await?;
        manager.create_index(index("outbox", &["at"])).await?;

        let columns = [
            text("consumer"),
            id("event_id"),
            number("seq"),
            id("subject_id"),
            moment("due_at"),
            moment_or_none("leased_until"),
            number("tries"),
        ];
        manager.create_table(tenant("delivery", columns)).await?;
        db.execute_unprepared("CREATE INDEX delivery_due ON delivery (seq, due_at)")
            .await?;
        manager
            .create_index(index("delivery", &["consumer", "subject_id", "seq"]))
            .await?;

        manager
            .create_table(keyed(
                "facet",
                &["thing_id", "facet"],
                [id("thing_id"), text("facet")],
            ))
            .await?;
        let statements: &[&str] = if postgres {
            &[
                "CREATE TABLE search (organiser_id uuid NOT NULL, thing_id uuid NOT NULL, kind text NOT NULL, at timestamptz NOT NULL, words tsvector NOT NULL, PRIMARY KEY (organiser_id, thing_id))",
                // A full pending list made a search eight times slower.
                "CREATE INDEX search_words ON search USING gin (words) WITH (fastupdate = off)",
            ]
        } else {
            &[
                "CREATE TABLE search (organiser_id blob NOT NULL, thing_id blob NOT NULL, kind text NOT NULL, at text NOT NULL, PRIMARY KEY (organiser_id, thing_id))",
                "CREATE VIRTUAL TABLE search_text USING fts5 (tenant, title, body, tokenize = \"unicode61 remove_diacritics 0\")",
            ]
        };
        for sql in statements {
            db.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}
