//! How much is kept, and where.

use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Where files lie, and how much may come in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub struct FilesConfig {
    /// The folder of the files, never in the database. Replicas share it; a backup takes it along.
    pub folder: PathBuf,
    /// How large one file may be as it is sent, in bytes.
    pub bytes_max: u64,
    /// How many pixels a picture may have; more would take too much memory.
    pub pixels_max: u64,
    /// How long a client may take to send one file, in milliseconds.
    pub send_ms_max: u64,
    /// How many bytes one person may send in 24 hours.
    pub person_bytes_per_day_max: u64,
    /// How many bytes the people of one organiser may send in 24 hours, all together.
    pub organiser_bytes_per_day_max: u64,
}

impl Default for FilesConfig {
    fn default() -> Self {
        const MIB: u64 = 1024 * 1024;
        Self {
            folder: PathBuf::from("data/files"),
            bytes_max: 10 * MIB,
            pixels_max: 50_000_000,
            send_ms_max: 120_000,
            person_bytes_per_day_max: 200 * MIB,
            organiser_bytes_per_day_max: 4 * 1024 * MIB,
        }
    }
}
