//! The tables of talk, row by row.

pub(crate) mod comment {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "rubric_comment")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub organiser_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub rubric_id: Uuid,
        pub version_id: Uuid,
        pub of_draft: bool,
        pub criterion_id: Option<Uuid>,
        pub thread_id: Option<Uuid>,
        pub by_id: Uuid,
        pub text: String,
        pub mentions: String,
        pub at: DateTimeUtc,
        pub edited_at: Option<DateTimeUtc>,
        pub removed_at: Option<DateTimeUtc>,
        pub resolved_at: Option<DateTimeUtc>,
        pub resolved_by: Option<Uuid>,
        pub version: i64,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

pub(crate) mod mention {
    use sea_orm::entity::prelude::*;

    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "rubric_mention")]
    pub(crate) struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub organiser_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub comment_id: Uuid,
        #[sea_orm(primary_key, auto_increment = false)]
        pub person_id: Uuid,
        pub rubric_id: Uuid,
        pub of_draft: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub(crate) enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
