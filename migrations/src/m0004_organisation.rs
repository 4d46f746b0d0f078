//! The organiser's tree, its school years, people, roles, teams, invitations, and who may see protected identities.

use crate::shape::{
    bytes, column, day, day_or_none, flag, global, id, id_or_none, index, keyed, moment,
    moment_or_none, number, refers, tenant, text, unique,
};
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        organisation(manager).await?;
        calendar(manager).await?;
        people(manager).await?;
        protection(manager).await
    }
}

/// What lists are ordered by: compared byte by byte on both databases, because the text was already made to sort as Swedes expect.
fn order(manager: &SchemaManager<'_>, name: &str) -> ColumnDef {
    let mut order = text(name);
    if manager.get_database_backend() == sea_orm::DbBackend::Postgres {
        order.extra("COLLATE \"C\"");
    }
    order
}

async fn organisation(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    // The root of the tenancy: its id is every other table's `organiser_id`.
    let columns = [
        column("id").uuid().not_null().primary_key().to_owned(),
        text("name"),
        text("kind"),
        flag("review_demanded"),
        flag("catalogue_off"),
        number("version"),
        moment("created_at"),
    ];
    manager.create_table(global("organiser", columns)).await?;

    let columns = [
        text("kind"),
        text("name"),
        order(manager, "order_name"),
        id_or_none("parent_id"),
        // The ids from the top of the tree down to the unit itself, so that neither the units above nor those below need recursion.
        order(manager, "path"),
        text("school_forms"),
        text("years"),
        day("from_day"),
        day_or_none("to_day"),
        number("version"),
    ];
    let mut unit = tenant("unit", columns);
    unit.foreign_key(&mut refers("unit", "parent_id", "unit"));
    manager.create_table(unit).await?;
    manager
        .create_index(index("unit", &["order_name", "id"]))
        .await?;
    manager.create_index(index("unit", &["path"])).await?;

    let columns = [
        text("kind"),
        text("name"),
        order(manager, "order_name"),
        id_or_none("unit_id"),
        day_or_none("ends_on"),
        number("version"),
        moment("created_at"),
    ];
    let mut team = tenant("team", columns);
    team.foreign_key(&mut refers("team", "unit_id", "unit"));
    manager.create_table(team).await?;
    manager
        .create_index(index("team", &["order_name", "id"]))
        .await?;
    manager.create_index(index("team", &["unit_id"])).await
}

async fn calendar(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [
        text("name"),
        day("starts_on"),
        day("ends_on"),
        number("version"),
    ];
    manager.create_table(tenant("school_year", columns)).await?;
    manager
        .create_index(index("school_year", &["starts_on"]))
        .await?;

    let columns = [
        id("school_year_id"),
        text("kind"),
        day("starts_on"),
        day("ends_on"),
    ];
    let mut term = tenant("term", columns);
    term.foreign_key(&mut refers("term", "school_year_id", "school_year"));
    manager.create_table(term).await?;
    manager
        .create_index(index("term", &["school_year_id"]))
        .await?;

    let columns = [
        id("school_year_id"),
        text("name"),
        day("starts_on"),
        day("ends_on"),
    ];
    let mut day_off = tenant("day_off", columns);
    day_off.foreign_key(&mut refers("day_off", "school_year_id", "school_year"));
    manager.create_table(day_off).await?;
    manager
        .create_index(index("day_off", &["school_year_id"]))
        .await
}

async fn people(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let columns = [
        text("name"),
        order(manager, "order_name"),
        text("lang"),
        flag("protected"),
        id_or_none("account_id"),
        day_or_none("last_day"),
        number("version"),
        moment("created_at"),
    ];
    manager.create_table(tenant("person", columns)).await?;
    manager
        .create_index(index("person", &["order_name", "id"]))
        .await?;
    manager
        .create_index(unique("person", &["account_id"]))
        .await?;
    // Whoever signs in knows only the account: at which organisers it has a person is asked across all of them.
    db.execute_unprepared(
        "CREATE INDEX person_of_account ON person (account_id) WHERE account_id IS NOT NULL",
    )
    .await?;

    let columns = [
        id("person_id"),
        day("from_day"),
        day_or_none("to_day"),
        id("unit_id"),
    ];
    let mut home = keyed("person_unit", &["person_id", "from_day"], columns);
    home.foreign_key(&mut refers("person_unit", "person_id", "person"))
        .foreign_key(&mut refers("person_unit", "unit_id", "unit"));
    manager.create_table(home).await?;
    manager
        .create_index(index("person_unit", &["unit_id"]))
        .await?;

    let columns = [
        id("person_id"),
        text("role"),
        id_or_none("unit_id"),
        day("from_day"),
        day_or_none("to_day"),
    ];
    let mut role = tenant("role", columns);
    role.foreign_key(&mut refers("role", "person_id", "person"))
        .foreign_key(&mut refers("role", "unit_id", "unit"));
    manager.create_table(role).await?;
    manager.create_index(index("role", &["person_id"])).await?;
    manager
        .create_index(index("role", &["role", "unit_id"]))
        .await?;

    let columns = [
        id("team_id"),
        id("person_id"),
        moment("joined_at"),
        moment_or_none("left_at"),
    ];
    let mut membership = tenant("membership", columns);
    membership
        .foreign_key(&mut refers("membership", "team_id", "team"))
        .foreign_key(&mut refers("membership", "person_id", "person"));
    manager.create_table(membership).await?;
    manager
        .create_index(index("membership", &["person_id"]))
        .await?;
    // One membership at a time; those that ended stay as history.
    db.execute_unprepared(
        "CREATE UNIQUE INDEX membership_of_today ON membership (organiser_id, team_id, person_id) WHERE left_at IS NULL",
    )
    .await?;

    let columns = [
        id("person_id"),
        text("address"),
        bytes("secret_hash"),
        id("made_by"),
        moment("made_at"),
        moment("expires_at"),
        moment_or_none("used_at"),
        moment_or_none("ended_at"),
    ];
    let mut invitation = tenant("invitation", columns);
    invitation.foreign_key(&mut refers("invitation", "person_id", "person"));
    manager.create_table(invitation).await?;
    manager
        .create_index(unique("invitation", &["secret_hash"]))
        .await?;
    manager
        .create_index(index("invitation", &["person_id"]))
        .await
}

async fn protection(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let columns = [id("person_id"), id("named_by"), moment("named_at")];
    let mut guard = keyed("protected_guard", &["person_id"], columns);
    guard.foreign_key(&mut refers("protected_guard", "person_id", "person"));
    manager.create_table(guard).await?;

    let columns = [id("reader_id"), id("person_id"), day("day")];
    let key = ["person_id", "reader_id", "day"];
    let mut read = keyed("protected_read", &key, columns);
    read.foreign_key(&mut refers("protected_read", "person_id", "person"));
    manager.create_table(read).await
}
