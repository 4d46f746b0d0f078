//! What every room of the house speaks: ids, the actor, faults, pages, the clock, languages and parsed text.
//!
//! Nothing here does I/O or knows a domain. A type belongs here only when rooms that do not know each other must agree on it.

mod actor;
mod clock;
mod fault;
pub mod id;
mod lang;
mod page;
pub mod personal_number;
mod role;
mod text;
mod thing;

pub use actor::{Actor, Audience, Held, PersonActor, RoleAt, ServiceActor};
pub use clock::{Clock, Instant, millis};
pub use fault::{Fault, Kind, Problem};
pub use id::*;
pub use lang::{Bilingual, Lang};
pub use page::{Key, Listed, Page, PageSize, Position, after};
pub use role::Role;
pub use text::{Body, Line, Name, Text, TextError, Title};
pub use thing::{BadId, Thing};
