//! Ordering shelves.

use super::{
    collection::{Collection, CollectionOwner},
    input::{
        AddToCollectionInput, AddToCollectionPayload, CreateCollectionInput,
        CreateCollectionPayload, DeleteCollectionInput, DeleteCollectionPayload,
        RemoveFromCollectionInput, RemoveFromCollectionPayload, UpdateCollectionInput,
        UpdateCollectionPayload,
    },
};
use crate::{
    answer::{answer, answer_or_current},
    effect::{effect, key, once},
    words::Reading,
};
use async_graphql::{Context, Object, Result};
use rubrics::{CollectionOwner as Owner, Error};
use store::{Cx, Tx};

/// The root of what is done with shelves.
#[derive(Debug, Default)]
pub(crate) struct ShelvesMutation;

#[Object]
impl ShelvesMutation {
    /// Begins a collection (hylla). A team's is made by its members who are colleagues, the organiser's by lead teachers and coordinators, one's own by
    /// anybody. A team, a person or the organiser has at most 50.
    async fn create_collection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose, and what it is called.")] input: CreateCollectionInput,
    ) -> Result<CreateCollectionPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let name = reading.text("name", &input.name);
        if input.owner == CollectionOwner::Team && input.team.is_none() {
            reading.wrong(
                "team",
                "BAD_ID",
                "Skriv vilket lag hyllan ska vara.",
                "Say which team's it is to be.",
            );
        }
        let name = match reading.done(name) {
            Ok(name) => name,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let made = key(cx, input.id.as_ref())?;
        let done = async {
            let ask = rubrics::CreateCollection {
                id: made.unwrap_or_else(|| cx.ids.random()).into(),
                owner: owner(cx, &input)?,
                name,
            };
            effect(
                cx,
                once("createCollection", made, &input),
                async |tx: &Tx| rubrics::create_collection(tx, &ask).await,
            )
            .await
        };
        answer(cx, done.await.map(Collection))
    }

    /// Renames a collection. For those who order it.
    async fn update_collection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one, and its new name.")] input: UpdateCollectionInput,
    ) -> Result<UpdateCollectionPayload> {
        let cx: &Cx = ctx.data()?;
        let mut reading = Reading::default();
        let name = reading.text("name", &input.name);
        let name = match reading.done(name) {
            Ok(name) => name,
            Err(fault) => return answer(cx, Err(fault)),
        };
        let key = key(cx, input.idempotency_key.as_ref())?;
        let done = async {
            let ask = rubrics::UpdateCollection {
                collection: input.collection.parse().map_err(|_| Error::NoCollection)?,
                version: input.version.into(),
                name,
            };
            effect(
                cx,
                once("updateCollection", key, &input),
                async |tx: &Tx| rubrics::update_collection(tx, &ask).await,
            )
            .await
        };
        let current = async || {
            let id = input.collection.parse().ok()?;
            let found = rubrics::find_collection(cx, id).await.ok();
            found.map(Collection)
        };
        answer_or_current(cx, done.await.map(Collection), current).await
    }

    /// Deletes a collection. Nothing happens to the rubrics in it. For those who order it.
    async fn delete_collection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which collection is to go.")] input: DeleteCollectionInput,
    ) -> Result<DeleteCollectionPayload> {
        let cx: &Cx = ctx.data()?;
        let key = key(cx, input.idempotency_key.as_ref())?;
        let done = async {
            let id = input.collection.parse().map_err(|_| Error::NoCollection)?;
            effect(
                cx,
                once("deleteCollection", key, &input),
                async |tx: &Tx| rubrics::delete_collection(tx, id).await,
            )
            .await
        };
        answer(cx, done.await.map(|gone| gone.0.to_string().into()))
    }

    /// Puts a rubric in a collection; one that is there already moves. A collection holds at most 200. For those who order it.
    async fn add_to_collection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rubric, and where it is to stand.")] input: AddToCollectionInput,
    ) -> Result<AddToCollectionPayload> {
        let cx: &Cx = ctx.data()?;
        let key = key(cx, input.idempotency_key.as_ref())?;
        let done = async {
            let after = input.after.as_ref().map(|after| after.parse());
            let ask = rubrics::AddToCollection {
                collection: input.collection.parse().map_err(|_| Error::NoCollection)?,
                rubric: input.rubric.parse().map_err(|_| Error::NotFound)?,
                after: after.transpose().map_err(|_| Error::NotFound)?,
            };
            effect(cx, once("addToCollection", key, &input), async |tx: &Tx| {
                rubrics::add_to_collection(tx, &ask).await
            })
            .await
        };
        answer(cx, done.await.map(Collection))
    }

    /// Takes a rubric out of a collection; nothing else happens to it. For those who order it.
    async fn remove_from_collection(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which rubric, and out of which collection.")]
        input: RemoveFromCollectionInput,
    ) -> Result<RemoveFromCollectionPayload> {
        let cx: &Cx = ctx.data()?;
        let key = key(cx, input.idempotency_key.as_ref())?;
        let done = async {
            let ask = rubrics::RemoveFromCollection {
                collection: input.collection.parse().map_err(|_| Error::NoCollection)?,
                rubric: input.rubric.parse().map_err(|_| Error::NotFound)?,
            };
            effect(
                cx,
                once("removeFromCollection", key, &input),
                async |tx: &Tx| rubrics::remove_from_collection(tx, &ask).await,
            )
            .await
        };
        answer(cx, done.await.map(Collection))
    }
}

/// Whose the new collection is to be.
fn owner(cx: &Cx, input: &CreateCollectionInput) -> Result<Owner, Error> {
    Ok(match (input.owner, &input.team) {
        (CollectionOwner::Team, Some(team)) => {
            Owner::Team(team.parse().map_err(|_| Error::NotCurator)?)
        }
        (CollectionOwner::Team, None) => return Err(Error::NotCurator),
        (CollectionOwner::Organiser, _) => Owner::Organiser(cx.organiser()),
        (CollectionOwner::Person, _) => Owner::Person(cx.person().ok_or(Error::NotCurator)?),
    })
}
