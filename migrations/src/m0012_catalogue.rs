//! The open catalogue: what organisers show each other, as copies under ids of its own; what is hidden of it, what is reported, and what came out of it.

use crate::shape::{
    flag, global, id, id_or_none, index, keyed, moment, moment_or_none, number, refers, tenant,
    text, text_or_none, unique,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        shown_to_all(manager).await?;
        found_by_all(manager).await?;
        kept_by_each(manager).await
    }
}

/// Tables of the whole deployment: every organiser reads them, and they name nothing but the credit that an author chose.
async fn shown_to_all(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let columns = [
        id("id").primary_key().to_owned(),
        id("organiser_id"),
        // Names a row of that organiser and is never followed by another.
        id("rubric_id"),
        // The version that is shown. No foreign key: each version names its item, and a circle could not be written.
        id("version_id"),
        number("copies"),
        moment("first_at"),
        moment("published_at"),
        moment_or_none("withdrawn_at"),
        // By its own organiser, for everybody.
        moment_or_none("hidden_at"),
        text_or_none("hidden_reason"),
        // By whoever runs the installation, for everybody.
        moment_or_none("barred_at"),
        text_or_none("barred_reason"),
    ];
    manager.create_table(global("open_rubric", columns)).await?;
    let columns = [
        id("id").primary_key().to_owned(),
        id("open_id"),
        number("number"),
        // Text and never jsonb, which reorders and would break the hash.
        text("content"),
        text("content_hash"),
        // JSON: what it was called, for the credit lines of what builds on it.
        text("title"),
        text("licence"),
        // The one place where it stands: taken out here, it is gone from every credit line.
        text_or_none("credit_name"),
        text("organiser_name"),
        // JSON: the versions that it builds on, the nearest first.
        text("builds_on"),
        moment("published_at"),
    ];
    let mut table = global("open_version", columns);
    let mut of = ForeignKey::create()
        .name("open_version_open_id_fk")
        .from("open_version", "open_id")
        .to("open_rubric", "id")
        .on_delete(ForeignKeyAction::Restrict)
        .to_owned();
    table.foreign_key(&mut of);
    manager.create_table(table).await?;
    for sql in [
        "CREATE UNIQUE INDEX open_rubric_source ON open_rubric (organiser_id, rubric_id)",
        "CREATE INDEX open_rubric_newest ON open_rubric (published_at, id)",
        "CREATE UNIQUE INDEX open_version_number ON open_version (open_id, number)",
    ] {
        db.execute_unprepared(sql).await?;
    }
    Ok(())
}

/// What the catalogue is searched and filtered by.
async fn found_by_all(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let statements: &[&str] = if manager.get_database_backend() == sea_orm::DbBackend::Postgres {
        &[
            "CREATE TABLE open_facet (thing_id uuid NOT NULL, facet text NOT NULL, PRIMARY KEY (thing_id, facet))",
            "CREATE TABLE open_search (thing_id uuid NOT NULL PRIMARY KEY, words tsvector NOT NULL)",
            "CREATE INDEX open_search_words ON open_search USING gin (words) WITH (fastupdate = off)",
        ]
    } else {
        &[
            "CREATE TABLE open_facet (thing_id blob NOT NULL, facet text NOT NULL, PRIMARY KEY (thing_id, facet))",
            "CREATE TABLE open_search (number integer PRIMARY KEY, thing_id blob NOT NULL UNIQUE)",
            "CREATE VIRTUAL TABLE open_search_text USING fts5 (title, body, tokenize = \"unicode61 remove_diacritics 0\")",
        ]
    };
    for sql in statements {
        db.execute_unprepared(sql).await?;
    }
    Ok(())
}

/// What each organiser keeps for itself.
async fn kept_by_each(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // Who stands behind an open version, so that a protected name can be taken out of it.
    let columns = [id("person_id"), id("version_id")];
    manager
        .create_table(keyed("open_author", &["person_id", "version_id"], columns))
        .await?;

    // What an organiser does not want its own people to see.
    let columns = [id("open_id"), text("reason"), moment("at")];
    manager
        .create_table(keyed("open_unseen", &["open_id"], columns))
        .await?;

    // Every hiding and showing, for whoever asks later. Nobody stands for whoever runs the installation.
    let columns = [
        id("open_id"),
        id_or_none("by_id"),
        flag("hidden"),
        flag("for_everybody"),
        text("reason"),
        moment("at"),
    ];
    manager.create_table(tenant("open_hiding", columns)).await?;
    manager
        .create_index(index("open_hiding", &["open_id", "at", "id"]))
        .await?;

    let columns = [
        id("rubric_id"),
        id("open_id"),
        // The version that was copied, for ever.
        id("version_id"),
        text("content_hash"),
        // Whether it was copied itself, and not from a colleague's copy.
        flag("direct"),
        moment("at"),
    ];
    let mut table = keyed("rubric_open_origin", &["rubric_id"], columns);
    table.foreign_key(&mut refers("rubric_open_origin", "rubric_id", "rubric"));
    manager.create_table(table).await?;

    // Nobody stands in the copy that the organiser of a reported thing gets: it is not told who reported.
    let columns = [
        text("thing_kind"),
        id("thing_id"),
        id_or_none("by_id"),
        text("reason"),
        text_or_none("words"),
        moment("at"),
    ];
    manager.create_table(tenant("report", columns)).await?;
    manager
        .create_index(unique("report", &["by_id", "thing_id"]))
        .await?;
    for columns in [&["by_id", "at"][..], &["thing_id", "at", "id"]] {
        manager.create_index(index("report", columns)).await?;
    }
    Ok(())
}
