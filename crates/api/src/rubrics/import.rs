//! Bringing rubrics in from files.
