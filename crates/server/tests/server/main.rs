//! The server from outside: HTTP, WebSockets, and the program itself.

mod graphiql;
mod over_http;
mod over_ws;
mod program;
mod serving;
mod wire;
