//! The inbox: what reached a person, so that sharing and review do not wait to be discovered.
//!
//! A notice says *that* something happened to a thing, never what it says. Whoever shows it reads the thing through its own room, which decides
//! anew whether the recipient may see it.

mod clean;
mod error;
mod events;
mod forget;
mod inbox;
mod mark_read;
mod notice;
mod rubrics_told;
mod sign_in_link;
mod sql;
mod talk_told;
mod tell;

pub use clean::clean;
pub use error::Error;
pub use events::InboxChanged;
pub use inbox::{Filter, inbox, number, unread};
pub use mark_read::mark_read;
pub use notice::{Kind, Notice};
pub use rubrics_told::consumers;
pub use sign_in_link::tell_of_link;
pub use tell::{Cause, tell};
