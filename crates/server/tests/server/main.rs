//! The server from outside: HTTP, WebSockets, and the program itself.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise, also in what several tests share"
)]

mod graphiql;
mod operating;
mod over_http;
mod over_ws;
mod program;
mod serving;
mod wire;
