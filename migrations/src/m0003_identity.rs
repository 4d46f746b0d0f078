//! Accounts, sign-ins, one-time links, what slows guessing down, and the service accounts of integrators.

use crate::shape::{
    bytes, column, day_or_none, global, id, id_or_none, moment, moment_or_none, number, tenant,
    text, text_or_none, unique,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Tables of the whole deployment: an account may have persons at several organisers, and whoever signs in has none yet.
        let db = manager.get_connection();
        let columns = [
            key("id"),
            text("address"),
            // Nullable: an account may come to sign in another way than by password.
            text_or_none("password"),
            moment("made_at"),
        ];
        manager.create_table(global("account", columns)).await?;
        db.execute_unprepared("CREATE UNIQUE INDEX account_address ON account (address)")
            .await?;

        let columns = [
            key("id"),
            id("account_id"),
            id("organiser_id"),
            id("person_id"),
            id("family"),
            bytes("current_hash"),
            // The token before the current one; empty while there is none.
            bytes("previous_hash"),
            moment("rotated_at"),
            text("device"),
            moment("began_at"),
            moment("used_at"),
            moment("expires_at"),
            moment_or_none("ended_at"),
            text_or_none("end_reason"),
        ];
        manager.create_table(global("sign_in", columns)).await?;
        db.execute_unprepared("CREATE UNIQUE INDEX sign_in_family ON sign_in (family)")
            .await?;
        db.execute_unprepared("CREATE INDEX sign_in_account ON sign_in (account_id, used_at)")
            .await?;
        db.execute_unprepared("CREATE INDEX sign_in_person ON sign_in (organiser_id, person_id)")
            .await?;

        let columns = [
            key("id"),
            id("account_id"),
            id("organiser_id"),
            bytes("hash"),
            id("made_by"),
            moment("expires_at"),
            moment_or_none("used_at"),
        ];
        manager
            .create_table(global("sign_in_link", columns))
            .await?;
        db.execute_unprepared("CREATE UNIQUE INDEX sign_in_link_hash ON sign_in_link (hash)")
            .await?;
        db.execute_unprepared("CREATE INDEX sign_in_link_account ON sign_in_link (account_id)")
            .await?;

        let columns = [
            bytes("mark").primary_key().to_owned(),
            number("failures"),
            moment("began_at"),
            moment("last_at"),
        ];
        manager.create_table(global("throttle", columns)).await?;
        db.execute_unprepared("CREATE INDEX throttle_last_at ON throttle (last_at)")
            .await?;

        let columns = [bytes("mark").primary_key().to_owned(), moment("last_at")];
        manager.create_table(global("known_place", columns)).await?;
        db.execute_unprepared("CREATE INDEX known_place_last_at ON known_place (last_at)")
            .await?;

        let columns = [
            text("name"),
            text("scopes"),
            // Unit ids with a space between; null is the whole organiser.
            text_or_none("units"),
            bytes("key_hash"),
            moment("made_at"),
            id_or_none("made_by"),
            moment("expires_at"),
            moment_or_none("ended_at"),
            day_or_none("used_on"),
        ];
        manager
            .create_table(tenant("service_account", columns))
            .await?;
        manager
            .create_index(unique("service_account", &["key_hash"]))
            .await
    }
}

fn key(name: &str) -> ColumnDef {
    column(name).uuid().not_null().primary_key().to_owned()
}
