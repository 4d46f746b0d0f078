//! The schema: what every room adds to it.

use crate::{
    curriculum::query::CurriculumQuery,
    identity::{
        mutation::IdentityMutation,
        query::IdentityQuery,
        service_account::{ServiceAccountMutation, ServiceAccountQuery},
    },
    node::NodeQuery,
    notices::{NoticesMutation, NoticesQuery, NoticesSubscription},
    organisation::{
        mutation::OrganisationMutation, people::PeopleMutation, query::OrganisationQuery,
    },
    rubrics::{
        bank::mutation::BankMutation,
        begin::{BeginMutation, BeginQuery},
        catalogue::{mutation::CatalogueMutation, query::CatalogueQuery},
        diff::DiffQuery,
        exemplars::mutation::ExemplarsMutation,
        export::ExportMutation,
        forks::{mutation::ForksMutation, offer::OffersQuery},
        import::ImportMutation,
        mutation::RubricsMutation,
        pupil_link::{PupilLinkMutation, PupilLinkQuery},
        query::RubricsQuery,
        sharing::{mutation::SharingMutation, preview::PreviewQuery},
        shelves::{mutation::ShelvesMutation, query::ShelvesQuery},
        subscription::RubricsSubscription,
        table::TableMutation,
        talk::mutation::TalkMutation,
    },
    server_info::ServerQuery,
    who_sees::WhoSeesQuery,
};
use async_graphql::{MergedObject, MergedSubscription, SDLExportOptions, Schema, SchemaBuilder};

/// What can be asked. Nothing here changes anything.
#[derive(Debug, Default, MergedObject)]
pub struct Query(
    BeginQuery,
    CatalogueQuery,
    CurriculumQuery,
    DiffQuery,
    IdentityQuery,
    NodeQuery,
    NoticesQuery,
    OffersQuery,
    OrganisationQuery,
    PreviewQuery,
    PupilLinkQuery,
    RubricsQuery,
    ServerQuery,
    ServiceAccountQuery,
    ShelvesQuery,
    WhoSeesQuery,
);

/// What can be done. Each field is one effect: all of it happens, or nothing.
#[derive(Debug, Default, MergedObject)]
pub struct Mutation(
    BankMutation,
    BeginMutation,
    CatalogueMutation,
    ExemplarsMutation,
    ExportMutation,
    ForksMutation,
    IdentityMutation,
    ImportMutation,
    NoticesMutation,
    OrganisationMutation,
    PeopleMutation,
    PupilLinkMutation,
    RubricsMutation,
    ServiceAccountMutation,
    SharingMutation,
    ShelvesMutation,
    TableMutation,
    TalkMutation,
);

/// What tells by itself when it changes, over a WebSocket.
#[derive(Debug, Default, MergedSubscription)]
pub struct Subscription(NoticesSubscription, RubricsSubscription);

pub(crate) type KollegiumSchema = Schema<Query, Mutation, Subscription>;

/// The schema without its data. Limits are held before it is asked.
pub(crate) fn schema() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(
        Query::default(),
        Mutation::default(),
        Subscription::default(),
    )
    .with_sorted_fields()
    .with_sorted_enums()
    .disable_suggestions()
}

/// The schema in its own language, with every description.
#[must_use]
pub fn sdl() -> String {
    schema().finish().sdl_with_options(SDLExportOptions::new())
}
