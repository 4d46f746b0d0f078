//! The stories: what people, integrators and operators live through with the real server, on both databases.

mod compose;
mod documentation;
mod library;
mod reach;
mod review;
mod sharing;
