//! What is asked of collections.

use super::collection::{Collection, CollectionOwner};
use crate::answer::payload;
use async_graphql::{ID, InputObject};

/// Begins a collection.
#[derive(Debug, Clone, InputObject)]
pub struct CreateCollectionInput {
    /// A random UUID (v4) that the client makes, so that the same ask sent twice makes one collection. Left out, the server makes one.
    pub id: Option<ID>,
    /// Whose it is to be.
    pub owner: CollectionOwner,
    /// Which team's, when it is a team's.
    pub team: Option<ID>,
    /// What it is called, at most 120 characters.
    pub name: String,
}

/// Renames a collection.
#[derive(Debug, Clone, InputObject)]
pub struct UpdateCollectionInput {
    /// Which collection (samling) it is about, by its id.
    pub collection: ID,
    /// Its `version` as it was read.
    pub version: i32,
    /// What it is to be called, at most 120 characters.
    pub name: String,
    /// A random UUID. The same step sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

/// A collection that is to go; its rubrics stay where they are.
#[derive(Debug, Clone, InputObject)]
pub struct DeleteCollectionInput {
    /// Which collection (samling) it is about, by its id.
    pub collection: ID,
    /// A random UUID. The same step sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

/// Puts a rubric in a collection, or moves it there.
#[derive(Debug, Clone, InputObject)]
pub struct AddToCollectionInput {
    /// Which collection (samling) it is about, by its id.
    pub collection: ID,
    /// Which rubric (bedömningsmatris) it is about, by its id.
    pub rubric: ID,
    /// Behind which rubric of the collection it is to stand. Left out, it stands first.
    pub after: Option<ID>,
    /// A random UUID. The same step sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

/// Takes a rubric out of a collection.
#[derive(Debug, Clone, InputObject)]
pub struct RemoveFromCollectionInput {
    /// Which collection (samling) it is about, by its id.
    pub collection: ID,
    /// Which rubric (bedömningsmatris) it is about, by its id.
    pub rubric: ID,
    /// A random UUID. The same step sent twice with it is done once.
    pub idempotency_key: Option<ID>,
}

payload! { /// The new collection, or why none was made.
CreateCollectionPayload { /// The collection, empty to begin with.
    collection: Collection } }
payload! { /// The renamed collection, or why it keeps its name.
UpdateCollectionPayload { /// The collection; as it is now when somebody else renamed it meanwhile.
    collection: Collection } }
payload! { /// What was deleted, or why nothing was.
DeleteCollectionPayload { /// The id of the collection that is no more.
    deleted: ID } }
payload! { /// The collection with the rubric in it, or why it is not there.
AddToCollectionPayload { /// The collection in its new order.
    collection: Collection } }
payload! { /// The collection without the rubric, or why it is still there.
RemoveFromCollectionPayload { /// The collection as it is now.
    collection: Collection } }
