//! This room's table: the lists that were imported, a document each, for the whole deployment.

#![expect(
    unreachable_pub,
    reason = "SeaORM's derive writes `pub`, and so must what it is derived from"
)]

use crate::ListKind;
use sea_orm::{ActiveValue::Set, QuerySelect, entity::prelude::*, sea_query::OnConflict};
use store::{Cx, Tx};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "reference_list")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: String,
    pub document: String,
    pub hash: String,
    pub imported_at: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// The hashes of the lists that were imported.
pub(crate) async fn hashes(cx: &Cx) -> Result<Vec<String>, DbErr> {
    Entity::find()
        .select_only()
        .column(Column::Hash)
        .into_tuple()
        .all(cx.db())
        .await
}

/// The hashes and documents of the lists that were imported.
pub(crate) async fn documents(cx: &Cx) -> Result<Vec<(String, String)>, DbErr> {
    Entity::find()
        .select_only()
        .columns([Column::Hash, Column::Document])
        .into_tuple()
        .all(cx.db())
        .await
}

/// The hash of this list, if one was imported.
pub(crate) async fn hash_of(cx: &Cx, kind: ListKind) -> Result<Option<String>, DbErr> {
    Entity::find_by_id(kind.code())
        .select_only()
        .column(Column::Hash)
        .into_tuple()
        .one(cx.db())
        .await
}

/// Puts a list in the place of the one before.
pub(crate) async fn put(tx: &Tx, kind: ListKind, document: &str, hash: &str) -> Result<(), DbErr> {
    let row = ActiveModel {
        kind: Set(kind.code().to_owned()),
        document: Set(document.to_owned()),
        hash: Set(hash.to_owned()),
        imported_at: Set(tx.now),
    };
    Entity::insert(row)
        .on_conflict(
            OnConflict::column(Column::Kind)
                .update_columns([Column::Document, Column::Hash, Column::ImportedAt])
                .to_owned(),
        )
        .exec_without_returning(tx.db())
        .await
        .map(drop)
}
