//! A list as a file: JSON that says first which list it is.

use crate::{Criteria, Goal, List, ListKind, SchoolFormEntry, Stage, Subject, YearEntry};
use serde::{Deserialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};
use std::{fmt::Write, sync::Arc};

/// One list that was read.
#[derive(Debug, Clone)]
pub(crate) enum Document {
    Criteria(Arc<List<Criteria>>),
    Goals(Arc<List<Goal>>),
    SchoolForms(Arc<List<SchoolFormEntry>>),
    Stages(Arc<List<Stage>>),
    Subjects(Arc<List<Subject>>),
    Years(Arc<List<YearEntry>>),
}

#[derive(Deserialize)]
struct Head {
    kind: ListKind,
}

impl Document {
    /// Reads a list. The error names the line and the column.
    pub(crate) fn read(text: &str) -> Result<Self, serde_json::Error> {
        fn list<E: DeserializeOwned>(text: &str) -> Result<Arc<List<E>>, serde_json::Error> {
            serde_json::from_str(text).map(Arc::new)
        }
        let Head { kind } = serde_json::from_str(text)?;
        Ok(match kind {
            ListKind::Criteria => Self::Criteria(list(text)?),
            ListKind::Goals => Self::Goals(list(text)?),
            ListKind::SchoolForms => Self::SchoolForms(list(text)?),
            ListKind::Stages => Self::Stages(list(text)?),
            ListKind::Subjects => Self::Subjects(list(text)?),
            ListKind::Years => Self::Years(list(text)?),
        })
    }

    /// Which list it is.
    pub(crate) const fn kind(&self) -> ListKind {
        match self {
            Self::Criteria(_) => ListKind::Criteria,
            Self::Goals(_) => ListKind::Goals,
            Self::SchoolForms(_) => ListKind::SchoolForms,
            Self::Stages(_) => ListKind::Stages,
            Self::Subjects(_) => ListKind::Subjects,
            Self::Years(_) => ListKind::Years,
        }
    }
}

/// What a document is recognised by: SHA-256 in hexadecimal.
pub(crate) fn hash(text: &str) -> String {
    let mut hash = String::with_capacity(64);
    for byte in Sha256::digest(text.as_bytes()) {
        write!(hash, "{byte:02x}").expect("a string takes every text");
    }
    hash
}
