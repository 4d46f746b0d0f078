//! What the stories lean on: queries that ask for everything, recognisable values, clients over HTTP and WebSocket, races, and the
//! examples of the documentation, the program itself and a world in it. It knows the schema's text and an address, and nothing of the rooms
//! behind them.

pub mod ask;
pub mod canary;
pub mod client;
pub mod documents;
pub mod inbox;
pub mod operations;
pub mod race;
pub mod schema;
pub mod server;
pub mod subscription;
pub mod world;
