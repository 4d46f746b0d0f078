//! The tables of the catalogue, row by row.

macro_rules! tables {
    ($($name:ident = $table:literal { $($(#[$key:meta])? $column:ident: $type:ty,)+ })+) => {
        $(
            pub(crate) mod $name {
                use sea_orm::entity::prelude::*;

                #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
                #[sea_orm(table_name = $table)]
                pub(crate) struct Model {
                    $($(#[$key])? pub $column: $type,)+
                }

                #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
                pub(crate) enum Relation {}

                impl ActiveModelBehavior for ActiveModel {}
            }
        )+
    };
}

tables! {
    item = "open_rubric" {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        organiser_id: Uuid,
        rubric_id: Uuid,
        version_id: Uuid,
        copies: i64,
        first_at: DateTimeUtc,
        published_at: DateTimeUtc,
        withdrawn_at: Option<DateTimeUtc>,
        hidden_at: Option<DateTimeUtc>,
        hidden_reason: Option<String>,
        barred_at: Option<DateTimeUtc>,
        barred_reason: Option<String>,
    }
    version = "open_version" {
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        open_id: Uuid,
        number: i64,
        content: String,
        content_hash: String,
        title: String,
        licence: String,
        credit_name: Option<String>,
        organiser_name: String,
        builds_on: String,
        published_at: DateTimeUtc,
    }
    author = "open_author" {
        #[sea_orm(primary_key, auto_increment = false)]
        organiser_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        person_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        version_id: Uuid,
    }
    unseen = "open_unseen" {
        #[sea_orm(primary_key, auto_increment = false)]
        organiser_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        open_id: Uuid,
        reason: String,
        at: DateTimeUtc,
    }
    hiding = "open_hiding" {
        #[sea_orm(primary_key, auto_increment = false)]
        organiser_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        open_id: Uuid,
        by_id: Option<Uuid>,
        hidden: bool,
        for_everybody: bool,
        reason: String,
        at: DateTimeUtc,
    }
    origin = "rubric_open_origin" {
        #[sea_orm(primary_key, auto_increment = false)]
        organiser_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        rubric_id: Uuid,
        open_id: Uuid,
        version_id: Uuid,
        content_hash: String,
        direct: bool,
        at: DateTimeUtc,
    }
    report = "report" {
        #[sea_orm(primary_key, auto_increment = false)]
        organiser_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        id: Uuid,
        thing_kind: String,
        thing_id: Uuid,
        by_id: Option<Uuid>,
        reason: String,
        words: Option<String>,
        at: DateTimeUtc,
    }
}
