//! Shapes that every migration shares: a tenant table, a column, an index that leads with the organiser.

use sea_orm_migration::sea_query::{
    Alias, ColumnDef, ForeignKey, ForeignKeyAction, ForeignKeyCreateStatement, Index,
    IndexCreateStatement, Table, TableCreateStatement,
};

pub(crate) fn column(name: &str) -> ColumnDef {
    ColumnDef::new(Alias::new(name))
}

pub(crate) fn id(name: &str) -> ColumnDef {
    column(name).uuid().not_null().to_owned()
}

pub(crate) fn id_or_none(name: &str) -> ColumnDef {
    column(name).uuid().null().to_owned()
}

pub(crate) fn text(name: &str) -> ColumnDef {
    column(name).text().not_null().to_owned()
}

pub(crate) fn text_or_none(name: &str) -> ColumnDef {
    column(name).text().null().to_owned()
}

pub(crate) fn moment(name: &str) -> ColumnDef {
    column(name)
        .timestamp_with_time_zone()
        .not_null()
        .to_owned()
}

pub(crate) fn moment_or_none(name: &str) -> ColumnDef {
    column(name).timestamp_with_time_zone().null().to_owned()
}

pub(crate) fn day(name: &str) -> ColumnDef {
    column(name).date().not_null().to_owned()
}

pub(crate) fn day_or_none(name: &str) -> ColumnDef {
    column(name).date().null().to_owned()
}

pub(crate) fn number(name: &str) -> ColumnDef {
    column(name).big_integer().not_null().to_owned()
}

pub(crate) fn number_or_none(name: &str) -> ColumnDef {
    column(name).big_integer().null().to_owned()
}

pub(crate) fn flag(name: &str) -> ColumnDef {
    column(name).boolean().not_null().to_owned()
}

pub(crate) fn bytes(name: &str) -> ColumnDef {
    column(name).blob().not_null().to_owned()
}

/// A tenant table: `organiser_id` and `id` are its key, then these columns.
pub(crate) fn tenant(
    name: &str,
    columns: impl IntoIterator<Item = ColumnDef>,
) -> TableCreateStatement {
    keyed(name, &["id"], std::iter::once(id("id")).chain(columns))
}

/// A tenant table with a key of its own behind `organiser_id`.
pub(crate) fn keyed(
    name: &str,
    key: &[&str],
    columns: impl IntoIterator<Item = ColumnDef>,
) -> TableCreateStatement {
    let mut primary = Index::create();
    primary.col(Alias::new("organiser_id"));
    for part in key {
        primary.col(Alias::new(*part));
    }
    let mut table = global(name, std::iter::once(id("organiser_id")).chain(columns));
    table.primary_key(&mut primary);
    table
}

/// A table of the whole deployment; its key is the caller's.
pub(crate) fn global(
    name: &str,
    columns: impl IntoIterator<Item = ColumnDef>,
) -> TableCreateStatement {
    let mut table = Table::create();
    table.table(Alias::new(name));
    for mut column in columns {
        table.col(&mut column);
    }
    table
}

/// `column` names a row of `parent` at the same organiser. Removing the parent is refused while it is named.
pub(crate) fn refers(table: &str, column: &str, parent: &str) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .name(format!("{table}_{column}_fk"))
        .from(
            Alias::new(table),
            (Alias::new("organiser_id"), Alias::new(column)),
        )
        .to(
            Alias::new(parent),
            (Alias::new("organiser_id"), Alias::new("id")),
        )
        .on_delete(ForeignKeyAction::Restrict)
        .to_owned()
}

/// An index that leads with `organiser_id`.
pub(crate) fn index(table: &str, columns: &[&str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index
        .name(format!("{table}_{}", columns.join("_")))
        .table(Alias::new(table))
        .col(Alias::new("organiser_id"));
    for column in columns {
        index.col(Alias::new(*column));
    }
    index
}

/// As [`index`], and no two rows of an organiser may agree in these columns.
pub(crate) fn unique(table: &str, columns: &[&str]) -> IndexCreateStatement {
    index(table, columns).unique().to_owned()
}
