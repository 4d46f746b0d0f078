//! The table of files, and the only statements on it.

use super::{Error, File, Media, file_name};
use crate::reach;
use kit::{FileId, Instant, RubricId, Thing};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, QueryFilter, Select,
    sea_query::{Expr, ExprTrait},
};
use store::{Cx, Tx};

pub(super) mod row {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "file")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub organiser_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub owner_id: Uuid,
        pub name: Option<String>,
        pub media: String,
        pub size: i64,
        pub hash: String,
        pub ask_hash: String,
        pub created_at: DateTimeUtc,
        pub settled_at: Option<DateTimeUtc>,
        pub thing_kind: Option<String>,
        pub thing_id: Option<Uuid>,
        pub let_go_at: Option<DateTimeUtc>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(super) use row::{Column, Entity, Model};

/// The kinds of things on which files hang.
const HANGS_ON: [&str; 1] = [RubricId::PREFIX];

impl TryFrom<Model> for File {
    type Error = store::Error;

    fn try_from(row: Model) -> Result<Self, store::Error> {
        let unreadable = |what: &str| store::Error::Unreadable(format!("{what} of a file"));
        let name = row.name.as_deref().map(file_name).transpose();
        let on = row.thing_kind.as_deref().zip(row.thing_id);
        Ok(Self {
            id: row.id.into(),
            owner: row.owner_id.into(),
            name: name.map_err(|_| unreadable("the name"))?.flatten(),
            media: Media::of(&row.media).ok_or_else(|| unreadable("the kind"))?,
            size: u64::try_from(row.size).map_err(|_| unreadable("the size"))?,
            hash: row.hash,
            created_at: row.created_at,
            on: on
                .map(|(kind, id)| Thing::of(kind, id).ok_or_else(|| unreadable("the record")))
                .transpose()?,
        })
    }
}

/// The organiser's files.
pub(super) fn all(cx: &Cx) -> Select<Entity> {
    Entity::find().filter(Column::OrganiserId.eq(cx.organiser().uuid()))
}

/// Those whose bytes lie there and that nobody took away.
pub(super) fn kept(cx: &Cx) -> Select<Entity> {
    all(cx)
        .filter(Column::SettledAt.is_not_null())
        .filter(Column::LetGoAt.is_null())
}

/// The condition that a file still hangs on nothing, and not too long.
pub(super) fn is_free(cx: &Cx) -> Condition {
    Condition::all()
        .add(Column::ThingId.is_null())
        .add(Column::CreatedAt.gt(cx.now - super::UNUSED))
}

/// The condition that the actor may see a file: its owner as long as it hangs on nothing, and else whoever sees what it hangs on.
pub(super) fn is_visible(cx: &Cx) -> Condition {
    let owner = cx.person().map_or(uuid::Uuid::nil(), kit::PersonId::uuid);
    let own = is_free(cx).add(Column::OwnerId.eq(owner));
    let hung = HANGS_ON.iter().map(|kind| {
        Condition::all()
            .add(Column::ThingKind.eq(*kind))
            .add(reach::visible(cx, kind, Entity, Column::ThingId))
    });
    hung.fold(Condition::any().add(own), Condition::add)
}

/// How many bytes came since `moment`: of one person, or of the whole organiser.
pub(super) async fn sent(
    cx: &Cx,
    since: Instant,
    owner: Option<kit::PersonId>,
) -> Result<u64, Error> {
    use sea_orm::{QuerySelect, sea_query::Alias};
    let mut select = all(cx)
        .select_only()
        .column_as(Column::Size.sum().cast_as(Alias::new("bigint")), "bytes")
        .filter(Column::CreatedAt.gt(since));
    if let Some(owner) = owner {
        select = select.filter(Column::OwnerId.eq(owner.uuid()));
    }
    let sum: Option<Option<i64>> = select.into_tuple().one(cx.db()).await?;
    Ok(u64::try_from(sum.flatten().unwrap_or_default()).unwrap_or_default())
}

/// Notes a file that is to come, unless the id is in use: whether it was noted.
pub(super) async fn insert(tx: &Tx, file: &File, ask_hash: &str) -> Result<bool, Error> {
    use sea_orm::sea_query::OnConflict;
    let row = row::ActiveModel {
        organiser_id: Set(tx.organiser().uuid()),
        id: Set(file.id.uuid()),
        owner_id: Set(file.owner.uuid()),
        name: Set(file.name.as_ref().map(|name| name.as_str().to_owned())),
        media: Set(file.media.name().to_owned()),
        size: Set(i64::try_from(file.size).unwrap_or(i64::MAX)),
        hash: Set(file.hash.clone()),
        ask_hash: Set(ask_hash.to_owned()),
        created_at: Set(file.created_at),
        settled_at: Set(None),
        thing_kind: Set(None),
        thing_id: Set(None),
        let_go_at: Set(None),
    };
    let mut key = OnConflict::columns([Column::OrganiserId, Column::Id]);
    let rows = Entity::insert(row)
        .on_conflict(key.do_nothing().to_owned())
        .exec_without_returning(tx.db())
        .await?;
    Ok(rows == 1)
}

/// Says that the bytes lie there; the first time stays.
pub(super) async fn settle(tx: &Tx, id: FileId) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::SettledAt, Expr::val(tx.now))
        .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(Column::Id.eq(id.uuid()))
        .filter(Column::SettledAt.is_null())
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Hangs a file on a thing from now on.
pub(super) async fn turn(tx: &Tx, id: FileId, on: Thing) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::ThingKind, Expr::val(on.prefix))
        .col_expr(Column::ThingId, Expr::val(on.id))
        .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(Column::Id.eq(id.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}

/// Takes a file from its thing: nobody sees it any longer.
pub(super) async fn let_go(tx: &Tx, id: FileId) -> Result<(), Error> {
    Entity::update_many()
        .col_expr(Column::ThingKind, Expr::value(None::<String>))
        .col_expr(Column::ThingId, Expr::value(None::<uuid::Uuid>))
        .col_expr(Column::LetGoAt, Expr::val(tx.now))
        .filter(Column::OrganiserId.eq(tx.organiser().uuid()))
        .filter(Column::Id.eq(id.uuid()))
        .exec(tx.db())
        .await?;
    Ok(())
}
