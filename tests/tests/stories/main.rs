//! Stories through the whole house: journeys of teachers, and what must hold in every one of them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise, also in what several tests share"
)]

mod documentation;
mod library;
mod reach;
