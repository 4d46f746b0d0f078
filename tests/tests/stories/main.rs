//! The stories: what people, integrators and operators live through with the real server, on both databases.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise, also in what several tests share"
)]

mod compose;
mod documentation;
mod library;
mod reach;
mod review;
mod sharing;
