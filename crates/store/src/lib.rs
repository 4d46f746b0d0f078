//! Where facts are kept: connections, the reading context [`Cx`], the writing transaction [`Tx`], what happened (outbox), work that follows, search.
//!
//! The only crate that knows two databases exist. SQL of the two dialects, raw or branched, stands here and in the migrations alone.

#![expect(
    clippy::single_match_else,
    reason = "two databases read best as two arms"
)]

mod conn;
mod cx;
pub mod dialect;
mod each;
mod error;
mod event;
mod forget;
mod heaviest;
mod merge;
mod once;
mod open;
mod relay;
pub mod search;
mod tx;
mod work;

pub use conn::Conn;
pub use cx::{Cx, Ids};
pub use dialect::{any, lock};
pub use each::first_of_each;
pub use error::Error;
pub use event::{Event, Occurrence, replay};
pub use heaviest::heaviest;
pub use merge::{Place, Scan, newest, visible};
pub use once::{Once, Outcome};
pub use open::{DbConfig, Secret, Store, is_sqlite};
pub use relay::{Feed, Heard};
pub use tx::{Tx, write, write_once};
pub use work::{Consumer, Consumers, Failed};
