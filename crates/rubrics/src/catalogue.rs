//! The open catalogue (öppna katalogen): what organisers show each other. Copies under ids of their own, for every colleague of every organiser.
//!
//! Its tables are the whole deployment's. They name nobody but in the credit that an author chose, and that stands in one place.

mod answerable;
mod bar;
mod find;
mod fork_open;
mod hide;
mod item;
mod list;
mod origin;
mod publish_open;
mod redact;
mod report;
mod reports;
mod shown;
mod sql;
mod standing;
mod table;
#[cfg(test)]
mod tests;
mod withdraw;

pub use bar::{bar_open, organiser_of_open};
pub use find::{find_open, open_by_ids};
pub use fork_open::{ForkOpen, fork_open};
pub use hide::{HideOpen, hide_open};
pub use item::{Hidden, Licence, OpenCredit, OpenRubric};
pub use list::{OpenFilter, list_open};
pub use origin::{OpenOrigin, open_origins};
pub(crate) use origin::{forget, inherit};
pub use publish_open::{PublishToCatalogue, publish_to_catalogue};
pub(crate) use redact::consumers;
pub use report::{REPORTS_A_DAY, ReportContent, ReportReason, Reported, report_content};
pub use reports::{Report, reports};
pub use standing::{Standing, StandingState, standings};
pub use withdraw::withdraw_from_catalogue;
