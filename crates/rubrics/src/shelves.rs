//! Shelves: collections in an order of their own, of a team, the organiser or a person; and what one used last.

mod add;
mod collection;
mod create;
mod delete;
mod forget;
mod recent;
mod remove;
mod rename;
mod table;
#[cfg(test)]
mod tests;

pub use add::{AddToCollection, add_to_collection};
pub use collection::{
    COLLECTIONS_MAX, Collection, CollectionFilter, CollectionOwner, SHELVED_MAX, collections,
    collections_by_ids, find_collection, shelved,
};
pub use create::{CreateCollection, create_collection};
pub use delete::{Removed, delete_collection};
pub(crate) use forget::forget;
pub(crate) use recent::used;
pub use recent::{RECENT_MAX, recent};
pub use remove::{RemoveFromCollection, remove_from_collection};
pub use rename::{UpdateCollection, update_collection};
