//! The GraphQL schema and the one door to it.
//!
//! HTTP, WebSocket, the demo and tests come in through [`Api::authenticate`], [`Api::execute`] and [`Api::subscribe`]. What is refused is refused
//! before anything is executed. Resolvers translate and decide nothing.

#![expect(
    unreachable_pub,
    reason = "the schema's types are public through the schema, not through this crate"
)]

mod answer;
mod caller;
mod curriculum;
mod cursor;
mod door;
mod effect;
mod files;
mod follow;
mod identity;
mod known_code;
mod library_words;
mod link;
mod list;
mod loader;
mod loading;
mod node;
mod notices;
mod organisation;
pub mod preflight;
mod rubrics;
mod schema;
mod server_info;
mod who_sees;
mod words;

pub use caller::Caller;
pub use cursor::Cursors;
pub use door::{Api, Ask, Parts};
pub use files::{About, Files, KeptFile, Refused, SentFile, ShownFile};
pub use link::{invitation_link, sign_in_link};
pub use rubrics::input::rubric_content;
pub use schema::sdl;
