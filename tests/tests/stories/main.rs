//! The stories: what people, integrators and operators live through with the real server, and what must hold in every one of them.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test may stop at the first surprise, also in what several tests share"
)]

mod abilities;
mod anonymous;
mod bad_input;
mod beginning;
mod catalogue;
mod completeness;
mod compose;
mod documentation;
mod drafts;
mod files;
mod following;
mod in_and_out;
mod integrators;
mod journey;
mod kill;
mod language;
mod library;
mod once;
mod outage;
mod people;
mod pupils;
mod race;
mod reach;
mod review;
mod sharing;
mod shelves;
mod sign_in;
mod starter_shelf;
mod statements;
mod talk;
mod unknown;
mod writing_together;
