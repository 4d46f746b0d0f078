//! The catalogue on both databases: who is shown what, what is refused, and what stays when something is taken back.

mod family;
mod keeping;
mod listing;
mod putting;
mod reporting;
mod world;
